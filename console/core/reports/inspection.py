"""An inspection written down: as JSON whose members are a public interface, and as plain text for a terminal."""

from typing import Any

from console.core.finding import Finding, Status
from console.core.inspection import Inspected
from console.core.json.text import json_text, plain, visible
from console.core.paste.recognise import PastedKind
from console.core.tokens.times import epoch, relative, utc

_TIME_CLAIMS = frozenset({"exp", "nbf", "iat", "auth_time"})
_MARKS = {
    Status.FAIL: "FAIL", Status.CRASHED: "CRASH", Status.WARNING: "Warning", Status.NOTICE: "Note",
}  # fmt: skip
# Kinds that the contract has no word for.
_OF_THE_PAGE = frozenset(
    {PastedKind.TOO_LARGE, PastedKind.DECODED, PastedKind.DOCUMENT, PastedKind.POLICY, PastedKind.WEB_PAGE}
)
_QUIET = frozenset({Status.PASS, Status.NOT_APPLICABLE, Status.UNKNOWN})


def to_json(found: Inspected) -> dict[str, Any]:
    """The members of the contract, exactly; numbers of the token keep their digits when written by `json_text`."""
    return {
        "kind": "unknown" if found.kind in _OF_THE_PAGE else found.kind.value,
        "notes": [visible(note) for note in found.notes],
        "header": found.header,
        "claims": found.claims,
        "signature": found.signature.state.value,
        "defects": [{"code": defect.code, "message": visible(defect.message)} for defect in found.defects],
        "findings": [_finding(finding) for finding in found.findings],
        "items": [to_json(item) for item in found.items],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "status": finding.status.value,
        "what": visible(finding.what),
        "why": visible(finding.why),
        "do": visible(finding.do),
        "who": finding.who.value if finding.who else None,
        "expected": _value(finding.expected),
        "actual": _value(finding.actual),
        "source": finding.source,
    }


def _value(value: Any) -> Any:
    """A tuple of an expectation is a list in JSON."""
    return [_value(item) for item in value] if isinstance(value, tuple | list) else plain(value)


def to_lines(found: Inspected, *, now: int, indent: str = "") -> list[str]:
    """Plain text, a fact a line; what passed and what does not apply is left to the JSON."""
    lines = [f"{indent}{_title(found)}"]
    inner = f"{indent}  "
    lines += [f"{inner}{visible(note)}" for note in found.notes if note != found.label]
    if found.token is not None:
        lines += _parts(found, now=now, indent=inner)
    for finding in found.findings:
        if finding.status not in _QUIET:
            lines += _told(finding, inner)
    lines += _undecided(found.findings, inner)
    for number, item in enumerate(found.items, 1):
        lines += ["", *_numbered(to_lines(item, now=now, indent=inner), number, inner)]
    return lines


def _numbered(lines: list[str], number: int, indent: str) -> list[str]:
    return [f"{indent}{number}. {lines[0].strip()}", *lines[1:]]


def _title(found: Inspected) -> str:
    if found.exchange is not None and found.label:
        return visible(found.label)
    return f"Kind: {found.kind.value}"


def _parts(found: Inspected, *, now: int, indent: str) -> list[str]:
    lines = [f"{indent}Signature: {found.signature.state.value.replace('_', ' ')}. {visible(found.signature.detail)}"]
    lines += [f"{indent}Defect {defect.code}: {visible(defect.message)}" for defect in found.defects]
    for name, values in (("Header", found.header), ("Claims", found.claims)):
        if values is not None:
            lines.append(f"{indent}{name}:")
            lines += [f"{indent}  {visible(key)}: {_shown(key, value, now)}" for key, value in values.items()]
    return lines


def _shown(name: str, value: Any, now: int) -> str:
    moment = epoch(value) if name in _TIME_CLAIMS else None
    words = f" ({utc(moment)}, {relative(moment, now)})" if moment is not None else ""
    return f"{visible(value) if isinstance(value, str) else json_text(value)}{words}"


def _undecided(findings: tuple[Finding, ...], indent: str) -> list[str]:
    """One line for all checks that lack something to decide by."""
    names = [finding.check for finding in findings if finding.status is Status.UNKNOWN]
    return [f"{indent}Not decided: {', '.join(names)}. Keys and demands of the API would decide."] if names else []


def _told(finding: Finding, indent: str) -> list[str]:
    lines = [f"{indent}{_MARKS[finding.status]} {finding.check}: {visible(finding.what)}"]
    if finding.why:
        lines.append(f"{indent}  Why: {visible(finding.why)}")
    if finding.do:
        who = f" By: {finding.who.words}." if finding.who else ""
        lines.append(f"{indent}  Do: {visible(finding.do)}{who}")
    return lines
