"""A token is asked for once, kept, asked for anew when something changed, and refused or failing in words."""

from dataclasses import replace

import pytest
from django.db import connection

from console.adapters import clock
from console.core.credential import Secret
from console.core.errors import Busy, NotFound
from console.services import opening, profiles, sandbox, tokens
from console.services.own_sandbox import OwnSandbox
from console.store import attempts, audit, audit_verify
from console.store import tokens as store
from tests.core.tokens.keys_for_tests import rsa_key, signed
from tests.far_sides import hurry, stand_in
from tests.services.builders import person, with_samples
from tests.services.outside import SECRET, outside_profile, provider
from tests.vectors.bad_input import faultserver

__all__ = ["provider"]  # a fixture

pytestmark = pytest.mark.django_db

# How each variant of a misbehaving provider ends: with a token, with an error that names it, or with a failure.
GRANTED = {"good", "json-nan", "type-odd", "disc-jwks-metadata"}
GRANTED |= {name for name in faultserver.IDP if name.startswith(("jwks-", "expires-"))}
FAILED = {
    "slow-9": "timeout",
    "disc-html": "bad_http",
    "disc-404": "bad_http",
    "disc-list": "bad_http",
    "disc-no-token": "bad_http",
    "disc-null-jwks": "bad_http",
    "disc-other-issuer": "blocked_address",
    "disc-issuer-slash": "blocked_address",
    "disc-token-elsewhere": "blocked_address",
    "disc-token-metadata": "blocked_address",
    "disc-token-file": "blocked_address",
}


@pytest.fixture
def actor():
    return with_samples()


def actions(actor):
    return [entry.action for entry in audit.recent() if entry.who == actor.email]


def test_a_stored_token_is_used_again_until_a_fresh_one_is_wanted(settings, provider, actor):
    profile = outside_profile(actor)
    stand_in(settings, provider)
    first, second = (tokens.obtain(actor, profile.id) for _ in range(2))
    assert (first.is_from_store, second.is_from_store) == (False, True)
    assert second.access_token == first.access_token
    assert second.steps == ()
    assert len(provider.token_requests()) == 1
    assert not tokens.obtain(actor, profile.id, wants_fresh=True).is_from_store
    assert len(provider.token_requests()) == 2


def test_a_token_that_is_nearly_over_is_not_handed_out(settings, provider, actor):
    profile = outside_profile(actor, "short.example")
    stand_in(settings, provider)
    for number in (1, 2):
        assert not tokens.obtain(actor, profile.id).is_from_store
        assert len(provider.token_requests()) == number


@pytest.mark.parametrize(("left_s", "is_from_store"), [(61, True), (60, True), (59, False)])
def test_the_least_life_of_a_stored_token_is_a_minute(settings, provider, actor, time_machine, left_s, is_from_store):
    profile = outside_profile(actor)
    stand_in(settings, provider)
    time_machine.move_to(clock.now(), tick=False)
    expires_at = tokens.obtain(actor, profile.id).response.expires_at
    time_machine.move_to(expires_at - left_s, tick=False)
    assert tokens.obtain(actor, profile.id).is_from_store is is_from_store


def test_another_scope_client_or_credential_asks_anew(settings, provider, actor):
    profile = outside_profile(actor)
    stand_in(settings, provider)
    tokens.obtain(actor, profile.id)
    for count, change in enumerate(({"scope": "api://y/.default"}, {"client_id": "d"}), 2):
        draft = replace(profiles.draft_of(profile), **change)
        profile, _ = profiles.update(actor, profile.id, draft, expected_version=profile.version)
        assert not tokens.obtain(actor, profile.id).is_from_store
        assert len(provider.token_requests()) == count
    old_key = tokens.token_key(OwnSandbox(actor), profile)
    profiles.replace_secret(actor, profile.id, Secret("another-client-secret"))
    assert tokens.token_key(OwnSandbox(actor), profiles.open_profile(actor, "use", profile.id)) != old_key
    assert not tokens.obtain(actor, profile.id).is_from_store
    assert "another-client-secret" in provider.token_requests()[-1]["body"]


def test_a_twin_profile_and_another_persons_do_not_share_a_token(settings, provider, actor):
    other = person("otto@example.com")
    mine, twin, theirs = outside_profile(actor), outside_profile(actor), outside_profile(other)
    stand_in(settings, provider)
    for who, profile in ((actor, mine), (actor, twin), (other, theirs)):
        assert not tokens.obtain(who, profile.id).is_from_store
    with pytest.raises(NotFound):
        tokens.obtain(other, mine.id)
    assert len(provider.token_requests()) == 3


def test_after_a_wrong_secret_the_right_one_gives_a_token_at_once(actor):
    profile = profiles.list_profiles(actor)[0]
    right = sandbox.samples().client_secret
    for secret, is_right in (("wrong-secret-value", False), (right, True), ("wrong-again-value", False), (right, True)):
        profiles.replace_secret(actor, profile.id, Secret(secret))
        obtained = tokens.obtain(actor, profile.id)
        assert (obtained.access_token is not None, obtained.is_from_store) == (is_right, False)
        assert (obtained.error is None) is is_right
        if not is_right:
            assert obtained.diagnosis.primary.cause == "client-secret-invalid"
            assert tokens.stored(opening.of_profile(actor, "use", profile.id)) is None


def test_a_profile_asks_at_most_twelve_times_a_minute(settings, provider, actor, time_machine):
    profile, other = outside_profile(actor), outside_profile(actor)
    stand_in(settings, provider)
    time_machine.move_to(clock.now(), tick=False)
    start = clock.now()
    for _ in range(tokens.REQUESTS_PER_MINUTE):
        tokens.obtain(actor, profile.id, wants_fresh=True)
    with pytest.raises(Busy) as refused:
        tokens.obtain(actor, profile.id, wants_fresh=True)
    assert refused.value.what == "This profile has asked for 12 tokens within a minute."
    assert (refused.value.wait_s, refused.value.do) == (60, "Try again in 1 minute, or use the stored token.")
    assert tokens.obtain(actor, profile.id).is_from_store
    assert not tokens.obtain(actor, other.id, wants_fresh=True).is_from_store
    time_machine.move_to(start + 59, tick=False)
    with pytest.raises(Busy) as again:
        tokens.obtain(actor, profile.id, wants_fresh=True)
    assert again.value.wait_s == 1
    time_machine.move_to(start + 60, tick=False)
    assert not tokens.obtain(actor, profile.id, wants_fresh=True).is_from_store


@pytest.mark.parametrize(("later_s", "is_free"), [(-1, False), (0, True), (1, True)])
def test_a_lease_left_behind_holds_for_its_time_and_no_longer(
    settings, provider, actor, time_machine, later_s, is_free
):
    profile = outside_profile(actor)
    stand_in(settings, provider)
    key, now = tokens.token_key(OwnSandbox(actor), profile), clock.now()
    assert store.acquire_lease(key, holder="a worker that died", now=now, until=now + tokens.LEASE_S)
    time_machine.move_to(now + tokens.LEASE_S + later_s, tick=False)
    if is_free:
        assert tokens.obtain(actor, profile.id).access_token is not None
    else:
        assert tokens.obtain(actor, profile.id).is_under_way
    assert len(provider.token_requests()) == int(is_free)


@pytest.mark.parametrize("wants_fresh", [False, True])
def test_who_comes_to_the_lease_after_another_got_the_token_takes_that_one(settings, provider, actor, wants_fresh):
    """The other click looks, asks and is done between our look into the store and our taking of the lease."""
    profile = outside_profile(actor)
    stand_in(settings, provider)
    others = []

    def meanwhile(execute, sql, params, many, context):
        if "console_lease" in sql and not others:
            others.append(None)
            others.append(tokens.obtain(actor, profile.id, wants_fresh=wants_fresh))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        obtained = tokens.obtain(actor, profile.id, wants_fresh=wants_fresh)
    assert (others[1].is_from_store, obtained.is_from_store) == (False, True)
    assert len(provider.token_requests()) == 1


def test_the_lease_is_given_back_also_when_nothing_could_be_sent(actor):
    profile = profiles.duplicate(actor, profiles.list_profiles(actor)[0].id)
    for _ in range(2):
        with pytest.raises(Exception, match="has no credential yet"):
            tokens.obtain(actor, profile.id)


@pytest.mark.parametrize("variant", sorted(faultserver.IDP))
def test_a_misbehaving_provider_ends_in_a_named_result(settings, monkeypatch, provider, actor, variant):
    profile = outside_profile(actor, f"fault-{variant}.example")
    stand_in(settings, provider)
    if variant == "slow-9":
        hurry(monkeypatch)
    obtained = tokens.obtain(actor, profile.id)
    outcomes = [obtained.access_token, obtained.error, obtained.failure]
    assert len([one for one in outcomes if one is not None]) == 1
    assert (obtained.access_token is not None) is (variant in GRANTED)
    assert (obtained.failure.kind if obtained.failure else None) == FAILED.get(variant)
    if obtained.error:
        assert obtained.error.error or obtained.error.error_description
    assert len(provider.seen) <= 2, "nothing is retried, no redirect is followed"
    assert (SECRET in str(provider.seen)) is (len(provider.seen) == 2)
    assert SECRET not in repr(obtained)
    kept = attempts.list_recent(actor)[0]
    assert (kept.id, kept.kind) == (obtained.attempt_id, "token")
    if variant not in GRANTED:
        assert obtained.diagnosis is not None
        assert tokens.stored(opening.of_profile(actor, "use", profile.id)) is None


def test_what_a_credential_and_a_token_were_used_for_is_in_the_audit_trail(settings, provider, actor):
    profile = outside_profile(actor)
    stand_in(settings, provider)
    tokens.obtain(actor, profile.id)
    tokens.obtain(actor, profile.id)
    tokens.reveal(opening.of_profile(actor, "use", profile.id))
    told = [(entry.action, entry.object_kind, entry.object_id, entry.result) for entry in audit.recent(limit=4)]
    assert told == [
        ("token revealed", "profile", profile.id, "shown"),
        ("token requested", "profile", profile.id, "answered"),
        ("token request began", "profile", profile.id, "began"),
        ("secret replaced", "profile", profile.id, "done"),
    ]
    _, requested, began, _ = audit.recent(limit=4)
    assert began.detail.startswith("client_secret_post for https://")
    assert "POST https://" in requested.detail
    assert ": 200" in requested.detail
    assert audit_verify.verify().problems == ()


def test_there_is_nothing_to_reveal_before_a_token_was_obtained(actor):
    profile = outside_profile(actor)
    with pytest.raises(NotFound):
        tokens.reveal(opening.of_profile(actor, "use", profile.id))
    assert "token revealed" not in actions(actor)


def test_a_token_whose_answer_tells_no_lifetime_lasts_as_long_as_it_says_itself(settings, provider, actor):
    ends_at = clock.now() + 600
    provider.tokens["lifeless"] = signed(rsa_key(), "RS256", {"exp": ends_at})
    profile = outside_profile(actor, "lifeless.example")
    stand_in(settings, provider)
    obtained = tokens.obtain(actor, profile.id)
    assert obtained.response.expires_at == ends_at
    assert obtained.response.notes[0].startswith("The answer has no expires_in")
    assert store.find(tokens.token_key(OwnSandbox(actor), profile)).expires_at == ends_at
