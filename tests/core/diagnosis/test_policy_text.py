"""Reading the policy in a diagnosis takes time that grows with the policy's length only."""

from functools import partial

import pytest

from console.core.diagnosis.policy_text import read_policy
from tests.patterns.growth import worst_growth

# From 4 000 to 16 000 characters, with room for noise: 16 when the time is quadratic.
MOST = 9.0


@pytest.mark.parametrize(
    ("first", "repeated"),
    [
        ("<validate-jwt ", "a"),
        ("", "<!--"),
        ("", "<validate-jwt>"),
        ("<validate-jwt><audiences>", "<audience>"),
        ("<validate-jwt>", "<claim "),
        ("", "<set-header name="),
        ("<validate-jwt ", "a='"),
        ("<a b='@(", '"<&'),
    ],
)
def test_a_hostile_policy_costs_what_its_length_costs(first, repeated):
    assert worst_growth(partial(read_policy), first, repeated) < MOST
