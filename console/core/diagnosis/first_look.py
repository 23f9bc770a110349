"""Which of many patterns may stand in a text, told in one walk over it: only these are then searched one by one."""

import re
from collections.abc import Iterable

import re2  # type: ignore[import-untyped]

_NEVER_FOLLOWED_BY = re.compile(r"\(\?<?!(?:[^()]|\([^()]*\))*\)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MEMORY_BYTES = 2 << 20  # of one pattern, at most: it forgets what it learned of texts when that is used up


class FirstLook:
    """The patterns of a table together (RE2, in time that grows with the text and not with the table).

    It may name a pattern that does not match after all, and never leaves out one that does: what RE2 does not know,
    texts around a match that must not be there, is taken for true.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.max_mem = _MEMORY_BYTES
        self._filter = re2.Filter()  # finds the words of all patterns at once, then tries those whose words are there
        self._places: list[int] = []  # in the table, of what stands in the filter
        self._always: list[int] = []
        for place, pattern in enumerate(patterns):
            try:
                if "$" in pattern.pattern:  # is before a last line end too, but not for RE2
                    raise re2.error
                self._filter.Add(_NEVER_FOLLOWED_BY.sub("", pattern.pattern), options)
                self._places.append(place)
            except re2.error:
                self._always.append(place)
        self._filter.Compile()

    def candidates(self, text: str) -> list[int]:
        """The places of the patterns that may match, in the order of the table."""
        found = self._filter.Match(_in_ascii(text)) or ()
        return sorted([*self._always, *(self._places[one] for one in found)])


def _in_ascii(text: str) -> str:
    """The text with a letter for every letter that is none to RE2, whose classes are those of ASCII."""
    return text if text.isascii() else _NOT_ASCII.sub(_stand_in, text)


def _stand_in(found: re.Match[str]) -> str:
    character = found[0]
    return "0" if character.isdecimal() else "x" if character.isalnum() else " " if character.isspace() else "?"
