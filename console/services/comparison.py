"""Compare two tokens: both pasted, or those of two attempts of the history. Nothing is stored, nothing is fetched."""

from dataclasses import dataclass

from console.core.actor import Actor
from console.core.evidence import Evidence
from console.core.inspection import recognised
from console.core.tokens.diff import TokenDiff, compare
from console.core.tokens.token import Token, TokenKind
from console.services import budget
from console.store import attempts


@dataclass(frozen=True, slots=True)
class Compared:
    """`diff` is None when one side holds no token; `problem` then says which, in one sentence."""

    before: str
    after: str
    diff: TokenDiff | None = None
    problem: str = ""


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


def of_attempts(actor: Actor, before_id: str, after_id: str) -> Compared:
    """The tokens two attempts of the actor's history used, by the claims that were kept of them; raises NotFound."""
    before, after = attempts.get(actor, before_id).value, attempts.get(actor, after_id).value
    if after.created_at < before.created_at:
        before, after = after, before
    for record in (before, after):
        if record.evidence.token_claims is None:
            return Compared(before.title, after.title, problem=f"No token was kept of “{record.title}”.")
    return Compared(before.title, after.title, compare(_token_of(before.evidence), _token_of(after.evidence)))


def _token_of(evidence: Evidence) -> Token:
    """What is left of a token in evidence: header and claims, neither text nor signature."""
    return Token(TokenKind.JWS, "", header=evidence.token_header, claims=evidence.token_claims)
