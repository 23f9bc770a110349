"""What differs between two tokens, and what that means: sets as sets, times as differences, one change told once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from console.core.compare import role_set, same_id, scope_set
from console.core.defect import PartName
from console.core.json.text import json_text, visible
from console.core.tokens.catalogues import HEADER, vocabulary_of
from console.core.tokens.differences import Explanation, explain, form_of, identity_of
from console.core.tokens.times import duration, epoch
from console.core.tokens.token import Token, TokenKind

TIMES = ("iat", "nbf", "exp", "auth_time", "updated_at")
_SETS = ("aud", "roles", "groups", "wids", "amr", "acrs", "xms_cc", "entitlements", "permissions", "allowed-origins",
         "emails")  # fmt: skip
_SCOPES = ("scp", "scope")


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Sameness(StrEnum):
    """`UNKNOWN`: at least one of the two does not say."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TokenChange:
    """One name that differs. `before` and `after` are texts that can be shown, "" on the side where it is absent.

    `added` and `removed` are the values of a set (scopes, roles, audiences …) that only one side has.
    `difference_s` are the seconds from before to after, for times; None for anything else.
    `words` says the change in one sentence. `explanation` is the code of the explanation that covers it, or "".
    """

    part: PartName
    name: str
    kind: ChangeKind
    before: str
    after: str
    words: str
    meaning: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    difference_s: int | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Whether the two tokens share something, with both sides ("" where a token does not say)."""

    what: str
    sameness: Sameness
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TokenDiff:
    """Changes in the order header, payload; within a part what stood before, then what is new.

    `relations` are key, issuer, tenant, client and subject, in this order. `notes` say what could not be compared.
    """

    changes: tuple[TokenChange, ...]
    explanations: tuple[Explanation, ...]
    relations: tuple[Relation, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing was found to differ; with `notes` that says little."""
        return not self.changes


def compare(before: Token, after: Token) -> TokenDiff:
    """The differences between two tokens. Signatures are not compared. Never raises, for any tokens."""
    old, new = before.claims or {}, after.claims or {}
    has_come_along = not any(one.kind is TokenKind.DECODED and one.header is None for one in (before, after))
    changes = (
        *(_changes(before.header or {}, after.header or {}, PartName.HEADER) if has_come_along else ()),
        *(change for change in _changes(old, new, PartName.PAYLOAD) if _is_shown(change, before, after)),
    )
    explanations = () if before.is_excerpt or after.is_excerpt else explain(before, after)
    covered = {(part, name): found.code for found in explanations for part, name in found.covers}
    return TokenDiff(
        tuple(replace(change, explanation=covered.get((change.part, change.name), "")) for change in changes),
        explanations,
        _relations(before, after),
        tuple(_unreadable("first", before) + _unreadable("second", after)),
    )


def _is_shown(change: TokenChange, before: Token, after: Token) -> bool:
    """An excerpt lacks nothing that may stand in its token."""
    lacking = {ChangeKind.ADDED: before, ChangeKind.REMOVED: after}.get(change.kind)
    return lacking is None or not lacking.is_excerpt


def _unreadable(which: str, token: Token) -> list[str]:
    missing = [name for name, value in (("header", token.header), ("claims", token.claims)) if value is None]
    notes = [f"The {' and '.join(missing)} of the {which} token cannot be read."] if missing else []
    if token.is_excerpt:
        notes.append(f"Not all claims of the {which} token were shown: only what both show was compared.")
    if any(part.repeated for part in token.parts):
        notes.append(f"A name stands twice in the {which} token; its last value was compared.")
    return notes


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], part: PartName) -> list[TokenChange]:
    names = [*old, *(name for name in new if name not in old)]
    vocabulary = HEADER if part is PartName.HEADER else vocabulary_of(new or old)
    found = []
    for name in names:
        if name in old and name in new:
            change = _changed(part, name, old[name], new[name])
        elif name in old:
            change = TokenChange(part, name, ChangeKind.REMOVED, _text(old[name]), "", f"{visible(name)} is missing.")
        else:
            change = TokenChange(part, name, ChangeKind.ADDED, "", _text(new[name]), f"{visible(name)} is new.")
        if change:
            known = vocabulary.find(name)
            found.append(replace(change, name=visible(name), meaning=known.meaning if known else ""))
    return found


def _changed(part: PartName, name: str, old: Any, new: Any) -> TokenChange | None:
    """The change of one value; None when both are the same, or the same set in another order."""
    if _same(old, new):
        return None
    change = TokenChange(part, name, ChangeKind.CHANGED, _text(old), _text(new), f"{visible(name)} is another.")
    if part is PartName.PAYLOAD and name in TIMES:
        return _moved(change, epoch(old), epoch(new))
    before, after = _set(name, old), _set(name, new)
    if before is None or after is None:
        return change
    if before == after:
        return None if type(old) is type(new) else replace(change, words=f"{visible(name)} is written differently.")
    return _set_changed(change, before, after)


def _same(old: Any, new: Any) -> bool:
    """Equality of JSON values: 1, true and "1" are three different ones; objects have no order."""
    if type(old) is not type(new):
        return False
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_same(value, new[name]) for name, value in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return bool(old == new)


def _set(name: str, value: Any) -> frozenset[str] | None:
    if name in _SCOPES:
        return scope_set(value)
    return role_set(value) if name in _SETS else None


def _set_changed(change: TokenChange, before: frozenset[str], after: frozenset[str]) -> TokenChange:
    added, removed = _shown(after - before), _shown(before - after)
    parts = [f"gained {', '.join(added)}"] if added else []
    parts += [f"lost {', '.join(removed)}"] if removed else []
    return replace(change, added=added, removed=removed, words=f"{change.name} {' and '.join(parts)}.")


def _shown(values: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(map(visible, values)))


def _moved(change: TokenChange, before: int | None, after: int | None) -> TokenChange:
    if before is None or after is None:
        return change
    seconds = after - before
    direction = "later" if seconds > 0 else "earlier"
    words = f"{change.name} is {duration(seconds)} {direction}." if seconds else f"{change.name} differs by a fraction."
    return replace(change, difference_s=seconds, words=words)


def _text(value: Any) -> str:
    return visible(value) if isinstance(value, str) else json_text(value)


def _relations(before: Token, after: Token) -> tuple[Relation, ...]:
    one, other = identity_of(before), identity_of(after)
    has_ids = bool(one.object_id and other.object_id)
    pairs = (
        ("key", one.kid, other.kid),
        ("issuer", one.issuer, other.issuer),
        ("tenant", form_of(before).tenant, form_of(after).tenant),
        ("client", one.client, other.client),
        ("subject", one.object_id if has_ids else one.subject, other.object_id if has_ids else other.subject),
    )
    return tuple(_relation(what, left, right) for what, left, right in pairs)


def _relation(what: str, before: str, after: str) -> Relation:
    if not before or not after:
        sameness = Sameness.UNKNOWN
    else:
        sameness = Sameness.SAME if same_id(before, after) else Sameness.OTHER
    return Relation(what, sameness, visible(before), visible(after))
