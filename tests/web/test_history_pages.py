"""The history goes on beyond its first page, and loses nothing at the border."""

import re

import pytest

from console.core.call import ApiCall
from console.services import calls, profiles
from console.web.pages import calls as page
from tests.services.builders import PASSWORD, with_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, monkeypatch):
    monkeypatch.setattr(page, "PAGE_SIZE", 2)
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    for _ in range(4):  # a token and four calls, all within a second or so
        calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert client.login(email=actor.email, password=PASSWORD)
    return client


def shown(client, query):
    text = client.get(f"/calls/{query}").content.decode()
    return re.findall(r'name="attempt" value="([0-9a-f-]{36})"', text), text


def test_three_pages_hold_every_attempt_once(signed_in):
    pages = [shown(signed_in, f"?page={number}") for number in (1, 2, 3)]
    ids = [one for found, _ in pages for one in found]
    assert len(ids) == len(set(ids)) == 5
    assert ['id="older"' in text for _, text in pages] == [True, True, False]
    assert ['id="newer"' in text for _, text in pages] == [False, True, True]


@pytest.mark.parametrize("query", ["", "?page=0", "?page=-1", "?page=x", "?page=9999999", "?page=²", "?page="])
def test_what_is_no_page_is_the_first(signed_in, query):
    assert shown(signed_in, query)[0] == shown(signed_in, "?page=1")[0]


def test_beyond_the_end_stands_the_way_back(signed_in):
    found, text = shown(signed_in, "?page=500")
    assert found == []
    assert 'id="newer"' in text
    assert "Nothing tried yet" not in text
