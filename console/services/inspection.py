"""Inspect what somebody pasted. Nothing is stored; nothing is fetched unless the person asks for the keys."""

from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.api import Api
from console.core.errors import NotFound
from console.core.finding import Finding
from console.core.inspection import Inspected, findings_of, inspect_pasted, recognised
from console.core.paste.recognise import RecognisedPaste
from console.core.redaction.redact import RedactedClaims, redact_claims
from console.core.tokens.parse import parse
from console.core.tokens.token import Token
from console.services import budget, decrypting, judging, token_home
from console.services.decrypting import Decryption
from console.services.judging import BY_NOTHING, NOTHING, KeyChoice, Measure, WantedDemands
from console.services.token_home import TokenHome
from console.store import names
from console.store.vault import pseudonym_key

DECODE_ONLY = WantedDemands(keys=KeyChoice.NONE)


@dataclass(frozen=True, slots=True)
class Inspection:
    """`root` is the tree of core.inspection, `measure` what it was judged by; `now` is epoch seconds.

    `decryption` is None when no key to decrypt with was given; a token that came out of it is one of the items.
    `home` is what the token itself names, None where that was not looked for, or is not known here.
    """

    pasted: RecognisedPaste
    root: Inspected
    measure: Measure
    now: int
    decryption: Decryption | None = None
    home: TokenHome | None = None

    @property
    def api(self) -> Api | None:
        """The Api whose demands were used; None when the paste was judged by something else, or only decoded."""
        return self.measure.demands.api

    @property
    def is_judged(self) -> bool:
        """Whether anything was demanded of the tokens beyond the general rules."""
        return self.measure.expectation != NOTHING

    @property
    def items(self) -> tuple[Inspected, ...]:
        """The tokens, in order: of a single token the paste itself."""
        return tuple(item for item in (self.root, *self.root.items) if item.token is not None)

    @property
    def exchanges(self) -> tuple[Inspected, ...]:
        """The failed exchanges, in order: of an error or a log the paste itself."""
        return tuple(item for item in (self.root, *self.root.items) if item.exchange is not None)

    def pseudonymised(self, item: Inspected) -> RedactedClaims | None:
        """The claims of an item with personal values replaced, as in a shared case; None when it has no claims."""
        return redact_claims(item.claims, key=pseudonym_key()) if item.claims is not None else None


def offered(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Id and name of each profile, and of each Api, that a paste may be judged by."""
    return names.of_profiles_and_apis(actor)


def inspect(actor: Actor, text: str, *, wanted: WantedDemands = DECODE_ONLY, decryption_key: str = "") -> Inspection:
    """What a paste is, what is in it, and how it would be judged; raises NotFound for what a stranger owns.

    Raises Busy for a long paste beside others of the same person.

    Without KeyChoice.FETCHED no socket is opened. `decryption_key` is for an encrypted token, "" to leave it closed.
    """
    now = clock.now()
    with budget.thinking(actor, len(text)):
        pasted = recognised(text)
    home = token_home.find(actor, pasted) if wanted.by_home is not None else None
    measure = judging.measure(actor, wanted, None if home is None or home.is_shared else home)
    with budget.thinking(actor, len(text)):
        return _inspected(pasted, measure, decryption_key=decryption_key, now=now, home=home)


def token_alone(actor: Actor, text: str) -> tuple[Token, RedactedClaims | None]:
    """A token of a paste once more, and its claims with personal values replaced, None when it has none.

    Raises NotFound for what is no token, Busy as `inspect` does.
    """
    with budget.thinking(actor, len(text)):
        token = _token_of(text)
        masked = redact_claims(token.claims, key=pseudonym_key()) if token.claims is not None else None
    return token, masked


def checks_alone(actor: Actor, text: str, *, now: int | None) -> tuple[Finding, ...]:
    """A token of a paste once more, checked by the general rules alone as of `now` (epoch seconds, None: this moment).

    Raises as `token_alone` does.
    """
    with budget.thinking(actor, len(text)):
        token = _token_of(text)
        return findings_of(token, BY_NOTHING.expectation, BY_NOTHING.check(token), clock.now() if now is None else now)


def _token_of(text: str) -> Token:
    token = parse(text)
    if len(token.parts) < 2:
        raise NotFound(
            "There is no token to show a part of.",
            why="What was sent is none that can be taken apart.",
            do="Paste the token into the inspector again.",
            who=budget.WHO,
        )
    return token


def _inspected(
    pasted: RecognisedPaste, measure: Measure, *, decryption_key: str, now: int, home: TokenHome | None
) -> Inspection:
    root = inspect_pasted(pasted, expectation=measure.expectation, check=measure.check, now=now)
    decryption = None
    if decryption_key.strip() and not pasted.is_sensitive:
        decryption = decrypting.decrypt(decrypting.encrypted_in(root), decryption_key)
        root = decrypting.with_inner(
            root, decryption.token, expectation=measure.expectation, check=measure.check, now=now
        )
    return Inspection(pasted, root, measure, now, decryption, home)
