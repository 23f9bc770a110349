"""The algorithm check."""

import pytest

from console.core.checks.algorithm import CHECK
from tests.core.checks.contexts import WRONG_TYPES, context, without_header


@pytest.mark.parametrize(
    ("alg", "expected", "status"),
    [
        ("RS256", ("RS256", "PS256"), "pass"),
        ("HS256", ("RS256",), "fail"),
        ("none", (), "fail"),
        ("None", ("RS256",), "fail"),
        ("RS256", (), "unknown"),
        ("rs256", ("RS256",), "fail"),
    ],
)
def test_the_algorithm(alg, expected, status):
    assert CHECK.run(context({}, header={"alg": alg}, algorithms=expected)).status == status


def test_another_algorithm_shows_both_sides():
    finding = CHECK.run(context({}, header={"alg": "HS256"}, algorithms=("RS256",)))
    assert finding.why == "alg is HS256; this API accepts RS256."


@pytest.mark.parametrize("header", [{}, *({"alg": value} for value in WRONG_TYPES)])
def test_a_header_without_a_readable_algorithm_fails(header):
    assert CHECK.run(context({}, header=header)).what == "The token does not name its algorithm."


def test_nothing_is_judged_without_a_readable_header():
    assert CHECK.run(without_header(algorithms=("RS256",))).status == "unknown"
