"""A profile as the pages show it."""

from base64 import urlsafe_b64decode
from typing import Any

from console.core.api import Api
from console.core.credential import CredentialKind, CredentialSummary
from console.core.profile import Profile
from console.core.profile_checks.settings import settings_of
from console.core.providers import provider_of
from console.web.present import words

KINDS = {
    CredentialKind.NONE: "no credential yet",
    CredentialKind.SECRET: "client secret",
    CredentialKind.CERTIFICATE: "certificate",
}


def provider_title(profile: Profile) -> str:
    return provider_of(profile.provider).title_of(profile.settings)


def _head(profile: Profile, now: int) -> dict[str, Any]:
    return {
        "id": profile.id,
        "name": profile.name,
        "environment": profile.environment,
        "provider": provider_title(profile),
        "client_id": profile.client_id,
        "credential": credential_words(profile.credential, now),
        "tone": _tone(profile.credential, now),
    }


def profile_view(profile: Profile, api: Api | None, now: int) -> dict[str, Any]:
    return {
        **_head(profile, now),
        "api_name": api.name if api else "",
        "api_id": api.id if api else "",
        "has_lost_api": api is None and profile.api_id is not None,
        "base_url": api.base_url if api else "",
        "key_header": api.subscription_key_header if api else "",
        "has_subscription_key": profile.has_subscription_key,
        "facts": _facts(profile, api),
        "kind": profile.credential.kind.value,
        "credential_facts": _credential_facts(profile, now),
        "is_sandbox": provider_of(profile.provider).is_played(profile.settings),
    }


def credential_words(credential: CredentialSummary, now: int) -> str:
    """ "certificate, 340 days left" or "client secret"; since when it is stored, its own panel says."""
    word = KINDS[credential.kind]
    if credential.certificate is not None:
        return f"{word}, {_days_left(credential.certificate.not_after, now)}"
    return word


def _days_left(not_after: int, now: int) -> str:
    days = (not_after - now) // 86_400
    return f"{days} days left" if days >= 0 else f"expired {-days} days ago"


def _tone(credential: CredentialSummary, now: int) -> str:
    if credential.kind is CredentialKind.NONE:
        return "warning"
    facts = credential.certificate
    if facts is None:
        return ""
    return "fail" if facts.not_after < now else "warning" if facts.not_after < now + 30 * 86_400 else ""


def _facts(profile: Profile, api: Api | None) -> list[dict[str, Any]]:
    return [
        {"label": "Provider", "value": provider_title(profile)},
        *_settings(profile),
        {"label": "Client ID", "value": profile.client_id, "is_code": True},
        {"label": "Scope", "value": profile.scope, "is_code": True},
        {"label": "Grant", "value": profile.grant, "is_code": True},
        {"label": "API", "value": api.name if api else "none", "url": f"/apis/{api.id}/" if api else ""},
    ]


def _settings(profile: Profile) -> list[dict[str, Any]]:
    """One row for each setting, but for the one that the provider's title tells."""
    shown = [one for one in settings_of(profile.provider, profile.grant, profile.settings) if not one.is_variant]
    values = [(one, profile.settings.get(one.name, "")) for one in shown]
    return [
        {"label": one.label, "value": dict(one.choices).get(value, value), "is_code": not one.choices}
        for one, value in values
        if value or one.is_required
    ]


def _credential_facts(profile: Profile, now: int) -> list[dict[str, Any]]:
    summary = profile.credential
    rows: list[dict[str, Any]] = []
    if summary.set_at is not None:
        ago = words.relative(summary.set_at, now)
        rows.append({"label": "Stored", "value": words.exact(summary.set_at), "note": ago})
    facts = summary.certificate
    if facts is None:
        return rows
    return [
        *rows,
        {"label": "Subject", "value": facts.subject},
        {"label": "Valid from", "value": words.exact(facts.not_before)},
        {"label": "Valid until", "value": words.exact(facts.not_after), "note": _days_left(facts.not_after, now)},
        {"label": "Thumbprint (SHA-1)", "value": facts.sha1, "is_code": True, "note": "as the portal shows it"},
        {
            "label": "Thumbprint (SHA-256)",
            "value": _hex(facts.x5t_s256),
            "is_code": True,
            "note": "as AADSTS700027 names it",
        },
        {"label": "x5t", "value": facts.x5t, "is_code": True},
        {"label": "x5t#S256", "value": facts.x5t_s256, "is_code": True},
        {"label": "Key", "value": f"{facts.key_type} {facts.key_bits} bits"},
        {"label": "Chain, leaf first", "value": " → ".join(facts.chain)},
        {"label": "Client assertion", "value": _assertion_words(profile)},
    ]


def _hex(thumbprint: str) -> str:
    """A base64url thumbprint as the hexadecimal digits that portals and error texts use."""
    return urlsafe_b64decode(thumbprint + "=" * (-len(thumbprint) % 4)).hex().upper()


def _assertion_words(profile: Profile) -> str:
    header = "x5t#S256" if profile.assertion_style.value == "PS256" else "x5t"
    return f"{profile.assertion_style.value} with {header}, {'with' if profile.sends_chain else 'without'} x5c"
