"""The product's proof: each fault of the sandbox, through token and call, is explained by the cause it names."""

import itertools

import pytest

from console.adapters import clock
from console.core.call import ApiCall
from console.sandbox.faults import OF_APPLICATIONS
from console.sandbox.faults.base import Needs
from console.services import calls, profiles, sandbox, tokens
from tests.services.builders import with_samples
from tests.tables import failures

pytestmark = pytest.mark.django_db

NAMES = {
    Needs.ANY: ("Sample: orders with a secret", "Sample: orders with a certificate"),
    Needs.SECRET: ("Sample: orders with a secret",),
    Needs.CERTIFICATE: ("Sample: orders with a certificate",),
}
# Those of a grant with a person go over the wire in tests/sandbox/faults/test_people.py.
CASES = [(fault, name) for fault in OF_APPLICATIONS for name in NAMES[fault.needs]]


def profile_named(actor, name):
    return next(profile for profile in profiles.list_profiles(actor) if profile.name == name)


def attempt(actor, profile):
    """What a person does: a fresh token, then the call; the diagnosis of whichever failed."""
    obtained = tokens.obtain(actor, profile.id, wants_fresh=True)
    if obtained.access_token is None:
        return obtained.diagnosis
    return calls.send(actor, profile.id, ApiCall("GET", "/orders")).diagnosis


def test_each_fault_is_explained_by_the_cause_it_names_and_no_cause_is_left_without_it(monkeypatch):
    actor = with_samples()
    samples = {profile.name: profile for profile in profiles.list_profiles(actor)}
    minutes = itertools.count(clock.now(), 60)

    def is_explained(_code, fault, name):
        now = next(minutes)  # so many tokens are not given in one
        monkeypatch.setattr(clock, "now", lambda: now)
        sandbox.set_fault(actor, fault.code)
        diagnosis = attempt(actor, samples[name])
        assert diagnosis.primary is not None, diagnosis
        assert diagnosis.primary.cause == fault.cause, [cause.cause for cause in diagnosis.causes]
        assert diagnosis.primary.what and diagnosis.primary.why and diagnosis.primary.do and diagnosis.primary.owner
        sandbox.set_fault(actor, None)
        assert attempt(actor, samples[name]).causes == ()

    assert len(CASES) > len(OF_APPLICATIONS)
    assert failures(is_explained, [(fault.code, fault, name) for fault, name in CASES]) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Sample: orders with a secret", "/orders"),
        ("Sample: orders with a certificate", "/orders"),
        ("Sample: invoices, v1 tokens", "/invoices"),
    ],
)
def test_without_a_fault_every_check_passes_and_there_is_no_cause(name, path):
    actor = with_samples()
    profile = profile_named(actor, name)
    obtained = tokens.obtain(actor, profile.id)
    assert obtained.access_token is not None
    assert {finding.status for finding in obtained.findings} <= {"pass", "not_applicable"}
    sent = calls.send(actor, profile.id, ApiCall("GET", path))
    assert sent.exchange.response.status == 200
    assert sent.diagnosis.causes == ()


def test_a_fault_is_gone_once_it_is_switched_off_and_never_shows_in_another_workspace():
    actor = with_samples()
    from tests.services.builders import person

    other = person("otto@example.com")
    from console.services import demo

    demo.add_samples(other)
    sandbox.set_fault(actor, "expired")
    name = "Sample: orders with a secret"
    assert attempt(actor, profile_named(actor, name)).primary.cause == "token-expired"
    assert attempt(other, profile_named(other, name)).primary is None
    sandbox.set_fault(actor, None)
    assert attempt(actor, profile_named(actor, name)).primary is None
