"""Faults of the sandbox's Maskinporten, each diagnosed."""

import pytest

from console.sandbox.faults.maskinporten import FAULTS
from console.sandbox.providers.samples import CUSTOMER
from tests.sandbox.faults.diagnosed import first_cause
from tests.sandbox.providers.builders import post, world
from tests.sandbox.providers.test_maskinporten import GRANT, grant, token_claims

CLAIMS = {
    "maskinporten-scope-closed": {},
    "maskinporten-key-expired": {},
    "maskinporten-client-unknown": {},
    "maskinporten-not-delegated": {"consumer_org": CUSTOMER},
}


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.on_claims is None], ids=lambda one: one.code)
def test_the_fault_shows_and_its_cause_ranks_first(fault):
    request = post("/maskinporten/token", {"grant_type": GRANT, "assertion": grant(**CLAIMS[fault.code])})
    assert first_cause(fault.code, request, world(), provider="maskinporten") == fault.cause


def test_the_token_differs_by_a_slash_alone():
    good, bad = (token_claims(grant(), state=world(fault=code)) for code in (None, "maskinporten-issuer-without-slash"))
    assert bad == {**good, "iss": good["iss"].rstrip("/")}
