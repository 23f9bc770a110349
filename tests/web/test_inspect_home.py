"""A pasted token is judged by what it is for, where that is known to who pastes it: its audience, else its client."""

import html
import re
from dataclasses import replace

import pytest

from console.core.actor import SYSTEM
from console.core.api import Api, Expectation
from console.core.profile import ProfileDraft
from console.services import apis, profiles
from console.services.tokens import obtain
from console.store import apis as stored_apis
from tests.core.tokens.wire import compact
from tests.services.builders import person, with_samples
from tests.services.test_queries import asked, tables
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

NAME = "Sample: orders with a secret"
GRAPH = "00000003-0000-0000-c000-000000000000"


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == NAME)


@pytest.fixture
def token(actor, profile):
    return obtain(actor, profile.id).access_token.reveal()


def inspected(actor, text, headers=HTMX, **fields):
    answer = signed_in(actor).post("/inspect/", {"text": text, **fields}, headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", "")).split())


def said(page):
    found = re.search(r'<p id="token-home">(.*?)</p>', page, re.DOTALL)
    return words(found[1]) if found else ""


def choices(page):
    return re.findall(r'name="judge" value="([^"]+)"', page)


def verdict(page):
    return words(re.search(r'<h2 id="verdict-title">(.*?)</h2>', page, re.DOTALL)[1])


def an_api(actor, number, name, **demands):
    draft = Api("", 0, name, "https://api.example", expectation=Expectation(**demands))
    return stored_apis.create(actor, draft, id=f"{number:032x}", now=1)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_token_for_a_known_api_is_judged_by_it_with_its_stored_keys(actor, profile, token, headers):
    page = inspected(actor, token, headers)
    assert said(page) == "This is for Orders (sandbox) : judged by it."
    assert verdict(page) == "✓ Orders (sandbox) would accept this token"
    assert choices(page) == ["decode"]


def test_it_asks_no_more_of_the_database_than_a_choice_would(actor, profile, token):
    client = signed_in(actor)
    client.get("/inspect/")
    with asked() as found:
        client.post("/inspect/", {"text": token}, headers=HTMX)
    assert len(found.statements) <= 5, tables(found)
    with asked() as found:
        client.post("/inspect/", {"text": token})
    assert len(found.statements) <= 7, tables(found)


@pytest.mark.parametrize("audience", ["api://billing", "API://Billing/", "billing"])
def test_other_spellings_of_an_audience_name_the_same_api(audience):
    actor = person("ina@example.com")
    an_api(actor, 1, "Billing", audiences=("api://billing",))
    assert said(inspected(actor, compact({"aud": audience}))) == "This is for Billing : judged by it."


def test_of_several_apis_the_first_judges_and_the_others_are_a_press_away():
    actor = person("ina@example.com")
    an_api(actor, 1, "A role", audiences=("api://other",), roles=("api://billing",))
    ids = [an_api(actor, number, f"Billing {number}", audiences=("api://billing",)).id for number in (2, 3)]
    page = inspected(actor, compact({"aud": "api://billing"}))
    assert said(page) == "This is for Billing 2 : judged by it."
    assert choices(page) == [f"api:{ids[1]}", "decode"]
    page = inspected(actor, compact({"aud": "api://billing"}), judge=choices(page)[0])
    assert "judged by the API Billing 3" in words(page)
    assert re.search(r'<select name="against"[^>]*hx-swap-oob="true"', page)  # what is pasted next is judged by it too
    assert f'<option value="api:{ids[1]}" selected>' in page


@pytest.mark.parametrize("chosen", [{"against": "decode"}, {"judge": "decode"}, {"audiences": "api://else"}])
def test_a_choice_is_followed_in_place_of_what_the_token_says(actor, token, chosen):
    page = inspected(actor, token, **chosen)
    assert said(page) == ""
    assert "judged by the API" not in words(page)


def test_the_client_tells_where_the_token_comes_from_and_its_other_api_judges_on_a_press(actor, profile):
    own = profiles.create(
        actor,
        ProfileDraft(name="Mine", environment="", provider="sandbox", settings=profile.settings, client_id="c-1",
                     grant="client_credentials", scope="", api_id=profile.api_id),
    )  # fmt: skip
    claims = {"aud": GRAPH, "appid": "c-1"}
    page = inspected(actor, compact(claims))
    assert said(page).startswith("It was issued to the client of Mine : judged by its provider and client alone")
    assert "The token is for another API." not in page
    assert choices(page) == [f"profile:{own.id}", "decode"]
    page = inspected(actor, compact(claims), judge=choices(page)[0])
    assert "The token is for another API." in page


def test_an_api_that_names_no_keys_is_helped_out_by_the_provider_of_the_client(actor, profile, token):
    known = apis.get_stored(SYSTEM, "manage", profile.api_id)
    stored_apis.update(SYSTEM, known.id, replace(known, metadata_url=""), expected_version=known.version, now=2)
    page = inspected(actor, token)
    assert verdict(page) == "✓ Orders (sandbox) would accept this token"
    assert f"profile:{profile.id}" in choices(page)


def test_what_somebody_may_not_see_is_neither_named_nor_used(actor, profile):
    an_api(actor, 1, "Secret project", audiences=("api://billing",))
    text = compact({"aud": "api://billing", "azp": profile.client_id})
    assert said(inspected(actor, text)).startswith("This is for Secret project")
    page = inspected(person("stranger@example.com"), text)
    assert (said(page), choices(page), "Secret project" in page, NAME in page) == ("", [], False, False)


def test_tokens_for_several_are_judged_by_none_of_them_until_somebody_says_so(actor, profile, token):
    page = inspected(actor, f"{token}\n{compact({'aud': GRAPH})}")
    assert said(page).startswith("The first token is for Orders (sandbox) . The others are for something else")
    assert "judged by the API" not in words(page)
    assert choices(page) == [f"api:{profile.api_id}"]


@pytest.mark.parametrize("name", ["\x00", "\ud800", "x" * 501, "%", "_", "\\", '"', ""])
def test_hostile_names_find_nothing(name):
    actor = person("ina@example.com")
    an_api(actor, 1, "Billing", audiences=("api://billing",))
    page = inspected(actor, compact({"aud": name, "azp": name, "appid": [name]}))
    assert said(page) == ""


def test_what_is_sent_by_itself_asks_nobody_for_keys(actor, profile, token, monkeypatch):
    monkeypatch.setattr("console.services.keys.find", lambda *_, **__: pytest.fail("keys were asked for"))
    assert "This is for" in said(inspected(actor, token, live="1", keys="fetched"))
    with pytest.raises(pytest.fail.Exception):
        inspected(actor, token, fetch="1")


def test_a_box_that_was_emptied_is_no_mistake(actor):
    page = inspected(actor, " \n", live="1")
    assert "Nothing inspected yet" in page
    assert "alert" not in page


SECRET = "abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-"


@pytest.mark.parametrize("pressed", [{}, {"live": "1"}])
def test_a_warning_stays_when_the_box_that_the_page_itself_emptied_is_read_again(actor, pressed):
    page = inspected(actor, SECRET, **pressed)
    assert '<input type="hidden" form="inspect-form" name="emptied" value="1">' in page
    client = signed_in(actor)
    again = client.post("/inspect/", {"text": "", "emptied": "1", **pressed}, headers=HTMX)
    assert (again.status_code, again.content) == (204, b"")
    assert client.post("/inspect/", {"text": SECRET, "emptied": "1", **pressed}, headers=HTMX).status_code == 200


def test_an_empty_box_is_told_where_no_warning_stands(actor):
    assert signed_in(actor).post("/inspect/", {"text": ""}, headers=HTMX).status_code == 422
    assert "emptied" not in inspected(actor, SECRET, headers={})
