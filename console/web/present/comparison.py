"""Two tokens side by side: what became of what, and what that means."""

from typing import Any

from console.core.json.shown import first_rows
from console.core.tokens.diff import ChangeKind, Sameness, TokenChange, TokenDiff
from console.services.comparison import Compared

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
