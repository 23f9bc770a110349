"""What a secret looks like in a text, and what only looks like one: schemes, challenges, addresses, names, advice.

`tells_secret` is for telling people, so it wants to be right; `may_tell_secret` is for masking, so it wants to miss
nothing.
"""

import re
from itertools import pairwise

SECRET_NAME = re.compile(
    r"api-?key|subscription-key|functions?-key|access-?key|secret|passw(?:or)?d|(?:auth|access|refresh)-?token", re.I
)
_NAMED = re.compile(
    r"(?:[\w.-]*[._-])?(?:client|shared|app|api)?[._-]?"
    r"(?:api|subscription|functions?|access|shared|account|master|code)?[._-]?(?:key|secret|password|passwd|pwd|sig)"
    r"|(?:[\w.-]*[._-])?token",
    re.I,
)
_SCHEME = re.compile(r"\s*+(?:Basic|Bearer|DPoP|Digest|SharedKey|SharedAccessSignature|ApiKey|Token)\s+(\S+)", re.I)
_PARAMETER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\s*=\s*(?:\\?[\"']|[A-Za-z])")  # of a challenge: realm="orders"
_SIGNED_ADDRESS = re.compile(
    r"[?&](?:sig|code|subscription-key|api-?key|access_token|client_secret)=[^&\s{}@\"']{16,}", re.I
)
_WITH_PASSWORD = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/@:{}\"']{1,100}:([^\s/@{}\"']{3,200})@", re.I)
_ASSIGNING = (
    r"(?:client_secret|client_assertion|password|passwd|pwd|accountkey|sharedaccesskey|sharedaccesssignature|"
    r"refresh_token|subscription-key|api[_-]?key)"
)
_ASSIGNED = re.compile(rf"{_ASSIGNING}[\"']?\s*=\s*[\"']?([^\s\"'&;,<>{{}}@()+]{{6,}})", re.I)
_SAID = re.compile(rf"{_ASSIGNING}([\"']?)\s*:\s*([\"']?)([^\s\"'&;,<>{{}}@()+]{{6,}})", re.I)
_LITERAL = re.compile(r'(?<!\\)"((?:\\.|[^"\\])*+)"')
_ENCODED = re.compile(r'GetBytes\s*\(\s*"[^":{}]+:[^"{}]{3,}"')
_KNOWN = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|(?<![\w.-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}"
    r"|\b(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|AIza|SG\.)[\w.-]{16,}"
    r"|\b[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}"
)
_HEADER_LIKE = re.compile(r"(?:[A-Z][a-z0-9]*-)+[A-Z][A-Za-z0-9]*|x-[a-z-]+", re.ASCII)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:(?://|[a-z]+:)", re.I)
_PLAIN = re.compile(r"[A-Za-z]+(?:[._ -][A-Za-z]+)*")
_WORDS = frozenset({
    "string", "secret", "password", "required", "missing", "invalid", "incorrect", "optional", "undefined", "token",
    "hidden", "masked", "redacted", "removed", "changeme", "expected", "wrong", "expired", "needed", "none", "empty",
})  # fmt: skip
_LEAST, _MOST = 8, 4_000  # characters
_LONGEST_NAME = 80
_SET_OR_SAID = re.compile(rf"{_ASSIGNING}[\"']?\s*[=:]\s*[\"']?[^\s\"'&;,<>{{}}@()+]{{6,}}", re.I)
_BROAD = (_SIGNED_ADDRESS, _KNOWN, _WITH_PASSWORD, _SET_OR_SAID)
_BROAD_LITERAL = re.compile(r"\s*(?:Basic|Bearer|SharedKey|ApiKey)\s+[^\s{}]{6,}", re.I)


def tells_secret(text: str) -> bool:
    """Whether a secret stands in an attribute's value or an element's text."""
    if not text.lstrip().startswith(("@(", "@{")):
        return _in_plain(text)
    literals = [literal.replace('\\"', '"') for literal in _LITERAL.findall(text)]
    if _ENCODED.search(text) or any(_in_plain(one) or is_credential(one) for one in literals):
        return True
    return any(_is_secret_pair(name, value) for name, value in _near(literals))


def may_tell_secret(text: str) -> bool:
    """The same for whoever masks: rather too much."""
    literals = [literal.replace('\\"', '"') for literal in _LITERAL.findall(text)]
    found = any(shape.search(one) for one in (text, *literals) for shape in _BROAD)
    return found or any(map(_BROAD_LITERAL.match, literals)) or tells_secret(text)


def is_credential(text: str) -> bool:
    """Whether a text is a scheme with a credential behind it: no challenge, no word."""
    found = _SCHEME.match(text)
    if found is None or _PARAMETER.match(text[found.start(1) :]):
        return False
    rest = text[found.end(1) :].strip()
    return looks_secret(found[1]) and (not rest or not rest[0].isalpha())


def looks_secret(value: str) -> bool:
    """Whether a value may be a key or a password: no word, name, address, placeholder or mask."""
    text = value.strip()
    if (
        not _LEAST <= len(text) <= _MOST
        or any(mark in text for mark in ("{", "}", "<", "@("))
        or set(text) <= set("*.xX-_#")
    ):
        return False
    if text.lower() in _WORDS or _HEADER_LIKE.fullmatch(text) or _ADDRESS.match(text):
        return False
    return _PLAIN.fullmatch(text) is None or (len(text) >= 16 and _is_mixed(text))


def _is_mixed(text: str) -> bool:
    """Letters alone, their case changing too often for words written together."""
    turns = sum(one.islower() and other.isupper() for one, other in pairwise(text))
    return " " not in text and turns * 4 > len(text)


def _in_plain(text: str) -> bool:
    if _KNOWN.search(text) or _SIGNED_ADDRESS.search(text):
        return True
    if any(not found[1].islower() or looks_secret(found[1]) for found in _WITH_PASSWORD.finditer(text)):
        return True
    if any(_is_value(found[1]) for found in _ASSIGNED.finditer(text)):
        return True
    return any(
        _is_value(value) if mark and quote else looks_secret(value) for mark, quote, value in _SAID.findall(text)
    )


def _is_value(value: str) -> bool:
    """Behind the name of a secret and a sign of equality even a word is one, unless it tells what belongs there."""
    return value.lower() not in _WORDS and not set(value) <= set("*.xX-_#") and "%" not in value[:1]


def _near(literals: list[str]) -> list[tuple[str, str]]:
    """A literal with each of the two behind it: name and value, or name, default and what it is compared with."""
    return [(one, other) for index, one in enumerate(literals) for other in literals[index + 1 : index + 3]]


def _is_secret_pair(name: str, value: str) -> bool:
    return (
        len(name) <= _LONGEST_NAME
        and _NAMED.fullmatch(name) is not None
        and looks_secret(value)
        and " " not in value
        and "=" not in value[:-2]
    )
