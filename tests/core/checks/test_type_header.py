"""The check type_header."""

import pytest

from console.core.checks.type_header import CHECK, OTHER_KINDS
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context, without_header


@pytest.mark.parametrize(
    ("typ", "status"),
    [
        ("at+jwt", "pass"),
        ("AT+JWT", "pass"),
        ("application/at+jwt", "pass"),
        ("JWT", "pass"),
        ("jwt", "pass"),
        ("application/jwt", "pass"),
        ("logout+jwt", "fail"),
        ("application/dpop+jwt", "fail"),
        ("at+jwt ", "warning"),
        ("", "warning"),
        ("JOSE", "warning"),
        *((value, "fail") for value in WRONG_TYPES),
        *((kind, "fail") for kind in OTHER_KINDS),
    ],
)
def test_the_kind_in_the_header_is_judged_without_regard_to_letter_case(typ, status):
    assert CHECK.run(context({}, header={"alg": "RS256", "typ": typ})).status == status


def test_no_typ_is_allowed():
    assert CHECK.run(context({}, header={"alg": "RS256"})).status == "not_applicable"


def test_plain_jwt_passes_and_says_who_would_refuse_it():
    finding = CHECK.run(context({}, header={"typ": "JWT"}))
    assert finding.why == "Most providers write JWT; an API that demands at+jwt (RFC 9068) would refuse it."


def test_another_kind_says_whole_what_why_do_and_who():
    finding = CHECK.run(context({}, header={"typ": "client-authentication+jwt"}))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The header says that this is a client assertion.",
        "typ is client-authentication+jwt; access tokens say at+jwt or JWT.",
        "Send the access token.",
        Owner.INTEGRATOR,
    )


def test_a_header_that_cannot_be_read_is_unknown():
    assert CHECK.run(without_header()).status == "unknown"
