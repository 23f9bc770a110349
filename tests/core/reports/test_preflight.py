"""A preflight on paper: JUnit that any build server reads, whatever stands in a sentence; JSON; a line a stage."""

from xml.etree import ElementTree

from console.core.owner import Owner
from console.core.preflight import STAGES
from console.core.preflight.base import StageFact, StageResult, StageStatus
from console.core.preflight.result import PreflightResult, with_left_out
from console.core.reports.preflight import line_of, to_json, to_junit

NASTY = "a <b> & \"c\" 'd' ]]> \x00\x1b \u202e\ud800 \uffff"
FAILED = StageResult(
    StageStatus.FAIL,
    f"What {NASTY}.",
    f"Why {NASTY}.",
    f"Do\n{NASTY}.",
    Owner.INTEGRATOR,
    facts=(StageFact(NASTY, NASTY),),
    cause="client-secret-expired",
    code="token",
)
MADE = (*(StageResult(StageStatus.OK, "Well.", code=stage.code) for stage in STAGES[:7]), FAILED)
FOUND = PreflightResult("r", "p", f"Orders {NASTY}", with_left_out(MADE), True, 1_800_000_000, 1_800_000_007)


def test_junit_has_the_shape_that_build_servers_read():
    """The elements and attributes of the schema that Jenkins' xUnit plugin checks (junit-10.xsd)."""
    root = ElementTree.fromstring(to_junit(FOUND).encode())
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.tag == "testsuite"
    assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"}
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "12", "failures": "1", "errors": "0", "skipped": "4", "time": "7",
    }  # fmt: skip
    assert suite.get("timestamp") == "2027-01-15T08:00:00"
    for case in suite:
        assert case.tag == "testcase"
        assert set(case.attrib) == {"classname", "name", "time"}
        (inner,) = case
        assert inner.tag in ("failure", "skipped", "system-out")
        assert set(inner.attrib) <= {"message", "type"}


def test_whatever_a_sentence_holds_stays_text():
    root = ElementTree.fromstring(to_junit(FOUND).encode())
    failure = root.find(".//failure")
    assert failure.get("type") == "client-secret-expired"
    assert "a <b> & \"c\" 'd' ]]>" in failure.get("message")
    assert "‹U+202E›" in failure.text


def test_json_has_the_answer_and_every_stage():
    told = to_json(FOUND)
    assert (told["is_good"], told["stopped_at"], told["cause"]) == (False, "token", "client-secret-expired")
    assert (told["began"], told["ended"]) == ("2027-01-15T08:00:00Z", "2027-01-15T08:00:07Z")
    assert [one["status"] for one in told["stages"]] == [*["ok"] * 7, "fail", *["skipped"] * 4]
    assert told["stages"][7]["who"] == "integrator"


def test_a_line_is_one_line():
    assert "\n" not in line_of(FAILED)
    assert line_of(FAILED).startswith("fail    token      What a <b>")
