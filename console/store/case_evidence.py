"""What was asked for in cases and what was added to them. Of cases that the actor may view."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from console.core.actor import Actor
from console.core.cases.alike import alike_key
from console.core.cases.origin import CaseFileOrigin
from console.core.diagnosis.base import Missing
from console.core.evidence import Evidence
from console.models import Case, CaseAddition, CaseAsk, CaseOrigin
from console.store import json_text, rows
from console.store.people import name_of
from console.store.visibility import visible_to


@dataclass(frozen=True, slots=True)
class AdditionRecord:
    """Redacted evidence that `by` added at `at` (epoch seconds); `masked_count` values in it became pseudonyms."""

    id: str
    evidence: Evidence
    by: str
    at: int
    masked_count: int = 0


@dataclass(frozen=True, slots=True)
class AskRecord:
    """What `by` asked for at `at`; `given_at` and `given_by` are None and "" while it is not here."""

    id: str
    wanted: Missing
    by: str
    at: int
    given_at: int | None = None
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class Supplements:
    """All that belongs to one case beside what it was made of, each in its order. `origin` None: it was made here."""

    additions: tuple[AdditionRecord, ...] = ()
    asks: tuple[AskRecord, ...] = ()
    origin: CaseFileOrigin | None = None


def of_cases(actor: Actor, case_ids: Iterable[str]) -> dict[str, Supplements]:
    """By the id of the case; every id has an entry. Three queries for any number of cases."""
    wanted = list(case_ids)
    seen = visible_to(Case, actor, "view").filter(pk__in=[uuid.UUID(one) for one in wanted]).values("pk")
    added: dict[str, list[AdditionRecord]] = {one: [] for one in wanted}
    asked: dict[str, list[AskRecord]] = {one: [] for one in wanted}
    for addition in CaseAddition.objects.filter(case__in=seen).select_related("author").order_by("position", "id"):
        added[str(addition.case_id)].append(_to_addition(addition))
    asks = CaseAsk.objects.filter(case__in=seen).select_related("author", "addition__author")
    for ask in asks.order_by("position", "id"):
        asked[str(ask.case_id)].append(_to_ask(ask))
    origins = {str(one.case_id): one.told for one in CaseOrigin.objects.filter(case__in=seen)}
    return {
        one: Supplements(
            tuple(added[one]),
            tuple(asked[one]),
            json_text.load(origins[one], CaseFileOrigin) if one in origins else None,
        )
        for one in wanted
    }


def add(actor: Actor, case_id: str, addition: AdditionRecord, *, answers: Iterable[str], now: int) -> None:
    """Keeps evidence of a case that was held before, as the answer to those asks of it that are open."""
    row = _addition(case_id, addition, position=_next(CaseAddition, case_id), author_id=rows.owner_id(actor))
    row.save(force_insert=True)
    chosen = [uuid.UUID(one) for one in answers]
    open_asks = CaseAsk.objects.filter(case_id=uuid.UUID(case_id), pk__in=chosen, given_at__isnull=True)
    open_asks.update(given_at=now, addition=row)


def ask(actor: Actor, case_id: str, wanted: Iterable[tuple[str, Missing]], *, now: int) -> None:
    """Keeps what was asked for, each with its id, in a case that was held before."""
    first = _next(CaseAsk, case_id)
    CaseAsk.objects.bulk_create(
        CaseAsk(
            id=uuid.UUID(key),
            case_id=uuid.UUID(case_id),
            author_id=rows.owner_id(actor),
            wanted=json_text.dump(one),
            created_at=now,
            position=first + place,
        )
        for place, (key, one) in enumerate(wanted)
    )


def take_over(case_id: str, found: Supplements) -> None:
    """Keeps what an imported case brought along: nobody here added or asked for it."""
    additions = [
        _addition(case_id, one, position=place, author_id=None, by=one.by) for place, one in enumerate(found.additions)
    ]
    CaseAddition.objects.bulk_create(additions)
    CaseAsk.objects.bulk_create(
        CaseAsk(
            id=uuid.UUID(one.id),
            case_id=uuid.UUID(case_id),
            wanted=json_text.dump(one.wanted),
            created_at=one.at,
            position=place,
            given_at=one.given_at,
        )
        for place, one in enumerate(found.asks)
    )
    CaseOrigin(case_id=uuid.UUID(case_id), told=json_text.dump(found.origin)).save(force_insert=True)


def renew(case_id: str, *, cause: str, status: int | None, title: str) -> None:
    """Keeps what a case that was held before is about, now that more is known."""
    row = Case.objects.only("api_id", "api_name").get(pk=uuid.UUID(case_id))
    api_id = str(row.api_id) if row.api_id else None
    alike = alike_key(cause, api_id=api_id, api_name=json_text.load(row.api_name, str))
    found = Case.objects.filter(pk=row.pk)
    found.update(cause=cause, status=status, alike=alike, title=json_text.dump(title))


def _addition(
    case_id: str, addition: AdditionRecord, *, position: int, author_id: int | None, by: str = ""
) -> CaseAddition:
    return CaseAddition(
        id=uuid.UUID(addition.id),
        case_id=uuid.UUID(case_id),
        author_id=author_id,
        by=json_text.dump(by),
        evidence=json_text.dump(addition.evidence),
        masked_count=addition.masked_count,
        created_at=addition.at,
        position=position,
    )


def _next(model: type[CaseAddition] | type[CaseAsk], case_id: str) -> int:
    last = model._default_manager.filter(case_id=uuid.UUID(case_id)).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _to_addition(row: CaseAddition) -> AdditionRecord:
    evidence = json_text.load(row.evidence, Evidence)
    return AdditionRecord(str(row.pk), evidence, _added_by(row), row.created_at, row.masked_count)


def _to_ask(row: CaseAsk) -> AskRecord:
    given_by = _added_by(row.addition) if row.addition else ""
    wanted = json_text.load(row.wanted, Missing)
    return AskRecord(str(row.pk), wanted, name_of(row.author), row.created_at, row.given_at, given_by)


def _added_by(row: CaseAddition) -> str:
    return name_of(row.author) or json_text.load(row.by, str)
