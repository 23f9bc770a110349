"""The changes that would let a refused call pass, as cards: what to do, who decides it, and the edit itself."""

import hashlib
from collections.abc import Iterable
from typing import Any

from console.core.policy.repair.proposal import DiffLine, RepairProposal
from console.web.present import words

SIDES = {"client": "on the caller's side", "api": "on the API's side", "both": "on both sides"}


def repairs_view(proposals: Iterable[RepairProposal]) -> list[dict[str, Any]]:
    """One card for each proposal, in the order given."""
    return [_card(one) for one in proposals]


def edit_id(proposal: RepairProposal) -> str:
    """What names a proposed edit in a form: the same as long as its text is the same; "" when it edits no policy."""
    if proposal.policy_text is None:
        return ""
    return hashlib.sha256(proposal.policy_text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _card(one: RepairProposal) -> dict[str, Any]:
    who = dict.fromkeys(words.owner(change.who) for change in one.changes) or {words.owner(one.who): None}
    return {
        "side": SIDES[one.side],
        "title": one.title,
        "steps": [{"todo": change.what} for change in one.changes] or [{"todo": one.what}],
        "who": list(who),
        "weakness": one.weakness if one.is_weaker else "",
        "is_provisional": one.is_provisional,
        "diff": _diff(one.diff),
        "edit": edit_id(one),
    }


def _diff(lines: tuple[DiffLine, ...]) -> list[dict[str, str]]:
    """The comparison without the indentation that all its lines share."""
    indents = [len(line.text) - len(line.text.lstrip()) for line in lines if line.text.strip()]
    shared = min(indents, default=0)
    return [{"mark": line.mark, "text": line.text[shared:]} for line in lines]
