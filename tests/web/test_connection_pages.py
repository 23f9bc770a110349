"""Pages of a connection, of a sign-in and of a login link, as a browser gets them."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from console.core.access import SharedWith
from console.core.credential import Secret
from console.models import Profile
from console.services import connections as connection_services
from console.services import login_links, profiles, sharing, wiring
from console.store import connections
from tests.services.builders import person, with_samples
from tests.services.signing_in import KARI, SECRET, connection_at, profile_at, running, signed_in_connection
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
CODE = "canary-code-9f8e7d6c"


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor(server):
    return person()


@pytest.fixture
def mine(actor):
    return signed_in(actor)


@pytest.fixture
def connection(actor, server):
    return connection_at(actor, server)


def text(answer):
    """The page with its blanks joined, and without the marks around what others wrote."""
    return re.sub(r"\s+", " ", re.sub(r"</?bdi[^>]*>", "", answer.content.decode()))


def begin(mine, connection):
    """The address of the sign-in's page."""
    answer = mine.post(f"/connections/{connection.id}/authorize/")
    assert answer.status_code == 303
    return answer.url


def state_on(page):
    (link,) = re.findall(r'id="go" href="([^"]+)"', page)
    return parse_qs(urlsplit(link.replace("&amp;", "&")).query)["state"][0]


def came_back(mine, page_url, **changes):
    """The clean address that the browser is sent on to."""
    state = state_on(text(mine.get(page_url)))
    answer = mine.get("/back/", {"state": state, "code": CODE, **changes})
    assert answer.status_code == 303
    assert CODE not in answer.url and state not in answer.url
    return answer.url


def link_of(mine, connection, **form):
    page = text(mine.post(f"/connections/{connection.id}/links/", {"meant_for": "Ola", "life_s": "3600", **form}))
    (url,) = re.findall(r'id="login-link">([^<]+)<', page)
    return urlsplit(url).path


def test_a_person_is_told_before_they_go_and_asked_before_anything_is_kept(mine, server, connection):
    page_url = begin(mine, connection)
    before = text(mine.get(page_url))
    assert "Before you go" in before and "code_challenge" in before and "Which client asks; it is public." in before
    shown = text(mine.get(came_back(mine, page_url)))
    assert "Is this the right account?" in shown and "ola@example.com" in shown
    assert CODE not in shown and "canary-refresh" not in shown
    assert "not connected" in text(mine.get(f"/connections/{connection.id}/"))
    mine.post(page_url, {"do": "confirm"})
    after = text(mine.get(f"/connections/{connection.id}/"))
    assert "Connected as Ola" in after and "canary-refresh" not in after
    assert "How it came to be" in after and "11 of 12" in after


def test_the_answers_address_is_left_at_once_and_kept_in_no_cache(mine, connection):
    page_url = begin(mine, connection)
    state = state_on(text(mine.get(page_url)))
    answer = mine.get("/back/", {"state": state, "code": CODE})
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert urlsplit(answer.url).netloc == ""


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({}, "This is no answer to a sign-in."),
        ({"state": "x", "code": CODE}, "The console waits for no such answer."),
        ({"code": CODE}, "This is no answer to a sign-in."),
    ],
)
def test_what_is_no_answer_gets_its_sentence_and_leads_nowhere(mine, given, what):
    answer = mine.get("/back/", {**given, "redirect_uri": "https://evil.example", "next": "https://evil.example"})
    assert (answer.status_code, answer.url.startswith("/back/")) == (303, True)
    told = mine.get(answer.url)
    assert told.status_code == 400
    assert what in text(told) and CODE not in text(told)


def test_the_answer_in_another_browser_gets_its_sentence(actor, mine, connection):
    page_url = begin(mine, connection)
    state = state_on(text(mine.get(page_url)))
    other = signed_in(actor)
    answer = other.get("/back/", {"state": state, "code": CODE})
    assert answer.url == "/back/other-browser/"
    assert "This sign-in was begun in another browser." in text(other.get(answer.url))
    assert other.get(page_url).status_code == 404
    assert came_back(mine, page_url) == page_url, "the browser that began it goes on"


def test_a_denied_consent_is_told_in_the_providers_words_and_can_be_tried_again(mine, server, connection):
    page_url = begin(mine, connection)
    state = state_on(text(mine.get(page_url)))
    url = mine.get("/back/", {"state": state, "error": "access_denied", "error_description": "<b>No</b>"}).url
    told = text(mine.get(url))
    assert "The sign-in was cancelled, or the consent was denied." in told and "&lt;b&gt;No&lt;/b&gt;" in told
    again = mine.post(page_url, {"do": "again"})
    assert again.status_code == 303 and again.url != page_url
    assert "Before you go" in text(mine.get(again.url))
    assert server.seen == []


def test_a_session_that_ended_meanwhile_is_asked_for_and_the_answer_waits(actor, mine, connection):
    page_url = begin(mine, connection)
    state = state_on(text(mine.get(page_url)))
    cookies = {name: morsel.value for name, morsel in mine.cookies.items() if "sign-in" in name}
    mine.logout()
    for name, value in cookies.items():
        mine.cookies[name] = value
    assert mine.get("/back/", {"state": state, "code": CODE}).url == page_url
    assert mine.get(page_url).url.startswith("/accounts/login/")
    back = signed_in(actor)
    for name, value in cookies.items():
        back.cookies[name] = value
    assert "Is this the right account?" in text(back.get(page_url))


def test_a_person_without_an_account_connects_by_a_link_and_sees_nothing_else(actor, mine, server, connection):
    path = link_of(mine, connection)
    guest = Client()
    for _ in range(3):  # a preview, a scanner, and the person
        page = text(guest.get(path))
    for told in (actor.email, "Orders portal", "orders.read", "meant for Ola", "as you"):
        assert told in page
    assert 'aria-label="Main"' not in page
    begun = guest.post(path)
    assert begun.status_code == 303
    assert guest.get(path).status_code == 404, "it is spent"
    assert Client().post(path).status_code == 404
    url = came_back(guest, begun.url)
    assert "Yes, connect this account" in text(guest.get(url))
    done = guest.post(url, {"do": "confirm"}, follow=True)
    assert "You can close this page" in text(done)
    assert 'aria-label="Main"' not in text(done) and f"/connections/{connection.id}/" not in text(done)
    assert guest.get(f"/connections/{connection.id}/").status_code == 302
    page = text(mine.get(f"/connections/{connection.id}/"))
    assert "Connected as Ola" in page and "done, " in page


def test_no_link_is_handed_out_for_a_client_that_cannot_prove_itself_yet(actor, mine, server, connection):
    profiles.discard_credential(actor, connection.profile_id)
    answer = mine.post(f"/connections/{connection.id}/links/", {"meant_for": "Ola", "life_s": "3600"})
    assert answer.status_code == 403 and "This profile has no credential yet." in text(answer)
    assert login_links.list_links(actor, connection.id) == []


def test_a_link_is_not_spent_while_its_maker_has_something_to_mend(actor, mine, connection):
    path, guest = link_of(mine, connection), Client()
    profiles.discard_credential(actor, connection.profile_id)
    told = guest.post(path)
    assert told.status_code == 403
    assert f"Tell {actor.email}, and open the link again when it is mended." in text(told)
    assert f"{actor.email} can do this." in text(told)
    profiles.replace_secret(actor, connection.profile_id, Secret(SECRET))
    assert guest.post(path).status_code == 303


def test_a_link_that_was_taken_back_does_not_work(mine, connection):
    path = link_of(mine, connection)
    (revoke,) = re.findall(
        r'action="(/connections/[^"]+/links/[^"]+/)"', text(mine.get(f"/connections/{connection.id}/"))
    )
    mine.post(revoke)
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_another_account_is_asked_about_and_by_a_link_refused(actor, mine, server):
    connection = signed_in_connection(actor, server)
    server.person = KARI
    page_url = begin(mine, connection)
    shown = text(mine.get(came_back(mine, page_url)))
    assert "This connection belongs to" in shown and "Connect Kari instead" in shown
    assert mine.post(page_url, {"do": "confirm"}).status_code == 403
    guest = Client()
    url = came_back(guest, guest.post(link_of(mine, connection)).url)
    assert "Another account signed in than the one this connection belongs to." in text(guest.get(url))
    assert connections.get(actor, "view", connection.id).value.identity.name == "Ola"


def test_who_came_by_a_second_link_is_neither_told_who_came_by_the_first_nor_connected(actor, mine, server, connection):
    ola, kari = Client(), Client()
    of_ola = came_back(ola, ola.post(link_of(mine, connection)).url)
    ola.get(of_ola)
    server.person = KARI
    of_kari = came_back(kari, kari.post(link_of(mine, connection)).url)
    kari.get(of_kari)
    ola.post(of_ola, {"do": "confirm"})
    assert "ola" not in text(kari.get(of_kari)).lower()
    refused = kari.post(of_kari, {"do": "confirm", "other": "1"})
    assert refused.status_code == 403 and "Somebody else signed in" in text(refused)
    assert connections.get(actor, "view", connection.id).value.identity.name == "Ola"


def test_a_device_code_is_shown_until_the_person_is_done_and_confirms(actor, mine, server):
    connection = connection_at(actor, server, grant="device_code")
    page_url = begin(mine, connection)
    page = text(mine.get(page_url))
    assert "WDJB-MJHT" in page and f"{server.url}/device" in page and 'hx-trigger="every 5s"' in page
    assert "canary-device-code" not in page
    assert text(mine.post(page_url, {"do": "look"}, follow=True)).count("WDJB-MJHT") == 1
    assert [one["path"] for one in server.seen] == ["/device_authorization"], "it is not due yet"


def looked(mine, page_url, monkeypatch, seconds):
    from console.adapters import clock

    now = clock.now() + seconds
    monkeypatch.setattr(clock, "now", lambda: now)
    return text(mine.post(page_url, {"do": "look"}, follow=True))


def test_each_look_at_a_device_asks_once_and_slows_down_as_told(actor, mine, server, monkeypatch):
    connection = connection_at(actor, server, grant="device_code")
    page_url = begin(mine, connection)
    server.errors = ["authorization_pending", "slow_down"]
    assert "asked 1 time" in looked(mine, page_url, monkeypatch, 6)
    assert 'hx-trigger="every 10s"' in looked(mine, page_url, monkeypatch, 6)
    assert "WDJB-MJHT" in looked(mine, page_url, monkeypatch, 6)
    assert len(server.seen) == 3, "five seconds are too early now"
    shown = looked(mine, page_url, monkeypatch, 6)
    assert "Is this the right account?" in shown and "ola@example.com" in shown
    mine.post(page_url, {"do": "confirm"})
    assert "Connected as Ola" in text(mine.get(f"/connections/{connection.id}/"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("access_denied", "The sign-in was cancelled, or the consent was denied."),
        ("expired_token", "The code ended before anybody finished signing in."),
    ],
)
def test_a_device_code_that_is_denied_or_ends_is_told(actor, mine, server, monkeypatch, error, told):
    page_url = begin(mine, connection_at(actor, server, grant="device_code"))
    server.errors = [error]
    assert told in looked(mine, page_url, monkeypatch, 6)


def test_a_device_code_goes_to_no_other_provider_than_the_one_that_gave_it(actor, mine, server, monkeypatch):
    """Whoever holds it can have the token: a profile that is led elsewhere while somebody signs in must not get it."""
    connection = connection_at(actor, server, grant="device_code")
    page_url = begin(mine, connection)
    Profile.objects.filter(pk=connection.profile_id).update(client_id="another")
    shown = looked(mine, page_url, monkeypatch, 6)
    assert "profile_changed" in shown and "so it was not sent there" in shown
    assert [one["path"] for one in server.seen] == ["/device_authorization"]
    again = looked(mine, page_url, monkeypatch, 6)
    assert "profile_changed" in again and len(server.seen) == 1


def test_many_looks_are_not_stopped_by_the_limit_of_token_requests(actor, mine, server, monkeypatch):
    page_url = begin(mine, connection_at(actor, server, grant="device_code"))
    server.errors = ["authorization_pending"] * 15
    for _ in range(15):
        shown = looked(mine, page_url, monkeypatch, 5)
    assert "asked 15 times" in shown
    assert "Is this the right account?" in looked(mine, page_url, monkeypatch, 5)


def test_the_page_says_why_it_is_in_error_and_how_it_is_mended(actor, mine, server):
    connection = signed_in_connection(actor, server)
    server.refresh_token = "another"
    mine.post(f"/connections/{connection.id}/refresh/")
    page = text(mine.get(f"/connections/{connection.id}/"))
    assert "invalid_grant" in page and "Used before. Authorize it again." in page


def test_to_renew_is_offered_only_with_a_refresh_token(actor, mine, server):
    renewed = signed_in_connection(actor, server)
    assert 'id="refresh"' in text(mine.get(f"/connections/{renewed.id}/"))
    usual = server.RequestHandlerClass

    class WithoutRefreshToken(usual):
        def granted(self):
            return {name: value for name, value in super().granted().items() if name != "refresh_token"}

    server.RequestHandlerClass = WithoutRefreshToken
    page = text(mine.get(f"/connections/{signed_in_connection(actor, server).id}/"))
    assert "there is no refresh token: then somebody signs in again" in page and 'id="refresh"' not in page


def test_a_connection_can_be_made_renamed_disconnected_and_deleted(actor, mine, server):
    profile = profile_at(actor, server)
    made = mine.post(f"/profiles/{profile.id}/connections/new/", {"name": "Ola"})
    assert mine.get(made.url).status_code == 200
    written = {"name": "Ola N", "named": "managed 11111111-2222-3333-4444-555555555555 the portal\nabc"}
    assert mine.post(f"{made.url}edit/", written).status_code == 302
    page = text(mine.get(made.url))
    assert "Ola N" in page and "managed identity" in page and "service principal" in page
    assert "There was no token to take back." in text(mine.post(f"{made.url}disconnect/", follow=True))
    assert mine.post(f"{made.url}delete/").url == f"/profiles/{profile.id}/"
    assert mine.get(made.url).status_code == 404


def test_who_may_use_it_sees_no_secret_and_sends_with_it(actor, mine, server):
    connection = signed_in_connection(actor, server)
    otto = person("otto@example.com")
    sharing.give(actor, "connection", connection.id, SharedWith(otto.user_id), right="use")
    theirs = signed_in(otto)
    page = text(theirs.get(f"/connections/{connection.id}/"))
    for hidden in ("Authorize again", "Hand out a login link", "Disconnect", 'id="reveal-token"', "canary-refresh"):
        assert hidden not in page
    assert theirs.get(f"/profiles/{connection.profile_id}/").status_code == 404
    listed = text(theirs.get("/profiles/"))
    assert f'<a href="/connections/{connection.id}/">' in listed and "Connections shared with you" in listed
    assert "Connections shared with you" not in text(mine.get("/profiles/"))
    used = theirs.get(f"/profiles/{connection.profile_id}/?connection={connection.id}")
    assert used.status_code == 200
    assert 'id="edit-profile"' not in text(used) and "Ola&#x27;s orders" in text(used)
    assert theirs.post(f"/profiles/{connection.profile_id}/token/", {"connection": connection.id}).status_code == 200
    assert theirs.post(f"/profiles/{connection.profile_id}/token/").status_code == 404


def test_a_cookie_that_another_host_of_the_domain_can_set_takes_no_answer(mine, connection, settings):
    """On https the cookie's name begins with `__Host-`, which no other host can set; without it, it is none of ours.

    An attacker who plants their own sign-in's cookie would have somebody else's code kept for themselves.
    """
    settings.SESSION_COOKIE_SECURE = True
    page_url = mine.post(f"/connections/{connection.id}/authorize/", secure=True).url
    state = state_on(text(mine.get(page_url, secure=True)))
    planted = Client()
    (name,) = [one for one in mine.cookies if one.startswith("__Host-sign-in-")]
    planted.cookies[name.removeprefix("__Host-")] = mine.cookies[name].value
    answer = planted.get("/back/", {"state": state, "code": CODE}, secure=True)
    assert answer.url == "/back/other-browser/"
    assert mine.get("/back/", {"state": state, "code": CODE}, secure=True).url == page_url


def test_before_the_first_token_a_connection_offers_to_get_one_and_calls_nothing_without_an_api():
    owner = with_samples()
    sample = next(one for one in profiles.list_profiles(owner) if "orders with a secret" in one.name)
    made = connection_services.make(owner, sample.id, "Nightly job")
    client, address = signed_in(owner), f"/connections/{made.id}/"
    page = client.get(address).text
    assert re.findall(r'class="button primary" id="([^"]+)"', page) == ["refresh"]
    assert 'id="use-connection"' in page
    client.post(f"{address}refresh/")
    assert re.findall(r'class="button primary" id="([^"]+)"', client.get(address).text) == ["use-connection"]
    draft = replace(profiles.draft_of(sample), api_id=None)
    profiles.update(owner, sample.id, draft, expected_version=sample.version)
    assert 'id="use-connection"' not in client.get(address).text
