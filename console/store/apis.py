"""Apis: seen by their owner and administrators, and by everybody once published."""

import uuid
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from console.core.actor import Actor, Right, Role
from console.core.api import Api, Expectation
from console.core.destination import VersionProposal
from console.core.errors import NotAllowed
from console.core.held import Held
from console.models import Api as ApiRow
from console.store import json_text, rows
from console.store.composed import Composed
from console.store.visibility import held, held_by, names_of, visible_to


def list_visible(actor: Actor) -> list[Api]:
    """By name."""
    return [to_core(row) for row in _VISIBLE.all(actor, "view")]


def list_held(actor: Actor) -> list[Held[Api]]:
    """Each with the actor's rights on it, by name."""
    return [held(row, to_core(row), actor) for row in _ALL_HELD.all(actor, "view")]


def list_names(actor: Actor) -> list[tuple[str, str]]:
    """Id and name, by name."""
    return names_of(ApiRow, actor)


def get(actor: Actor, right: Right, api_id: str) -> Held[Api]:
    """Raises NotFound when the actor does not have that right."""
    row = rows.held(ApiRow, actor, right, api_id, what="API")
    return held(row, to_core(row), actor)


_ALL_HELD = Composed(lambda actor, right: held_by(ApiRow, actor, right).order_by("name", "id"))
_VISIBLE = Composed(lambda actor, right: visible_to(ApiRow, actor, right).order_by("name", "id"))


def create(actor: Actor, draft: Api, *, id: str, now: int) -> Api:
    """A new, unpublished Api of the actor; of the draft neither id, owner, version, publication nor proposal."""
    row = ApiRow(
        id=uuid.UUID(id),
        owner_id=rows.owner_id(actor),
        created_at=now,
        changed_at=now,
        version=1,
        **_columns(replace(draft, proposal=None)),
    )
    row.save(force_insert=True)
    return to_core(row)


def update(actor: Actor, api_id: str, draft: Api, *, expected_version: int, now: int) -> Api:
    """Raises Stale when somebody saved since `expected_version`, NotFound when it is not the actor's to change."""
    with transaction.atomic():
        row = _managed(actor, api_id)
        same = visible_to(ApiRow, actor, "manage").filter(pk=row.pk, version=expected_version)
        if not same.update(changed_at=now, version=F("version") + 1, **_columns(draft)):
            raise rows.stale("API")
    return get(actor, "manage", api_id).value


def note(actor: Actor, before: Api, proposal: VersionProposal) -> bool:
    """Keeps what became of a proposal beside the version that was seen, which stays: no editor that is open is stale.

    Whether that version is still there.
    """
    same = visible_to(ApiRow, actor, "manage").filter(pk=before.id, version=before.version)
    return bool(same.update(proposal=json_text.dump(proposal)))


def publish(actor: Actor, api_id: str, *, is_published: bool, expected_version: int) -> None:
    """Opens this version of an Api to everybody, or closes it.

    Raises NotAllowed for anyone but an administrator, Stale when somebody saved since `expected_version`.
    """
    row = rows.visible(ApiRow, actor, "view", api_id, what="API")
    must_administer(actor)
    same = visible_to(ApiRow, actor, "manage").filter(pk=row.pk, version=expected_version)
    if not same.update(is_published=is_published, version=F("version") + 1):
        raise rows.stale("API")


def must_administer(actor: Actor) -> None:
    """Raises NotAllowed for anyone who may not decide what everybody is offered."""
    if not actor.has(Role.ADMIN):
        raise NotAllowed(
            "Only an administrator can publish an API.",
            why="A published API is offered to everybody who uses this console.",
            do="Ask an administrator of this console to publish it.",
            who="The console's administrator can do this.",
        )


def delete(actor: Actor, api_id: str) -> None:
    """Profiles and attempts that named it stay, without it."""
    _managed(actor, api_id).delete()


def _managed(actor: Actor, api_id: str) -> ApiRow:
    return rows.visible(ApiRow, actor, "manage", api_id, what="API")


def _columns(draft: Api) -> dict[str, object]:
    return {
        "name": draft.name,
        "base_url": draft.base_url,
        "expectation": json_text.dump(draft.expectation),
        "policy": json_text.dump(draft.policy),
        "metadata_url": draft.metadata_url,
        "subscription_key_header": draft.subscription_key_header,
        "proposal": json_text.dump(draft.proposal) if draft.proposal else "",
    }


def to_core(row: ApiRow) -> Api:
    """The Api of a row that passed `visible_to`."""
    return Api(
        id=str(row.pk),
        owner_id=row.owner_id,
        name=row.name,
        base_url=row.base_url,
        expectation=json_text.load(row.expectation, Expectation),
        policy=json_text.load(row.policy, str),
        metadata_url=row.metadata_url,
        subscription_key_header=row.subscription_key_header,
        is_published=row.is_published,
        version=row.version,
        proposal=json_text.load(row.proposal, VersionProposal) if row.proposal else None,
        operation_count=row.operation_count,
    )
