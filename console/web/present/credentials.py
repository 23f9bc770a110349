"""What may be shown of a profile's credential, in words."""

import json
from base64 import urlsafe_b64decode
from typing import Any

from console.core.client_auth import SETTING, client_auth_for, client_auths_of
from console.core.credential import (
    AssertionFacts,
    CertificateFacts,
    CredentialKind,
    SigningKeyFacts,
)
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.assertion_style import style_of
from console.core.oauth.habits import KeyName
from console.core.profile import Profile
from console.core.profile_checks.client_auth import lacks_credential
from console.core.providers import provider_of
from console.core.tokens.signing_keys import public_jwk
from console.web.present import words

SOON_S = 30 * 86_400


def kind_words(profile: Profile) -> str:
    """What is stored; where nothing is, whether something is missing."""
    kind = profile.credential.kind
    if kind is not CredentialKind.NONE:
        return kind.words
    return "no credential yet" if lacks_credential(profile, kind) else "no credential needed"


def credential_words(profile: Profile, now: int) -> str:
    """ "certificate, 340 days left" or "client secret"; since when it is stored, its own panel says."""
    credential, word = profile.credential, kind_words(profile)
    return word if credential.ends_at is None else f"{word}, {_days_left(credential.ends_at, now)}"


def credential_tone(profile: Profile, now: int) -> str:
    """A file with an assertion is renewed by who writes it, and a short life is what a pasted one always has."""
    credential = profile.credential
    if lacks_credential(profile, credential.kind):
        return "warning"
    ends_at = credential.ends_at
    if ends_at is None:
        return ""
    is_soon = ends_at < now + SOON_S and credential.kind is not CredentialKind.ASSERTION
    return "fail" if ends_at < now else "warning" if is_soon else ""


def credential_rows(profile: Profile, now: int) -> list[dict[str, Any]]:
    summary = profile.credential
    rows: list[dict[str, Any]] = []
    if summary.set_at is not None:
        ago = words.relative(summary.set_at, now)
        rows.append({"label": "Stored", "value": words.exact(summary.set_at), "note": ago})
    if auth := _auth_words(profile):
        rows.append({"label": "Client authentication", "value": auth})
    if summary.certificate is not None:
        return [*rows, *_certificate_rows(summary.certificate, now), *_style_rows(profile, summary.certificate)]
    if summary.key is not None:
        return [*rows, *_key_rows(summary.key, now), *_style_rows(profile, summary.key)]
    return [*rows, *(_assertion_rows(summary.assertion, now) if summary.assertion is not None else ())]


def kinds_taken(profile: Profile) -> dict[str, bool]:
    """Which kinds of credential the profile's provider and grant can do something with, by kind."""
    provider, needs = provider_of(profile.provider), grant_of(profile.grant).needs
    kinds = {kind for auth in client_auths_of(provider.client_auths) for kind in auth.credentials}
    kinds |= {CredentialKind.CERTIFICATE, CredentialKind.KEY} if Need.SIGNING_KEY in needs else set()
    if KeyName.KID not in provider.assertion.key_names:  # a key without certificate has no other name
        kinds.discard(CredentialKind.KEY)
    return {kind.value: True for kind in kinds}


def public_key_text(profile: Profile) -> str:
    """The JWK to register, as JSON; "" without a signing key."""
    key = profile.credential.key
    return json.dumps(public_jwk(key), indent=2) if key is not None else ""


def _auth_words(profile: Profile) -> str:
    """How the client proves itself with what is stored; "" where nothing is, or nothing fits: a finding says so."""
    codes, chosen = provider_of(profile.provider).client_auths, profile.settings.get(SETTING, "")
    auth = client_auth_for(profile.credential.kind, codes, chosen)
    return auth.title if auth is not None else ""


def _days_left(ends_at: int, now: int) -> str:
    seconds = ends_at - now
    if 0 <= seconds < 2 * 86_400:
        return f"{seconds // 3600} hours left" if seconds >= 7200 else f"{seconds // 60} minutes left"
    days = seconds // 86_400
    return f"{days} days left" if days >= 0 else f"expired {-days} days ago"


def _certificate_rows(facts: CertificateFacts, now: int) -> list[dict[str, Any]]:
    return [
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
    ]


def _key_rows(facts: SigningKeyFacts, now: int) -> list[dict[str, Any]]:
    return [
        {"label": "Key ID (kid)", "value": facts.kid, "is_code": True},
        {"label": "Thumbprint (RFC 7638)", "value": facts.thumbprint, "is_code": True},
        {"label": "Key", "value": f"{facts.key_type} {facts.key_bits} bits"},
        *([{"label": "Only for", "value": facts.alg, "is_code": True}] if facts.alg else []),
        *_end_rows("Registration ends", facts.ends_at, now),
    ]


def _assertion_rows(facts: AssertionFacts, now: int) -> list[dict[str, Any]]:
    if facts.path:
        return [{"label": "Read from", "value": facts.path, "is_code": True, "note": "at each use"}]
    told = (
        ("Issuer", facts.issuer),
        ("Subject", facts.subject),
        ("Audience", facts.audience),
        ("Algorithm", facts.alg),
    )
    rows: list[dict[str, Any]] = [{"label": label, "value": value, "is_code": True} for label, value in told if value]
    return [*rows, *_end_rows("Valid until", facts.ends_at, now)]


def _end_rows(label: str, ends_at: int | None, now: int) -> list[dict[str, Any]]:
    if ends_at is None:
        return []
    return [{"label": label, "value": words.exact(ends_at), "note": _days_left(ends_at, now)}]


def _style_rows(profile: Profile, facts: CertificateFacts | SigningKeyFacts) -> list[dict[str, Any]]:
    """How an assertion of this profile looks."""
    style = style_of(facts, profile.settings, provider_of(profile.provider).assertion)
    named = " and ".join(style.key_names)
    audience = {"issuer": "the issuer", "token_endpoint": "the token endpoint", "both": "issuer and token endpoint"}
    text = f"{style.alg} with {named}, for {audience[style.audience]}, {style.lifetime_s} s"
    return [{"label": "Client assertion", "value": text}]


def _hex(thumbprint: str) -> str:
    """A base64url thumbprint as the hexadecimal digits that portals and error texts use."""
    return urlsafe_b64decode(thumbprint + "=" * (-len(thumbprint) % 4)).hex().upper()
