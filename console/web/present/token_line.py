"""A token in one line: what is wrong with it, or what a caller asks first, each in a word."""

from collections.abc import Sequence
from typing import Any

from console.core.checks import CHECKS
from console.core.checks.roots import ranked
from console.core.finding import Finding, Status
from console.web.present import words

BAD = (Status.FAIL, Status.CRASHED)
MOST = 4
SOON_S = 60  # a call that begins now may come too late
FIRST_WORDS = {check.code: check.first_word for check in CHECKS if check.first_word}


def token_chips(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """What fails or warns, by name; when nothing does, what passed of the checks that are asked for first."""
    loud = [*ranked(findings), *(one for one in findings if one.status is Status.WARNING)]
    if loud:
        return [{"text": name(one), "tone": one.status.value} for one in loud[:MOST]]
    passed = [one for one in findings if one.status is Status.PASS and one.check in FIRST_WORDS]
    return [{"text": _passed(one), "tone": "pass"} for one in passed[: MOST + 1]]


def token_note(findings: Sequence[Finding], *, has_token: bool, left_s: int | None = None) -> dict[str, Any]:
    """What is known of the token before it is sent: what the API will refuse, by name, and that it ends soon.

    `left_s` is how long it lasts, None where nobody said.
    """
    if not has_token:
        return {"text": "none yet: one is fetched on the way", "tone": ""}
    bad = next(iter(ranked(findings)), None)
    if bad is not None:
        return {"text": f"{name(bad)} will be refused", "tone": "fail"}
    if left_s is not None and left_s <= SOON_S:
        return {"text": f"expires in {left_s} s" if left_s > 0 else "has expired", "tone": "warning"}
    is_judged = any(one.check == "audience" and one.status is Status.PASS for one in findings)
    return {"text": "would be accepted", "tone": "pass"} if is_judged else {"text": "stored", "tone": ""}


def name(finding: Finding) -> str:
    return finding.check.replace("_", " ")


def _passed(finding: Finding) -> str:
    """The granted roles themselves, as the person who asks for them knows them."""
    value = words.side(finding.actual)
    return value if finding.check in ("roles", "scopes") and 0 < len(value) <= 40 else FIRST_WORDS[finding.check]
