"""Decrypting a pasted token: one at a time in this process, because a single one may hold it up for a second."""

from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from console.core.api import Expectation
from console.core.inspection import Inspected, Verifier, inspect_pasted
from console.core.paste.recognise import FoundToken, PastedKind, RecognisedPaste
from console.core.tokens import jwe
from console.core.tokens.token import Token, TokenKind

INSIDE = "inside the encrypted token"
BUSY = "Another token is being decrypted at this moment, and one is decrypted at a time: wait a second, then try again."
NOTHING = "A key to decrypt with was given, but what was pasted holds no encrypted token (JWE)."
NESTED = "The token inside was read and is judged below as a token of its own."
ONE_AT_A_TIME = BoundedSemaphore(1)


@dataclass(frozen=True, slots=True, repr=False)
class Decryption:
    """What came of the key. `problem` is one sentence, "" on success. `token` is the token inside.

    `text` is the content when it is no token, `claims` the same when it is a JSON object; `notes` are for people.
    """

    problem: str = ""
    token: Token | None = None
    text: str = ""
    claims: dict[str, object] | None = None
    notes: tuple[str, ...] = ()


def encrypted_in(root: Inspected) -> Token | None:
    """The first encrypted token of a tree; None when it has none."""
    tokens = (node.token for node in (root, *root.items) if node.token is not None)
    return next((token for token in tokens if token.kind is TokenKind.JWE), None)


def decrypt(token: Token | None, key: str) -> Decryption:
    """The content of an encrypted token by a key that somebody gave, of which nothing is kept. Never raises."""
    if token is None:
        return Decryption(NOTHING)
    if not ONE_AT_A_TIME.acquire(blocking=False):
        return Decryption(BUSY)
    try:
        opened = jwe.decrypt(token.text, key)
    finally:
        ONE_AT_A_TIME.release()
    if not opened.is_decrypted:
        return Decryption(opened.problem)
    if opened.token is not None:
        return Decryption(token=opened.token, notes=(*opened.notes, NESTED))
    return Decryption(text=opened.text, claims=opened.claims, notes=opened.notes)


def with_inner(
    root: Inspected, inner: Token | None, *, expectation: Expectation, check: Verifier, now: int
) -> Inspected:
    """The tree with the decrypted token as one more item, judged like the others."""
    if inner is None:
        return root
    pasted = RecognisedPaste(PastedKind(inner.kind.value), items=(FoundToken(INSIDE, inner),))
    judged = inspect_pasted(pasted, expectation=expectation, check=check, now=now)
    return replace(root, items=(*root.items, replace(judged, label=INSIDE)))
