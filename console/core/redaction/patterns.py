"""The sweep: shapes that are secrets wherever they stand. The safety net under the structural redaction.

Every pattern takes time linear in the text: what a pattern has looked at it consumes, or it looks at a bounded length.
"""

import re
from functools import cache, partial

import re2  # type: ignore[import-untyped]

from console.core.redaction import loose
from console.core.redaction.names import MASK, SECRET_NAMES, TOKEN, TOKEN_NAMES
from console.core.redaction.stems import Seen, WordWalk, seen_in

_JWT = re.compile(
    r"eyJ[A-Za-z0-9_-]{5,}(?:(?:\.|%(?:25){0,2}2[Ee])[A-Za-z0-9_=-]*){0,4}"
)  # the dot as it is in an address
# The same with blanks or a line break behind the first bracket of its header, as some libraries write it. That no word
# goes on there is looked at behind the letters it begins with: a pattern that begins with a letter is found quickly.
_SPACED_JWT = re.compile(r"e(?:yA|w[0ok])(?<![A-Za-z0-9_-]e..)[A-Za-z0-9_-]{8,}+(?:(?:\.|%2[Ee])[A-Za-z0-9_=-]*+){0,4}")
_SPACED_MARKS, _WRAPPED_MARKS = frozenset(("eya", "ew0", "ewo", "ewk")), frozenset(("zxlk", "qmvhcmvyi"))
_WRAPPED_JWT = re.compile(r"(?:ZXlK|QmVhcmVyI)[A-Za-z0-9+/_-]{20,}={0,2}")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|\Z)", re.DOTALL
)
_HEADER_LINE = re.compile(
    r"""(authorization["']?[ \t]{0,8}(?:[:=]|%3A)[ \t+]{0,8}["']?)"""
    r"""(?:(bearer|basic|dpop|digest|token|jwt|negotiate)[ \t+]+)?([^\s"',;]+)""",
    re.IGNORECASE,
)
# What documentation writes in the place of a token is none.
_PLACE = re.compile(r"[\[<{]{1,2}(?:your[ _-])?(?:access[ _-]?|bearer[ _-]?)?(?:token|jwt)[\]>}]{1,2}", re.IGNORECASE)
_SCHEME = re.compile(r"\b(bearer|dpop)(\s{1,8})([A-Za-z0-9._~+/-]{20,}={0,2})(?![A-Za-z0-9=\"._~+/-])", re.IGNORECASE)
_SCHEME_WORD = re2.compile(rb"(?:bearer|dpop)[^!->@-~]")  # before a blank; what is not ASCII is a ? there
_BASIC = re.compile(r"\b(basic)(\s{1,8})([A-Za-z0-9+/_-]{8,}={0,2})(?![A-Za-z0-9=\"+/_-])", re.IGNORECASE)
_COOKIE_LINE = re.compile(r"((?:set-)?cookie2?[ \t]{0,8}:[ \t]{0,8})([^\r\n\"]*)", re.IGNORECASE)
_SIGNATURE = re.compile(r"((?:[?&;]|%3F|%26)sig(?:=|%3D))([^&\s\"'<>]+)", re.IGNORECASE)
_ENTRA_SECRET = re.compile(r"[A-Za-z0-9_.~-]{0,6}Q~[A-Za-z0-9_.~-]{26,40}")
_PASSWORD_IN_URL = re.compile(r"(://[^\s/:@\"'<>]{0,200}:)([^\s/@\"'<>]{1,200})(@)")
# Options of curl: the password behind a user's name, and cookies; a file of cookies is no secret.
_USER_OPTION = re.compile(r"""((?<!\S)(?:-u|-U|--user|--proxy-user)[ =]?["']?[^\s:"'/]{1,200}:)([^\s"']+)""")
_COOKIE_OPTION = re.compile(r"""((?<!\S)(?:-b|--cookie)[ =]?)("[^"\r\n]*"|'[^'\r\n]*'|[^\s"']+)""")
# "could not verify id_token: failed to verify signature": the name ends a clause, and no value follows.
_REASON = re.compile(
    r"(?:failed|invalid|expected|unexpected|missing|cannot|could|unable|not|error|malformed|expired|unsupported) [a-z]"
)
_SWEPT_NAMES = WordWalk((TOKEN_NAMES | SECRET_NAMES) - {"sig", "token", "secret", "assertion", "pwd", "otp"})
_LEAST_SIGNATURE = 8
_ATTRIBUTES = frozenset({"", "path", "domain", "expires", "max-age", "samesite", "httponly", "secure", "partitioned"})


def sweep(text: str, seen: Seen | None = None) -> str:
    """The text with every recognised shape masked. `seen` is what stands in it, where it was looked through."""
    seen = seen_in(text) if seen is None else seen
    stems = seen.stems
    lower = text.lower() if stems else ""
    text = _mask_tokens(text, seen.marks)
    if "key" in stems and "PRIVATE KEY-----" in text:
        text = _PRIVATE_KEY.sub(MASK, text)
    if "auth" in stems and "authorization" in lower:
        text = _HEADER_LINE.sub(_mask_header, text)
    if not stems.isdisjoint(("bearer", "dpop")) and _has_scheme(lower):
        text = _SCHEME.sub(rf"\1\2{TOKEN}", text)
    if "basic" in seen.marks:
        text = _BASIC.sub(_mask_basic, text)
    if "cookie" in stems:
        text = _COOKIE_LINE.sub(_mask_cookie_line, text)
    if "sig" in stems and ("sig=" in lower or "sig%3d" in lower):
        text = _SIGNATURE.sub(rf"\1{MASK}", text)
    if "~" in text and "Q~" in text:
        text = _ENTRA_SECRET.sub(MASK, text)
    text = loose.masked(text, lower, stems)  # before: it knows which users have no password
    if "@" in text and "://" in text:
        text = _PASSWORD_IN_URL.sub(rf"\1{MASK}\3", text)
    return _mask_named(_mask_options(text) if "curl" in seen.marks else text, lower, stems)


def _mask_tokens(text: str, marks: frozenset[str]) -> str:
    if "eyj" in marks:
        text = _JWT.sub(_mask_jwt, text)
    if not marks.isdisjoint(_SPACED_MARKS):
        text = _SPACED_JWT.sub(_mask_spaced_jwt, text)
    return text if marks.isdisjoint(_WRAPPED_MARKS) else _WRAPPED_JWT.sub(TOKEN, text)


def _has_scheme(lower: str) -> bool:
    return _SCHEME_WORD.search(lower.encode("ascii", "replace")) is not None


def tokens_in(text: str) -> list[str]:
    """Whatever looks like a JWT in a text, as it stands there."""
    spaced = (found[0] for found in _SPACED_JWT.finditer(text) if _mask_spaced_jwt(found) == TOKEN)
    return [*(match for match in _JWT.findall(text) if _has_parts(match)), *spaced]


def cookie_values(text: str) -> str:
    """A Cookie or Set-Cookie value with the cookies' values masked; names and attributes stay."""
    return ";".join(map(_mask_cookie, text.split(";")))


def _mask_jwt(match: re.Match[str]) -> str:
    return TOKEN if _has_parts(match.group()) else match.group()


def _has_parts(found: str) -> bool:
    return "." in found or "%" in found


def _mask_spaced_jwt(match: re.Match[str]) -> str:
    """Three parts and five; fewer are a word."""
    parts = match.group().lower().replace("%2e", ".").split(".")
    return TOKEN if len(parts) in (3, 5) and len(parts[-1]) >= _LEAST_SIGNATURE else match.group()


def _mask_header(match: re.Match[str]) -> str:
    start, scheme, value = match[1], match[2], match[3]
    if value in (TOKEN, MASK) or _PLACE.fullmatch(value) or (scheme is None and value.lower() in ("bearer", "basic")):
        return match.group()
    if scheme is None:
        return f"{start}{MASK}"
    return f"{start}{scheme} {TOKEN if scheme.lower() in ('bearer', 'dpop', 'token', 'jwt') else MASK}"


def _mask_basic(match: re.Match[str]) -> str:
    """A long word after "basic" is masked only when it looks random: prose such as "basic authentication" stays."""
    word = match[3]
    looks_random = (
        any(map(str.isdigit, word)) or "=" in word or not (word.islower() or word.istitle() or word.isupper())
    )
    return f"{match[1]}{match[2]}{MASK}" if looks_random else match.group()


def _mask_cookie_line(match: re.Match[str]) -> str:
    return match[1] + cookie_values(match[2])


def _mask_options(text: str) -> str:
    return _COOKIE_OPTION.sub(_mask_cookie_option, _USER_OPTION.sub(rf"\1{MASK}", text))


def _mask_cookie_option(match: re.Match[str]) -> str:
    value = match[2]
    quote = value[0] if value[0] in "\"'" else ""
    return f"{match[1]}{quote}{cookie_values(value.strip(quote))}{quote}" if "=" in value else match.group()


def _mask_cookie(pair: str) -> str:
    name, equals, value = pair.partition("=")
    if name.strip().lower() in _ATTRIBUTES or not (value or not equals):
        return pair
    return f"{name}={MASK}" if equals else MASK


@cache
def _named(name: str) -> re.Pattern[str]:
    """`name=value`, `"name": "value"`, `name%3Dvalue`, also with escaped quotes; `name` in any case."""
    before = rf"""({re.escape(name)}\\{{0,3}}["']?[ \t]{{0,8}}(?:[=:]|%3D|%3A)[ \t]{{0,8}})"""
    value = r"""("(?:[^"\\\r\n]|\\.)+|'[^'\r\n]+|\\{1,3}["'][^"'\\\r\n]+|"""
    value += r"""(?!(?:null|true|false|undefined)\b)[^\s"'&;,<>\\}]+)"""
    return re.compile(before + value, re.IGNORECASE)


def _mask_named(text: str, lower: str, stems: frozenset[str]) -> str:
    """`stems` are those in the text: without any, no name is looked for."""
    for name in sorted(_SWEPT_NAMES.found_in(lower)) if stems else ():
        mask = TOKEN if name in TOKEN_NAMES else MASK
        text = _named(name).sub(partial(_mask_value, mask=mask), text)
    return text


def _mask_value(match: re.Match[str], mask: str) -> str:
    value = match[2]
    if match[1].rstrip().endswith(":") and _REASON.match(match.string, match.start(2)):
        return match.group()
    return match[1] + value[: len(value) - len(value.lstrip("\\\"'"))] + mask
