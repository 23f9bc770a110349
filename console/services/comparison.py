"""Compare: two pasted tokens, or any two attempts of the history. Nothing is stored, nothing is fetched."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.attempts.comparing import AttemptDifference, ComparedAttempt, compare_attempts, counting_exchange
from console.core.attempts.history import is_failing
from console.core.inspection import recognised
from console.core.tokens.diff import TokenDiff, compare
from console.services import budget
from console.store import attempts, turns
from console.store.attempts import AttemptRecord


@dataclass(frozen=True, slots=True)
class Compared:
    """`diff` is None when one side holds no token; `problem` then says which, in one sentence."""

    before: str
    after: str
    diff: TokenDiff | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ComparedAttempts:
    """Two attempts that the actor may see. `first` is the one that went well where the other did not, else the
    earlier. `sees_policy`: the text of the policy may be shown to them.
    """

    first: AttemptRecord
    second: AttemptRecord
    difference: AttemptDifference
    sees_policy: bool = False

    @property
    def is_good_and_bad(self) -> bool:
        return not is_failing(self.first.status) and is_failing(self.second.status)


def of_pastes(actor: Actor, before: str, after: str) -> Compared:
    """The first token of each paste; two tokens in the first one are compared when the second is empty.

    Raises Busy for long ones beside others of the same person.
    """
    with budget.thinking(actor, len(before) + len(after)):
        return _of_pastes(before, after)


def _of_pastes(before: str, after: str) -> Compared:
    first, second = recognised(before).tokens, recognised(after).tokens
    if len(first) > 1 and not second:
        first, second = first[:1], first[1:]
    titles = ("the first token", "the second token")
    if not first or not second:
        missing = titles[0] if not first else titles[1]
        return Compared(*titles, problem=f"{missing.capitalize()} is missing: nothing pasted there is a token.")
    return Compared(*titles, compare(first[0], second[0]))


def of_attempts(actor: Actor, one_id: str, other_id: str) -> ComparedAttempts:
    """Any two of what the actor may see; raises NotFound, and Busy for large ones beside others of the same person."""
    return _of_records(actor, attempts.get(actor, one_id).value, attempts.get(actor, other_id).value)


def with_last_good(actor: Actor, attempt_id: str) -> ComparedAttempts | None:
    """With the last attempt of its profile that went well, before it and of the same call where there is one; None
    where nothing did. Raises as `of_attempts` does.
    """
    asked = attempts.get(actor, attempt_id).value
    good = turns.last_good(actor, asked)
    return None if good is None else _of_records(actor, attempts.get(actor, good).value, asked)


def _of_records(actor: Actor, one: AttemptRecord, other: AttemptRecord) -> ComparedAttempts:
    first, second = sorted((one, other), key=lambda each: (is_failing(each.status), each.created_at, each.id))
    with budget.thinking(actor, first.size_bytes + second.size_bytes):
        difference = compare_attempts(_side(first), _side(second))
    return ComparedAttempts(first, second, difference, sees_policy=None not in (first.called, second.called))


def _side(record: AttemptRecord) -> ComparedAttempt:
    is_call = record.kind == "call"
    return ComparedAttempt(record.evidence, counting_exchange(record.exchanges, is_call=is_call), is_call)
