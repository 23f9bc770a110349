"""Regular expressions of .NET, as far as an engine of linear time means the same."""

import re
from typing import Any

import re2  # type: ignore[import-untyped]

from console.core.policy.csharp.conversions import wanted_text
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_values import MAX_TEXT
from console.core.policy.csharp.values import (
    EnumMember,
    Sequence,
    Thing,
    must_be_short,
)  # fmt: skip

# Looking around, atomic groups, references and classes of letters: of another meaning, or not in linear time.
_BEYOND = re.compile(r"\(\?(?:[=!>#]|<[=!])|\\[1-9GpP]")
_QUIET = re2.Options()
_QUIET.log_errors = False  # it would write the pattern to standard error, past the log that masks secrets
STEPS = 500  # what compiling one counts
_GROUP = re.compile(r"\$(\d)(?!\d)", re.ASCII)
_NAMED_GROUP = re.compile(r"\(\?<([A-Za-z_]\w{0,60})>")


def compiled(text: Any, options: list[Any]) -> Any:
    """The pattern in linear time; what it cannot do, or does otherwise than .NET, nobody tells here."""
    names = {name for one in options if isinstance(one, EnumMember) for name in one.name.split("|")}
    if names - {"IgnoreCase", "None", "Compiled", "CultureInvariant"} or any(
        not isinstance(one, EnumMember) for one in options
    ):
        raise NotKnown("these options of an expression")
    source = wanted_text(text)
    if _BEYOND.search(source):
        raise NotKnown("this regular expression")
    try:
        text = ("(?i)" if "IgnoreCase" in names else "") + _NAMED_GROUP.sub(r"(?P<\1>", source)
        return re2.compile(text, _QUIET)
    except re2.error:
        raise NotKnown("this regular expression") from None


def is_match(args: list[Any]) -> bool:
    return compiled(args[1], args[2:]).search(searched(args[0])) is not None


def searched(value: Any) -> str:
    """What is searched: \\d, \\w and $ mean more than ASCII and the very end in .NET."""
    text = wanted_text(value)
    if not text.isascii() or text.endswith("\n"):
        raise NotKnown("a regular expression on this text")
    return text


def first_match(args: list[Any]) -> Thing:
    return match_thing(compiled(args[1], args[2:]).search(searched(args[0])))


def match_thing(found: Any) -> Thing:
    def group(key: Any) -> Thing:
        if found is None:
            return group_thing(None)
        try:
            return group_thing(found.group(int(key) if isinstance(key, int) else str(key)))
        except (IndexError, KeyError):
            return group_thing(None)

    return Thing(
        "Match",
        {"Success": lambda: found is not None, "Value": lambda: "" if found is None else found.group(0),
         "Groups": lambda: Thing("Groups", {}, {"[]": group})},
    )  # fmt: skip


def group_thing(value: str | None) -> Thing:
    return Thing(
        "Group", {"Success": lambda: value is not None, "Value": lambda: value or ""}, {"ToString": lambda: value or ""}
    )


def regex_replace(args: list[Any]) -> str:
    return _replaced(compiled(args[1], args[3:]), args[0], args[2])


def _replaced(pattern: Any, searched_text: Any, by: Any) -> str:
    wanted, text = wanted_text(by), searched(searched_text)
    if "\\" in wanted or "$" in _GROUP.sub("", wanted):
        raise NotKnown("a replacement with groups")
    parts = _GROUP.split(wanted)
    room = MAX_TEXT
    made = []

    def put_in(found: Any) -> str:
        nonlocal room
        told = "".join(_group(found, part) if place % 2 else part for place, part in enumerate(parts))
        room -= len(told)
        if room < 0:
            raise NotKnown("a text of this length")
        return told

    last = 0
    for found in pattern.finditer(text):
        made += [text[last : found.start()], put_in(found)]
        last = found.end()
    return "".join([*made, text[last:]])


def _group(found: Any, number: str) -> str:
    try:
        return found.group(int(number)) or ""
    except IndexError:
        raise NotKnown("a replacement with a group that is not there") from None


def all_matches(args: list[Any]) -> Sequence:
    return _matches(compiled(args[1], args[2:]), args[0])


def _matches(pattern: Any, text: Any) -> Sequence:
    found: list[Any] = []
    for one in pattern.finditer(searched(text)):
        if one.end() == one.start():
            raise NotKnown("empty matches of a regular expression")
        found.append(match_thing(one))
        must_be_short(len(found))
    return Sequence(found, "lazy", "Match")


def regex_split(args: list[Any]) -> Sequence:
    pattern, text = compiled(args[1], args[2:]), searched(args[0])
    if pattern.groups:
        raise NotKnown("Regex.Split with groups")
    parts, last = [], 0
    for one in pattern.finditer(text):
        if one.end() == one.start():
            raise NotKnown("empty matches of a regular expression")
        parts.append(text[last : one.start()])
        must_be_short(len(parts))
        last = one.end()
    return Sequence([*parts, text[last:]], "array", "string")


def regex_thing(args: list[Any]) -> Thing:
    pattern = compiled(args[0], args[1:])
    return Thing(
        "Regex",
        {},
        {"IsMatch": lambda text: pattern.search(searched(text)) is not None,
         "Match": lambda text: match_thing(pattern.search(searched(text))),
         "Matches": lambda text: _matches(pattern, text),
         "Replace": lambda text, by: _replaced(pattern, text, by)},
    )  # fmt: skip
