"""Header parameters of an operation have fields, beside those of path and query; what is typed is sent and kept."""

import json
import re
from html import unescape

import pytest

from console.models import Attempt, SavedRequest
from console.services import calls
from tests.services.builders import with_samples
from tests.web.operation_fields import profile_with, text_of, value_of
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/orders": {
            "get": {
                "parameters": [
                    {"name": "X-Tenant", "in": "header", "required": True, "example": "north", "description": "<b>Who"},
                    {"name": "If-Match", "in": "header"},
                    {"name": "Authorization", "in": "header", "required": True},
                    {"name": "Ocp-Apim-Subscription-Key", "in": "header", "required": True},
                    {"name": "Cookie", "in": "header"},
                    {"name": "session", "in": "cookie"},
                ]
            }
        },
    },
}
KEY = "GET /orders"
PLACE = {"operation_key": KEY, "path_was": "/orders", "query_was": ""}
TYPED = {"method": "GET", "path": "/orders", "query": "", "sends_token": "on", "sends_subscription_key": "on"}
ROWS = {"header_name": ["X-Own", "", ""], "header_value": ["mine", "", ""]}
SENT = {**TYPED, **PLACE, **ROWS}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return profile_with(DOCUMENT, owner)


@pytest.fixture
def page(profile):
    return f"/profiles/{profile.id}/"


def rows(html):
    parts = [re.findall(rf'name="header_{part}" value="([^"]*)"', html) for part in ("name", "value")]
    return [one for one in zip(*parts, strict=True) if any(one)]


def sent_headers(owner):
    newest = Attempt.objects.filter(kind="call").order_by("-pk")[0]
    return calls.open_attempt(owner, str(newest.pk)).record.exchanges[-1].request.headers


def test_each_has_a_labelled_field_and_what_the_console_sets_has_none(owner, page):
    raw = signed_in(owner).get(page, {"operation": KEY}).content.decode()
    html = unescape(raw)
    assert value_of(html, "header.X-Tenant") == "north"
    assert value_of(html, "header.If-Match") == ""
    labels = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<label for="parameter-\d">.*?</label>', html)]
    assert labels == ["X-Tenant header, required", "If-Match header, optional"]
    assert "&lt;b&gt;Who" in raw
    assert "About it: 4 parameters without a field" in html
    named = re.findall(r'name="(?:header|cookie)\.([^"]+)"', html)
    assert named == ["X-Tenant", "If-Match"]
    assert rows(html) == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole page", "fragment"])
def test_what_is_typed_there_is_sent_beside_the_rows_and_stands_there_again(owner, page, headers):
    client = signed_in(owner)
    typed = {**SENT, "header.X-Tenant": " south ", "header.If-Match": '"7"'}
    html = text_of(client.post(f"{page}call/", typed, headers=headers))
    sent = sent_headers(owner)
    assert [one for one in sent if one[0] in ("X-Own", "X-Tenant", "If-Match")] == [
        ("X-Own", "mine"),
        ("X-Tenant", "south"),
        ("If-Match", '"7"'),
    ]
    for shown in (html, text_of(client.get(page))):
        assert (value_of(shown, "header.X-Tenant"), rows(shown)) == ("south", [("X-Own", "mine")])


def test_one_that_is_left_empty_is_not_sent(owner, page):
    signed_in(owner).post(f"{page}call/", {**SENT, "header.X-Tenant": "", "header.If-Match": ""})
    assert not {"X-Tenant", "If-Match"} & {name for name, _ in sent_headers(owner)}


def test_a_path_that_was_changed_by_hand_leaves_the_headers(owner, page):
    html = text_of(signed_in(owner).post(f"{page}call/", {**SENT, "path": "/echo", "header.X-Tenant": "south"}))
    assert ("X-Tenant", "south") in sent_headers(owner)
    assert value_of(html, "header.X-Tenant") is None
    assert rows(html) == [("X-Own", "mine"), ("X-Tenant", "south")]


def test_no_field_of_what_the_console_sets_is_taken(owner, page):
    typed = {
        **SENT,
        "header.Authorization": "Bearer x",
        "header.Cookie": "a=1",
        "header.Ocp-Apim-Subscription-Key": "k",
    }
    signed_in(owner).post(f"{page}call/", typed)
    sent = dict(sent_headers(owner))
    assert (sent["Authorization"], sent["Ocp-Apim-Subscription-Key"]) == ("Bearer <token>", "***")
    assert "Cookie" not in sent


def test_a_value_that_is_none_is_told_and_nothing_typed_is_lost(owner, page):
    answer = signed_in(owner).post(f"{page}call/", {**SENT, "header.X-Tenant": "so\r\nX-Evil: 1"})
    html = text_of(answer)
    assert answer.status_code == 422
    assert "Header 2 holds a line break, which ends a header. Write it in one line." in html
    assert rows(html) == [("X-Own", "mine")] and "X-Evil" in html


def test_a_name_that_is_none_is_told_at_the_headers_and_no_attempt_is_kept(owner, page):
    answer = signed_in(owner).post(
        f"{page}call/",
        {**TYPED, "header_name": ["X-Good", "Bad Name"], "header_value": ["1", "kept"]},
    )
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "'Bad Name' is not a header name" in html and "its own rules refuse the address" not in html
    assert rows(html) == [("X-Good", "1"), ("Bad Name", "kept")]
    assert not Attempt.objects.filter(kind="call").exists()


def test_what_is_saved_and_copied_has_them_and_without_rows_they_are_lines(owner, page):
    client = signed_in(owner)
    lines = {**TYPED, **PLACE, "headers": "X-Own: mine", "header.X-Tenant": "south"}
    client.post(f"{page}requests/", {**lines, "name": "South"})
    saved = json.loads(SavedRequest.objects.get(name="South").detail)["draft"]
    assert saved["headers"] == [["X-Own", "mine"], ["X-Tenant", "south"]]
    copied = text_of(client.post(f"{page}copy/", {**lines, "language": "curl-bash"}, headers=HTMX))
    assert "X-Tenant: south" in copied
    opened = text_of(client.get(page, {"saved": str(SavedRequest.objects.get(name="South").pk)}))
    assert (value_of(opened, "header.X-Tenant"), rows(opened)) == ("south", [("X-Own", "mine")])
