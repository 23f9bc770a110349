"""Advice that knows what the console knows: nobody is told to do what the profile does already."""

from collections.abc import Sequence
from dataclasses import replace

from msgspec.structs import replace as replace_finding

from console.core.api import Api
from console.core.checks.roots import kind_of
from console.core.credential import CredentialKind
from console.core.diagnosis.asked_before import GIVEN_OTHERWISE, OTHER_API
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.finding import Finding, Status
from console.core.profile import Profile
from console.core.profile_checks.corrections import lacking_scopes
from console.core.profile_checks.scope import asks_for
from console.core.providers import provider_of
from console.web.present.situation import Situation


def advice(cause: RankedCause, here: Situation) -> str:
    """The cause's advice, unless the profile already does what it asks for, or shows what it asks to look for."""
    find = _KNOWN.get(cause.cause)
    return (find(cause, here) if find else "") or cause.do


def advised(diagnosis: Diagnosis, here: Situation | None) -> Diagnosis:
    """The diagnosis with that advice for its first cause, for texts that leave the page."""
    if here is None or diagnosis.primary is None:
        return diagnosis
    first = replace(diagnosis.primary, do=advice(diagnosis.primary, here))
    return replace(diagnosis, causes=(first, *diagnosis.causes[1:]))


def advised_findings(findings: Sequence[Finding], here: Situation | None) -> Sequence[Finding]:
    """As `advised`, for the checks of a token."""
    known = _asked_already(here) if here else ""
    if not known:
        return findings
    return tuple(replace_finding(one, do=known) if _is_other_api(one) else one for one in findings)


def _is_other_api(finding: Finding) -> bool:
    return finding.status is Status.FAIL and kind_of(finding) == "audience"


def _key_missing(cause: RankedCause, here: Situation) -> str:  # noqa: ARG001 (as the others of the table)
    if not here.profile.has_subscription_key:
        return "No subscription key is stored for this profile. Add it, and send the call again."
    return (
        "A subscription key is stored for this profile: tick “Send the subscription key” beside the call. If it was "
        "ticked, the gateway looks for the key under another name than the API is registered with here."
    )


def _other_api(cause: RankedCause, here: Situation) -> str:  # noqa: ARG001
    return _asked_already(here)


def _asked_already(here: Situation) -> str:
    if not here.api or not asks_for(here.profile, here.api.expectation.audiences):
        return ""
    known = f"This profile already asks for {here.profile.scope}. Get a fresh token;"
    return f"{known} if its aud stays the same, {GIVEN_OTHERWISE}"


def _scope_missing(cause: RankedCause, here: Situation) -> str:  # noqa: ARG001
    profile, api = here.profile, here.api
    wanted = api.expectation.scopes if api else ()
    if not api or not wanted or not profile.scope or lacking_scopes(profile, api) or not _asks_scopes(profile, api):
        return ""
    named = f"the scope {wanted[0]}"
    grant = provider_of(profile.provider).words.grant(named)
    return f"This profile already asks for {profile.scope}, and was not given it. {grant}"


def _asks_scopes(profile: Profile, api: Api) -> bool:
    asked = {one.rpartition("/")[2] for one in profile.scope.split()} | set(profile.scope.split())
    return set(api.expectation.scopes) <= asked


def _role(cause: RankedCause, here: Situation) -> str:
    """The roles by their names, where the Api says which it asks for."""
    roles = here.api.expectation.roles if here.api else ()
    if not roles or any(one in cause.do for one in roles):
        return ""
    return provider_of(here.profile.provider).words.grant(f"the role {roles[0]}")


def _not_registered(cause: RankedCause, here: Situation) -> str:
    facts = here.profile.credential.certificate
    if here.profile.credential.kind is not CredentialKind.CERTIFICATE or facts is None:
        return ""
    return f"{cause.do} This profile signs with the certificate whose SHA-1 thumbprint is {facts.sha1}."


_KNOWN = {
    "subscription-key-missing": _key_missing,
    OTHER_API: _other_api,
    "scope-missing": _scope_missing,
    "app-permission-not-granted": _role,
    "role-insufficient": _role,
    "certificate-not-registered": _not_registered,
}
