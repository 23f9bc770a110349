"""What can be done here about a cause: buttons of the diagnosis, and advice that knows what the profile already has.

Only what this console really can do is offered; everything else stays advice.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from console.core.actor import RIGHTS, Right
from console.core.api import Api
from console.core.credential import CredentialKind
from console.core.diagnosis.base import RankedCause
from console.core.profile import Profile
from console.core.profile_checks.scope import asks_for
from console.core.providers import provider_of
from console.core.providers.default_scope import DEFAULT
from console.web.present.who import ANYBODY, Reader

SECRET = {
    "client-secret-invalid",
    "client-secret-id-used",
    "client-secret-expired",
    "client-secret-encoding",
    "client-credential-missing",
}
REGISTERED = {"certificate-not-registered", "certificate-wrong-owner-or-environment"}
KEY = {"subscription-key-missing", "subscription-key-invalid", "subscription-wrong-product"}
SCOPE = {"audience-other-api", "token-for-graph", "scope-format-invalid", "resource-not-found"}
FURTHER = {"maskinporten", "tokenx", "idporten", "generic"}  # with a part of their own on the sandbox's page
# What the administrator of a provider mends: of the one that the sandbox plays, that is whoever owns the workspace.
AT_PROVIDER = {
    "certificate-not-registered",
    "consent-missing",
    "app-permission-not-granted",
    "grant-type-not-allowed",
    "redirect-uri-mismatch",
    "scope-not-granted",
}
FIELDS = {
    "client-id-wrong": ("Correct the client ID", "id_client_id"),
    "client-in-other-tenant": ("Correct the tenant", "id_tenant"),
    "tenant-not-found": ("Correct the tenant", "id_tenant"),
    "tenantless-authority": ("Correct the tenant", "id_tenant"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known around an attempt, and what whoever looks may do with the profile.

    `fault` is the title of the fault that is switched on in their own sandbox, "" for none. `has_policy`: the Api has
    one that they may try. `is_own`: the profile is theirs, and with it the sandbox that it asks.
    """

    profile: Profile
    api: Api | None
    rights: frozenset[Right] = frozenset(RIGHTS)
    fault: str = ""
    has_policy: bool = False
    is_own: bool = False
    attempt_id: str | None = None
    reader: Reader = ANYBODY
    is_refused: bool = False  # a call that was answered 401 or 403


def better_scope(profile: Profile, api: Api | None) -> str:
    """The scope that asks for the Api; "" when the profile asks for it already, or its name does not tell."""
    audiences = api.expectation.audiences if api else ()
    return f"{audiences[0].rstrip('/')}{DEFAULT}" if asks_for(profile, audiences) is False else ""


def advice(cause: RankedCause, here: Situation) -> str:
    """The cause's advice, unless the profile already does what it asks for."""
    profile = here.profile
    if cause.cause == "subscription-key-missing" and not profile.has_subscription_key:
        return "No subscription key is stored for this profile. Add it, and send the call again."
    if cause.cause == "audience-other-api" and here.api and asks_for(profile, here.api.expectation.audiences):
        return (
            f"This profile already asks for {profile.scope}. Get a fresh token; if its aud stays the same, the "
            "identity provider gives another token than it was asked for: show it this explanation."
        )
    return cause.do


def next_steps(cause: RankedCause, here: Situation) -> list[dict[str, Any]]:
    """Rows for actions.html, the mending first; the first one is the main button."""
    steps = [*_fault(here), *_mending(cause.cause, here), *_in_sandbox(cause.cause, here), *_policy(here), *_case(here)]
    return [{**step, "kind": "primary" if not index else step.get("kind", "")} for index, step in enumerate(steps)]


def _fault(here: Situation) -> list[dict[str, Any]]:
    if not here.fault:
        return []
    back = reverse("profile", args=[here.profile.id])
    fields = [("fault", ""), ("next", back)]
    return [_step(f"Switch off: {here.fault}", reverse("sandbox-fault"), "mend-fault", is_post=True, fields=fields)]


def _mending(slug: str, here: Situation) -> list[dict[str, Any]]:
    """What the profile needs, for who manages it; of the rest what its user may do."""
    profile = here.profile
    if "manage" in here.rights and (steps := _changing(slug, here)):
        return steps
    if slug in REGISTERED and profile.credential.kind is CredentialKind.CERTIFICATE:
        return [_step("Download the .cer to register", reverse("profile-certificate", args=[profile.id]), "mend-cer")]
    if slug in ("token-expired", "audience-other-api") and "use" in here.rights:
        url = f"{reverse('profile-token', args=[profile.id])}#answer"
        return [_step("Get a fresh token", url, "mend-token", is_post=True, fields=[("fresh", "1")])]
    return []


def _in_sandbox(slug: str, here: Situation) -> list[dict[str, Any]]:
    """Where the registration is, at a provider that is played here."""
    provider = provider_of(here.profile.provider)
    if not here.is_own or here.fault or slug not in AT_PROVIDER or not provider.is_played(here.profile.settings):
        return []
    page, segment = reverse("sandbox"), provider.code
    is_further = segment in FURTHER
    where = f"{page}?provider={segment}#provider-{segment}" if is_further else f"{page}#clients-title"
    return [_step("Open its registration in the sandbox", where, "mend-sandbox")]


def _changing(slug: str, here: Situation) -> list[dict[str, Any]]:
    profile, page = here.profile, reverse("profile", args=[here.profile.id])
    edit = reverse("profile-edit", args=[profile.id])
    if slug in KEY:
        label = "Replace the subscription key" if profile.has_subscription_key else "Add the subscription key"
        return [_step(label, f"{page}#id_subscription_key", "mend-key")]
    if slug in SECRET:
        return [_step("Enter the client secret", f"{page}#id_secret", "mend-secret")]
    if slug == "certificate-or-key-expired":
        return [_step("Make a new certificate", f"{page}#id_days", "mend-certificate")]
    if slug in SCOPE and better_scope(profile, here.api):
        return [_step("Correct the scope", f"{edit}?correct=scope#id_scope", "mend-scope")]
    if slug in FIELDS:
        label, field = FIELDS[slug]
        return [_step(label, f"{edit}#{field}", "mend-field")]
    return []


def _policy(here: Situation) -> list[dict[str, Any]]:
    """The rule that judged this very call, with the claims that were sent."""
    if not here.has_policy or not here.is_refused or here.api is None or here.attempt_id is None:
        return []
    url = f"{reverse('api-policy', args=[here.api.id])}?call={here.attempt_id}#result"
    return [_step("See the policy rule", url, "see-policy")]


def _case(here: Situation) -> list[dict[str, Any]]:
    if here.attempt_id is None:
        return []
    return [_step("Save as case", f"{reverse('call', args=[here.attempt_id])}#id_note", "save-case")]


def _step(label: str, url: str, id_: str, *, is_post: bool = False, fields: Any = ()) -> dict[str, Any]:
    return {"label": label, "url": url, "id": id_, "is_post": is_post, "fields": fields}
