"""An operation is chosen in the form of a call: the form comes anew, whole for a page and as a fragment for scripts."""

import re
from html import unescape
from pathlib import Path

import pytest

from console.core.actor import Role
from console.models import SavedRequest
from console.services import api_operations, profiles
from tests.services.builders import person, with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
ORDERS = (Path(__file__).parents[1] / "vectors" / "openapi" / "orders-3.1.yaml").read_text("utf-8")


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    api_operations.import_text(person("boss@example.com", Role.ADMIN), found.api_id, ORDERS)
    return found


def text_of(answer):
    return unescape(answer.content.decode())


def test_the_form_of_a_chosen_operation_comes_as_a_fragment_and_nothing_of_the_one_before_is_in_it(owner, profile):
    answer = signed_in(owner).get(f"/profiles/{profile.id}/", {"operation": "GET /orders/{id}"}, headers=HTMX)
    html = text_of(answer)
    assert "<html" not in html and html.count('id="call"') == html.count('id="address-part"') == 1
    assert "One order" in html and "operation-needs" not in html
    assert re.search(r'<noscript><button[^>]* id="take">Fill in</button></noscript>', html)
    assert re.search(r'<option value="GET /orders/\{id\}" selected>', html)


def test_a_saved_request_stands_first_in_the_list_and_is_opened_from_it(owner, profile):
    client, page = signed_in(owner), f"/profiles/{profile.id}/"
    kept = {"method": "POST", "path": "/orders", "body": '{"item": 7}', "name": "A chair <b>"}
    client.post(f"{page}requests/", kept)
    saved = SavedRequest.objects.exclude(name="").get()
    html = client.get(page).content.decode()
    option = f'<option value="saved:{saved.pk}">A chair &lt;b&gt;</option>'
    assert option in html
    assert html.index('<optgroup label="Saved">') < html.index(option) < html.index('<optgroup label="Operations of')
    opened = text_of(client.get(page, {"operation": f"saved:{saved.pk}"}))
    assert re.search(rf'<option value="saved:{saved.pk}" selected>', opened)
    assert opened.count(" selected>", opened.index('id="operation"'), opened.index('id="find-operations"')) == 1
    assert '{"item": 7}' in opened and "“A chair <b>”" in re.sub("</?bdi[^>]*>", "", opened)


@pytest.mark.parametrize("odd", ["", "x", "00000000-0000-4000-8000-00000000c0de", "a\0b"])
def test_one_that_is_not_there_is_not_found(owner, profile, odd):
    answer = signed_in(owner).get(f"/profiles/{profile.id}/", {"operation": f"saved:{odd}"})
    assert answer.status_code == (404 if odd else 200)


OPEN = re.compile(r'<details class="plain" id="(headers|body)-fold" open>')


@pytest.mark.parametrize(
    ("sent", "opened"),
    [
        ({"method": "GET"}, []),
        ({"method": "POST", "body_kind": "json"}, []),
        ({"method": "GET", "headers": "Accept: text/plain"}, ["headers"]),
        ({"method": "GET", "headers": "no header", "header_name": "", "header_value": "a"}, ["headers"]),
        ({"method": "POST", "body": "{}"}, ["body"]),
        ({"method": "POST", "body_kind": "file"}, ["body"]),
        ({"method": "POST", "body": "x" * 256_001, "headers": "A: b"}, ["headers", "body"]),
    ],
    ids=["nothing", "only a kind", "a header", "a header without a name", "a body", "no file", "too long"],
)
def test_only_what_holds_something_or_is_to_be_mended_is_open(owner, profile, sent, opened):
    answer = signed_in(owner).post(f"/profiles/{profile.id}/call/", {"path": "/orders/{id}", **sent})
    assert answer.status_code == 422
    assert OPEN.findall(text_of(answer)) == opened
