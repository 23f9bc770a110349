"""A policy that cannot be read is kept, and said to be unreadable where it is saved."""

import pytest

from console.services import apis
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

FIELDS = {
    "name": "Orders",
    "base_url": "https://api.example/orders",
    "subscription_key_header": "X-Key",
    "leeway_s": "0",
    "version": "1",
}


def saved(policy, path="/apis/new/"):
    actor = person("owner@example.com")
    client = signed_in(actor)
    answer = client.post(path, {**FIELDS, "policy": policy}, follow=True)
    (api,) = apis.list_apis(actor)
    return client, api, answer.content.decode()


def test_an_unreadable_policy_is_kept_and_its_page_says_why():
    _, api, page = saved("<policies>\n<inbound>\n<validate-jwt\n</inbound></policies>")
    assert "<validate-jwt" in api.policy
    assert "The gateway policy is kept but cannot be read (line" in page


def test_so_does_an_edit():
    client, api, page = saved("<policies><inbound><base /></inbound></policies>")
    assert "cannot be read" not in page
    answer = client.post(f"/apis/{api.id}/edit/", {**FIELDS, "policy": "<a"}, follow=True)
    assert "cannot be read" in answer.content.decode()


def test_no_policy_is_no_problem():
    assert "cannot be read" not in saved("")[2]
