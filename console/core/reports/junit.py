"""Results as JUnit XML, the form that build servers read: suites, each with its cases."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from console.core.json.text import visible
from console.core.reports.build_log import in_xml

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2
CUT_AT = 10_000  # characters of one text


class CaseVerdict(StrEnum):
    """`ERROR`: it could not be tried, so nothing is known; `SKIPPED`: it was left out on purpose."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class JUnitCase:
    """One thing that was tried. `message` is its one sentence, `text` what else there is to say, "" for nothing;
    `kind` names the failure for programs ("" for the verdict's own word); `time_ms` is how long it took.
    """

    name: str
    verdict: CaseVerdict
    message: str = ""
    text: str = ""
    kind: str = ""
    time_ms: int = 0


@dataclass(frozen=True, slots=True)
class JUnitSuite:
    """`class_name` groups the cases in a build server's lists; `began_at` is epoch seconds, `time_ms` the whole."""

    name: str
    class_name: str
    cases: tuple[JUnitCase, ...]
    began_at: int
    time_ms: int = 0


def to_junit(suites: Iterable[JUnitSuite]) -> str:
    """The document. Texts are expected without secrets; what XML cannot hold is left out, and long texts are cut."""
    inner = "".join(map(_suite, suites))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{inner}</testsuites>\n'


def _suite(suite: JUnitSuite) -> str:
    counts = {verdict: sum(1 for one in suite.cases if one.verdict is verdict) for verdict in CaseVerdict}
    began, took = datetime.fromtimestamp(suite.began_at, UTC).strftime("%Y-%m-%dT%H:%M:%S"), _seconds(suite.time_ms)
    cases = "".join(_case(one, suite.class_name) for one in suite.cases)
    return (
        f'<testsuite name={_attribute(suite.name)} tests="{len(suite.cases)}" failures="{counts[CaseVerdict.FAILED]}" '
        f'errors="{counts[CaseVerdict.ERROR]}" skipped="{counts[CaseVerdict.SKIPPED]}" time="{took}" '
        f'timestamp="{began}">\n{cases}</testsuite>\n'
    )


def _case(one: JUnitCase, class_name: str) -> str:
    start = f'<testcase classname={_attribute(class_name)} name={_attribute(one.name)} time="{_seconds(one.time_ms)}"'
    return f"  {start}>\n    {_outcome(one)}\n  </testcase>\n"


def _outcome(one: JUnitCase) -> str:
    message = f"message={_attribute(one.message)}"
    text = in_xml(escape(_clean(one.text)))
    if one.verdict is CaseVerdict.SKIPPED:
        return f"<skipped {message} />"
    if one.verdict is CaseVerdict.PASSED:
        return f"<system-out>{text or in_xml(escape(_clean(one.message)))}</system-out>"
    element = "failure" if one.verdict is CaseVerdict.FAILED else "error"
    return f"<{element} {message} type={_attribute(one.kind or one.verdict.value)}>{text}</{element}>"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:g}"


def _attribute(text: str) -> str:
    return in_xml(quoteattr(_clean(text)))


def _clean(text: str) -> str:
    """Without what XML cannot hold, and cut."""
    kept = text if len(text) <= CUT_AT else f"{text[:CUT_AT]}… (cut)"
    return _NO_XML.sub("", visible(kept))
