"""The one sentence above a token, and what is folded away below it."""

import base64
import json

import pytest

from console.core.api import Expectation
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult, SignatureState
from console.web.present.findings import findings_view, verdict_view
from console.web.present.tokens import token_view
from console.web.present.who import Reader

NOW = 1_767_226_000
ENTRA = {"iss": "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0", "ver": "2.0"}
CLAIMS = {"iss": "https://idp.example", "aud": "api://orders", "iat": NOW - 60, "nbf": NOW - 60, "exp": NOW + 600}
VALID = SignatureResult(SignatureState.VALID, "valid", "", "k1")


def encoded(header, claims):
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), b"\x01" * 256)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def judged(text, *, signature=NOT_CHECKED, expectation=None):
    token = parse(text)
    return token, run_all(Context(token, expectation or Expectation(), signature, NOW))


def verdict(text, *, api_name="", signature=NOT_CHECKED, expectation=None):
    token, findings = judged(text, signature=signature, expectation=expectation)
    return verdict_view(token, findings, signature, api_name=api_name)


GOOD = encoded({"alg": "RS256", "kid": "k1", "typ": "JWT"}, CLAIMS)
LATE = encoded({"alg": "RS256", "kid": "k1"}, {**CLAIMS, "exp": NOW - 1})


@pytest.mark.parametrize(
    ("text", "api_name", "signature", "status", "title"),
    [
        (GOOD, "", NOT_CHECKED, "notice", "Nothing is wrong with the token as such"),
        (GOOD, "Orders", VALID, "pass", "Orders would accept this token"),
        (GOOD, "Orders", NOT_CHECKED, "warning", "The claims are what Orders wants; the signature is not verified"),
        (LATE, "", NOT_CHECKED, "fail", "The token has expired"),
        (LATE, "Orders", VALID, "fail", "Orders would refuse this token"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly9v.c2ln", "", NOT_CHECKED, "fail", "This token cannot be read"),
        (encoded({"alg": "none"}, CLAIMS), "", NOT_CHECKED, "fail", "A strict reader refuses this token"),
    ],
    ids=["good", "accepted", "unverified", "late", "refused", "unreadable", "unsecured"],
)
def test_the_verdict_never_says_more_than_is_known(text, api_name, signature, status, title):
    wanted = Expectation(audiences=("api://orders",), issuers=("https://idp.example",))
    found = verdict(text, api_name=api_name, signature=signature, expectation=wanted if api_name else None)
    assert (found["status"], found["title"]) == (status, title)


def test_the_signature_is_spoken_of_once():
    assert verdict(GOOD)["text"].endswith("The signature was not checked: no key was given.")


def test_what_fails_is_told_once():
    assert verdict(LATE)["text"] == "The signature was not checked: no key was given."
    assert verdict(LATE, api_name="Orders", signature=VALID)["text"].startswith("The token has expired. ")


def test_what_only_an_api_could_decide_is_folded_without_one():
    _, findings = judged(GOOD)
    alone, beside_api = findings_view(findings, shows_open=False), findings_view(findings, shows_open=True)
    assert "unknown" not in {row["status"] for row in alone["rows"]}
    assert "unknown" in {row["status"] for row in beside_api["rows"]}
    assert "not decided" in alone["passed_summary"]
    assert len(alone["rows"]) + len(alone["passed"]) == len(findings)


def test_who_must_act_is_told_to_who_reads_it():
    _, findings = judged(LATE)

    def who(reader):
        rows = findings_view(findings, shows_open=True, reader=reader)["rows"]
        return next(row["who"] for row in rows if row["code"] == "expiry")

    assert who(Reader(is_integrator=True)) == "You."
    assert who(Reader(integrator="Ina")) == "Ask Ina, whose client it is."
    assert who(None) == "The integrator, who owns the client registration."


def test_both_sides_of_a_time_are_exact_times():
    _, findings = judged(LATE)
    row = next(row for row in findings_view(findings, shows_open=True)["rows"] if row["code"] == "expiry")
    assert (row["token"], row["api"], row["api_label"]) == ("2026-01-01 00:06:39 UTC", "2026-01-01 00:06:40 UTC", "now")


def test_absent_claims_are_folded_unless_a_finding_names_them():
    text = encoded({"alg": "RS256", "kid": "k1"}, {**CLAIMS, **ENTRA})
    token, findings = judged(text, expectation=Expectation(roles=("Orders.Read",)))
    view = token_view(token, NOT_CHECKED, findings, api_name="Orders", now=NOW, hides_signature=True)
    shown, folded = ({row["name"] for row in rows} for rows in (view["claim_rows"], view["absent_claims"].rows))
    assert "roles" in shown
    assert "scp" in folded
    assert all(row["is_absent"] for row in view["absent_claims"].rows)


def test_the_verdict_names_the_root_and_says_what_follows_from_it():
    tenant = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
    first = {"iss": f"https://sts.windows.net/{tenant}/", "ver": "1.0", "aud": "api://invoices", "roles": ["Read"]}
    wanted = Expectation(audiences=("api://orders",), issuers=(ENTRA["iss"],), roles=("Write",))
    text = encoded({"alg": "RS256", "kid": "k1"}, {**CLAIMS, **first})
    found = verdict(text, api_name="Orders", signature=VALID, expectation=wanted)
    assert found["text"].startswith("The token is for another API. Issuer and roles follow from it. The signature is")
    _, findings = judged(text, signature=VALID, expectation=wanted)
    failed = [row["code"] for row in findings_view(findings, shows_open=True)["rows"] if row["status"] == "fail"]
    assert failed == ["audience", "issuer", "roles"]


def test_a_fault_of_its_own_is_not_said_to_follow():
    wanted = Expectation(audiences=("api://invoices",), issuers=("https://idp.example",))
    found = verdict(LATE, api_name="Orders", signature=VALID, expectation=wanted)
    assert found["text"].startswith("The token is for another API. Also failed: expiry. The signature is verified")


def test_a_token_that_a_strict_reader_refuses_is_told_to_have_expired_too():
    text = LATE.rpartition(".")[0] + ".c2ln"
    wanted = Expectation(audiences=("api://orders",), issuers=("https://other.example",))
    found = verdict(text, api_name="Orders", expectation=wanted)
    assert found["title"] == "A strict reader refuses this token"
    assert "is it cut off? Also failed: " in found["text"]
    assert {"issuer", "expiry"} <= set(found["text"].partition("Also failed: ")[2].partition(".")[0].split(", "))
