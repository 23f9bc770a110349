"""The one way to check a token's signature for whoever accepts it: profile page, inspector, call, command."""

from console.core.api import Expectation
from console.core.tokens.keys import KeySet
from console.core.tokens.signature import SignatureResult, SignatureState, verify
from console.core.tokens.token import Token, TokenKind


def verified(
    token: Token, expectation: Expectation, keyset: KeySet | None, *, source: str = "", problem: str = ""
) -> SignatureResult:
    """Whether one of the keys signed the token with an algorithm that is accepted (RFC 8725 section 3.1). Never raises.

    `keyset` is None without keys, and `problem` then says why in one sentence ("" when none were wanted); `source` says
    where they are from.
    """
    if keyset is None and problem and token.kind is not TokenKind.DECODED:
        return SignatureResult(SignatureState.UNVERIFIABLE, "keys-unavailable", problem, source=source)
    return verify(token, keyset, source=source, algorithms=expectation.algorithms or None)
