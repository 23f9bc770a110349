"""Faults of the sandbox's TokenX, each diagnosed."""

import pytest

from console.sandbox.faults.tokenx import FAULTS
from tests.sandbox.faults.diagnosed import first_cause
from tests.sandbox.providers.builders import post, world
from tests.sandbox.providers.test_tokenx import form

CODES = ("tokenx-policy-closed", "tokenx-client-unknown")


def test_these_are_its_faults():
    assert tuple(one.code for one in FAULTS) == CODES


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.code)
def test_the_fault_shows_and_its_cause_ranks_first(fault):
    assert first_cause(fault.code, post("/tokenx/token", form()), world(), provider="tokenx") == fault.cause
