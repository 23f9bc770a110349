"""Requests are saved from the form of a call, opened in it, renamed and deleted; what was sent last is there again."""

import re
from html import unescape

import pytest

from console.models import SavedRequest
from console.services import profiles
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
SECRET = "a-secret-nobody-reads-4711"
TYPED = {
    "method": "POST",
    "path": "/orders",
    "query": "expand=lines",
    "headers": f"X-Plain: seen\nX-Api-Key: {SECRET}",
    "body": '{"item": "chair"}',
    "sends_token": "on",
}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def page(owner):
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    return f"/profiles/{found.id}/"


def text_of(answer):
    return unescape(answer.content.decode())


def rows(html, kind):
    """Names and values of the rows of headers or fields that are not empty."""
    parts = [re.findall(rf'name="{kind}_{part}" value="([^"]*)"', html) for part in ("name", "value")]
    return [one for one in zip(*parts, strict=True) if any(one)]


def field(html, name):
    found = re.search(
        rf'name="{name}"[^>]*?value="([^"]*)"|<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.S
    )
    return (found[1] or found[2]) if found else None


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole page", "fragment"])
def test_a_request_is_saved_with_what_was_left_out_told_and_nothing_typed_is_lost(owner, page, headers):
    answer = signed_in(owner).post(f"{page}requests/", {**TYPED, "name": "Place an order"}, headers=headers)

    html = text_of(answer)
    assert answer.status_code == 200
    assert "“Place an order” is saved with this profile." in html
    assert "Secrets are not kept. Left out, so type it again before you send: the header X-Api-Key." in html
    assert ("<html" in html) is not bool(headers)
    if not headers:
        assert rows(html, "header") == [
            ("X-Plain", "seen"),
            ("X-Api-Key", SECRET),
        ]  # as it was typed, in the form of who typed it
    assert SavedRequest.objects.get().name == "Place an order"


def test_a_saved_request_is_opened_whole_renamed_and_deleted(owner, page):
    client = signed_in(owner)
    client.post(f"{page}requests/", {**TYPED, "name": "Place an order"})
    listed = text_of(client.get(page))
    link = re.search(r'href="([^"]*saved=[^"]*)#call"', listed)[1]
    change = re.search(rf'href="({page}requests/[^"]+/)"', listed)[1]

    opened = text_of(client.get(link))
    assert "“Place an order”, saved" in opened
    assert field(opened, "path") == "/orders"
    assert field(opened, "query") == "expand=lines"
    assert rows(opened, "header") == [("X-Plain", "seen"), ("X-Api-Key", "")]
    assert field(opened, "body").strip() == '{"item": "chair"}'
    assert field(opened, "name") == "Place an order"
    assert "the header X-Api-Key" in opened

    assert client.get(change).status_code == 200
    renamed = client.post(change, {"name": "Order <b>"}, follow=True)
    assert "It is called “Order <b>” now." in text_of(renamed)
    assert "Order <b>" not in renamed.content.decode()
    assert client.post(change, {"name": ""}).status_code == 422
    assert "“Order <b>” is deleted." in text_of(client.post(change, {"delete": "1"}, follow=True))
    assert client.get(change).status_code == 404
    assert client.get(f"{page}?saved=x").status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole page", "fragment"])
def test_what_cannot_be_saved_says_why_and_where(owner, page, headers):
    client = signed_in(owner)
    for changed, told in (
        ({"name": ""}, "Give the request a name, then save it."),
        (
            {"name": "A", "headers": "no colon"},
            "Line 1 is not “Name: value”: it has no colon. Write both, or take the line out.",
        ),
    ):
        answer = client.post(f"{page}requests/", {**TYPED, **changed}, headers=headers)
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not SavedRequest.objects.exists()


def test_a_request_with_an_open_part_is_saved_though_it_cannot_be_sent(owner, page):
    client = signed_in(owner)
    assert client.post(f"{page}requests/", {**TYPED, "path": "/orders/{id}", "name": "One"}).status_code == 200
    assert client.post(f"{page}call/", {**TYPED, "path": "/orders/{id}"}).status_code == 422


def test_what_was_sent_last_is_in_the_form_again(owner, page):
    client = signed_in(owner)
    client.post(f"{page}call/", {**TYPED, "headers": "X-Plain: seen", "sends_token": ""})

    html = text_of(client.get(page))
    assert field(html, "path") == "/orders"
    assert field(html, "body").strip() == '{"item": "chair"}'
    assert re.search(r'<option value="POST" selected', html)
    assert not re.search(r'name="sends_token"[^>]*checked', html)
    assert "“" not in html.partition('id="call"')[2].partition("</header>")[0]
    assert field(html, "name") == ""
