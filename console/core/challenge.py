"""A parsed WWW-Authenticate (RFC 9110 section 11.6.1, RFC 6750 section 3), as tolerant as a reader of real
headers must be."""

import re
from dataclasses import dataclass, field

MAX_LENGTH = 16_384
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_SCHEME = re.compile(rf"\s*({_TOKEN})(?=[ \t,]|$)")
_PARAM = re.compile(rf'\s*({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"?|([^\s,]*))')
_TOKEN68 = re.compile(r"[ \t]+([A-Za-z0-9._~+/-]+=*)[ \t]*(?=,|$)")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge. `scheme` as written, `params` with lower-case names (first value wins), `token68` ""
    when absent."""

    scheme: str
    params: dict[str, str] = field(default_factory=dict)
    token68: str = ""

    def is_scheme(self, name: str) -> bool:
        return self.scheme.lower() == name.lower()


def parse_challenges(text: str) -> tuple[Challenge, ...]:
    """All challenges of a header value, in order; empty for an empty or unreadable one. Parameters that are
    separated by
    blanks instead of commas (App Service writes so) and an unclosed quotation mark are read as meant."""
    text = text[:MAX_LENGTH]
    found: list[Challenge] = []
    position = 0
    while position < len(text):
        position = _skip(text, position)
        param = _PARAM.match(text, position)
        if param and found and not found[-1].token68:
            _add(found[-1], param)
            position = param.end()
            continue
        scheme = _SCHEME.match(text, position)
        if scheme is None:
            position = _past_junk(text, position)
            continue
        position = _read_scheme(text, scheme, found)
    return tuple(found)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in ", \t\r\n":
        position += 1
    return position


def _past_junk(text: str, position: int) -> int:
    comma = text.find(",", position)
    return len(text) if comma < 0 else comma + 1


def _read_scheme(text: str, scheme: re.Match[str], found: list[Challenge]) -> int:
    """Append the challenge that starts here; the position behind its scheme and token68."""
    after = scheme.end()
    token68 = _TOKEN68.match(text, after)
    if token68:
        found.append(Challenge(scheme[1], {}, token68[1]))
        return token68.end()
    found.append(Challenge(scheme[1]))
    return after


def _add(challenge: Challenge, param: re.Match[str]) -> None:
    quoted, bare = param[2], param[3]
    value = _ESCAPED.sub(r"\1", quoted) if quoted is not None else bare
    challenge.params.setdefault(param[1].lower(), value)
