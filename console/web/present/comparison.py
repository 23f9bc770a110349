"""Two tokens, or two attempts, side by side: what became of what, and what that means."""

from typing import Any

from console.core.attempts.wire_changes import WireChanges
from console.core.json.changes import PlaceChange
from console.core.json.shown import first_rows
from console.core.tokens.diff import ChangeKind, Sameness, TokenChange, TokenDiff
from console.services.comparison import Compared, ComparedAttempts
from console.store.attempts import AttemptRecord
from console.web.present.turning import part_view, side_view

TONES = {ChangeKind.ADDED: "pass", ChangeKind.REMOVED: "fail", ChangeKind.CHANGED: "warning"}
SAMENESS = {Sameness.SAME: "the same", Sameness.OTHER: "another", Sameness.UNKNOWN: "not said by both"}


def compared_view(found: Compared) -> dict[str, Any]:
    view: dict[str, Any] = {"before": found.before, "after": found.after, "problem": found.problem, "diff": None}
    return {**view, "diff": diff_view(found.diff)} if found.diff is not None else view


def diff_view(diff: TokenDiff) -> dict[str, Any]:
    """What became of the first token in the second."""
    changes, left_out = first_rows(diff.changes, "differences")
    return {
        "is_same": diff.is_same,
        "explanations": [explanation.text for explanation in diff.explanations],
        "relations": [
            {
                "label": relation.what,
                "value": SAMENESS[relation.sameness],
                "note": " → ".join(dict.fromkeys(filter(None, (relation.before, relation.after)))),
            }
            for relation in diff.relations
        ],
        "changes": [_change(change) for change in changes],
        "notes": [*diff.notes, *filter(None, (left_out,))],
    }


def attempts_view(found: ComparedAttempts, now: int) -> dict[str, Any]:
    """What inspect/compared_attempts.html needs."""
    difference, names = found.difference, _names(found)
    around = [part_view(one, sees_policy=found.sees_policy) for one in difference.around]
    return {
        "headline": difference.headline,
        "names": names,
        "sides": [
            {**side_view(record, now), "name": name, "elapsed": _elapsed(record)}
            for record, name in zip((found.first, found.second), names, strict=True)
        ],
        "areas": [
            _wire("request", "Request", difference.sent),
            _token(found),
            _wire("answer", "Answer", difference.answer),
        ],
        "around": [one for one in around if one["status"] == "warning"],
        "around_told": _counted(sum(one["status"] == "warning" for one in around))["told"],
        "same": [one["title"] for one in around if one["status"] == "pass"],
        "unknown": [one["title"] for one in around if one["status"] == "unknown"],
        "folded_count": difference.folded_count,
    }


def _names(found: ComparedAttempts) -> tuple[str, str]:
    return ("went well", "failed") if found.is_good_and_bad else ("earlier", "later")


def _elapsed(record: AttemptRecord) -> str:
    return f"{record.exchanges[-1].elapsed_ms:,} ms" if record.exchanges else ""


def _wire(code: str, title: str, changes: WireChanges | None) -> dict[str, Any]:
    if changes is None:
        note = "Nothing went over the wire on one side, or one is a token request and the other a call."
        return {"code": code, "title": title, "told": "unknown", "tone": "unknown", "note": note}
    return {
        "code": code,
        "title": title,
        **_counted(len(changes.matters), is_more=changes.more),
        "changes": [_place(one) for one in changes.matters],
        "same": list(changes.same),
        "folded": [_place(one) for one in changes.folded],
        "note": "There are more: shown are the first." if changes.more else "",
    }


def _counted(count: int, *, is_more: bool = False) -> dict[str, str]:
    if not count:
        return {"told": "the same", "tone": "pass"}
    return {"told": f"{'more than ' if is_more else ''}{count} different", "tone": "warning"}


def _token(found: ComparedAttempts) -> dict[str, Any]:
    difference = found.difference
    view: dict[str, Any] = {"code": "token", "title": "Token"}
    if difference.token is None:
        note = "The claims of a token were not kept of both."
        return {**view, "told": "unknown", "tone": "unknown", "note": note}
    told = [one for one in difference.token.explanations if one.code != "issued_again"]
    return {
        **view,
        **_counted(len(difference.claims)),
        "changes": [_change(one) for one in difference.claims],
        "same": [] if difference.claims else ["header and claims"],
        "folded": [_change(one) for one in difference.claims_folded],
        "explanations": [one.text for one in told],
        "note": " ".join(difference.token.notes),
    }


def _place(change: PlaceChange) -> dict[str, Any]:
    kind = (
        ChangeKind.REMOVED
        if change.after is None
        else ChangeKind.ADDED
        if change.before is None
        else ChangeKind.CHANGED
    )
    sides = {"before": change.before or "", "after": change.after or ""}
    return {"name": "", "kind": kind.value, "tone": TONES[kind], "words": f"{change.words}.", "meaning": "", **sides}


def _change(change: TokenChange) -> dict[str, Any]:
    return {
        "part": change.part.value,
        "name": change.name,
        "kind": change.kind.value,
        "tone": TONES[change.kind],
        "before": change.before,
        "after": change.after,
        "words": change.words,
        "meaning": change.meaning,
    }
