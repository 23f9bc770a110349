"""Over the budget: 429 in four parts, with the time to come again, and nothing typed is lost."""

import re
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client

from console.adapters import clock
from console.adapters.meter import Meter
from console.adapters.slots import OUTGOING
from console.services import processor_time, profiles, sandbox, tokens
from console.services.budget import share_of
from console.services.own_sandbox import OwnSandbox
from console.store import tokens as store
from console.web import budget as web_budget
from console.web import sandbox_endpoints
from tests.services.builders import person, with_samples
from tests.web.people import seen, signed_in

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"method": "POST", "path": "/orders", "body": '\n{"a": "</textarea><script>"}', "headers": "X-A: b"}


@pytest.fixture(autouse=True)
def _time_stands_still(time_machine):
    """A budget fills up again with time, also while a busy machine runs a test."""
    time_machine.move_to(1_900_000_000, tick=False)


@pytest.fixture
def exhausted(settings):
    """A person whose one call of this minute is made, with their client and the address of their profile's call."""
    settings.CONSOLE_CALLS_PER_MINUTE = 1
    actor = with_samples()
    client, address = signed_in(actor), f"/profiles/{profiles.list_profiles(actor)[0].id}/call/"
    assert client.post(address, {"method": "GET", "path": "/orders"}).status_code in (200, 429)
    return client, address


def sealed_in(page):
    return re.search(r'name="held_form" value="([^"]+)"', page.content.decode())[1]


def test_the_page_says_when_to_come_again_and_keeps_what_was_typed(exhausted, time_machine):
    client, address = exhausted
    page = client.post(address, TYPED, headers=HERE)
    assert page.status_code == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    text = page.content.decode()
    for words in ("as one person may: 1 within a minute.", "free for others.", "Try again in", "You can do this."):
        assert words in text
    assert f'action="{address}"' in text
    time_machine.shift(120)
    held = urlencode({"held_form": sealed_in(page)})
    again = client.post(address, held, "application/x-www-form-urlencoded", headers=HERE).content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;" in again
    assert 'value="/orders"' in again


def test_a_fragment_leaves_the_form_alone_and_fills_the_problem_region(exhausted):
    client, address = exhausted
    fragment = client.post(address, TYPED, headers={"HX-Request": "true"})
    assert (fragment.status_code, b"<form" in fragment.content) == (429, False)
    assert b"data-problem" in fragment.content
    assert "Retry-After" in fragment.headers


def test_secrets_stay_sealed_and_a_file_is_asked_for_again(settings):
    actor = with_samples()
    client, profile = signed_in(actor), profiles.list_profiles(actor)[0]
    address, shown = f"/profiles/{profile.id}/key-file/", seen(client, profile.id, "key-file")
    for _ in range(10):
        client.post(address, {"passphrase": "hunter2-password", "key_file": _file(), "seen": shown}, headers=HERE)
    page = client.post(address, {"passphrase": "hunter2-password", "key_file": _file(), "seen": shown}, headers=HERE)
    assert page.status_code == 429
    assert b"hunter2" not in page.content
    assert b"Choose the file again" in page.content
    assert sealed_in(page)


def _file():
    file = BytesIO(b"no key file")
    file.name = "key.pfx"
    return file


def test_who_used_up_the_processors_share_waits_and_others_do_not(settings, monkeypatch):
    settings.CONSOLE_PROCESSOR_S_PER_MINUTE = 1
    monkeypatch.setattr(processor_time, "METER", Meter())
    hostile, other = person("eve@example.com"), person("ina@example.com")
    spent = iter(range(0, 10**9, 3000))
    clients = {one: signed_in(one) for one in (hostile, other)}
    monkeypatch.setattr(web_budget.clock, "processor_ms", lambda: next(spent))
    assert clients[hostile].get("/inspect/").status_code == 200
    monkeypatch.setattr(web_budget.clock, "processor_ms", lambda: 0)  # however slow this machine is
    refused = clients[hostile].get("/inspect/")
    assert refused.status_code == 429
    assert 100 < int(refused.headers["Retry-After"]) <= 121
    assert clients[hostile].get("/accounts/logout/").status_code == 200
    assert [clients[other].get("/inspect/").status_code for _ in range(5)] == [200] * 5


def test_pages_stay_while_a_persons_places_are_taken(settings):
    actor = with_samples()
    client, profile = signed_in(actor), profiles.list_profiles(actor)[0]
    other = person("ben@example.com")
    with OUTGOING.hold(share_of(other)), OUTGOING.hold("a"), OUTGOING.hold("b"), OUTGOING.hold("c"):
        refused = client.post(f"/profiles/{profile.id}/token/")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
        assert client.get(f"/profiles/{profile.id}/").status_code == 200
    assert client.post(f"/profiles/{profile.id}/token/").status_code == 200


def test_a_token_request_under_way_is_looked_for_by_page_and_fragment(settings):
    actor = with_samples()
    client, profile = signed_in(actor), profiles.list_profiles(actor)[0]
    key, now = tokens.token_key(OwnSandbox(actor), profile), clock.now()
    assert store.acquire_lease(key, holder="another tab", now=now, until=now + 30)
    address = f"/profiles/{profile.id}/token/"
    page = client.post(address, {"fresh": "1"})
    assert (page.status_code, page.headers["Refresh"]) == (202, f"2; url=/profiles/{profile.id}/#token")
    assert b"Another request for this token is under way" in page.content
    looked = client.get(address, headers={"HX-Request": "true"})
    assert (looked.status_code, f'hx-get="{address}"'.encode() in looked.content) == (202, True)
    assert b"Another request for this token is under way" in client.get(f"/profiles/{profile.id}/").content
    called = client.post(f"/profiles/{profile.id}/call/", {"method": "GET", "path": "/x", "sends_token": "on"})
    assert b"the token is just being asked for" in called.content
    store.release_lease(key, holder="another tab")
    assert client.post(address).status_code == 200
    done = client.get(address, headers={"HX-Request": "true"})
    assert (done.status_code, b"under way" in done.content, b"obtained" in done.content) == (200, False, True)


def test_what_strangers_ask_of_a_workspace_is_computed_within_its_share_and_nobody_elses(settings, monkeypatch):
    """Its owner writes the policy that is run for each request, and needs no session to send them."""
    settings.CONSOLE_PROCESSOR_S_PER_MINUTE = 1
    monkeypatch.setattr(processor_time, "METER", Meter())
    owner, other = with_samples(), person("ben@example.com")
    addresses = [sandbox.workspace(one).base.removeprefix(settings.CONSOLE_PUBLIC_URL) for one in (owner, other)]
    spent = iter(range(0, 10**9, 3000))
    monkeypatch.setattr(sandbox_endpoints.clock, "processor_ms", lambda: next(spent))
    assert Client().get(f"{addresses[0]}/gateway/orders/orders").status_code == 401
    monkeypatch.setattr(sandbox_endpoints.clock, "processor_ms", lambda: 0)  # however slow this machine is
    for address in (addresses[0], addresses[0].upper().replace("/SANDBOX", "/sandbox")):
        gateway, provider = (Client().get(f"{address}/{path}") for path in ("gateway/orders/orders", "x/v2.0/token"))
        assert (gateway.status_code, provider.status_code) == (429, 429)
        assert 100 < int(gateway.headers["Retry-After"]) <= 121
        assert (gateway.json()["statusCode"], provider.json()["error"]) == (429, "temporarily_unavailable")
    assert Client().get(f"{addresses[1]}/gateway/orders/orders").status_code == 401
    assert signed_in(owner).get("/inspect/").status_code == 200
