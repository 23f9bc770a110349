"""One rule, one answer. A check reads a Context and gives a Finding; it never raises for what the world
sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.core.api import Expectation
from console.core.finding import Finding, unknown
from console.core.oauth.words import NEUTRAL, ProviderWords
from console.core.tokens.signature import SignatureResult
from console.core.tokens.token import Token, TokenKind


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at. `now` is epoch seconds. `words` are those of the provider whose token it is: advice
    speaks its language.

    `holds` are the thumbprints of what the token's holder can prove to have, by the member of cnf that would name them:
    `jkt` of a DPoP key, `x5t#S256` of a certificate. None where nobody knows, as of a token that was pasted.
    """

    token: Token
    expectation: Expectation
    signature: SignatureResult
    now: int
    words: ProviderWords = NEUTRAL
    holds: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """`source` is the specification section; `why` says why the rule exists.

    `claims` are those that it judges: a page marks them with what it found, and links the two.
    `is_for_api`: it compares the token with what its API demands, so its failure says why the API refuses the token.
    `needs_now`: its answer is worth nothing where the moment of the attempt is not known.
    `is_claim_and_now`: the sides of its mismatch are two moments in epoch seconds, the claim's and now.
    `first_word`: what a line that has room for little says when it passes; "" for what nobody asks first.
    """

    code: str
    title: str
    source: str
    why: str
    run: Callable[[Context], Finding]
    claims: tuple[str, ...] = ()
    is_for_api: bool = False
    needs_now: bool = False
    is_claim_and_now: bool = False
    first_word: str = ""


def to_verify(context: Context) -> str:
    """What it takes to say more of the signature."""
    return "the token itself" if context.token.kind is TokenKind.DECODED else "the key set of the issuer"


def unreadable(context: Context) -> Finding | None:
    """The finding of every check that reads claims, when there are none to read; None when there are."""
    if context.token.claims is not None:
        return None
    return unknown("The claims of the token cannot be read.", missing="a token with readable claims")
