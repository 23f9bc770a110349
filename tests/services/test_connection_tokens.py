"""A connection's token is renewed on use, and what becomes of its refresh token is never guessed."""

import re
from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.connection import ConnectionStatus, refresh_before_s
from console.core.errors import NotAllowed, NotFound
from console.core.oauth.token_response import TokenResponse
from console.models import StoredToken
from console.services import connection_tokens, disconnecting, profiles, sharing, tokens, wiring
from console.services import connections as service
from console.store import connections
from tests.services.builders import person
from tests.services.signing_in import KARI, OLA, running, signed_in_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor(server):
    return person()


@pytest.fixture
def connection(actor, server, at):
    return signed_in_connection(actor, server)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock to so many seconds after the token was got."""
    began = clock.now()

    def set_to(seconds):
        monkeypatch.setattr(clock, "now", lambda: began + seconds)

    set_to(0)
    return set_to


def get(actor, connection, **options):
    return tokens.obtain(actor, connection.profile_id, connection_id=connection.id, **options)


def kept_of(actor, connection):
    return connections.get(actor, "view", connection.id).value


def refreshes(server):
    return [one["form"]["refresh_token"] for one in server.seen if one["form"].get("grant_type") == "refresh_token"]


@pytest.mark.parametrize(("seconds", "count"), [(3600 - 181, 0), (3600 - 180, 0), (3600 - 179, 1), (3601, 1)])
def test_a_token_is_renewed_within_three_minutes_of_its_end(actor, server, connection, at, seconds, count):
    at(seconds)
    got = get(actor, connection)
    assert isinstance(got.result, TokenResponse)
    assert got.is_from_store is (count == 0)
    assert len(refreshes(server)) == count


@pytest.mark.parametrize(("life_s", "before_s"), [(None, 180), (3600, 180), (360, 180), (120, 60), (0, 0)])
def test_a_short_token_is_renewed_at_half_its_life(life_s, before_s):
    assert refresh_before_s(life_s) == before_s


def test_a_rotated_refresh_token_replaces_the_one_before(actor, server, connection, at):
    first = server.refresh_token
    at(3600)
    get(actor, connection)
    at(7200)
    assert get(actor, connection).access_token is not None
    assert refreshes(server) == [first, first.replace("-1-", "-2-")]
    assert kept_of(actor, connection).is_connected


def test_a_refused_refresh_is_an_error_with_its_reason_until_somebody_signs_in_again(actor, server, connection, at):
    server.refresh_token = "another"
    at(3600)
    assert get(actor, connection).error.error == "invalid_grant"
    after = kept_of(actor, connection)
    assert (after.status, after.problem.code, after.problem.reason) == (
        ConnectionStatus.ERROR, "invalid_grant", "Used before."
    )  # fmt: skip
    with pytest.raises(NotAllowed) as refused:
        get(actor, connection)
    assert (refused.value.why, refused.value.do) == (
        "invalid_grant: Used before.", "Open the connection and authorize it again."
    )  # fmt: skip
    assert len(refreshes(server)) == 1, "a refused refresh token is not sent again"


def test_a_provider_that_is_down_loses_nothing_and_the_old_token_is_used_while_it_lives(actor, server, connection, at):
    server.errors = ["down", "down"]
    at(3500)
    assert get(actor, connection).is_from_store
    assert get(actor, connection, wants_fresh=True).error.kind == "server_error"
    assert server.errors == []
    assert kept_of(actor, connection).is_connected
    assert kept_of(actor, connection).doubt_since is None, "the provider answered: nothing is in doubt"
    assert get(actor, connection).access_token is not None


def test_without_a_network_the_old_token_is_used_while_it_lives(actor, server, connection, at, settings):
    at(3500)
    settings.CONSOLE_EGRESS_ALLOW = ""
    wiring.egress_policy.cache_clear()
    got = get(actor, connection)
    assert got.is_from_store
    (note,) = got.response.notes
    assert re.fullmatch(
        r"This is the token of before, valid for 1 minute \d+ seconds more: it could not be renewed.", note
    )
    at(3600)
    ended = get(actor, connection)
    assert ended.failure is not None and ended.access_token is None
    assert kept_of(actor, connection).is_connected
    assert kept_of(actor, connection).doubt_since is None, "nothing was sent"


def test_an_answer_that_was_lost_is_said_as_what_it_is(actor, server, connection, at):
    server.errors = ["lost"]
    at(3500)
    assert get(actor, connection).is_from_store
    after = kept_of(actor, connection)
    assert (after.is_connected, after.doubt_since) == (True, clock.now())
    at(3600)
    assert get(actor, connection).error.error == "invalid_grant"
    reason = kept_of(actor, connection).problem.reason
    assert "was lost on its way: the provider had very likely replaced the refresh token then" in reason


def test_a_process_that_died_between_asking_and_keeping_leaves_the_doubt_behind(
    actor, server, connection, at, monkeypatch
):
    at(3600)
    with monkeypatch.context() as dying:
        dying.setattr(tokens.tokens, "save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            get(actor, connection)
    assert kept_of(actor, connection).doubt_since == clock.now()


@pytest.mark.parametrize(("subject", "is_kept"), [(OLA, True), (KARI, False)])
def test_a_renewal_for_somebody_else_is_not_kept(actor, server, connection, at, subject, is_kept):
    before = kept_of(actor, connection)
    connections.save(actor, "use", replace(before, identity=replace(before.identity, source="ID token")))
    server.id_token_of = subject
    at(3600)
    assert (get(actor, connection).access_token is not None) is is_kept
    problem = kept_of(actor, connection).problem
    assert (problem.code if problem else "") == ("" if is_kept else "bad_id_token")


def test_without_a_refresh_token_the_end_of_the_token_is_told(actor, server, connection, at):
    found = connections.kept(actor, connection.id)
    connections.save(actor, "use", found.connection, tokens=connections.KeptTokens())
    at(3600)
    with pytest.raises(NotAllowed):
        get(actor, connection)
    assert kept_of(actor, connection).problem.code == "no_refresh_token"


def test_without_a_refresh_token_a_good_token_is_used_to_its_end_and_no_wish_for_another_breaks_it(
    actor, server, connection, at
):
    found = connections.kept(actor, connection.id)
    connections.save(actor, "use", found.connection, tokens=connections.KeptTokens())
    with pytest.raises(NotAllowed, match="cannot be renewed") as refused:
        get(actor, connection, wants_fresh=True)
    assert "the token that is kept is good until" in refused.value.why
    at(3600 - 60)
    assert get(actor, connection).access_token is not None
    assert kept_of(actor, connection).problem is None and kept_of(actor, connection).is_connected


def test_a_refresh_token_goes_only_where_it_came_from(actor, server, connection, at):
    profile = profiles.open_profile(actor, "manage", connection.profile_id)
    draft = replace(profiles.draft_of(profile), client_id="another client")
    profiles.update(actor, profile.id, draft, expected_version=profile.version)
    with pytest.raises(NotAllowed) as refused:
        get(actor, connection)
    assert "belongs to another provider or client" in refused.value.what
    assert refreshes(server) == []


def test_an_applications_own_grant_may_have_connections_too(actor, server):
    connection = service.make(actor, _own(actor, server).id, "Nightly job")
    assert get(actor, connection).access_token is not None
    after = kept_of(actor, connection)
    assert (after.status, after.identity) == (ConnectionStatus.CONNECTED, None)
    assert get(actor, connection).is_from_store


def _own(actor, server):
    from tests.services.signing_in import profile_at

    return profile_at(actor, server, grant="client_credentials")


def test_disconnecting_forgets_the_tokens_and_deleting_the_profile_the_connection(actor, server, connection):
    assert disconnecting.disconnect(actor, connection.id) == disconnecting.REVOKED
    assert server.seen[-1]["path"] == "/revoke"
    assert server.seen[-1]["form"]["token_type_hint"] == "refresh_token"
    after = kept_of(actor, connection)
    assert (after.status, after.identity, after.has_refresh_token) == (ConnectionStatus.NOT_CONNECTED, None, False)
    assert StoredToken.objects.count() == 0
    assert connections.open_tokens(connections.kept(actor, connection.id)).refresh_token is None
    profiles.delete(actor, connection.profile_id)
    assert connections.list_visible(actor, profile_id=connection.profile_id) == []


@pytest.mark.parametrize(("right", "may"), [("view", False), ("use", True), ("manage", True)])
def test_who_may_use_a_connection_gets_its_token_without_any_right_on_the_profile(
    actor, server, connection, right, may
):
    otto = person("otto@example.com")
    sharing.give(actor, "connection", connection.id, SharedWith(otto.user_id), right=right)
    assert connections.get(otto, "view", connection.id).may("use") is may
    if not may:
        with pytest.raises(Exception, match="There is no such connection"):
            get(otto, connection)
        return
    assert get(otto, connection).token.claims["sub"] == "ola@example.com"
    with pytest.raises(Exception, match="There is no such profile"):
        profiles.open_profile(otto, "view", connection.profile_id)


def test_what_somebody_made_with_a_lent_profile_ends_with_the_loan(actor, server):
    profile = _own(actor, server)
    otto, kim = person("otto@example.com"), person("kim@example.com")
    sharing.give(actor, "profile", profile.id, SharedWith(otto.user_id), right="use")
    made = service.make(otto, profile.id, "Otto's")
    sharing.give(otto, "connection", made.id, SharedWith(kim.user_id), right="use")
    with pytest.raises(Exception, match="There is no such connection"):
        get(kim, made)
    assert get(otto, made).access_token is not None
    with pytest.raises(Exception, match="There is no such connection"):
        get(actor, made)
    sharing.take(actor, "profile", profile.id, SharedWith(otto.user_id))
    with pytest.raises(Exception, match="There is no such connection"):
        get(otto, made)
    service.delete_of_profile(actor, profile.id, made.id)
    assert connections.list_of_profile(actor, profile.id) == []


def test_a_right_that_ends_while_its_holder_renews_loses_the_owner_nothing(actor, server, connection, at, monkeypatch):
    """The provider replaced the refresh token, and takes the one before for stolen."""
    guest = person("guest@example.com")
    share = SharedWith(person_id=guest.user_id)
    sharing.give(actor, "connection", connection.id, share, right="use")
    at(3600)
    keep = connection_tokens.keep

    def keep_after_the_end(*given):
        sharing.take(actor, "connection", connection.id, share)
        return keep(*given)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(connection_tokens, "keep", keep_after_the_end)
        get(guest, connection)
    at(7200)
    assert get(actor, connection).access_token is not None
    assert kept_of(actor, connection).problem is None
    assert len(set(refreshes(server))) == 2
    with pytest.raises(NotFound):
        get(guest, connection)
