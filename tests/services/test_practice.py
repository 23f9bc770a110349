"""Break it, whoever gives the token: each fault that is offered shows, is explained, and ends as was said."""

import itertools

import pytest

from console.adapters import clock
from console.core.errors import NotAllowed
from console.sandbox.faults.base import ShowsAt
from console.sandbox.fitting import HowItEnds
from console.services import opening, practice, profiles, sandbox
from tests.services import practice_profiles
from tests.services.builders import with_samples
from tests.tables import failures

pytestmark = pytest.mark.django_db
PROFILES = {
    "Maskinporten": practice_profiles.maskinporten,
    "Maskinporten, for a customer": practice_profiles.maskinporten_for_a_customer,
    "the generic provider": practice_profiles.generic,
    "TokenX": practice_profiles.tokenx,
    "ID-porten": practice_profiles.idporten,
    "Entra-shaped, with a person": practice_profiles.entra_code,
    "Entra-shaped, on behalf of a person": practice_profiles.on_behalf_of,
}


def again(actor, opened):
    """The profile as it is now, and somebody signed in for it where the last fault ended that."""
    if opened.connection_id is None:
        return opening.of_profile(actor, "use", opened.profile.id)
    now = opening.of_connection(actor, "use", opened.connection_id)
    if now.connection.value.is_connected:
        return now
    practice_profiles.signed_in_again(actor, opened.connection_id)
    return opening.of_connection(actor, "use", opened.connection_id)


def ended(done):
    if done.sent is None:
        held = done.opened.connection
        return HowItEnds.NO_TOKEN if held is None or held.value.is_connected else HowItEnds.SIGN_IN_ENDS
    judged = done.obtained.findings
    return HowItEnds.TOKEN_REFUSED if any(one.status == "fail" for one in judged) else HowItEnds.CALL_FAILS


@pytest.mark.parametrize("kind", PROFILES)
def test_each_fault_that_is_offered_is_explained_and_ends_as_was_said(monkeypatch, kind):
    actor = with_samples()
    opened = PROFILES[kind](actor)
    minutes = itertools.count(clock.now() + 60, 60)

    def is_explained(_code, fitted):
        now = next(minutes)  # so many tokens are not given in one
        monkeypatch.setattr(clock, "now", lambda: now)
        sandbox.set_fault(actor, None)
        done = practice.practise(again(actor, opened), fitted.fault.code)
        found = done.sent.diagnosis if done.sent else done.obtained.diagnosis
        causes = [one.cause for one in found.causes]
        assert causes[:1] == [fitted.fault.cause], causes
        assert ended(done) is fitted.outcome
        assert done.attempt_id

    offered = practice.of_profile(again(actor, opened)).faults
    assert {one.outcome for one in offered} >= {HowItEnds.CALL_FAILS}
    assert any(one.fault.shows_at is ShowsAt.TOKEN for one in offered)
    assert failures(is_explained, [(one.fault.code, one) for one in offered]) == []
    now = next(minutes)
    monkeypatch.setattr(clock, "now", lambda: now)
    sandbox.set_fault(actor, None)
    mended = practice.practise(again(actor, opened), None)
    assert mended.sent.exchange.response.status == 200


def codes(opened):
    return {one.fault.code for one in practice.of_profile(opened).faults}


def test_a_fault_is_offered_to_its_providers_clients_alone():
    actor = with_samples()
    one, other = codes(practice_profiles.maskinporten(actor)), codes(practice_profiles.generic(actor))
    assert "maskinporten-scope-closed" in one - other
    assert "generic-secret-expired" in other - one
    assert "rate-limited" in one & other  # whoever gave the token
    assert not {"missing-role", "secret-id", "provider-down", "maskinporten-not-delegated"} & one


def test_with_a_sign_in_the_faults_of_its_refresh_are_offered_and_not_those_of_its_code():
    actor = with_samples()
    offered = codes(practice_profiles.idporten(actor))
    assert "idporten-refresh-expired" in offered
    assert not {"idporten-code-used", "idporten-verifier-of-another"} & offered


def test_a_fault_that_would_not_show_is_not_set():
    actor = with_samples()
    opened = practice_profiles.generic(actor)
    with pytest.raises(NotAllowed, match="does not show with this profile"):
        practice.practise(opened, "tokenx-policy-closed")
    assert sandbox.workspace(actor).state.fault is None


@pytest.mark.parametrize(
    ("grant", "why"),
    [
        ("authorization_code", "Nobody is signed in for it."),
        ("password", "Its password is typed for each token and kept nowhere."),
        ("on_behalf_of", "The token that it passes on is pasted for each request and kept nowhere."),
    ],
)
def test_where_one_press_does_not_do_it_the_reason_is_said(settings, grant, why):
    settings.CONSOLE_LEGACY_GRANTS = ["password"]
    actor = with_samples()
    sample = profiles.list_own(actor)[0]
    named = {"username": "mira@sandbox.example"} if grant == "password" else {}
    profile = practice_profiles.made(
        actor, "sandbox", grant, sample.client_id, scope=sample.scope, api="Orders", **sample.settings, **named
    )
    opened = opening.of_profile(actor, "use", profile.id)
    found = practice.of_profile(opened)
    assert (found.faults, found.refused.why) == ((), why)
    with pytest.raises(NotAllowed, match="cannot be broken in one press"):
        practice.practise(opened, "rate-limited")
    assert sandbox.workspace(actor).state.fault is None
