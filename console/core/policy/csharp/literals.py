"""Literals of C#."""

import re

from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.node import Node
from console.core.policy.csharp.values import Char, Long

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def unescaped(text: str, *, is_verbatim: bool) -> str:
    if is_verbatim:
        return text.replace('""', '"').replace("{{", "{").replace("}}", "}")
    return _ESCAPE.sub(_one, text).replace("{{", "{").replace("}}", "}")


def _one(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16))
    if found[4] in _PLAIN:
        return _PLAIN[found[4]]
    if found[4] in "\\'\"":
        return found[4]
    raise NotKnown("an escape of this kind")


def text(node: Node) -> str:
    return _ESCAPE.sub(_one, node.text[1:-1])


def verbatim(source: str) -> str:
    return source[2:-1].replace('""', '"')


def character(source: str) -> Char:
    return Char(_ESCAPE.sub(_one, source[1:-1]))


def integer(source: str) -> int:
    plain = source.replace("_", "").lower()
    digits = plain.rstrip("ul")
    value = int(digits, 16) if digits.startswith("0x") else int(digits, 2) if digits.startswith("0b") else int(digits)
    if plain.endswith(("l", "ul", "lu")) or value >= 2**31:
        return Long(value)
    return value


def real(source: str) -> float:
    plain = source.replace("_", "").lower()
    if plain.endswith(("m", "f")):
        raise NotKnown("a number that is no double")
    return float(plain.rstrip("d"))
