"""“Which grant do I need?”: plain forms from the first question to the filled-in profile."""

import re

import pytest

from console.core.profile_checks.which_grant import advised
from tests.core.profile_checks.test_which_grant import PATHS
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
ASK = "/profiles/which-grant/"


@pytest.fixture
def client():
    return signed_in(person())


def test_it_stands_first_on_a_new_profile_beside_the_paste(client):
    page = client.get("/profiles/new/").content.decode()
    assert page.index('id="chooser"') < page.index('id="handover"') < page.index('id="form"')
    assert 'name="person" value="nobody"' in page and f'action="{ASK}"' in page


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "-".join(path.values()))
def test_answering_to_the_end_by_plain_forms_fills_in_a_form_that_can_be_saved(client, path):
    given = {}
    for name, value in path.items():
        page = client.get(ASK, given).content.decode().partition('id="chooser"')[2].partition("</section>")[0]
        assert f'name="{name}" value="{value}"' in page
        given = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', page)) | {name: value}
    assert given == path
    page = client.get(ASK, given).content.decode()
    link = re.search(r'href="(/profiles/new/[^"]+because[^"]+)"', page)[1].replace("&amp;", "&")
    expected, answer = advised(path), client.get(link)
    form = answer.context["form"]
    assert (form["provider"].value(), form.chosen_grant) == (expected.provider, expected.grant)
    assert answer.context["advised"]["why"] == expected.why
    assert 'id="advised"' in answer.content.decode() and 'id="chooser"' not in answer.content.decode()


def test_an_answer_can_be_changed_and_those_before_it_stay(client):
    page = client.get(ASK, {"person": "here", "who": "citizen"}).content.decode()
    assert f'href="{ASK}?person=here"' in page and f'href="{ASK}"' in page


def test_with_htmx_the_question_alone_is_sent(client):
    fragment = client.get(ASK, {"person": "here"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and 'id="chooser"' in fragment and "Who is that person?" in fragment


@pytest.mark.parametrize("given", [{"person": "<script>"}, {"because": "x"}, {"person": "nobody", "api": "\x00"}])
def test_what_nobody_offered_is_asked_again_and_never_repeated(client, given):
    answer = client.get(ASK, given)
    assert answer.status_code == 200 and b"<script>x" not in answer.content
    assert client.get("/profiles/new/", {"because": "x", "provider": "y", "grant": "z"}).status_code == 200
