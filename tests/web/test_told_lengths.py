"""What is too long arrives whole and is refused in words: a browser that is given a maxlength cuts off what is pasted
without a word, and half a token, a key or an address is another one."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

import console.urls  # noqa: F401  # every form of every page is there once its page is
from console.models import Attempt, PolicySample
from console.services import apis
from console.web.forms.base import ConsoleForm
from tests.services.builders import with_samples
from tests.web.operation_fields import profile_with, text_of, value_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
ORDERS = {
    "openapi": "3.1.0",
    "paths": {
        "/orders/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True},
                {"name": "tag", "in": "query"},
                {"name": "X-Tag", "in": "header"},
            ],
            "get": {},
        },
    },
}
CALL = {
    "method": "GET", "path": "/orders/{id}", "query": "", "headers": "", "body": "", "sends_token": "on",
    "operation_key": "GET /orders/{id}", "path_was": "/orders/{id}", "query_was": "",
}  # fmt: skip
POLICY = '<policies><inbound><set-header name="A"><value>{{tag}}</value></set-header></inbound></policies>'


@pytest.fixture
def owner():
    return with_samples()


def _all_below(form):
    return {form}.union(*map(_all_below, form.__subclasses__()))


def test_no_template_has_a_browser_cut_off_what_is_pasted():
    cutting = [path.name for path in (ROOT / "templates").rglob("*.html") if "maxlength" in path.read_text("utf-8")]
    assert cutting == []


def test_no_field_of_any_form_has_a_browser_cut_off_what_is_pasted():
    limited = [
        (form.__name__, name, field)
        for form in _all_below(ConsoleForm)
        for name, field in form.base_fields.items()
        if getattr(field, "max_length", None)
    ]
    assert len(limited) > 80
    assert [(form, name) for form, name, field in limited if "maxlength" in field.widget.attrs] == []


def test_no_page_of_signing_in_cuts_off_a_password_or_an_address(client):
    for name in ("account_login", "account_reset_password"):
        page = client.get(reverse(name)).content.decode()
        assert "<input" in page
        assert "maxlength" not in page


def test_the_fields_that_follow_from_a_policy_cut_nothing_off_and_tell_their_limit(owner):
    client, long = signed_in(owner), "a" * 60_001
    page = unescape(client.post("/policies/", {"policy": POLICY}).content.decode())
    field = re.search(r'<textarea name="(v-[^"]*)"[^>]*>', page)
    assert "maxlength" not in page
    answer = client.post("/policies/", {"policy": POLICY, field[1]: long})
    assert answer.status_code == 422
    assert re.search(r"This is 60001 characters long; at most \d+ are kept\.", unescape(answer.content.decode()))


@pytest.mark.parametrize(("name", "part"), [("path.id", "path"), ("query.tag", "query"), ("header.X-Tag", "headers")])
def test_a_parameter_that_is_too_long_is_told_and_comes_back_whole(owner, name, part):
    long = "a" * 16_500
    path = f"/profiles/{profile_with(ORDERS, owner).id}/call/"
    answer = signed_in(owner).post(path, {**CALL, "path.id": "1", name: long})
    assert answer.status_code == 422
    assert re.search(rf"(?s)#id_{part}.{{0,80}}This is 165\d\d characters long; at most \d+ are kept", text_of(answer))
    assert value_of(text_of(answer), name) == long
    assert not Attempt.objects.filter(kind="call").exists()


def test_a_row_whose_name_is_too_long_is_told_and_not_kept_by_half(owner):
    client, name = signed_in(owner), "x" * 201
    api = apis.create(owner, apis.list_apis(owner)[0])
    answer = client.post(f"/apis/{api.id}/policy/", {"policy": "<base />", "do": "add-row", "row_name": name})
    assert answer.status_code == 422
    assert "Name of the row: This is 201 characters long; at most 200 are kept." in unescape(answer.content.decode())
    assert name in answer.content.decode()
    assert not PolicySample.objects.exists()
