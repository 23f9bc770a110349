"""Whether JSON holds nothing to mask: told by one look at its names, without going through it member by member.

It errs towards False: what is not plain to see is gone through.
"""

from collections.abc import Callable
from typing import Any

from msgspec import DecodeError
from msgspec.json import Decoder

from console.core.json.strict import MAX_DEPTH
from console.core.redaction.names import AUTHORIZATION_HEADERS, PAIR_NAMES, member_mask, pair_mask

_DECODER = Decoder()
_MAY_BEGIN = frozenset("{[< \t\r\n\ufeff")  # what a text within begins with that is something itself
_SCHEME = "://"
_BEFORE = 10  # characters in which the scheme of an address ends


def names_no_secret(text: str, is_bare: Callable[[str], bool]) -> bool:
    """`is_bare` says whether a text within holds nothing to mask. False for what is no JSON, or unusual."""
    try:
        value = _DECODER.decode(text)
    except (DecodeError, RecursionError, UnicodeError):
        return False
    seen = _Holdings()
    return (
        seen.goes_through(value)
        and 2 * seen.strings == _quotation_marks(text)  # fewer: a name stood twice, and one value was not seen
        and not any(map(_is_secret, seen.names))
        and not seen.say_secrets()
        and all(map(is_bare, seen.texts))
    )


class _Holdings:
    """What a value holds: its names, how many strings, and the texts that may be something themselves."""

    __slots__ = ("members", "names", "strings", "texts")

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.members: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self.strings = 0

    def goes_through(self, value: Any) -> bool:
        """False where it is nested too deep for the usual reader."""
        level = [[value]]
        for _ in range(MAX_DEPTH + 1):
            following: list[Any] = []
            for items in level:
                self._look_at(items, following)
            if not following:
                return True
            level = following
        return False

    def _look_at(self, items: Any, following: list[Any]) -> None:
        for item in items:
            kind = type(item)
            if kind is str:
                self.strings += 1
                if item and (item[0] in _MAY_BEGIN or _SCHEME in item[:_BEFORE]):
                    self.texts.append(item)
            elif kind is dict:
                self.names.update(item)
                self.strings += len(item)
                self.members.append(item)
                following.append(item.values())
            elif kind is list:
                if len(item) == 2 and type(item[0]) is str:
                    self.names.add(item[0])
                following.append(item)

    def say_secrets(self) -> bool:
        """Whether an object says the name of a secret: {"key": "password", "value": "x"}."""
        naming = [name for name in self.names if name.lower() in PAIR_NAMES]
        said = {one[name] for name in naming for one in self.members if type(one.get(name)) is str}
        return any(map(pair_mask, said))


def _is_secret(name: str) -> bool:
    lower = name.lower()
    return lower in AUTHORIZATION_HEADERS or bool(member_mask(lower))


def _quotation_marks(text: str) -> int:
    """Those that begin or end a string of JSON."""
    if "\\" not in text:
        return text.count('"')
    bare = text.replace("\\\\", "")
    return bare.count('"') - bare.count('\\"')
