"""Profiles, as far as an actor may see them."""

import uuid
from dataclasses import replace
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet

from console.core.actor import Actor, Right
from console.core.credential import (
    AssertionFacts,
    CertificateFacts,
    CredentialKind,
    CredentialSummary,
    SigningKeyFacts,
    SubscriptionKeySummary,
)
from console.core.destination import AcceptedDestination
from console.core.held import Held
from console.core.profile import Profile, ProfileDraft
from console.models import Profile as ProfileRow
from console.models import StoredCredential, SubscriptionKey
from console.store import acceptance, json_text, rows
from console.store.composed import Composed
from console.store.visibility import held, held_by, names_of, visible_to

T = TypeVar("T")


def list_visible(actor: Actor) -> list[Profile]:
    """By name."""
    return [to_core(row) for row in _VISIBLE.all(actor, "view")]


def list_held(actor: Actor) -> list[Held[Profile]]:
    """Each with the actor's rights on it, by name."""
    return [held(row, to_core(row), actor) for row in _ALL_HELD.all(actor, "view")]


def list_names(actor: Actor) -> list[tuple[str, str]]:
    """Id and name, by name."""
    return names_of(ProfileRow, actor)


def get(actor: Actor, right: Right, profile_id: str) -> Held[Profile]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.opened(_HELD, ProfileRow, actor, right, profile_id, what="profile")
    return held(row, to_core(row), actor)


_HELD = Composed(lambda actor, right, key: _parts_of(held_by(ProfileRow, actor, right)).filter(pk=key))
_ALL_HELD = Composed(lambda actor, right: _parts_of(held_by(ProfileRow, actor, right)).order_by("name", "id"))
_VISIBLE = Composed(lambda actor, right: _parts_of(visible_to(ProfileRow, actor, right)).order_by("name", "id"))


def create(
    actor: Actor, draft: ProfileDraft, *, id: str, now: int, accepted: AcceptedDestination | None = None
) -> Profile:
    """A profile of the actor, without credential; `accepted` is where its Api leads."""
    row = ProfileRow(
        id=uuid.UUID(id), owner_id=rows.owner_id(actor), created_at=now, changed_at=now, version=1, **_columns(draft)
    )
    row.accepted = acceptance.sealed(row.pk, accepted)
    row.save(force_insert=True)
    return get(actor, "view", id).value


def update(
    actor: Actor,
    profile_id: str,
    draft: ProfileDraft,
    *,
    expected_version: int,
    now: int,
    accepted: AcceptedDestination | None = None,
) -> Profile:
    """Raises Stale when somebody saved since `expected_version`, NotFound when it is not the actor's to change."""
    with transaction.atomic():
        row = rows.visible(ProfileRow, actor, "manage", profile_id, what="profile")
        same = visible_to(ProfileRow, actor, "manage").filter(pk=row.pk, version=expected_version)
        columns = {**_columns(draft), "accepted": acceptance.sealed(row.pk, accepted)}
        if not same.update(changed_at=now, version=F("version") + 1, **columns):
            raise rows.stale("profile")
    return get(actor, "manage", profile_id).value


def delete(actor: Actor, profile_id: str) -> None:
    """Deletes the profile with its credential, subscription key and tokens."""
    rows.visible(ProfileRow, actor, "manage", profile_id, what="profile").delete()


def summary_of(row: ProfileRow) -> CredentialSummary:
    """What may be shown of the credential of a row that came with `stored_credential`."""
    stored: StoredCredential | None = getattr(row, "stored_credential", None)
    if stored is None:
        return CredentialSummary()
    kind = CredentialKind(stored.kind)
    return CredentialSummary(
        kind,
        stored.version,
        stored.set_at,
        stored.bound_to,
        certificate=_facts(stored, CertificateFacts) if kind is CredentialKind.CERTIFICATE else None,
        key=_dated(_facts(stored, SigningKeyFacts), stored) if kind is CredentialKind.KEY else None,
        assertion=_facts(stored, AssertionFacts) if kind is CredentialKind.ASSERTION else None,
        typed_end=stored.ends_at if kind is CredentialKind.SECRET else None,
        dated_at=stored.dated_at,
    )


def _dated(facts: SigningKeyFacts | None, stored: StoredCredential) -> SigningKeyFacts | None:
    """The end that was typed last: what is sealed to the key is the one that was typed with it."""
    return replace(facts, ends_at=stored.ends_at) if facts is not None else None


def _facts(stored: StoredCredential, kind: type[T]) -> T | None:
    """None where they are not of that kind: a row that was changed by hand, which the vault then does not open."""
    try:
        return json_text.load(stored.facts, kind)
    except ValueError:
        return None


def _parts_of(found: QuerySet[ProfileRow]) -> QuerySet[ProfileRow]:
    return found.select_related("stored_credential", "subscription_key")


def _columns(draft: ProfileDraft) -> dict[str, object]:
    names = ("name", "environment", "provider", "client_id", "grant", "scope")
    return {
        **{name: getattr(draft, name) for name in names},
        "api_id": uuid.UUID(draft.api_id) if draft.api_id else None,
        "settings": json_text.dump(draft.settings),
    }


def to_core(row: ProfileRow) -> Profile:
    """The profile of a row that passed `visible_to` and came with its parts."""
    return Profile(
        id=str(row.pk),
        owner_id=row.owner_id,
        name=row.name,
        environment=row.environment,
        provider=row.provider,
        settings=json_text.load(row.settings, dict[str, str]),
        client_id=row.client_id,
        grant=row.grant,
        scope=row.scope,
        api_id=str(row.api_id) if row.api_id else None,
        has_subscription_key=getattr(row, "subscription_key", None) is not None,
        credential=summary_of(row),
        version=row.version,
        accepted=acceptance.opened(row),
        subscription_key=_key_summary(row),
    )


def _key_summary(row: ProfileRow) -> SubscriptionKeySummary | None:
    stored: SubscriptionKey | None = getattr(row, "subscription_key", None)
    return SubscriptionKeySummary(stored.set_at, stored.ends_at, stored.dated_at) if stored is not None else None
