"""Findings as rows of the page, and the one sentence above them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from console.core.checks import BY_CODE
from console.core.checks.roots import follows, kind_of, ranked
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.tokens.signature import SignatureResult, SignatureState
from console.core.tokens.token import Token, TokenKind
from console.web.present import words
from console.web.present.reference import check_url
from console.web.present.who import Reader, who_acts

BAD = (Status.FAIL, Status.CRASHED)
ORDER = [Status.FAIL, Status.CRASHED, Status.WARNING, Status.UNKNOWN, Status.NOTICE, Status.PASS, Status.NOT_APPLICABLE]
MAX_NAMED = 5
SIDES = ("token", "API")
QUIET = (Status.PASS, Status.NOT_APPLICABLE)
Groups = dict[Status, list[Finding]]


def finding_rows(
    findings: Sequence[Finding], *, sides: tuple[str, str] = SIDES, reader: Reader | None = None
) -> list[dict[str, Any]]:
    """Worst first, of the failed ones the root; both sides of a mismatch as text, under their names.

    `reader` is told who must act: "You", or whom to ask; None where nobody knows whose client it is.
    """
    return _rows(_by_status(findings), sides, reader)


def findings_view(
    findings: Sequence[Finding], *, shows_open: bool, reader: Reader | None = None, unfolds_later: bool = False
) -> dict[str, Any]:
    """What findings.html needs: loud rows, quiet ones folded away, and the counts. `reader` as in finding_rows.

    Without `shows_open` what is not decided is folded away too. `unfolds_later`: what is folded is asked for as it is
    opened, so its rows are not made.
    """
    loud = _by_status(findings)
    counts = _counts(loud)
    quiet = {status: loud.pop(status) for status in _folded(shows_open)}
    return {
        "rows": _rows(loud, SIDES, reader),
        "passed": [] if unfolds_later else _rows(quiet, SIDES, reader),
        "counts": counts,
        "passed_summary": _quiet_summary(quiet),
    }


def checks_of(
    token: Token,
    findings: Sequence[Finding],
    *,
    api_name: str,
    reader: Reader | None = None,
    unfolds_later: bool = False,
) -> dict[str, Any]:
    """What was checked of a token, for its `findings`; `reader` and `unfolds_later` as in findings_view."""
    shows_open = _shows_open(token, api_name)
    return findings_view(findings, shows_open=shows_open, reader=reader, unfolds_later=unfolds_later)


def _shows_open(token: Token, api_name: str) -> bool:
    """Not without an API: only one could decide. Nor of what came decoded, where all of that lacks the same token."""
    return bool(api_name) and token.kind is not TokenKind.DECODED


def passed_rows(findings: Sequence[Finding], *, shows_open: bool) -> list[dict[str, Any]]:
    """The rows that `findings_view` folds away."""
    groups = _by_status(findings)
    return _rows({status: groups[status] for status in _folded(shows_open)}, SIDES, None)


def _folded(shows_open: bool) -> tuple[Status, ...]:
    return QUIET if shows_open else (Status.UNKNOWN, *QUIET)


def _by_status(findings: Sequence[Finding]) -> Groups:
    """The worst first, and within a status in the order of the checks; of those that failed the root first."""
    groups: Groups = {status: [] for status in ORDER}
    for finding in findings:
        groups[finding.status].append(finding)
    return groups | {status: list(ranked(groups[status])) for status in BAD}


def _rows(groups: Groups, sides: tuple[str, str], reader: Reader | None) -> list[dict[str, Any]]:
    return [_row(finding, sides, reader) for group in groups.values() for finding in group]


def verdict_view(
    token: Token, findings: Sequence[Finding], signature: SignatureResult, *, api_name: str
) -> dict[str, Any]:
    """The answer first. Signature and claims are judged apart, in words nobody can misread."""
    if flaw := next((defect for defect in token.defects if defect.is_severe), None):
        title = "A strict reader refuses this token" if token.claims is not None else "This token cannot be read"
        told = " ".join(one for one in (flaw.message, _also(ranked(findings)), _signature_sentence(signature)) if one)
        return {"status": "fail", "title": title, "text": told}
    failed = ranked(findings)
    claims = [finding for finding in failed if finding.check != "signature"]
    open_ends = [finding for finding in findings if finding.status is Status.UNKNOWN]
    if failed:
        root, beside = failed[0].what, _beside(failed)
        title = f"{api_name} would refuse this token" if api_name else root.rstrip(".")
        sentences = (root if api_name else "", beside, _signature_sentence(signature))
        return {"status": "fail", "title": title, "text": " ".join(filter(None, sentences))}
    if not api_name:
        text = f"Choose an API to judge audience, client and roles. {_signature_sentence(signature)}"
        return {"status": "notice", "title": "Nothing is wrong with the token as such", "text": text}
    if signature.state is not SignatureState.VALID or claims:
        shown = "What is shown of the claims is" if token.is_excerpt else "The claims are"
        title = f"{shown} what {api_name} wants; the signature is not verified"
        return {"status": "warning", "title": title, "text": _signature_sentence(signature)}
    rest = f" Not decided: {', '.join(map(_name, open_ends))}." if open_ends else ""
    return {
        "status": "pass",
        "title": f"{api_name} would accept this token",
        "text": f"{_signature_sentence(signature)} Every check that could be made passed.{rest}",
    }


def _beside(failed: Sequence[Finding]) -> str:
    """What only follows from the root, and what fails beside it."""
    root, others = failed[0], failed[1:]
    after = [one for one in others if follows(kind_of(one), root=kind_of(root))]
    parts = []
    if after:
        named = f"{' and '.join(map(_name, after))} {'follow' if len(after) > 1 else 'follows'} from it."
        parts.append(f"{named[0].upper()}{named[1:]}")
    parts.append(_also([one for one in others if one not in after]))
    return " ".join(part for part in parts if part)


def _also(failed: Sequence[Finding]) -> str:
    """By their short names, "" for none. Of the signature a sentence of its own tells."""
    named = [_name(one) for one in failed if one.check != "signature"]
    return f"Also failed: {', '.join(named)}." if named else ""


def _signature_sentence(signature: SignatureResult) -> str:
    words_by_state = {
        SignatureState.VALID: "The signature is verified with the issuer's key",
        SignatureState.INVALID: "The signature is wrong",
        SignatureState.UNVERIFIABLE: "The signature could not be verified",
        SignatureState.ABSENT: "There is no signature",
        SignatureState.NOT_CHECKED: "The signature was not checked",
    }
    sentence = words_by_state[signature.state]
    if signature.state is SignatureState.VALID:
        return f"{sentence} ({signature.kid})." if signature.kid else f"{sentence}."
    detail = signature.detail.removeprefix("Not checked: ")
    return f"{sentence}: {detail}" if signature.detail else f"{sentence}."


def _quiet_summary(quiet: Groups) -> str:
    """ "11 checks passed: signature, token type …; 1 does not apply; 3 not decided"."""
    passed, others, unknown = quiet[Status.PASS], len(quiet[Status.NOT_APPLICABLE]), len(quiet.get(Status.UNKNOWN, ()))
    parts = []
    if passed:
        named = ", ".join(map(_name, passed[:MAX_NAMED])) + (" …" if len(passed) > MAX_NAMED else "")
        parts.append(f"{len(passed)} check{'s' if len(passed) > 1 else ''} passed: {named}")
    if others:
        parts.append(f"{others} {'do' if others > 1 else 'does'} not apply")
    if unknown:
        parts.append(f"{unknown} not decided")
    return "; ".join(parts)


def _name(finding: Finding) -> str:
    return finding.check.replace("_", " ")


def _row(finding: Finding, sides: tuple[str, str], reader: Reader | None) -> dict[str, Any]:
    is_time, url = _about(finding.check)
    text = _moment if is_time else words.side
    actual, expected = finding.actual, finding.expected
    return {
        "status": str(finding.status),
        "what": finding.what,
        "why": finding.why,
        "do": finding.do,
        "who": _who(finding.who, reader) if finding.who else "",
        "token": text(actual) if actual is not None else "",
        "api": text(expected) if expected is not None else "",
        "token_label": sides[0],
        "api_label": "now" if is_time else sides[1],
        "code": finding.check,
        "url": url,
    }


def _who(owner: Owner, reader: Reader | None) -> str:
    return who_acts(owner, reader) if reader else words.owner(owner)


@lru_cache(maxsize=64)
def _about(code: str) -> tuple[bool, str]:
    """Whether the sides are two moments, and the page of the check."""
    return code in BY_CODE and BY_CODE[code].is_claim_and_now, check_url(code)


def _moment(value: Any) -> str:
    """A time claim, or what it is compared with, as an exact time."""
    return words.exact(value) if isinstance(value, int | float) else words.side(value)


def _counts(groups: Groups) -> list[dict[str, str]]:
    def count(statuses: tuple[Status, ...], one: str, many: str, tone: str) -> list[dict[str, str]]:
        number = sum(len(groups[status]) for status in statuses)
        return [{"text": f"{number} {one if number == 1 else many}", "tone": tone}] if number else []

    return [
        *count(BAD, "failed", "failed", "fail"),
        *count((Status.WARNING,), "warning", "warnings", "warning"),
        *count((Status.UNKNOWN,), "unknown", "unknown", "unknown"),
        *count((Status.PASS,), "passed", "passed", "pass"),
    ]
