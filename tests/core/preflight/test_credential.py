"""The credential: there, ended, missing, and what else stands in the way of a token."""

import pytest

from console.core.credential import CertificateFacts, CredentialKind, CredentialSummary
from console.core.finding import fail, warn
from console.core.owner import Owner
from console.core.preflight.base import StageStatus
from console.core.preflight.credential import STAGE, SeenCredential
from tests.core.preflight.support import NOW


def seen(summary=None, findings=(), *, is_wanted=True):
    kept = summary or CredentialSummary(CredentialKind.SECRET, 1, NOW - 10)
    return SeenCredential(kept, is_wanted, findings, NOW)


def ending(at):
    facts = CertificateFacts("CN=a", "CN=a", "1", NOW - 10, at, "", "", "", "RSA", 2048, ("CN=a",))
    return CredentialSummary(CredentialKind.CERTIFICATE, 1, NOW - 10, certificate=facts)


def test_a_secret_whose_end_nobody_knows_is_well():
    result = STAGE.judge(seen())
    assert (result.status, result.what) == (
        StageStatus.OK,
        "The client secret is there; nobody here knows until when.",
    )


@pytest.mark.parametrize(
    ("at", "status"), [(NOW - 1, StageStatus.FAIL), (NOW, StageStatus.OK), (NOW + 1, StageStatus.OK)]
)
def test_an_ended_certificate_fails(at, status):
    result = STAGE.judge(seen(ending(at)))
    assert result.status is status
    if status is StageStatus.FAIL:
        assert (result.what, result.cause) == ("The certificate has expired.", "certificate-or-key-expired")


def test_without_a_credential_that_is_wanted_nothing_works():
    result = STAGE.judge(seen(CredentialSummary()))
    assert (result.status, result.cause) == (StageStatus.FAIL, "client-credential-missing")
    assert STAGE.judge(seen(CredentialSummary(), is_wanted=False)).status is StageStatus.SKIPPED


def test_what_the_profile_itself_says_is_told_the_worst_first():
    worse = fail("The tenant is no id.", why="It holds a blank.", do="Correct it.", who=Owner.INTEGRATOR)
    less = warn("The secret looks like an id.", why="36 characters.", do="Check it.", who=Owner.INTEGRATOR)
    result = STAGE.judge(seen(findings=(less, worse)))
    assert (result.status, result.what, result.do) == (StageStatus.FAIL, "The tenant is no id.", "Correct it.")
    assert STAGE.judge(seen(findings=(less,))).status is StageStatus.WARN
