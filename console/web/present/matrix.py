"""A matrix as a page shows it: the answer as heading, a row a variant, and what can be chosen."""

from typing import Any

from django.urls import reverse

from console.core.held import Held
from console.core.matrix.advice import advice_of
from console.core.matrix.base import Actual, CellVerdict, KnownBy, MatrixChoice, MatrixRow, Must, TokenFrom
from console.core.matrix.result import WRONG, MatrixResult
from console.core.matrix.variants import BY_CODE, VARIANTS
from console.core.profile import Profile
from console.services.matrix_choices import OfferedMatrix
from console.web.forms.matrix import MUSTS
from console.web.present import words
from console.web.present.reference import cause_url

TONES = {
    CellVerdict.AS_EXPECTED: "pass",
    CellVerdict.WRONGLY_LET_IN: "fail",
    CellVerdict.WRONGLY_REFUSED: "fail",
    CellVerdict.UNKNOWN: "unknown",
    CellVerdict.UNDECIDED: "warning",
}
_ORDER = (*WRONG, CellVerdict.UNDECIDED, CellVerdict.UNKNOWN, CellVerdict.AS_EXPECTED)
_UNCLEAR = "This answer says neither that it was let in nor that it was refused."
FILES = ("matrix.json", "matrix.xml")
SOON = "300ms"  # so that each row is seen as it comes


def matrix_view(held: Held[MatrixResult], *, policy_api: str, now: int, wait_s: int = 0) -> dict[str, Any]:
    """What matrix/result.html needs. `can_go_on`: whoever started it looks; others see where it stands. `wait_s`: not
    before so many seconds. `policy_api` is the Api whose policy its reader may try, "" for none.

    What is wrong stands first, once all is tried; until then the rows stand as they come.
    """
    found = held.value
    where = [found.profile_id, found.run_id]
    rows = sorted(found.rows, key=lambda row: _ORDER.index(row.verdict)) if found.is_done else found.rows
    return {
        "run_id": found.run_id,
        "url": reverse("matrix", args=where),
        "stop_url": reverse("matrix-stop", args=where),
        "headline": found.headline,
        "tone": tone_of(found),
        "doubt": found.doubt,
        "call": found.call,
        "is_done": found.is_done,
        "is_stopped": found.is_stopped,
        "is_stopping": found.is_stopping,
        "can_go_on": not found.is_done and held.may("use"),
        "next": _next(found),
        "done": len(found.rows),
        "total": len(found.chosen),
        "delay": f"{wait_s}s" if wait_s else SOON,
        "rows": [_row(row, found, is_own=held.is_own, policy_api=policy_api, now=now) for row in rows],
        "summary": _summary(found),
        "changed": len(found.changed),
        "has_before": bool(found.before),
        "began": words.exact(found.began_at),
        "ago": words.relative(found.began_at, now),
        "took": words.span(found.ended_at - found.began_at) if found.ended_at is not None else "",
        "by": "" if held.is_own else held.owner,
        "files": [(name, reverse("matrix-file", args=[*where, name])) for name in FILES],
    }


def matrix_line(held: Held[MatrixResult], *, now: int) -> dict[str, Any]:
    """One line of a list of runs."""
    found = held.value
    wrong = len(found.of(*WRONG))
    title = f"{wrong} wrong of {len(found.rows)}" if wrong else f"{len(found.of(CellVerdict.AS_EXPECTED))} as expected"
    return {
        "url": reverse("matrix", args=[found.profile_id, found.run_id]),
        "title": title if found.is_done else f"under way, {len(found.rows)} of {len(found.chosen)}",
        "tone": tone_of(found),
        "ago": words.relative(found.began_at, now),
        "began": words.exact(found.began_at),
        "by": "" if held.is_own else held.owner,
    }


def matrices_view(found: list[tuple[Profile, Held[MatrixResult] | None]], *, now: int) -> list[dict[str, Any]]:
    """The profiles of an Api, each with its newest matrix; `line` is None where nothing was tried."""
    return [
        {
            "name": profile.name,
            "url": reverse("profile-matrix", args=[profile.id]),
            "headline": held.value.headline if held else "",
            "line": matrix_line(held, now=now) if held else None,
        }
        for profile, held in found
    ]


def tone_of(found: MatrixResult) -> str:
    if found.of(*WRONG):
        return "fail"
    if not found.is_done:
        return "notice"
    return "pass" if found.is_good and not found.doubt else "warning"


def offered_view(offered: OfferedMatrix, profile: Profile, *, shown: MatrixChoice | None = None) -> dict[str, Any]:
    """What can be chosen; `shown` is what was chosen just now and came back, None for what is kept."""
    choice = shown or offered.choice
    tried = [one for one in VARIANTS if one.code not in offered.why_not]
    return {
        "rows": [
            {
                "code": one.code,
                "title": one.title,
                "explains": one.explains,
                "is_control": one.is_control,
                "is_chosen": one.is_control or one.code in choice.variants,
                "musts": [(value, text, value == _said(choice, one.code)) for value, text in MUSTS],
                "has_others": one.code == "other-profile",
            }
            for one in tried
        ],
        "others": [(id_, name, id_ == choice.other_profile_id) for id_, name in offered.others],
        "left_out": [{"label": one.title, "value": offered.why_not[one.code]} for one in VARIANTS if one not in tried],
        "may_keep": offered.may_keep,
        "is_kept": offered.is_kept,
        "has_key": profile.has_subscription_key,
        "environment": profile.environment,
    }


def _said(choice: MatrixChoice, code: str) -> str:
    must = choice.must_of(code)
    return "" if must is Must.UNKNOWN else must.value


def _row(row: MatrixRow, found: MatrixResult, *, is_own: bool, policy_api: str, now: int) -> dict[str, Any]:
    variant, before = BY_CODE.get(row.code), found.change_of(row)
    may_open = bool(row.attempt_id) and (is_own or row.code != "other-profile")
    return {
        "code": row.code,
        "title": variant.title if variant else row.code,
        "explains": variant.explains if variant else "",
        "source": variant.source if variant else "",
        "must": "nobody knows" if row.demanded.must is Must.UNKNOWN else row.demanded.must.value,
        "why": row.demanded.why,
        "tone": TONES[row.verdict],
        "did": _did(row.outcome, row.status),
        "verdict": _verdict(row.verdict),
        "told": row.told or (_UNCLEAR if row.outcome is Actual.UNCLEAR else ""),
        "do": advice_of(row),
        "policy_url": _policy_url(row, policy_api) if may_open else "",
        "cause": row.cause,
        "cause_url": cause_url(row.cause) if row.cause else "",
        "attempt_url": reverse("call", args=[row.attempt_id]) if may_open else "",
        "before": f"{_did(before.outcome, before.status)} {words.relative(before.at, now)}" if before else "",
        "was_to": before.must.value if before and before.must is not row.demanded.must else "",
    }


def _policy_url(row: MatrixRow, policy_api: str) -> str:
    """Where the kept policy says what it makes of this very call; "" where it is not judged wrong by that."""
    variant = BY_CODE.get(row.code)
    has_token = variant is not None and variant.token is not TokenFrom.NONE
    if not policy_api or not has_token or row.verdict not in WRONG or row.demanded.rule is not KnownBy.POLICY:
        return ""
    return f"{reverse('api-policy', args=[policy_api])}?call={row.attempt_id}#failing-rule"


def _did(outcome: Actual, status: int | None) -> str:
    return f"{outcome.value} ({status})" if status is not None else outcome.value


def _verdict(verdict: CellVerdict) -> str:
    """What is said of a row beside what it did; "" where that is all."""
    if verdict in WRONG:
        return "not as expected"
    return {CellVerdict.UNKNOWN: "not judged", CellVerdict.UNDECIDED: "not decided"}.get(verdict, "")


def _summary(found: MatrixResult) -> str:
    counts = [
        (len(found.of(*WRONG)), "wrong"),
        (len(found.of(CellVerdict.AS_EXPECTED)), "as expected"),
        (len(found.of(CellVerdict.UNDECIDED)), "not decided"),
        (len(found.of(CellVerdict.UNKNOWN)), "not judged"),
    ]
    return ", ".join(f"{count} {text}" for count, text in counts if count) or "stopped"


def _next(found: MatrixResult) -> str:
    done = {row.code for row in found.rows}
    return next((BY_CODE[code].title for code in found.chosen if code not in done and code in BY_CODE), "")
