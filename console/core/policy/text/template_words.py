"""What a field of a template looks like in a text: marks around a name, or words that nobody's value is.

A place has a kind: `tenant`, `client` (an application's id at Entra), `id`, `url`, `audience`, or "", any text.
"""

import re
from zlib import crc32

from console.core.compare import is_guid

_NAME = r"[^\W\d_][\w .:/'-]{0,79}?"
_PHRASE = r"[^\W\d_][^{}<>\[\]=;&]{0,149}?"  # as documentation writes: {audience string, such as a GUID}
_MARKED = re.compile(
    rf"\$\{{\s*+(?P<dollar>{_NAME})\s*\}}|\$\{{(?P<computed>[^{{}}]{{1,200}})\}}|#\{{\s*+(?P<hash>{_NAME})\s*\}}#?|\$\((?P<devops>{_NAME})\)"
    rf"|(?<![{{$#])\{{\s*+(?P<brace>{_PHRASE}|[0-9]{{1,2}})\s*\}}(?!\}})|(?<!\w)<%?=?\s*+(?P<angle>{_PHRASE})\s*%?>"
    r"|\[\s*+(?P<square>your[\w .-]{0,79}?)\s*\]|\[\[\s*+(?P<squares>[a-z][\w .-]{0,79}?)\s*\]\]"
    r"|__(?P<under>[a-z][a-z0-9.-]*+(?:_[a-z0-9.-]++)*+)__"
    r"|%(?P<percent>[a-z][a-z0-9]*+(?:[_-][a-z0-9]++)++)%"
    r"|(?P<twice>@@|\#\#|\$\$|~~)(?P<doubled>[a-z][\w.-]{0,79}?)(?P=twice)"
    r"|(?<![\w$])\$(?:env:)?(?P<shell>[a-z_]\w{0,60}+)(?![\w(}$])",
    re.I,
)
_SQUARE = re.compile(
    r"\[{1,2}\s*+\*?([a-z][\w .-]{0,79}?)\*?\s*\]{1,2}", re.I
)  # in an address it is one, in a claim's value not
_SURE = re.compile(rf"\$\{{\s*+({_NAME})\s*\}}|#\{{\s*+({_NAME})\s*\}}#", re.I)
_HOLES = ('$"', '$@"', '@$"')  # of a text in which ${name} is a dollar and the value of an expression

_FOR_ANY = re.compile(
    r"replace[-_]?(?:me|this|with[-_\w]*)|change[-_]?me|to[-_]?do|x{3,}(?:-x+)*|0{8}(?:-0{4}){3}-0{12}|\.{3,}|…", re.I
)
_BARE_WORD = re.compile(
    r"(?:your|insert|enter|add|put)[-_](?:[a-z0-9]+[-_])*(?:id|guid|tenant|tenantid|client|clientid|app|appid|api|domain"
    r"|name|uri|url|audience|org|organi[sz]ation|issuer|here)",
    re.I,
)
_YOURS = re.compile(r"your[-_][a-z0-9_-]+", re.I)
_HEX = r"[0-9a-fx*]"
_MASKED = re.compile(
    rf"{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}"
    r"|[0-9a-f]{4,8}(?:-[0-9a-f]{4}){0,3}-?(?:\.{3}|…|\*{3,}|x{3,})-?[0-9a-f]{0,12}",
    re.I,
)
_SENTENCE = re.compile(
    r"(?:insert|enter|put|add|replace)\s[\w\s'-]{1,60}\shere|your\s[\w\s'-]{1,60}\shere"
    r"|[\w\s'-]{1,60}\sas it is expected to appear in the token",
    re.I,
)
_THING = r"(?:[a-z0-9]+[-_])*(?:tenant|directory|client|app|application|object|principal|audience)"
_NAMED_ID = re.compile(rf"{_THING}(?:[-_]?(?:app|application|object))?[-_]?(?:id|guid)", re.I)
_TENANT = re.compile(r"(?:[a-z0-9]+[-_])*(?:tenant|directory)(?:[-_]?(?:id|guid|name|here))*", re.I)
_UPPER_WORD = re.compile(r"(?!B2C_)[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+")
_UPPER_PARTS = re.compile(r"[A-Z0-9]+(?:[_-][A-Z0-9]+)+")
_OF_SOMETHING = frozenset({"TENANT", "CLIENT", "APP", "APPLICATION", "API", "RESOURCE", "AUDIENCE"})
_IDENTIFYING = frozenset({"ID", "GUID", "URI", "AUDIENCE", "HERE"})
_LONGEST = 100  # characters: no field without marks is longer
_LONGEST_NAME = 60
_SEGMENTS = re.compile(r"([/?#&=]+)")
_TENANT_SEGMENT = 4  # https:, //, host, /, tenant
_OF_ENTRA = re.compile(
    r"https://(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net|"
    r"login\.partner\.microsoftonline\.cn)/"
)
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_UPPER_HINT = re.compile(r"[A-Z0-9][_-][A-Z]")
_WORDS = (
    "your", "insert", "enter", "add", "put", "replace", "change", "todo", "to-do", "to_do", "xxx", "00000000", "...",
    "…", "tenant", "directory", "client", "app", "object", "principal", "audience", "expected", "xx", "**",
)  # fmt: skip
_SIGNS_OF_SOURCE = ("{", "&lt;", "$", "[", "__", "%", "@@", "##", "~~")
_SIGNS = ("{", "<", "$", "[", "__", "%", "@@", "##", "~~")
_PLACES = {"tenant": "tenant-id", "client": "client-id", "url": "address"}


def may_hold_fields(source: str) -> bool:
    """Whether a document's text needs to be looked through for fields."""
    return any(sign in source for sign in _SIGNS_OF_SOURCE) or _hints(source)


def holds_field(text: str) -> bool:
    """Whether a text waits for what a template puts in: `${tenant}` or `#{tenant}#`, which mean nothing else."""
    return "{" in text and _SURE.search(text) is not None


def has_sure(text: str) -> bool:
    return "{" in text and ("${" in text or "#{" in text) and not any(one in text for one in _HOLES)


def with_sure(text: str) -> str:
    """The text with each field that means nothing else as a named value."""
    return _SURE.sub(lambda found: _as_named(found[1] or found[2], ""), text) if has_sure(text) else text


def with_marked(text: str, kind: str) -> str:
    """The text with each field that has marks around it as a named value."""
    if not any(sign in text for sign in _SIGNS):
        return text
    if kind:
        text = _SQUARE.sub(lambda found: _as_named(found[1], kind), text)
    return _MARKED.sub(lambda found: _as_named(found[found.lastgroup or 0], kind), text)


def with_named(text: str, kind: str, place: str = "") -> str:
    """The text with each field in it as a named value; `place` names a place of no kind, such as a claim."""
    if not text or (text.startswith("@") and not text.startswith("@@")):
        return with_sure(text)
    marked = with_marked(text, kind)
    if marked != text or not _hints(text):
        return marked
    if len(text) <= _LONGEST and (_SENTENCE.fullmatch(text) or _FOR_ANY.fullmatch(text)):
        return _open(kind or _NO_NAME.sub("-", place)[:_LONGEST_NAME].strip("-"))
    if not kind:
        return text
    is_entra = _OF_ENTRA.match(text) is not None
    parts = _SEGMENTS.split(text)
    return "".join(_segment(one, at, kind, is_entra=is_entra) for at, one in enumerate(parts))


def _segment(word: str, at: int, kind: str, *, is_entra: bool) -> str:
    if is_entra and at == _TENANT_SEGMENT:
        kind = "tenant"
    if not word or not _is_bare(word, kind, is_entra=is_entra):
        return word
    if _FOR_ANY.fullmatch(word):
        return _open(kind)
    return _numbered(word, kind) if _is_masked(word) else _as_named(word, kind)


def _hints(text: str) -> bool:
    """Whether a field without marks may stand in it."""
    lowered = text.lower()
    return any(word in lowered for word in _WORDS) or _UPPER_HINT.search(text) is not None


def _is_bare(word: str, kind: str, *, is_entra: bool) -> bool:
    """Whether a whole part of an address, or a whole text, is a field without marks around it."""
    if len(word) > _LONGEST:
        return False
    first = word.partition(".")[0] if kind == "url" else word
    if _BARE_WORD.fullmatch(word) or _FOR_ANY.fullmatch(word):
        return True
    if first != word and _BARE_WORD.fullmatch(first) and first.lower().startswith("your"):
        return True
    if is_guid(word):
        return False
    if _is_masked(word):
        return True
    if kind not in ("", "url") and _YOURS.fullmatch(word):
        return True
    if kind == "tenant" and _TENANT.fullmatch(word):
        return True
    if kind in ("tenant", "client", "id", "audience") and _NAMED_ID.fullmatch(word):
        return True
    if kind in ("tenant", "client", "id") or is_entra:
        return _UPPER_WORD.fullmatch(word) is not None
    return _is_upper_id(word)


def _is_masked(word: str) -> bool:
    """Whether it is a GUID of which a part was made unreadable."""
    return _MASKED.fullmatch(word) is not None and not is_guid(word)


def _is_upper_id(word: str) -> bool:
    """Whether it is written as TENANT_ID or MY-API-AUDIENCE is."""
    if word.startswith("B2C_") or _UPPER_PARTS.fullmatch(word) is None:
        return False
    *before, last = word.replace("-", "_").split("_")
    return last in _IDENTIFYING and not _OF_SOMETHING.isdisjoint(before)


def _as_named(field: str, kind: str) -> str:
    """A named value has Latin letters; a name that loses its own is told apart from others by a number."""
    name = _NO_NAME.sub("-", field.strip())[:_LONGEST_NAME].strip("-")
    if field.isascii():
        return f"{{{{{name}}}}}" if name else _open(kind)
    return _numbered(field, kind)


def _numbered(field: str, kind: str) -> str:
    return f"{{{{{_PLACES.get(kind, kind or 'value')}-{crc32(field.strip().encode()) % 10_000:04d}}}}}"


def _open(kind: str) -> str:
    """What has no name of its own, `...` or `xxxx`, is named by its place: two places want two values."""
    return f"{{{{{_PLACES.get(kind, kind or 'value')}-left-open}}}}"
