"""What people have taken of their budgets, in rows that all processes share. No row is locked beyond its statement."""

from django.conf import settings
from django.db import IntegrityError, transaction

from console.core.budget import SECOND_US, Allowance, Work, wait_s
from console.models import WorkBudget
from console.store import rows, statements

DAY_S = 86_400
KEY_FILES_A_MINUTE = 10
HOUR_S = 3_600
MISSES_AN_HOUR = 20
MAILS_AN_HOUR = 200
_BUCKETS = statements.table(WorkBudget)
_SPEND = f"""
    UPDATE {_BUCKETS} SET spent_until_us = CASE WHEN spent_until_us > %s THEN spent_until_us ELSE %s END + %s
    WHERE person_id = %s AND work = %s
"""  # noqa: S608 (the name of a table)
_IN_TIME = " AND spent_until_us <= %s"
_WITH_ROOM = f"""
    AND NOT EXISTS (SELECT 1 FROM {_BUCKETS} b WHERE b.person_id = %s AND b.work = %s AND b.spent_until_us > %s)
"""  # noqa: S608 (the same)


def allowance_of(work: Work) -> Allowance:
    """What one person may take, by the settings of this deployment."""
    if work is Work.CALL:
        return Allowance(settings.CONSOLE_CALLS_PER_MINUTE, 60, settings.CONSOLE_CALLS_PER_MINUTE)
    if work is Work.KEY_FILE:
        return Allowance(KEY_FILES_A_MINUTE, 60, KEY_FILES_A_MINUTE)
    if work is Work.LOOK_UP:
        return Allowance(MISSES_AN_HOUR, HOUR_S, MISSES_AN_HOUR)
    if work is Work.MAIL:
        return Allowance(MAILS_AN_HOUR, HOUR_S, MAILS_AN_HOUR)
    if work is Work.KEPT:
        kept_bytes = settings.CONSOLE_KEPT_MB_PER_DAY * 1024**2
        return Allowance(kept_bytes, DAY_S, kept_bytes)
    processor_ms = settings.CONSOLE_PROCESSOR_S_PER_MINUTE * 1000
    return Allowance(processor_ms, 60, processor_ms)


def take(person_id: int, work: Work, *, now_us: int, units: int = 1) -> int:
    """Takes so many units and gives 0; or takes nothing and gives the seconds until they will be there."""
    allowance = allowance_of(work)
    for _ in range(2):  # the second round is for whoever lost the race to make the row
        latest_us = allowance.latest_us(now_us, units)
        if _spend(person_id, work, now_us=now_us, units=units, only=_IN_TIME, values=(latest_us,)):
            return 0
        spent_until_us = _spent_until_us(person_id, work)
        if spent_until_us is not None:
            return max(1, wait_s(allowance, spent_until_us, now_us=now_us, units=units))
        if _begin(person_id, work, now_us + allowance.earned_in_us(units)):
            return 0
    return 1


def take_with_room(person_id: int, work: Work, *, now_us: int, units: int = 1) -> bool:
    """Takes so many units where they and room to keep something are there, in one statement; False changes nothing."""
    latest_us, kept_us = (allowance_of(one).latest_us(now_us, n) for one, n in ((work, units), (Work.KEPT, 1)))
    values = (latest_us, person_id, Work.KEPT.value, kept_us)
    return _spend(person_id, work, now_us=now_us, units=units, only=f"{_IN_TIME}{_WITH_ROOM}", values=values)


def charge(person_id: int, work: Work, *, now_us: int, units: int) -> None:
    """Takes so many units also when they are not there: what is done already is paid for afterwards."""
    if _spend(person_id, work, now_us=now_us, units=units):
        return
    if not _begin(person_id, work, now_us + allowance_of(work).earned_in_us(units)):
        _spend(person_id, work, now_us=now_us, units=units)


def seconds_until(person_id: int, work: Work, *, now_us: int, units: int = 1) -> int:
    """Seconds until so many units can be taken; 0 when they can be now. Takes nothing."""
    return wait_s(allowance_of(work), _spent_until_us(person_id, work) or 0, now_us=now_us, units=units)


def prune(*, now: int, limit: int) -> int:
    """Deletes at most `limit` buckets that are full again at `now` (epoch seconds); gives how many."""
    return rows.delete_some(WorkBudget.objects.filter(spent_until_us__lt=now * SECOND_US), limit)


def _spend(
    person_id: int, work: Work, *, now_us: int, units: int, only: str = "", values: tuple[object, ...] = ()
) -> bool:
    """One statement, so that two processes cannot both take the last unit. False when it changed no row.

    `only` are more conditions, with their `values`.
    """
    cost_us = allowance_of(work).earned_in_us(units)
    return statements.changed(f"{_SPEND}{only}", now_us, now_us, cost_us, person_id, work.value, *values) == 1


def _begin(person_id: int, work: Work, spent_until_us: int) -> bool:
    try:
        with transaction.atomic():
            WorkBudget.objects.create(person_id=person_id, work=work, spent_until_us=spent_until_us)
    except IntegrityError:
        return False
    return True


def _spent_until_us(person_id: int, work: Work) -> int | None:
    found = WorkBudget.objects.filter(person_id=person_id, work=work)
    return found.values_list("spent_until_us", flat=True).first()
