"""The check proof_of_possession."""

from dataclasses import replace

import pytest

from console.core.checks.proof_of_possession import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context


@pytest.mark.parametrize(
    ("cnf", "status"),
    [
        ({"jkt": "a"}, "warning"),
        ({"x5t#S256": "a"}, "warning"),
        ({"jwk": {"kty": "EC"}}, "warning"),
        ({"kid": "a", "xms_ksl": "sw"}, "warning"),
        ({}, "fail"),
        *((value, "fail") for value in WRONG_TYPES),
    ],
)
def test_a_bound_token_is_no_bearer_token(cnf, status):
    assert CHECK.run(context({"cnf": cnf})).status == status


def test_a_token_without_cnf_is_a_bearer_token():
    finding = CHECK.run(context({}))
    assert (finding.status, finding.what) == (
        "not_applicable",
        "The token is bound to no key: whoever holds it can use it.",
    )


def test_a_dpop_token_says_whole_what_why_do_and_who():
    finding = CHECK.run(context({"cnf": {"jkt": "a"}}))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The token cannot be used as a plain bearer token.",
        "It is bound to a DPoP key (cnf has jkt). An API that keeps to it refuses the token without the proof.",
        "Send it as Authorization: DPoP, with a fresh proof in the header DPoP.",
        Owner.INTEGRATOR,
    )


def test_both_bindings_are_told():
    why = CHECK.run(context({"cnf": {"jkt": "a", "x5t#S256": "b"}})).why
    assert "DPoP" in why and "client certificate" in why


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"


def held(cnf, **holds):
    return CHECK.run(replace(context({"cnf": cnf}), holds={name.replace("_", "#"): one for name, one in holds.items()}))


def test_a_token_of_the_keys_that_its_holder_has_can_be_used():
    finding = held({"x5t#S256": "abc"}, x5t_S256="abc")
    assert (finding.status, finding.what) == (
        "pass",
        "The token is bound to the certificate of this profile, which goes along.",
    )
    assert (finding.expected, finding.actual) == ({"x5t#S256": "abc"}, {"x5t#S256": "abc"})
    assert held({"jkt": "k"}, jkt="k", x5t_S256="other").status == "pass"


def test_another_certificate_is_shown_beside_the_one_of_the_token():
    finding = held({"x5t#S256": "abc"}, x5t_S256="xyz")
    assert (finding.status, finding.what, finding.why, finding.who) == (
        "fail",
        "The token is bound to the certificate that this profile does not have.",
        "cnf names abc; this profile has xyz. An API that keeps to it refuses the token.",
        Owner.INTEGRATOR,
    )
    assert (finding.expected, finding.actual) == ({"x5t#S256": "abc"}, {"x5t#S256": "xyz"})


@pytest.mark.parametrize("cnf", [{"jkt": "k"}, {"jkt": 5}, {"jkt": None}, {"jkt": "k", "x5t#S256": "abc"}])
def test_a_key_that_the_holder_lacks_is_said(cnf):
    finding = held(cnf, x5t_S256="abc")
    assert finding.status == "fail"
    assert "this profile has none" in finding.why


def test_a_binding_that_only_a_library_knows_stays_a_warning():
    assert held({"kid": "x"}, jkt="k").status == "warning"
