"""What can be told of a profile before anything is sent: shapes, dates and spellings."""

from console.core.api import Expectation
from console.core.credential import CertificateFacts, CredentialSummary
from console.core.finding import Finding
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks import certificate as certificates
from console.core.profile_checks import client_auth, grant, hidden, identity, scope, secret
from console.core.profile_checks.secret import SecretShape, secret_shape
from console.core.providers import provider_of

__all__ = ["SecretShape", "check_profile", "secret_shape"]


def check_profile(
    profile: Profile | ProfileDraft,
    *,
    secret_shape: SecretShape | None,
    certificate: CertificateFacts | None,
    expectation: Expectation | None,
    now: int,
    kept: CredentialSummary | None = None,
) -> tuple[Finding, ...]:
    """What stands in the way of a token, in the order of the form; empty when nothing does.

    A profile without credential is not at fault: `secret_shape` and `certificate` are then None. `expectation` is
    None when the profile is for no API. `now` is epoch seconds. `kept` is what is stored, None where nobody knows.
    """
    provider = provider_of(profile.provider)
    return (
        *grant.check(profile),
        *hidden.check(profile, expectation),
        *identity.check(profile),
        *scope.check(profile, expectation),
        *(secret.check(secret_shape, provider.words) if secret_shape else ()),
        *(client_auth.check(profile, kept, secret_shape, now) if kept else ()),
        *(certificates.check(certificate, now, provider) if certificate else ()),
    )
