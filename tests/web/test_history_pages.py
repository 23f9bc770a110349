"""The history goes on beyond its first page, and loses nothing at the border."""

import re
from html import unescape

import pytest

from console.core.call import ApiCall
from console.models import Run
from console.services import calls, history, profiles
from console.store import json_text
from tests.services.builders import PASSWORD, with_samples
from tests.web.people import HTMX

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, monkeypatch):
    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    for _ in range(4):  # a token and four calls, all within a second or so
        calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert client.login(email=actor.email, password=PASSWORD)
    return client


def shown(client, query=""):
    text = client.get(f"/calls/{query}").content.decode()
    return re.findall(r'name="attempt" value="([0-9a-f-]{36})"', text), text


def older(text):
    found = re.search(r'id="older" href="/calls/([^"]+)"', text)
    return unescape(found[1]) if found else ""


def test_three_pages_hold_every_attempt_once(signed_in):
    pages = [shown(signed_in)]
    while query := older(pages[-1][1]):
        pages.append(shown(signed_in, query))
    ids = [one for found, _ in pages for one in found]
    assert len(pages) == 3
    assert len(ids) == len(set(ids)) == 5
    assert ['id="newer"' in text for _, text in pages] == [False, True, True]


@pytest.mark.parametrize("query", ["?before=", "?before=x", "?before=²", "?before=1.x", "?before=1", "?page=2"])
def test_what_is_no_page_is_the_first(signed_in, query):
    assert shown(signed_in, query)[0] == shown(signed_in)[0]


def test_beyond_the_end_stands_the_way_back(signed_in):
    found, text = shown(signed_in, "?before=1.00000000-0000-0000-0000-000000000000")
    assert found == []
    assert 'id="newer"' in text
    assert "Nothing tried yet" not in text


@pytest.fixture
def long_work(client, time_machine):
    """A client, and the address of a call whose work is finished when its monitor is asked next."""
    time_machine.move_to(1_900_000_000, tick=False)
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if "orders with a secret" in one.name)
    sent = calls.send(actor, profile.id, ApiCall("POST", "/reports"))
    assert client.login(email=actor.email, password=PASSWORD)
    time_machine.move_to(1_900_000_060, tick=False)
    return client, f"/calls/{sent.attempt_id}/", sent.run.id


def explanation(text):
    return words_of(re.search(r'<section class="diagnosis.*?</section>', text, re.DOTALL)[0])


def words_of(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", "")).split())


def test_the_end_of_long_work_brings_the_explanation_beside_it_along(long_work):
    client, path, _ = long_work
    before = client.get(path).content.decode()
    assert "Accepted: the API works on it." in explanation(before)
    assert "hx-swap-oob" not in before
    fragment = client.post(f"{path}again/", headers=HTMX).content.decode()
    assert re.search(r'<section class="diagnosis pass" id="diagnosis" hx-swap-oob="true"', fragment)
    assert fragment.count('id="diagnosis"') == 1
    assert "It worked: nothing to explain." in explanation(fragment)
    after = client.get(path).content.decode()
    assert explanation(after) == explanation(fragment)
    assert "hx-swap-oob" not in after


@pytest.mark.parametrize("state", ["Failed", "canceled", "Stopped"])
def test_work_that_ended_badly_is_not_told_to_have_worked(long_work, state):
    client, path, run = long_work
    Run.objects.filter(pk=run).update(state=json_text.dump(state), is_done=True)
    told = explanation(client.get(path).content.decode())
    assert "The call was accepted, but the work behind it did not succeed: see its last answer." in told
    assert "It worked" not in told
