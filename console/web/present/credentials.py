"""What may be shown of a profile's credential, in words."""

import json
from base64 import urlsafe_b64decode
from typing import Any

from console.core.client_auth import SETTING, client_auth_for, client_auths_of
from console.core.credential import (
    AssertionFacts,
    CertificateFacts,
    CredentialKind,
    CredentialSummary,
    SigningKeyFacts,
)
from console.core.ending import day_words, is_soon, left_words
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.assertion_style import style_of
from console.core.oauth.habits import KeyName
from console.core.profile import Profile
from console.core.profile_checks.client_auth import lacks_credential
from console.core.providers import provider_of
from console.core.tokens.signing_keys import public_jwk
from console.web.present import words


def kind_words(profile: Profile) -> str:
    """What is stored; where nothing is, whether something is missing."""
    kind = profile.credential.kind
    if kind is not CredentialKind.NONE:
        return kind.words
    return "no credential yet" if lacks_credential(profile, kind) else "no credential needed"


def credential_words(profile: Profile, now: int) -> str:
    """ "certificate, ends in 340 days" or "client secret"; since when it is stored, its own panel says."""
    credential, word = profile.credential, kind_words(profile)
    return word if credential.ends_at is None else f"{word}, {_left(credential, credential.ends_at, now)}"


def credential_tone(profile: Profile, now: int) -> str:
    """A file with an assertion is renewed by who writes it, and a short life is what a pasted one always has."""
    credential = profile.credential
    if lacks_credential(profile, credential.kind):
        return "warning"
    ends_at = credential.ends_at
    if ends_at is None:
        return ""
    warns = is_soon(ends_at, now) and credential.kind is not CredentialKind.ASSERTION
    return "fail" if ends_at < now else "warning" if warns else ""


def key_words(profile: Profile, now: int) -> str:
    """ "stored, ends in 9 days", "stored" or "none" of the subscription key."""
    key = profile.subscription_key
    if key is None:
        return "none"
    return "stored" if key.ends_at is None else f"stored, {left_words(key.ends_at, now)}"


def key_tone(profile: Profile, now: int) -> str:
    end = profile.subscription_key.ends_at if profile.subscription_key else None
    return "" if end is None else "fail" if end < now else "warning" if is_soon(end, now) else ""


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
    if summary.assertion is not None:
        return [*rows, *_assertion_rows(summary.assertion, now)]
    return [*rows, *_end_rows("Ends on", summary.ends_at, now, is_day=True)]


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


def _left(credential: CredentialSummary, ends_at: int, now: int) -> str:
    """Days, as everywhere; of an assertion, which lives for hours, these."""
    if credential.kind is not CredentialKind.ASSERTION:
        return left_words(ends_at, now)
    return f"{words.roughly(ends_at - now)} left" if ends_at > now else f"ended {words.roughly(now - ends_at)} ago"


def _certificate_rows(facts: CertificateFacts, now: int) -> list[dict[str, Any]]:
    return [
        {"label": "Subject", "value": facts.subject},
        {"label": "Valid from", "value": words.exact(facts.not_before)},
        {"label": "Valid until", "value": words.exact(facts.not_after), "note": left_words(facts.not_after, now)},
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
        *_end_rows("Registration ends", facts.ends_at, now, is_day=True),
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


def _end_rows(label: str, ends_at: int | None, now: int, *, is_day: bool = False) -> list[dict[str, Any]]:
    """`is_day`: somebody typed it as a day."""
    if ends_at is None:
        return []
    value, note = (day_words(ends_at), left_words(ends_at, now)) if is_day else (words.exact(ends_at), "")
    return [{"label": label, "value": value, "note": note or words.relative(ends_at, now)}]


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
