"""What to do about an address that this console itself refuses: no list helps where the address itself is wrong."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.owner import Owner
from tests.core.diagnosis.evidence import of_failure

LIST = "the list of allowed internal addresses"


def cause_of(rule):
    (cause,) = explain(read_evidence(of_failure("blocked_address", rule, "It is refused."))).causes
    assert (cause.cause, cause.facts) == ("address-refused-by-console", (f"rule: {rule}",))
    return cause


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("url", "https://host/path"),
        ("host", "https://host/path"),
        ("userinfo", "https://host/path"),
        ("scheme", "with https"),
        ("never", "which others reach"),
    ],
)
def test_what_is_wrong_with_the_address_is_mended_by_who_wrote_it(rule, words):
    cause = cause_of(rule)
    assert cause.owner is Owner.INTEGRATOR
    assert words in cause.do
    assert LIST not in cause.do


@pytest.mark.parametrize("rule", ["address", "port", "not_listed"])
def test_what_the_rules_of_this_deployment_refuse_is_opened_by_its_administrator(rule):
    cause = cause_of(rule)
    assert cause.owner is Owner.CONSOLE_ADMIN
    assert LIST in cause.do
