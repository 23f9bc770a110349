"""The answer of a matrix is one sentence that counts: what was let in wrongly, what refused, what nobody can say."""

from dataclasses import replace

import pytest

from console.core.matrix.base import Actual, CellVerdict, Demanded, MatrixRow, Must
from console.core.matrix.result import MatrixResult

LET_IN, REFUSE, UNKNOWN = Must.LET_IN, Must.REFUSE, Must.UNKNOWN


def row(code, must, outcome, status=None):
    return MatrixRow(code, Demanded(must), outcome, status)


GOOD = row("with-token", LET_IN, Actual.LET_IN, 200)
REFUSED_CONTROL = row("with-token", REFUSE, Actual.REFUSED, 401)
BAD_CONTROL = row("with-token", LET_IN, Actual.REFUSED, 401)
REFUSED = row("without-token", REFUSE, Actual.REFUSED, 401)
LET = row("without-key", REFUSE, Actual.LET_IN, 200)
LET_TOO = row("twice", REFUSE, Actual.LET_IN, 200)
NOBODY_KNOWS = row("wrong-key", UNKNOWN, Actual.LET_IN, 200)
UNCLEAR = row("no-scheme", REFUSE, Actual.UNCLEAR, 500)
LEFT_OUT = row("expired", UNKNOWN, Actual.NOT_TRIED)


def result(*rows, chosen=0, is_done=True, before=()):
    codes = tuple(one.code for one in rows) + ("x",) * chosen
    return MatrixResult(
        "r", "p", "Orders", "GET /orders", codes, rows, is_done, 1_800_000_000, before={one.code: one for one in before}
    )


@pytest.mark.parametrize(
    ("found", "headline", "is_good"),
    [
        (
            result(GOOD, REFUSED),
            "The gateway refused all 1 that it must refuse and let in all 1 that it must let in.",
            True,
        ),
        (
            result(GOOD, REFUSED, LET),
            "The gateway let in 1 of 2 that it must refuse: without subscription key.",
            False,
        ),
        (
            result(BAD_CONTROL, LET, LET_TOO),
            "The gateway let in 2 of 2 that it must refuse: without subscription key, Authorization twice."
            " It refused 1 of 1 that it must let in: with token.",
            False,
        ),
        (result(REFUSED_CONTROL), "The gateway refused all 1 that it must refuse.", True),
        (result(BAD_CONTROL), "The gateway refused 1 of 1 that it must let in: with token.", False),
        (result(GOOD), "The gateway let in all 1 that it must let in.", True),
        (result(GOOD, UNCLEAR), "The gateway let in all 1 that it must let in.", False),
        (result(GOOD, NOBODY_KNOWS, LEFT_OUT), "The gateway let in all 1 that it must let in.", True),
        (
            result(NOBODY_KNOWS),
            "Nothing is proved: of no variant it is known both what the gateway must do and what it did.",
            False,
        ),
        (
            result(GOOD, chosen=2),
            "The gateway let in all 1 that it must let in, as far as it was tried: 1 of 3.",
            False,
        ),
        (result(chosen=2), "Nothing was tried: it was stopped before.", False),
        (
            result(REFUSED_CONTROL, REFUSED),
            "The refusals prove nothing: the usual call was not let in. 2 were to be refused, and were.",
            False,
        ),
        (
            result(row("with-token", UNKNOWN, Actual.REFUSED, 401), REFUSED),
            "The refusals prove nothing: the usual call was not let in. 1 was to be refused, and was.",
            False,
        ),
        (
            result(row("with-token", UNKNOWN, Actual.NOT_TRIED), REFUSED),
            "The refusals prove nothing: the usual call was not let in. 1 was to be refused, and was.",
            False,
        ),
        (result(GOOD, chosen=2, is_done=False), "1 of 3 variants are tried.", False),
        (
            result(LET, chosen=2, is_done=False),
            "1 of 3 variants are tried. The gateway let in 1 of 1 that it must refuse: without subscription key.",
            False,
        ),
    ],
)
def test_the_headline_is_the_answer(found, headline, is_good):
    assert (found.headline, found.is_good) == (headline, is_good)


def test_refusals_prove_nothing_where_the_usual_call_is_refused_too():
    assert result(BAD_CONTROL, REFUSED).doubt == (
        "The usual call with token was not let in either, so whatever else was refused may have been refused for the "
        "same reason. Mend the usual call first: its row says what came of it. Then try again."
    )
    assert result(GOOD, REFUSED).doubt == ""
    assert result(BAD_CONTROL).doubt == ""


def test_what_changed_since_the_run_before_is_told_by_row():
    was = replace(LET, outcome=Actual.REFUSED, status=401, at=5)
    found = result(GOOD, LET, LET_TOO, before=(GOOD, was))
    assert [one.code for one in found.changed] == ["without-key"]
    change = found.change_of(LET)
    assert (change.outcome, change.status, change.must, change.at) == (Actual.REFUSED, 401, REFUSE, 5)


def test_a_row_says_what_is_wrong_with_it():
    assert [one.verdict for one in (GOOD, LET, BAD_CONTROL, NOBODY_KNOWS, UNCLEAR, LEFT_OUT)] == [
        CellVerdict.AS_EXPECTED,
        CellVerdict.WRONGLY_LET_IN,
        CellVerdict.WRONGLY_REFUSED,
        CellVerdict.UNKNOWN,
        CellVerdict.UNDECIDED,
        CellVerdict.UNDECIDED,
    ]


@pytest.mark.parametrize(("count", "named"), [(4, "a, b, c, d"), (5, "a, b, c and 2 more"), (12, "a, b, c and 9 more")])
def test_the_headline_names_the_first_few_of_many(count, named):
    found = result(*(row(code, REFUSE, Actual.LET_IN, 200) for code in "abcdefghijkl"[:count]))
    assert found.headline == f"The gateway let in {count} of {count} that it must refuse: {named}."
