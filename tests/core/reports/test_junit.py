"""Results as JUnit XML: the elements that build servers read, whatever stands in a text."""

from xml.etree import ElementTree

import pytest

from console.core.reports.junit import CUT_AT, CaseVerdict, JUnitCase, JUnitSuite, to_junit

NASTY = "a <b> & \"c\" 'd' ]]> \x00\x1b \u202e\ud800 \uffff"
CASES = (
    JUnitCase("with token", CaseVerdict.PASSED, "Let in, as expected.", time_ms=1250),
    JUnitCase(f"without {NASTY}", CaseVerdict.FAILED, f"Let in {NASTY}.", f"Long {NASTY}.", "let-in"),
    JUnitCase("expired", CaseVerdict.ERROR, "No answer."),
    JUnitCase("lower case", CaseVerdict.SKIPPED, "Nobody says what is expected."),
)


def _suite(*cases: JUnitCase) -> ElementTree.Element:
    written = to_junit([JUnitSuite(f"matrix {NASTY}", "matrix", cases, 1_800_000_000, time_ms=7_040)])
    (suite,) = ElementTree.fromstring(written.encode())
    return suite


def test_a_suite_counts_its_cases_by_verdict():
    suite = _suite(*CASES)
    told = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped", "time", "timestamp")}
    assert told == {
        "tests": "4", "failures": "1", "errors": "1", "skipped": "1", "time": "7.04",
        "timestamp": "2027-01-15T08:00:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "tag", "attributes"),
    [
        (CASES[0], "system-out", {}),
        (CASES[1], "failure", {"type": "let-in"}),
        (CASES[2], "error", {"type": "error", "message": "No answer."}),
        (CASES[3], "skipped", {"message": "Nobody says what is expected."}),
    ],
    ids=[one.verdict.value for one in CASES],
)
def test_a_case_says_its_outcome_in_one_element(case: JUnitCase, tag: str, attributes: dict[str, str]):
    (found,) = _suite(case)
    (inner,) = found
    assert inner.tag == tag
    assert attributes.items() <= inner.attrib.items()
    assert found.get("classname") == "matrix"


def test_what_a_text_holds_stays_text_and_is_bounded():
    (failed,) = _suite(CASES[1])
    assert "a <b> & \"c\" 'd' ]]>" in failed.get("name")
    assert "‹U+202E›" in failed[0].text
    (long,) = _suite(JUnitCase("long", CaseVerdict.FAILED, "x" * 100_000, "y" * 100_000))
    assert len(long[0].text) < CUT_AT + 20
    assert len(long[0].get("message")) < CUT_AT + 20


def test_no_suites_is_a_document_too():
    assert len(ElementTree.fromstring(to_junit([]).encode())) == 0
