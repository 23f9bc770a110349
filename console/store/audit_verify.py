"""Whether the audit trail is whole: nothing changed, put in, left out, cut off, or signed with another's key."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from console.core.actor import SYSTEM
from console.core.audit.actions import Action
from console.core.whole_number import whole_number
from console.models import AuditEntry, AuditHead, Person
from console.store import audit, audit_chain, audit_triggers, json_text, vault

_CHECKPOINT = re.compile(r"entries (\d{1,18}), digest ([0-9a-f]{64})")
CHECKPOINT_KIND = "key"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the trail was at some moment, kept elsewhere: entry number `count` has this hash."""

    count: int
    entry_hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.entry_hash}"


def read_anchor(text: str) -> Anchor | None:
    """Reads `COUNT:HASH`; None when it is not of that form."""
    told, _, entry_hash = text.strip().partition(":")
    count = whole_number(told, digits=18)
    return Anchor(count, entry_hash) if count and entry_hash else None


@dataclass(frozen=True, slots=True)
class Verification:
    """`problems` is empty when the trail is whole. `unchecked` entries are of a retired key that nothing vouches for.

    `anchor` is what to keep elsewhere; None for an empty trail.
    """

    entries: int
    unchecked: int
    problems: tuple[str, ...]
    anchor: Anchor | None = None


@dataclass(slots=True)
class _Walk:
    """What is known after each entry. `unknown` counts entries of keys that are not in the ring, since a checkpoint."""

    ranks: dict[str, int]
    wanted: dict[int, str]
    anchors: dict[int, set[str]]
    entries: int = 0
    previous: str = ""
    key_id: str = ""
    closed: set[str] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    vouched: Counter[str] = field(default_factory=Counter)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    problems: list[str] = field(default_factory=list)


def verify(*, retired: Iterable[str] = (), anchors: Iterable[Anchor] = ()) -> Verification:
    """Walks the whole trail once. `retired` names keys that are gone for good; `anchors` are from elsewhere."""
    walk = _walk(tuple(anchors))
    _judge_unknown(walk, set(retired))
    _judge_end(walk)
    unchecked = sum((walk.unknown - walk.vouched).values())
    anchor = Anchor(walk.entries, walk.previous) if walk.entries else None
    return Verification(walk.entries, unchecked, tuple(walk.problems), anchor)


def checkpoint(*, now: int) -> tuple[str, ...]:
    """Vouches with the ring's first key for all that older keys signed; gives the problems that stop it.

    Afterwards the older keys may leave the ring. Written once for each key.
    """
    first = vault.key_ring().first
    by_first = AuditEntry.objects.filter(entry_hash__startswith=f"{first}.")
    is_done = by_first.filter(action=Action.KEYS_ROTATED, object_kind=CHECKPOINT_KIND).exists()
    if is_done or not AuditEntry.objects.exclude(entry_hash__startswith=f"{first}.").exists():
        return ()
    walk = _walk(())
    _judge_unknown(walk, set())
    if walk.problems:
        return tuple(walk.problems)
    detail = f"entries {walk.entries}, digest {walk.digest.hexdigest()}"
    audit.append(
        SYSTEM,
        Action.KEYS_ROTATED,
        object_kind=CHECKPOINT_KIND,
        object_id=first,
        result="done",
        now=now,
        detail=detail,
    )
    return ()


def _walk(anchors: tuple[Anchor, ...]) -> _Walk:
    known: dict[int, set[str]] = {}
    for anchor in anchors:
        known.setdefault(anchor.count, set()).add(anchor.entry_hash)
    ranks = {key_id: rank for rank, key_id in enumerate(vault.key_ring().audit_ids)}
    walk = _Walk(ranks, _checkpoints(ranks), known)
    for entry in AuditEntry.objects.order_by("id").iterator():
        _step(walk, entry)
    for count in sorted(count for count in known if count > walk.entries):
        walk.problems.append(
            f"An anchor names {count} entries, and the trail holds {walk.entries}: its end was cut off."
        )
    return walk


def _step(walk: _Walk, entry: AuditEntry) -> None:
    walk.entries += 1
    if entry.previous_hash != walk.previous:
        walk.problems.append(f"Entry {entry.pk} does not follow the one before it: something was removed or added.")
    _judge_key(walk, entry)
    walk.digest.update(f"{json_text.dump(_content(entry))}\n".encode())
    walk.previous = entry.entry_hash
    if walk.wanted.get(walk.entries) == walk.digest.hexdigest():
        walk.vouched = walk.unknown.copy()
    elif walk.entries in walk.wanted:
        walk.problems.append(f"The first {walk.entries} entries are not those that a later key vouched for.")
    if not walk.anchors.get(walk.entries, {entry.entry_hash}) <= {entry.entry_hash}:
        walk.problems.append(f"Entry {entry.pk} is not the one that an anchor names.")


def _judge_key(walk: _Walk, entry: AuditEntry) -> None:
    key_id = audit_chain.key_id_of(entry.entry_hash)
    if key_id not in walk.ranks:
        walk.unknown[key_id] += 1
    elif not audit_chain.verifies(entry):
        walk.problems.append(f"Entry {entry.pk} was changed after it was written.")
    if walk.key_id and key_id != walk.key_id:
        walk.closed.add(walk.key_id)
        is_older = walk.ranks.get(key_id, len(walk.ranks)) > walk.ranks.get(walk.key_id, len(walk.ranks))
        if key_id in walk.closed or is_older:
            told = f"Entry {entry.pk} is signed with key {key_id}, though the newer key {walk.key_id} signed before it."
            walk.problems.append(told)
    walk.key_id = key_id


def _judge_unknown(walk: _Walk, retired: set[str]) -> None:
    for key_id, count in (walk.unknown - walk.vouched).items():
        if key_id not in retired:
            walk.problems.append(
                f"{count} entries are signed with key {key_id or '?'}, which the key ring lacks: they may be anybody's."
            )


def _judge_end(walk: _Walk) -> None:
    head = AuditHead.objects.filter(pk=audit_chain.HEAD).first()
    if problem := audit_chain.problem_of(head):
        walk.problems.append(problem)
    elif head is not None and (head.entries, head.last_hash) != (walk.entries, walk.previous):
        walk.problems.append(
            f"The trail holds {walk.entries} entries, and its sealed head names {head.entries}, or another newest one."
        )
    if not walk.entries and Person.objects.exists():
        walk.problems.append("The trail is empty, although people have accounts here: it was emptied.")
    if not audit_triggers.are_in_place():
        walk.problems.append("The database no longer refuses to change the trail: its triggers are gone.")


def _checkpoints(ranks: dict[str, int]) -> dict[int, str]:
    """The digest that a key of the ring vouched for, by number of entries."""
    found = {}
    for entry in AuditEntry.objects.filter(action=Action.KEYS_ROTATED, object_kind=CHECKPOINT_KIND).order_by("id"):
        text = json_text.load(entry.detail, str) if entry.detail else ""
        said = _CHECKPOINT.fullmatch(text)
        if said and audit_chain.key_id_of(entry.entry_hash) in ranks and audit_chain.verifies(entry):
            found[int(said[1])] = said[2]
    return found


def _content(entry: AuditEntry) -> tuple[object, ...]:
    return (*audit_chain.said(entry), entry.detail, entry.previous_hash, entry.entry_hash)
