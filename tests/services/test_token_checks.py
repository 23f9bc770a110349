"""The provider is asked about a token, or told to end it: what is sent, what is told, and what is kept."""

import time

import pytest

from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.oauth.place import Place
from console.core.oauth.token_response import TokenError
from console.services import opening, sharing, token_checks, tokens
from console.store import audit
from console.web.present.token_checks import told_view
from tests.services.builders import person
from tests.services.grant_side import SECRET, granted, profile_for, side

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def profile(actor, side):
    """With a stored token."""
    made = profile_for(actor, side, "client_credentials", scope="orders")
    token = side.id_token(int(time.time()), aud="api", client_id="c")
    side.lay("/token", granted(access_token=token))
    assert tokens.obtain(actor, made.id).access_token == Secret(token)
    return made


def stored(actor, profile):
    return tokens.stored(opening.of_profile(actor, "use", profile.id))


def actions(actor):
    return [(entry.action, entry.result) for entry in audit.recent() if entry.who == actor.email][:2]


def test_the_provider_is_asked_with_the_clients_proof_and_agrees(actor, side, profile):
    side.lay("/introspect", {"active": True, "aud": "api", "client_id": "c"})
    told = token_checks.introspect(actor, profile.id)
    (form,) = side.forms("/introspect")
    assert form["token"] == stored(actor, profile).access_token.reveal()
    assert (form["token_type_hint"], form["client_id"], form["client_secret"]) == ("access_token", "c", SECRET)
    assert told.told.is_active
    assert (told.disagreements, told.is_revoked) == ((), False)
    assert actions(actor) == [("token asked about", "answered"), ("question about a token began", "began")]


def test_where_both_differ_both_sides_are_told(actor, side, profile):
    side.lay("/introspect", {"active": False})
    told = token_checks.introspect(actor, profile.id)
    (state,) = told.disagreements
    assert state.about == "state"
    assert "has not ended" in state.here and "revoked" in state.there
    assert stored(actor, profile) is not None, "to ask changes nothing"


def test_nothing_secret_is_in_the_steps(actor, side, profile):
    side.lay("/introspect", {"active": True, "echo": SECRET})
    told = token_checks.introspect(actor, profile.id)
    shown = repr([(step.request.url, step.request.body, step.response.body) for step in told.steps])
    token = stored(actor, profile).access_token.reveal()
    assert [text for text in (SECRET, token, token.rpartition(".")[2]) if text in shown] == []


def test_a_provider_that_refuses_to_tell_is_told_as_that(actor, side, profile):
    side.lay("/introspect", (400, {"error": "unsupported_token_type"}))
    told = token_checks.introspect(actor, profile.id)
    assert isinstance(told.told, TokenError)
    assert (told.told.error, told.is_revoked) == ("unsupported_token_type", False)
    assert actions(actor)[0] == ("token asked about", "failed")


def test_a_revoked_token_is_forgotten_here(actor, side, profile):
    side.lay("/revoke", {})
    assert token_checks.revoke(actor, profile.id).is_revoked
    assert len(side.forms("/revoke")) == 1
    assert stored(actor, profile) is None
    assert actions(actor)[0] == ("revocation of a token ended", "answered")


@pytest.mark.parametrize("answer", [(503, {}), (401, {"error": "invalid_client"}), (200, "<html>Sign in</html>")])
def test_what_was_not_revoked_stays_and_the_reason_is_told(actor, side, profile, answer):
    side.lay("/revoke", answer)
    told = token_checks.revoke(actor, profile.id)
    assert not told.is_revoked
    assert isinstance(told.told, TokenError)
    assert stored(actor, profile) is not None
    assert actions(actor)[0] == ("revocation of a token ended", "failed")


def test_without_a_token_there_is_nothing_to_ask_about(actor, side):
    bare = profile_for(actor, side, "client_credentials", scope="orders")
    with pytest.raises(NotFound):
        token_checks.introspect(actor, bare.id)
    assert side.seen == []


@pytest.mark.parametrize(
    ("place", "endpoint"),
    [
        (Place("https://i.example", "", "https://i.example/token"), ""),
        (Place("https://i.example", "", "https://i.example/token"), "https://evil.example/introspect"),
        (Place("", "", "https://i.example/token"), "https://i.example.evil.example/introspect"),
        (Place("https://i.example", "", "https://i.example/token"), "http://i.example/introspect"),
    ],
)
def test_a_token_goes_to_its_own_provider_alone(actor, side, profile, monkeypatch, place, endpoint):
    changed = Place(place.issuer, "", place.token_endpoint, introspection_endpoint=endpoint)
    monkeypatch.setattr("console.services.profiles.place_of", lambda *_: changed)
    before = len(side.seen)
    with pytest.raises(NotAllowed):
        token_checks.introspect(actor, profile.id)
    assert len(side.seen) == before


def test_who_may_use_a_profile_may_ask_and_not_revoke(actor, side, profile):
    other = person("otto@example.com")
    with pytest.raises(NotFound):
        token_checks.introspect(other, profile.id)
    whom = sharing.named(actor, "profile", profile.id, "otto@example.com")
    sharing.give(actor, "profile", profile.id, whom, right="use")
    side.lay("/introspect", {"active": True})
    assert token_checks.introspect(other, profile.id).told.is_active
    with pytest.raises(NotFound):
        token_checks.revoke(other, profile.id)
    assert side.forms("/revoke") == []


ECHOES = {
    "members": lambda text: {"active": True, "token": text, "note": f"for {text}"},
    "another side": lambda text: {"active": True, "aud": text, "client_id": "c"},
    "error": lambda text: (400, {"error": text}),
    "description": lambda text: (401, {"error": "invalid_client", "error_description": f"not {text}"}),
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_what_was_sent_is_neither_shown_nor_kept_where_the_provider_gives_it_back(actor, side, profile, echo):
    """Who may only use a profile does not see its token whole, and nothing leaves the audit trail again."""
    token = stored(actor, profile).access_token.reveal()
    for secret in (token, token.rpartition(".")[2], SECRET):
        side.lay("/introspect", echo(secret))
        view = token_checks.introspect(actor, profile.id)
        seen = f"{told_view(view)} {audit.recent()}"
        assert secret not in seen
        side.lay("/revoke", echo(secret))
        view = token_checks.revoke(actor, profile.id)
        seen = f"{told_view(view)} {audit.recent()}"
        assert secret not in seen
        side.lay("/token", granted(access_token=token))
        tokens.obtain(actor, profile.id, wants_fresh=True)
