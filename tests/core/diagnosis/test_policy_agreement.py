"""On every policy that is here: nothing is called certain that the gateway's engine does not refuse."""

import json
from pathlib import Path

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.policy_findings import GATES
from console.core.diagnosis.policy_on_view import judged_on_view
from console.core.diagnosis.reading import read
from console.core.diagnosis.terms import Confidence, Stage
from console.core.tokens.parse import parse
from console.management.files import decoded
from tests.core.policy.test_public_cases import CASES, KEYS, MARKS, MORE, judged
from tests.vectors.policy_cases import run

SHARED = Path(__file__).parents[4] / "shared"
KEPT = json.loads((Path(run.__file__).parents[1] / "case_policies.json").read_text("utf-8"))
JUDGED = {Stage.TOKEN_CONTENT, Stage.GATEWAY_POLICY, Stage.AUTHORIZATION}
ANSWER = {"status": 401, "headers": {}, "body": {"statusCode": 401, "message": "Unauthorized"}}
PRESENT = ("token-present", "scheme", "well-formed")
CLAIM = "required-claim:"
# The failed checks of the engine that a cause may rest on.
GROUNDS = {
    "audience-other-api": GATES["audience"],
    "audience-format-mismatch": GATES["audience"],
    "token-for-graph": GATES["audience"],
    "id-token-used": GATES["audience"],
    "issuer-wrong-tenant": (*GATES["issuer"], *GATES["tenant"]),
    "issuer-version-mismatch": (*GATES["issuer"], *GATES["token_version"]),
    "issuer-spelling-mismatch": GATES["issuer"],
    "invisible-character-in-value": (*GATES["audience"], *GATES["issuer"], "well-formed"),
    "token-expired": GATES["expiry"],
    "clock-skew": (*GATES["not_before"], *GATES["expiry"]),
    "ip-not-allowed": ("ip",),
    "token-in-wrong-header": PRESENT,
    "authorization-header-missing": PRESENT,
    "bearer-scheme-malformed": PRESENT,
    "policy-order-overwrites-token": PRESENT,
    "token-malformed": (*PRESENT, "algorithm", "signature"),
    "client-not-allowed": GATES["authorized_party"],
}
BY_CLAIM = {
    "claim-name-mismatch",
    "claim-not-split",
    "role-insufficient",
    "app-permission-not-granted",
    "scope-missing",
    "client-auth-strength-insufficient",
    "group-overage",
}


def evidence_of(case):
    """What a person would have at hand: policy and token, no keys, no metadata and no values of the gateway."""
    marks = run.marks_of(case, KEYS, MARKS)
    call = run.swap(case["request"], marks)
    headers, token = {}, None
    for name, value in call.get("headers", {}).items():
        texts = value if isinstance(value, list) else [value]
        parsed = [parse(text.split()[-1]) if text.split() else None for text in texts]
        decodable = [one for one in parsed if one is not None and one.header and one.claims and not one.defects]
        token = token or next(iter(decodable), None)
        headers[name] = [
            text.replace(one.text, "<token>") if one in decodable else text
            for text, one in zip(texts, parsed, strict=True)
        ]
    found = {
        "policy_xml": decoded(run.swap(case["policy"], marks).encode(case.get("policy_encoding", "utf-8"))),
        "request": {"method": call.get("method", "GET"), "url": call.get("url", ""), "headers": headers},
        "response": ANSWER,
        "now": run.T0,
        "profile": {"client_ip": call["client_ip"]} if "client_ip" in call else {},
    }
    if token is not None:
        found |= {"token_header": json.loads(json.dumps(token.header, default=str))}
        found |= {"token_claims": json.loads(json.dumps(token.claims, default=str))}
    return found


def certain(evidence):
    causes = explain(read_evidence(evidence)).causes
    return [
        one
        for one in causes
        if one.confidence is Confidence.CERTAIN and (one.stage in JUDGED or one.cause == "ip-not-allowed")
    ]


def unfounded(cause, verdict, failed):
    """Why a cause that is called certain has no ground in what the engine decided; "" when it has one."""
    if verdict != "reject":
        return f"{cause.cause}: the engine says {verdict}"
    by_claim = cause.cause in BY_CLAIM and any(name.startswith(CLAIM) for name in failed)
    return "" if by_claim or failed.intersection(GROUNDS[cause.cause]) else f"{cause.cause}: only {sorted(failed)}"


def contradictions(case):
    answer, evidence = judged(case), evidence_of(case)
    found = certain(evidence)
    if answer["verdict"] == "invalid_policy":  # no policy then: what is true without one may be said
        if "reject" in case["expect"].get("also", ()):  # a gateway that took it all the same refuses by it
            return []
        known = {cause.cause for cause in certain({**evidence, "policy_xml": None})}
        return [cause.cause for cause in found if cause.cause not in known]
    failed = {one["check"] for step in answer["steps"] for one in step["findings"] if one["outcome"] == "fail"}
    return [why for cause in found if (why := unfounded(cause, answer["verdict"], failed))]


@pytest.mark.parametrize("case", [*CASES.values(), *MORE.values()], ids=[*CASES, *MORE])
def test_nothing_is_certain_that_the_engine_does_not_refuse(case):
    assert contradictions(case) == []


def real_cases():
    """Evidence with a policy, of the copies here and of the folder they come from, when that is there."""
    cases = [json.loads(path.read_text("utf-8")) for path in sorted((SHARED / "cases").glob("*.json"))]
    shared = {case["id"]: case["evidence"] for case in cases if "policy_xml" in case["evidence"]}
    return {**KEPT, **shared}


def newer_cases():
    """Policy cases of the folder that the copies here come from, beyond those that are the same."""
    folder = SHARED / "policy_cases" / "public"
    cases = run.load_cases(folder) if folder.is_dir() else []
    return [case for case in cases if CASES.get(case["id"]) != case]


def test_nothing_is_certain_in_a_real_case_that_the_engine_does_not_refuse():
    for name, value in real_cases().items():
        evidence = read_evidence(value)
        facts = judged_on_view(evidence, read(evidence).token, read(evidence).now)
        failed = {check.check for step in facts.steps for check in step.checks if check.outcome == "fail"}
        found = certain(value)
        assert found and [why for one in found if (why := unfounded(one, facts.verdict, failed))] == [], name


def test_policy_cases_that_are_newer_than_the_copies_agree_as_well():
    assert [why for case in newer_cases() for why in contradictions(case)] == []
