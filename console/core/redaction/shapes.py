"""What a secret looks like when it stands alone, and whether one stands in a text that others will read."""

import re
from dataclasses import dataclass

from console.core.redaction.names import MASK, TOKEN
from console.core.redaction.patterns import sweep

CLIENT_SECRET = re.compile(r"[A-Za-z0-9_.~-]{0,6}Q~[A-Za-z0-9_.~-]{26,40}")
SHAPES = (
    (re.compile(r"[0-9a-f]{32}"), "a subscription key"),
    (re.compile(r"(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{30,}"), "an access key of GitHub"),
    (re.compile(r"(?:xox[abeprs]-|xapp-)[A-Za-z0-9-]{10,}"), "an access key of Slack"),
    (re.compile(r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}"), "an access key of Stripe"),
    (re.compile(r"A(?:KIA|SIA)[A-Z0-9]{16}"), "an access key of AWS"),
    (re.compile(r"[A-Za-z0-9+/]{86}=="), "a key of a storage account"),
)
_WORDS = re.compile(r"[^\s/,;\"'()<>=&?#:]+")
_CLASSES = re.compile(r"[A-Z]+|[a-z]+|[0-9]+|[^A-Za-z0-9]+")
_LEAST_KEY = 24
_JUMPS = 0.4  # of random letters and digits three in five neighbours differ in kind, of words in camel case one in five
MAX_CHARACTERS = 8192
LISTED = (
    "This looks like {what}. What stands here is shown in lists, to others too, and is not encrypted. "
    "Take it out; a secret is entered on the profile’s page. If somebody else may have seen it, replace it."
)


def secret_in(text: str, *, is_name: bool = False) -> str:
    """What kind of secret stands in a text ("a client secret"); "" when none is seen.

    A name holds no long random word; an identifier or an address may (a client id, an object's id), so for those only
    what can be nothing else is told.
    """
    head = text[:MAX_CHARACTERS]
    if CLIENT_SECRET.search(head):
        return "a client secret"
    if "PRIVATE KEY-----" in head:
        return "a private key"
    words = _WORDS.findall(head)
    for shape, what in SHAPES if is_name else SHAPES[1:]:
        if any(shape.fullmatch(word) for word in words):
            return what
    if sweep(head) != head:
        return "a token, or a secret with its name"
    return "a key" if is_name and any(map(_is_random, words)) else ""


def listed_problem(text: str, *, is_name: bool = False) -> str:
    """Why a text must not stand where others read it, in words that show none of it; "" where it may."""
    what = secret_in(text, is_name=is_name)
    return LISTED.format(what=what) if what else ""


def read_problem(text: str, *, is_name: bool = False) -> str:
    """The same of a text out of what was read before, where a secret may be masked by now: no value is left of it."""
    is_masked = MASK in text or TOKEN in text
    return listed_problem(text, is_name=is_name) or (LISTED.format(what="a secret") if is_masked else "")


@dataclass(frozen=True, slots=True)
class SecretLeftOut:
    """A value out of what was read that others must not see: the field it was for, and why."""

    name: str
    why: str


def _is_random(word: str) -> bool:
    """Letters of both cases and digits, mixed as no words are."""
    kinds = (any(map(str.isupper, word)), any(map(str.islower, word)), any(map(str.isdigit, word)))
    return len(word) >= _LEAST_KEY and all(kinds) and len(_CLASSES.findall(word)) > _JUMPS * len(word)
