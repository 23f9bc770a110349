"""Credentials and subscription keys: written and opened here, never given back to a page."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from console.core.actor import Actor, Right
from console.core.credential import (
    AssertionFacts,
    AssertionFile,
    Certificate,
    CertificateFacts,
    ClientSecret,
    Credential,
    CredentialFacts,
    CredentialKind,
    CredentialSummary,
    FederatedAssertion,
    NoCredential,
    Secret,
    SigningKey,
    SigningKeyFacts,
)
from console.core.errors import Misconfigured
from console.models import Profile as ProfileRow
from console.models import StoredCredential, SubscriptionKey
from console.store import json_text, rows, tokens, vault
from console.store.composed import Composed
from console.store.profiles import summary_of
from console.store.visibility import visible_to


@dataclass(frozen=True, slots=True)
class StoredSubscriptionKey:
    """`bound_to` names the Api and address it was entered for; `ends_at` is as in SubscriptionKeySummary."""

    value: Secret
    bound_to: str
    ends_at: int | None = None


def row_name(profile_id: object, column: str) -> str:
    """What the vault binds a value to; `column` is one of COLUMNS, or subscription_key."""
    return f"profile|{profile_id}|{column}"


def beside_credential(row: StoredCredential) -> vault.Beside:
    """Every plain column beside a credential: a changed one keeps it shut."""
    return (row.kind, row.bound_to, row.version, row.set_at, row.facts, row.chain_pem)


def beside_key(row: SubscriptionKey) -> vault.Beside:
    """Every plain column beside a subscription key."""
    return (row.bound_to, row.set_at)


COLUMNS = {
    CredentialKind.SECRET: "client_secret",
    CredentialKind.CERTIFICATE: "certificate",
    CredentialKind.KEY: "signing_key",
    CredentialKind.ASSERTION: "assertion",
}


class SealedParts:
    """Credential and subscription key of a profile as they were loaded, opened when they are used.

    Whoever makes one has checked that the actor may use the profile. What the key ring does not open raises
    Misconfigured.
    """

    def __init__(self, row: ProfileRow) -> None:
        self._row = row

    def credential(self) -> Credential:
        return _credential(self._row)

    def subscription_key(self) -> StoredSubscriptionKey | None:
        """None when the profile has none."""
        return _key(self._row)


def load(actor: Actor, profile_id: str) -> Credential:
    """The credential of a profile the actor may use; raises Misconfigured when the key ring does not open it."""
    return _credential(_profile(actor, "use", profile_id))


def _credential(row: ProfileRow) -> Credential:
    stored: StoredCredential | None = getattr(row, "stored_credential", None)
    if stored is None or stored.kind == CredentialKind.NONE:
        return NoCredential()
    kind = CredentialKind(stored.kind)
    name = row_name(row.pk, COLUMNS[kind])
    secret = Secret(vault.open_sealed(stored.sealed, row=name, beside=beside_credential(stored)).decode())
    if kind is CredentialKind.SECRET:
        return ClientSecret(secret)
    if kind is CredentialKind.CERTIFICATE:
        return Certificate(secret, stored.chain_pem, json_text.load(stored.facts, CertificateFacts))
    if kind is CredentialKind.KEY:
        return SigningKey(secret, json_text.load(stored.facts, SigningKeyFacts))
    is_file = json_text.load(stored.facts, AssertionFacts).path
    return AssertionFile(secret.reveal()) if is_file else FederatedAssertion(secret)


@dataclass(frozen=True, slots=True)
class NewCredential:
    """What is to be kept: `secret` is sealed, the rest may be shown. `facts` are of its kind, None without any.

    `ends_at` is epoch seconds, None when nobody knows: one that was typed for what stood there before is forgotten.
    """

    kind: CredentialKind
    secret: Secret | None = None
    facts: CredentialFacts | None = None
    chain_pem: str = ""
    ends_at: int | None = None


NOTHING = NewCredential(CredentialKind.NONE)


def replace(actor: Actor, profile_id: str, new: NewCredential, *, bound_to: str, now: int | None) -> CredentialSummary:
    """Keeps a credential instead of whatever was there; stored tokens are forgotten. `now` is epoch seconds."""
    with transaction.atomic():
        row = _profile(actor, "manage", profile_id)
        stored: StoredCredential = getattr(row, "stored_credential", None) or StoredCredential(profile=row, version=0)
        stored.kind = new.kind.value
        stored.bound_to = bound_to
        stored.set_at = now
        stored.version += 1
        stored.facts = json_text.dump(new.facts) if new.facts else ""
        stored.chain_pem = new.chain_pem
        stored.ends_at, stored.dated_at = new.ends_at, now if new.ends_at is not None else None
        stored.sealed = _sealed(stored, new.secret) if new.secret else ""
        stored.save()
        tokens.forget(str(row.pk))
        row.stored_credential = stored
        return summary_of(row)


def replace_secret(
    actor: Actor, profile_id: str, value: Secret, *, bound_to: str, now: int, ends_at: int | None = None
) -> CredentialSummary:
    new = NewCredential(CredentialKind.SECRET, value, ends_at=ends_at)
    return replace(actor, profile_id, new, bound_to=bound_to, now=now)


def replace_certificate(
    actor: Actor, profile_id: str, certificate: Certificate, *, bound_to: str, now: int
) -> CredentialSummary:
    """A private key with its chain."""
    new = NewCredential(
        CredentialKind.CERTIFICATE,
        certificate.private_key_pem,
        certificate.facts,
        certificate.chain_pem,
        ends_at=certificate.facts.not_after,
    )
    return replace(actor, profile_id, new, bound_to=bound_to, now=now)


def replace_key(actor: Actor, profile_id: str, key: SigningKey, *, bound_to: str, now: int) -> CredentialSummary:
    """A private key without certificate."""
    new = NewCredential(CredentialKind.KEY, key.private_key_pem, key.facts, ends_at=key.facts.ends_at)
    return replace(actor, profile_id, new, bound_to=bound_to, now=now)


def replace_assertion(
    actor: Actor, profile_id: str, value: Secret, facts: AssertionFacts, *, bound_to: str, now: int
) -> CredentialSummary:
    """A federated assertion; of a file, which the facts then name, `value` is its path."""
    new = NewCredential(CredentialKind.ASSERTION, value, facts, ends_at=facts.ends_at)
    return replace(actor, profile_id, new, bound_to=bound_to, now=now)


def discard(actor: Actor, profile_id: str) -> None:
    """Removes credential and tokens; the version stays and grows."""
    replace(actor, profile_id, NOTHING, bound_to="", now=None)


def public_chain(actor: Actor, profile_id: str) -> str:
    """The public certificates as PEM, leaf first; "" when there are none."""
    stored: StoredCredential | None = getattr(_profile(actor, "view", profile_id), "stored_credential", None)
    return stored.chain_pem if stored else ""


def load_subscription_key(actor: Actor, profile_id: str) -> StoredSubscriptionKey | None:
    """None when the profile has none."""
    return _key(_profile(actor, "use", profile_id))


def _key(row: ProfileRow) -> StoredSubscriptionKey | None:
    stored: SubscriptionKey | None = getattr(row, "subscription_key", None)
    if stored is None:
        return None
    value = vault.open_sealed(stored.sealed, row=row_name(row.pk, "subscription_key"), beside=beside_key(stored))
    return StoredSubscriptionKey(Secret(value.decode()), stored.bound_to, stored.ends_at)


def secrets_of(actor: Actor, profile_id: str | None) -> list[Secret]:
    """Client secrets, assertions and subscription keys of the actor's own profiles and of the one a text is about.

    They are what this actor can write down: what they once entered, and what was sent for an attempt of theirs. Of
    others' profiles that they may use, only the one at hand is opened: no page shows a stored secret, so of the rest
    they know none.

    Nothing of a profile that the actor may not use, and of what the key ring does not open.
    """
    about = Q(owner_id=actor.user_id) | (Q(pk=uuid.UUID(profile_id)) if profile_id else Q(pk__in=()))
    found: list[Secret] = []
    for row in _with_secrets(visible_to(ProfileRow, actor, "use")).filter(about):
        with suppress(Misconfigured):
            credential = _credential(row)
            found += [credential.value] if isinstance(credential, ClientSecret | FederatedAssertion) else []
        with suppress(Misconfigured):
            key = _key(row)
            found += [key.value] if key else []
    return found


def replace_subscription_key(
    actor: Actor, profile_id: str, value: Secret | None, *, bound_to: str, now: int, ends_at: int | None = None
) -> None:
    """Keeps a subscription key; None removes it."""
    with transaction.atomic():
        row = _profile(actor, "manage", profile_id)
        if value is None:
            SubscriptionKey.objects.filter(profile=row).delete()
            return
        kept = SubscriptionKey(profile=row, bound_to=bound_to, set_at=now)
        name = row_name(row.pk, "subscription_key")
        sealed = vault.seal(value.reveal().encode(), row=name, beside=beside_key(kept))
        dates = {"set_at": now, "ends_at": ends_at, "dated_at": now if ends_at is not None else None}
        SubscriptionKey.objects.update_or_create(
            profile=row, defaults={"sealed": sealed, "bound_to": bound_to, **dates}
        )


def _sealed(stored: StoredCredential, secret: Secret) -> str:
    name = row_name(stored.profile_id, COLUMNS[CredentialKind(stored.kind)])
    return vault.seal(secret.reveal().encode(), row=name, beside=beside_credential(stored))


def _profile(actor: Actor, right: Right, profile_id: str) -> ProfileRow:
    return rows.opened(_ONE, ProfileRow, actor, right, profile_id, what="profile")


_ONE = Composed(lambda actor, right, key: _with_secrets(visible_to(ProfileRow, actor, right)).filter(pk=key))


def _with_secrets(found: QuerySet[ProfileRow]) -> QuerySet[ProfileRow]:
    return found.select_related("stored_credential", "subscription_key")
