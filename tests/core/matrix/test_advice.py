"""What is wrong says what to do, by what it is known from; what is not wrong says nothing."""

import pytest

from console.core.matrix.advice import advice_of
from console.core.matrix.base import Actual, Demanded, KnownBy, MatrixRow, Must

CASES = [
    ("twice", KnownBy.POLICY, "compare it with the policy that the gateway runs"),
    ("twice", KnownBy.DEMANDS, "validate-jwt"),
    ("twice", KnownBy.PERSON, "Somebody said for this API"),
    ("without-key", KnownBy.SANDBOX, "Subscription required"),
    ("without-key", KnownBy.PERSON, "Subscription required"),
]


@pytest.mark.parametrize(("code", "rule", "words"), CASES)
def test_what_was_let_in_wrongly(code, rule, words):
    assert words in advice_of(MatrixRow(code, Demanded(Must.REFUSE, rule), Actual.LET_IN, 200))


def test_what_was_refused_wrongly_and_what_is_right_or_unknown():
    must = Demanded(Must.LET_IN, KnownBy.POLICY)
    assert "diagnosis" in advice_of(MatrixRow("with-token", must, Actual.REFUSED, 401))
    assert advice_of(MatrixRow("with-token", must, Actual.LET_IN, 200)) == ""
    assert advice_of(MatrixRow("with-token", must, Actual.UNCLEAR, 500)) == ""
    assert advice_of(MatrixRow("twice", Demanded(Must.UNKNOWN), Actual.LET_IN, 200)) == ""
