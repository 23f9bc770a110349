"""A report in the form that trackers give: what its sections say of what should be, and not of what happened."""

import re

_HEADING = re.compile(r"\s{0,3}(?:#{1,6}\s{1,4}(\S.{0,80})|\*\*([^*\n]{2,80})\*\*:?|__([^_\n]{2,80})__:?)\s*\Z")
# The forms with which trackers begin name it so; "expected and actual behaviour" tells both.
_WISHED = re.compile(
    r"\W{0,4}(?:what (?:did you|you|i|was|is) expect"
    r"|(?:expected|desired|wanted|correct) (?:behaviou?rs?|results?|outcomes?|outputs?)\b"
    r"|(?:possible |proposed |suggested |describe the )?(?:solutions?|workarounds?|fix|fixes)\b)(?!.{0,40}\bactual)",
    re.IGNORECASE,
)
_TICKED = re.compile(r"\s{0,8}[-*+] {1,4}\[[ xX]\] ")
_LONGEST = 120


def wished(lines: list[str]) -> frozenset[int]:
    """The numbers of the lines, from 0, in which somebody says what should have happened or would help."""
    found: set[int] = set()
    is_wished = False
    for number, line in enumerate(lines):
        if len(line) <= _LONGEST and (heading := _HEADING.match(line)):
            is_wished = _WISHED.match(next(filter(None, heading.groups()))) is not None
        if is_wished:
            found.add(number)
    return frozenset(found)


def is_ticked(line: str) -> bool:
    """A box of a form, ticked or not: what a person was asked to confirm."""
    return _TICKED.match(line) is not None
