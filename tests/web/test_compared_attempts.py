"""Two attempts chosen in the history are compared on one page; one alone with the last that went well; replay, pin."""

import re

import pytest

from console.core.call import ApiCall
from console.services import calls, profiles, sandbox, tokens
from tests.services.builders import PASSWORD, with_samples

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def called(client):
    """A browser that is signed in, a call that went well, one that was refused without its role, and their profile."""
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    good = calls.send(actor, profile.id, ApiCall("GET", "/orders")).attempt_id
    sandbox.set_fault(actor, "missing-role")
    tokens.obtain(actor, profile.id, wants_fresh=True)
    call = ApiCall("GET", "/orders", query="top=2", headers=(("X-Note", EVIL), ("X-Api-Key", "sesame-sesame")))
    bad = calls.send(actor, profile.id, call).attempt_id
    assert client.login(email=actor.email, password=PASSWORD)
    return client, good, bad, profile


def page(client, *ids):
    return client.get("/inspect/compare/", {"attempt": ids}).content.decode()


def heading(text):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)[1])


def test_the_first_line_says_what_differs_whichever_is_named_first(called):
    client, good, bad, _ = called
    text = page(client, bad, good)
    assert heading(text).startswith("401 instead of 200: roles is missing, query top is new")
    assert text.index("Went well</h2>") < text.index("Failed</h2>")
    assert EVIL not in text and "sesame" not in text
    assert re.search(r"<summary id=.token-folded.>\d that never matter</summary>", text)


def test_one_alone_is_compared_with_the_last_that_went_well(called):
    client, good, bad, _ = called
    assert heading(page(client, bad)) == heading(page(client, good, bad))
    assert "Nothing else with the same profile at the same API went well." in page(client, good)
    assert "3 attempts are chosen" in page(client, good, bad, "x")
    assert client.get("/inspect/compare/", {"attempt": [good, "x"]}).status_code == 404


def test_from_the_list_two_are_asked_for(called):
    client, good, bad, _ = called
    text = client.get("/calls/").content.decode()
    assert '<input type="hidden" name="of" value="calls">' in text
    for ids, told in (
        ([], "Nothing is chosen."),
        ([bad], "One attempt is chosen."),
        ([bad, bad], "One attempt is chosen."),
    ):
        text = client.get("/inspect/compare/", {"of": "calls", "attempt": ids}).content.decode()
        assert f"{told} Choose two attempts in the history to compare." in text
        assert (f'id="with-last-good" href="/inspect/compare/?attempt={bad}"' in text) == bool(ids)
    text = client.get("/inspect/compare/", {"of": "calls", "attempt": [good, bad]}).content.decode()
    assert heading(text) == heading(page(client, good, bad))
    assert "Choose two" not in page(client)


def test_what_went_well_leads_to_the_form_and_what_failed_to_support(called):
    client, good, bad, _ = called
    well, failed = (client.get(f"/calls/{one}/").content.decode() for one in (good, bad))
    assert 'class="button primary" id="replay"' in well and '<details id="hand-over">' in well
    assert 'class="button primary" id="make-case"' in failed and "hand-over" not in failed
    assert well.index('id="response-title"') < well.index('id="copy-as"') < well.index('id="claims-title"')
    refused = client.post(f"/calls/{good}/case/", {"title": " "}).content.decode()
    assert '<details id="hand-over" open>' in refused


def test_the_history_offers_each_attempt_and_the_pinned_ones(called):
    client, good, bad, _ = called
    assert client.post(f"/calls/{bad}/pin/", {"keep": "1"}).status_code == 302
    text = client.get("/calls/").content.decode()
    assert {good, bad} <= set(re.findall(r'name="attempt" value="([0-9a-f-]{36})"', text))
    pinned = client.get("/calls/?pinned=on&span=all").content.decode()
    assert re.findall(r'name="attempt" value="([0-9a-f-]{36})"', pinned) == [bad]
    assert heading(pinned).startswith("1 pinned")
    assert "Unpin</button>" in client.get(f"/calls/{bad}/").content.decode()


def test_the_form_of_a_call_is_filled_again_and_nothing_is_sent(called):
    client, _, bad, profile = called
    where = re.search(r'id="replay" href="([^"]+)"', client.get(f"/calls/{bad}/").content.decode())[1]
    assert where == f"/profiles/{profile.id}/?replay={bad}#call"
    before = client.get("/calls/").content.count(b'name="attempt"')
    text = client.get(where).content.decode()
    assert "Nothing is sent before you press Send." in text
    assert "The value of the header X-Api-Key was hidden: type it again." in text
    assert 'value="top=2"' in text
    assert "X-Note" in text and "&lt;script&gt;" in text
    assert EVIL not in text
    assert client.get("/calls/").content.count(b'name="attempt"') == before
    assert client.get(f"/profiles/{profile.id}/?replay={profile.id}").status_code == 404
