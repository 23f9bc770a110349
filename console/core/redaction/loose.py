"""Structures within texts that are none as a whole, or are cut: elements, pairs, users of addresses, encoded names."""

import re
from urllib.parse import unquote

from console.core.redaction.names import MASK, TOKEN, mask_of, pair_mask

_USER_IN_URL = re.compile(r"(://)([^\s/:@?#\"'<>*]{1,200})((?::(?:x-oauth-basic)?)?@)")
# <Password>x</Password>, <add key="Password" value="x"/> and {"key": "password", "value": "x"} in texts that are cut.
_ELEMENT = re.compile(
    r"(<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60}+)(?:\s[^<>]{0,2000}+)?>[ \t\r\n]{0,200}+)([^<\s][^<]*+)(?=</)"
)
_QUOTE = r"\\{0,3}[\"']"
_NAMED_PAIR = re.compile(
    rf"((?:name|key|parameter|param|field|property|setting)(?:{_QUOTE})?\s{{0,8}}+[:=]\s{{0,8}}+{_QUOTE}"
    rf"([\w. -]{{2,60}}+){_QUOTE}\s{{0,8}}+,?\s{{0,80}}+(?:{_QUOTE})?(?:value|secret)(?:{_QUOTE})?"
    rf"\s{{0,8}}+[:=]\s{{0,8}}+{_QUOTE})([^\"'\\]++)",
    re.IGNORECASE,
)
_GIVEN = tuple(  # what a pair must have; to look for the whole pair takes long
    re.compile(rf"{name}(?:{_QUOTE})?\s{{0,8}}+[:=]\s{{0,8}}+{_QUOTE}") for name in ("value", "secret")
)
_ENCODED_BEFORE = re.compile(r"%[0-9A-Fa-f]{2}[\w.%-]{0,60}+=")
_ENCODED_NAME = re.compile(r"(?<![\w%.-])((?:[\w.-]|%[0-9A-Fa-f]{2}){2,60}+)=([^&\s\"'<>;*]++)")


def masked(text: str, lower: str, stems: frozenset[str]) -> str:
    """`lower` is the text in lower case, `stems` what of the names of secrets is in it."""
    if "@" in text and "://" in text:
        text = _USER_IN_URL.sub(rf"\1{MASK}\3", text)
    if stems and "</" in text:
        text = _ELEMENT.sub(_mask_element, text)
    if stems and (not text.isascii() or any(given.search(lower) for given in _GIVEN)):
        text = _NAMED_PAIR.sub(_mask_pair, text)
    if "%" in text and _ENCODED_BEFORE.search(text):
        text = _ENCODED_NAME.sub(_mask_encoded_name, text)
    return text


def _mask_element(match: re.Match[str]) -> str:
    value = match[3].rstrip()
    if value in (MASK, TOKEN) or not mask_of(match[2].lower()):
        return match.group()
    return match[1] + MASK + match[3][len(value) :]


def _mask_pair(match: re.Match[str]) -> str:
    is_masked = MASK in match[3] or TOKEN in match[3]
    return match.group() if is_masked or not pair_mask(match[2]) else f"{match[1]}{MASK}"


def _mask_encoded_name(match: re.Match[str]) -> str:
    mask = mask_of(unquote(match[1]).lower()) if "%" in match[1] else ""
    return f"{match[1]}={mask}" if mask else match.group()
