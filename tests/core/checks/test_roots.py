"""One ranking decides the verdict on a token and the diagnosis of a call: the same root comes first in both."""

from itertools import combinations

import pytest

from console.core.checks import CHECKS, run_all
from console.core.checks.base import Context
from console.core.checks.roots import ORDER, follows, kind_of, ranked
from console.core.diagnosis import CAUSES, explain, read_evidence
from console.core.diagnosis.reading import read
from console.core.finding import Status
from tests.core.diagnosis.evidence import (
    API,
    CLIENT,
    EXPECTED,
    NOW,
    OTHER_API,
    OTHER_TENANT,
    TENANT,
    V1,
    V2,
    claims,
    of_call,
    policy,
)

DEMANDS = {**EXPECTED, "authorized_parties": [CLIENT], "tenant": TENANT, "token_version": "2.0"}
# What is wrong with the token, by the kind of its failed check.
FAULTS = {
    "audience": {"aud": OTHER_API},
    "audience_form": {"aud": f"api://{API}"},
    "tenant": {"iss": V2.replace(TENANT, OTHER_TENANT), "tid": OTHER_TENANT},
    "token_version": {"iss": V1, "ver": "1.0"},
    "issuer": {"iss": f"{V2}/"},
    "not_before": {"nbf": NOW + 600},
    "expiry": {"exp": NOW - 600},
    "authorized_party": {"azp": OTHER_API},
    "roles": {"roles": ["Other"]},
}
TOGETHER = [
    pair for pair in combinations(FAULTS, 2) if not set(FAULTS[pair[0]]) & set(FAULTS[pair[1]])
]  # the same claim cannot be wrong in two ways


def of(*faults):
    wrong = {name: value for fault in faults for name, value in FAULTS[fault].items()}
    return read_evidence(of_call(expectations=DEMANDS, token=claims(**wrong)))


def findings(evidence):
    reading = read(evidence)
    return run_all(Context(reading.token, evidence.expectations, reading.signature, NOW))


@pytest.mark.parametrize("faults", [*((one,) for one in FAULTS), *TOGETHER], ids="+".join)
def test_verdict_and_diagnosis_name_the_same_root(faults):
    evidence = of(*faults)
    root = ranked(findings(evidence))[0]
    primary = explain(evidence).primary
    checks = {cause.slug: cause.check for cause in CAUSES}
    assert kind_of(root) == checks[primary.cause] == min(faults, key=ORDER.index)
    assert root.who is primary.owner


def test_a_token_for_another_api_has_its_version_and_roles_too_and_that_follows():
    evidence = of("audience", "token_version", "roles")
    first, *others = explain(evidence).causes
    assert (first.cause, first.follows) == ("audience-other-api", False)
    assert [(one.cause, one.follows) for one in others] == [
        ("issuer-version-mismatch", True),
        ("role-insufficient", True),
    ]
    assert first.what == "The gateway answered 401 because the token is for another API."
    assert others[0].what == "The token has the other version (1.0 or 2.0) than the API expects."


def test_the_right_api_under_another_name_explains_no_other_fault():
    assert [one.follows for one in explain(of("audience_form", "roles")).causes] == [False, False]


def test_nothing_follows_from_a_cause_that_is_only_possible():
    asked = '<required-claims><claim name="roles"><value>{{role}}</value></claim></required-claims>'
    text = policy(f"<audiences><audience>{{{{aud}}}}</audience></audiences>{asked}")
    causes = explain(read_evidence(of_call(policy_xml=text, expectations=None))).causes
    assert [(one.confidence, one.follows) for one in causes] == [("possible", False), ("possible", False)]


def test_what_passed_is_no_root():
    assert ranked(findings(of())) == ()
    assert {one.status for one in findings(of())} >= {Status.PASS}


def test_the_order_names_checks_that_there_are():
    codes = {check.code for check in CHECKS}
    assert set(ORDER) - codes == {"audience_form"}
    assert {cause.check for cause in CAUSES} - {""} <= set(ORDER)
    assert not any(follows(kind, root=kind) for kind in ORDER)
