"""An evaluation written down for scripts, for people, and for build servers."""

import json
from xml.etree import ElementTree

from console.core.policy.engine.model import Warned
from console.core.policy.keep import regression
from console.core.policy.keep.inputs import Call, Expected, Row
from console.core.policy.keep.policy_text import RefusedText, StoredPolicy, all_warnings, as_stored, read_text
from console.core.policy.text.document import read_policy
from console.core.policy.text.values import NO_VALUES
from console.core.reports import policy as report
from tests.core.policy.builders import NOW, judged, policy, request, token

MEMBERS = [
    "verdict", "status", "body", "reason", "reason_aliases", "reason_phrase", "headers", "gateway_log", "steps",
    "warnings", "needs", "problems",
]  # fmt: skip
NOTHING = (Warned("unverified-token", "A token is read.", "inbound/choose[1]"),)


def test_a_refusal_has_all_members_of_the_contract():
    answer = report.to_json(judged(policy(), request(token(exp=NOW - 1))), NOTHING)
    assert list(answer) == MEMBERS
    assert (answer["verdict"], answer["status"], answer["reason"]) == ("reject", 401, "TokenExpired")
    (step,) = answer["steps"]
    assert (step["path"], step["verdict"], step["library_code"]) == ("inbound/validate-jwt[1]", "reject", "IDX10223")
    expiry = next(one for one in step["findings"] if one["check"] == "expiry")
    assert (expiry["outcome"], expiry["is_reported"], expiry["reason"]) == ("fail", True, "TokenExpired")
    assert {one["outcome"] for one in step["findings"]} <= {"pass", "fail", "unknown", "not_checked"}
    (warned,) = answer["warnings"]
    assert (warned["code"], warned["path"]) == ("unverified-token", "inbound/choose[1]")
    assert warned["do"]
    json.dumps(answer)


def test_a_call_that_passes_has_no_answer():
    answer = report.to_json(judged(policy(), request(token())), ())
    assert (answer["status"], answer["body"], answer["reason"], answer["gateway_log"]) == (None, None, None, [])


def test_a_text_that_is_no_policy_has_the_same_members():
    problem = read_policy("<a")
    answer = report.invalid_json((problem,))
    assert list(answer) == MEMBERS
    assert (answer["verdict"], answer["problems"][0]["code"]) == ("invalid_policy", "not-xml")
    assert report.invalid_lines((problem,))[:2] == [
        "Verdict: invalid_policy: the gateway would not have stored this text.",
        f"FAIL not-xml: {problem.what} (line 1)",
    ]


def test_people_read_the_verdict_the_first_failure_and_all_others():
    lines = report.to_lines(judged(policy(), request(token(exp=NOW - 1, aud="api://other"))), NOTHING)
    assert lines[0] == "Verdict: reject: the gateway refuses the call. It answers 401."
    assert "  The gateway names: TokenExpired" in lines
    assert [line.split(":")[0] for line in lines if line.startswith("FAIL")] == ["FAIL expiry", "FAIL audience"]
    assert "Warning unverified-token: A token is read. [inbound/choose[1]]" in lines


def test_people_read_what_is_needed_and_what_is_not_reached():
    text = '<ip-filter action="allow"><address>203.0.113.7</address></ip-filter>' + policy() + policy()
    lines = report.to_lines(judged(text, request()), ())
    assert lines[-1] == "Needed: client_ip"
    assert any(line.endswith("[inbound/validate-jwt[2]] (not reached)") for line in lines)


def test_a_warning_of_text_and_call_is_told_once():
    both = StoredPolicy(read_policy("<base/>"), (Warned("hidden-scope", "a", "inbound/base[1]"), *NOTHING))
    told = all_warnings(both, judged("<base/>", request()))
    assert [one.code for one in told] == ["hidden-scope", "unverified-token"]


def test_what_the_gateway_would_not_store_is_not_evaluated():
    found = as_stored(read_text('<validate-jwt header-name="A" nonsense="1"/>'), NO_VALUES)
    assert isinstance(found, RefusedText)
    assert found.problems


def row(name, verdict, reason=None):
    return Row(Call("https://x"), Expected(verdict, reason), name)


ANSWERS = {"verdict": "reject", "reason": "TokenExpired", "reason_aliases": ["Old"], "status": 401}
ROWS = (
    row("as expected", "reject"), row("its reason", "reject", "TokenExpired"), row("its other name", "reject", "Old"),
    row("another <reason>", "reject", "JwtInvalid"), row("", "allow"),
)  # fmt: skip


def results():
    return regression.run(ROWS, lambda _: (ANSWERS, ["line <1>", "line 2"]))


def test_a_table_tells_which_calls_are_as_expected():
    told = regression.to_json(results())
    assert (told["agree"], told["of"]) == (3, 5)
    assert [one["problem"] for one in told["results"]] == [
        "", "", "", "expected the reason JwtInvalid, got TokenExpired", "expected allow, got reject",
    ]  # fmt: skip
    assert regression.to_lines(results())[-4:] == [
        "FAIL request 5: expected allow, got reject", "  line <1>", "  line 2", "3 of 5 as expected",
    ]  # fmt: skip


def test_build_servers_get_one_case_a_call():
    suite = ElementTree.fromstring(regression.to_junit(results()))
    assert (suite.get("tests"), suite.get("failures")) == ("5", "2")
    names = [case.get("name") for case in suite]
    assert names == ["as expected", "its reason", "its other name", "another <reason>", "request 5"]
    assert [case.find("failure").text for case in suite if len(case)] == ["line <1>\nline 2"] * 2


def test_a_name_with_characters_that_xml_forbids_is_still_xml():
    broken = regression.run((row("a\x00b\ud800", "allow"),), lambda _: (ANSWERS, ["\x1b[0m"]))
    case = ElementTree.fromstring(regression.to_junit(broken).encode())[0]
    assert case.get("name") == "a‹U+0000›b‹U+D800›"


def test_a_single_call_is_a_case_that_should_be_allowed():
    assert regression.single({**ANSWERS, "verdict": "allow"}, []).agrees
    assert regression.single(ANSWERS, []).problem == "the verdict is reject"
