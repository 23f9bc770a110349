"""What every cause must prove, written once; the tables of a stage stand in its own test module.

A test module of a stage has four tables, each with at least one row per cause of the stage
(`tests/test_architecture.py` names the rows that are not there), and may have a fifth:

MATCHES      (slug, evidence)            the cause ranks first, and surely enough that nothing more is asked for
NEAR_MISSES  (slug, evidence, truth)     it looks like the cause; `truth` is what it is, None for nothing
MISSING      (slug, taken, told)         without `taken`, paths into its first evidence by blank, it is not given any
                                         more; `told` is asked for, or the cause that ranks first instead
MESSAGES     (slug, what, why, do, who)  the whole message for the first evidence
UNDECIDED    (evidence, named)           nothing is sure; `named` is asked for
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.base import Diagnosis

Evidence = dict[str, Any]
Row = tuple[Any, ...]


def stage_test(
    matches: Sequence[Row],
    near_misses: Sequence[Row],
    missing: Sequence[Row],
    messages: Sequence[Row],
    undecided: Sequence[Row] = (),
) -> Callable[..., None]:
    """One parametrised test of all rows of a stage; each row is an item of its own."""
    first = dict(matches[::-1])
    rows = [
        *(_item("match", row[0], _ranks_first, row) for row in matches),
        *(_item("near-miss", row[0], _is_not_taken_for_it, row) for row in near_misses),
        *(_item("missing", row[0], _is_not_given_without, (*row, first[row[0]])) for row in missing),
        *(_item("message", row[0], _says_the_whole_message, (*row, first[row[0]])) for row in messages),
        *(_item("undecided", row[1], _names_what_would_decide, row) for row in undecided),
    ]

    @pytest.mark.parametrize(("must_hold", "row"), rows)
    def test(must_hold: Callable[..., None], row: Row) -> None:
        must_hold(*row)

    return test


def _item(kind: str, name: str, must_hold: Callable[..., None], row: Row) -> Any:
    return pytest.param(must_hold, row, id=f"{kind}-{name}")


def _ranks_first(slug: str, evidence: Evidence) -> None:
    diagnosis = _explained(evidence)
    assert [cause.cause for cause in diagnosis.causes][:1] == [slug]
    assert diagnosis.primary.confidence != "possible"
    assert diagnosis.missing == ()


def _is_not_taken_for_it(slug: str, evidence: Evidence, truth: str | None) -> None:
    assert _first(_explained(evidence)) == truth != slug


def _is_not_given_without(slug: str, taken: str, told: str, evidence: Evidence) -> None:
    diagnosis = _explained(_without(evidence, taken))
    assert slug not in _sure(diagnosis)
    assert told in (*diagnosis.missing, _first(diagnosis))


def _says_the_whole_message(slug: str, what: str, why: str, do: str, who: str, evidence: Evidence) -> None:
    primary = _explained(evidence).primary
    assert (primary.what, primary.why, primary.do, primary.owner) == (what, why, do, who)


def _names_what_would_decide(evidence: Evidence, named: str) -> None:
    diagnosis = _explained(evidence)
    assert _sure(diagnosis) == []
    assert named in diagnosis.missing


def _explained(evidence: Evidence) -> Diagnosis:
    return explain(read_evidence(evidence))


def _first(diagnosis: Diagnosis) -> str | None:
    return diagnosis.primary.cause if diagnosis.primary else None


def _sure(diagnosis: Diagnosis) -> list[str]:
    return [cause.cause for cause in diagnosis.causes if cause.confidence != "possible"]


def _without(evidence: Evidence, paths: str) -> Evidence:
    """The evidence less what stands at paths such as `response.body`."""
    left = deepcopy(evidence)
    for path in paths.split():
        *folders, name = path.split(".")
        place = left
        for folder in folders:
            place = place[folder]
        del place[name]
    return left
