"""The product's proof: each fault of the sandbox, through token and call, is explained by the cause it names."""

import pytest

from console.core.call import ApiCall
from console.sandbox.faults import OF_APPLICATIONS
from console.sandbox.faults.base import Needs
from console.services import calls, profiles, sandbox, tokens
from tests.services.builders import with_samples

pytestmark = [pytest.mark.django_db, pytest.mark.once]

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


@pytest.mark.parametrize(("fault", "name"), CASES, ids=lambda value: getattr(value, "code", value))
def test_each_fault_is_explained_by_the_cause_it_names(fault, name):
    actor = with_samples()
    sandbox.set_fault(actor, fault.code)
    diagnosis = attempt(actor, profile_named(actor, name))
    assert diagnosis.primary is not None, diagnosis
    assert diagnosis.primary.cause == fault.cause, [cause.cause for cause in diagnosis.causes]
    assert diagnosis.primary.what and diagnosis.primary.why and diagnosis.primary.do and diagnosis.primary.owner


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
