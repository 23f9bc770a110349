"""Each recognised format with known causes mixed in: counts, first and last exactly right, however it is handed in."""

import gzip
import random

import pytest

from tests.core.triage.access_logs import STATUSES
from tests.core.triage.formats import WHOLE, exception, table
from tests.core.triage.made import made_rows
from tests.core.triage.test_triage import counted, expected, triaged

ROWS = made_rows(150, seed=3)


def by_status(triage):
    found = {}
    for group in triage.groups:
        count, first, last = found.get(group.status, (0, 1e12, 0))
        found[group.status] = (count + group.count, min(first, int(group.first)), max(last, int(group.last)))
    return found


def expected_by_status(rows):
    found = {}
    for row in rows:
        if row.cause:
            found.setdefault(row.status, []).append(int(row.at.timestamp()))
    return {status: (len(times), min(times), max(times)) for status, times in found.items()}


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("written", WHOLE.values(), ids=WHOLE)
def test_causes_are_counted_exactly(written, seed):
    rows = made_rows(150, seed=seed)
    triage = triaged(written(rows))
    assert (triage.rows, triage.unread_count, triage.timeless) == (150, 0, 0)
    assert counted(triage) == expected(rows)
    assert len(set().union(*(group.callers for group in triage.groups))) == len({r.caller for r in rows if r.cause})


@pytest.mark.parametrize("written", STATUSES.values(), ids=STATUSES)
def test_statuses_are_counted_exactly(written):
    triage = triaged(written(ROWS))
    assert (triage.unread_count, triage.timeless) == (0, 0)
    assert by_status(triage) == expected_by_status(ROWS)
    callers = set().union(*(group.callers for group in triage.groups))
    assert len(callers) == len({row.caller for row in ROWS if row.cause})


@pytest.mark.parametrize("written", WHOLE.values(), ids=WHOLE)
def test_shuffled_gzipped_and_with_a_line_cut_off_it_is_the_same(written):
    rows = list(ROWS)
    random.Random(8).shuffle(rows)
    data = written(rows)
    assert counted(triaged(gzip.compress(data))) == expected(ROWS)
    triage = triaged(data[: len(data) // 2])
    assert triage.unread_count <= 1
    assert 0 < triage.refused <= len(rows) // 3 + 1


def test_exceptions_are_counted_by_what_they_say():
    rows = [row for row in ROWS if row.cause]
    triage = triaged(table(exception)(rows))
    told = {(cause, api): value for (cause, api, _), value in expected(rows).items()}
    found = {(one.cause, one.api): (one.count, int(one.first), int(one.last)) for one in triage.groups}
    assert found == told
