"""Which entries of the audit trail somebody wants to see."""

from dataclasses import dataclass

# What a person chooses, and the kinds that entries were written with.
KINDS = {
    "profile": ("profile",),
    "connection": ("connection",),
    "saved request": ("saved request",),
    "collection": ("collection",),
    "login link": ("login link",),
    "API": ("api", "API"),
    "row of an API’s table": ("row of the table",),
    "attempt": ("attempt",),
    "run": ("run",),
    "case": ("case",),
    "person": ("person", "account"),
    "group": ("group",),
    "sandbox": ("sandbox",),
    "key": ("key",),
}
RESULTS = ("done", "began", "answered", "failed", "refused", "nothing sent", "mailed", "shown")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Empty parts let everything through.

    `who` is the address as the entry has it; `actions` and `kinds` are the words that entries are kept with;
    `object_id` is an id, its beginning, or a person's number ("#3"); `since` (with it) and `until` (without it) are
    epoch seconds.
    """

    who: str = ""
    actions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    object_id: str = ""
    result: str = ""
    since: int | None = None
    until: int | None = None


ALL = AuditFilter()
