"""An operation's parameters have fields, which make path and query without scripts; its body is checked first."""

import re
from html import unescape

import pytest

from console.models import Attempt
from console.services import calls
from tests.services.builders import with_samples
from tests.web.operation_fields import profile_with, text_of, value_of
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
ORDER = {
    "type": "object",
    "required": ["item"],
    "properties": {"count": {"type": "integer"}, "item": {"type": "string"}},
}
DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/orders/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "description": "<b>Its</b> number"},
                {"name": "expand", "in": "query", "schema": {"enum": ["lines", "notes"]}},
                {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            ],
            "put": {"requestBody": {"content": {"application/json": {"schema": ORDER}}}},
            "get": {},
        },
    },
}
KEY = "PUT /orders/{id}"
BARE = {"method": "PUT", "path": "/orders/{id}", "query": "trace=1", "headers": "", "body": "", "sends_token": "on"}
SENT = {**BARE, "operation_key": KEY, "path_was": BARE["path"], "query_was": BARE["query"]}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return profile_with(DOCUMENT, owner)


@pytest.fixture
def page(profile):
    return f"/profiles/{profile.id}/"


def sent_urls(owner):
    ids = Attempt.objects.filter(kind="call").order_by("pk").values_list("pk", flat=True)
    return [calls.open_attempt(owner, str(one)).record.exchanges[0].request.url for one in ids]


def test_the_chosen_operation_has_a_field_for_each_parameter(owner, page):
    raw = signed_in(owner).get(page, {"operation": KEY}).content.decode()
    assert "&lt;b&gt;Its&lt;/b&gt; number" in raw
    html = unescape(raw)
    assert value_of(html, "path.id") == ""
    assert '<option value="lines">' in html
    assert "; several with commas" in html
    assert value_of(html, "path_was") == "/orders/{id}"


def test_the_fields_make_the_address_that_is_sent_and_shown(owner, page):
    client = signed_in(owner)
    typed = {**SENT, "path.id": "A/7 ", "query.expand": "lines", "query.tag": "a,b c"}
    html = text_of(client.post(f"{page}call/", typed))
    assert sent_urls(owner)[0].endswith("/orders/A%2F7?expand=lines&tag=a&tag=b%20c&trace=1")
    assert value_of(html, "path.id") == "A/7"
    assert value_of(html, "query.tag") == "a,b c"
    again = text_of(client.get(page))
    assert value_of(again, "path") == "/orders/A%2F7"
    assert value_of(again, "path.id") == "A/7"


def test_a_path_that_was_changed_by_hand_wins_over_the_fields(owner, page):
    signed_in(owner).post(f"{page}call/", {**SENT, "path": "/orders/9", "path.id": "7"})
    assert sent_urls(owner)[0].endswith("/orders/9?trace=1")


def test_a_parameter_of_the_path_without_a_value_is_asked_for(owner, page):
    answer = signed_in(owner).post(f"{page}call/", {**SENT, "path.id": ""})
    assert answer.status_code == 422
    assert "The path still holds {id}. Put a value there" in text_of(answer)
    assert sent_urls(owner) == []


@pytest.mark.parametrize("value", ["..", "a@b", "//x", "%2e%2e/%2e%2e", "{id}"])
def test_no_value_of_a_field_leaves_the_api(owner, page, value):
    signed_in(owner).post(f"{page}call/", {**SENT, "path.id": value})
    assert all("/gateway/orders/orders/" in one and ".." not in one for one in sent_urls(owner))


def test_an_operation_that_nobody_knows_changes_nothing(owner, page):
    signed_in(owner).post(f"{page}call/", {**SENT, "path": "/orders/1", "path_was": "/orders/1", "operation_key": "\0"})
    assert sent_urls(owner)[0].endswith("/orders/1?trace=1")


def test_what_is_saved_and_copied_has_the_fields_in_it(owner, page):
    client = signed_in(owner)
    typed = {**SENT, "path.id": "7", "name": "One", "language": "python"}
    assert "/orders/7" in text_of(client.post(f"{page}requests/", typed))
    assert "/orders/7?trace=1" in text_of(client.post(f"{page}copy/", typed))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"count": "1"}', ["$ lacks item", "$.count must be a whole number, and is a text"]),
        ('{"item": "chair"', ["The body is no JSON: expecting ',' delimiter at line 1, column 17."]),
        ('{"item": "<b>"}', []),
    ],
)
def test_a_body_is_checked_and_sent_all_the_same(owner, page, body, told):
    client = signed_in(owner)
    typed = {**SENT, "path.id": "7", "body": body}
    for answer in (
        client.post(f"{page}call/check/", typed, headers=HTMX),
        client.post(f"{page}call/check/", typed),
        client.post(f"{page}call/", typed),
    ):
        words = " ".join(re.sub(r"<[^>]+>", " ", text_of(answer)).split())
        assert answer.status_code == 200
        assert [one for one in told if one in words] == told
        assert ("does not fit what the API’s document says" in words) is bool(told)
    assert len(sent_urls(owner)) == 1


def test_the_example_of_the_document_itself_is_not_blamed(owner, page):
    html = text_of(signed_in(owner).get(page, {"operation": KEY}))
    assert "does not fit" not in html
