"""The value in a page of the sandbox that makes a form of it count: nobody can write it who was not shown the page.

It is computed, not kept: opening a page changes nothing, however often a link preview does it. A page of the sandbox
has no session (its requests come without cookies), so the value is bound to what was asked and to the workspace.
"""

import hmac
from hashlib import sha256

from console.core.whole_number import whole_number
from console.sandbox.keys import SandboxKeys

LIFETIME_S = 600


def new(asked: str, *, purpose: str, base: str, keys: SandboxKeys, now: int) -> str:
    """A value for one page: `asked` is all that the page was made from, `base` the address of the workspace."""
    until = now + LIFETIME_S
    return f"{until}.{_seal(asked, purpose, base, until, keys)}"


def fits(ticket: str, asked: str, *, purpose: str, base: str, keys: SandboxKeys, now: int) -> bool:
    """Whether this value was given for exactly this, not longer than ten minutes ago."""
    told, _, seal = ticket.partition(".")
    until = whole_number(told, digits=14)
    if until is None or until <= now:
        return False
    return hmac.compare_digest(seal.encode(), _seal(asked, purpose, base, until, keys).encode())


def _seal(asked: str, purpose: str, base: str, until: int, keys: SandboxKeys) -> str:
    workspace = base.rpartition("/sandbox/")[2].lower()  # the same workspace is served under several origins
    text = "\x00".join((purpose, workspace, str(until), asked))
    key = sha256(b"ticket of a sandbox page\x00" + keys.private_pem.encode()).digest()
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()
