"""The request of an Invoke-RestMethod or Invoke-WebRequest command, with the variables the text itself sets."""

import re
from urllib.parse import urlencode

from console.core.exchange import Request

_COMMAND = re.compile(r"\bInvoke-(?:RestMethod|WebRequest)\b|(?:^|[\s=(|])(?:irm|iwr)(?=\s+[-\"'h$])", re.IGNORECASE)
_STRING = r"""(?:"((?:[^"`]|`.|"")*+)"?|'((?:[^']|'')*+)'?"""
_VALUE = _STRING + r"""|([^\s;,(){}@]+))"""
_PARAMETER = re.compile(rf"-(Uri|Method|ContentType|Body|Token)(?:\s+|:){_VALUE}", re.IGNORECASE | re.DOTALL)
_PLAIN_URL = re.compile(r"""(?<![\w=])["']?(https?://[^\s"'`)]+)""", re.IGNORECASE)
_TABLE = re.compile(r"(?:-(Headers|Body|Form)\s+|\$(\w{1,60})\s*=\s*)(?:\[\w{1,20}\])?@\{([^}]*+)", re.IGNORECASE)
_ENTRY = re.compile(rf"""["']?(?<![\w.-])([\w.-]{{1,100}}+)["']?\s*+=\s*+{_VALUE}""", re.DOTALL)
_ADDED = re.compile(
    rf"""\$(\w{{1,60}})(?:\.Add\(|\[)\s*+["']([\w.-]{{1,100}})["']\s*+(?:,|\]\s*+=)\s*+{_VALUE}""",
    re.IGNORECASE | re.DOTALL,
)
_ASSIGNED = re.compile(rf"\$(\w{{1,60}})\s*+=\s*+{_STRING})", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{(\w{1,60})\}|(\w{1,60}))")
_ESCAPE = re.compile(r'`(.)|"(")', re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def is_powershell(text: str) -> bool:
    return _COMMAND.search(text) is not None


def read_powershell(text: str) -> Request | None:
    """The request of the first such command; None when the text has none, or none with a URL."""
    if not is_powershell(text):
        return None
    text = text.replace("`\r\n", " ").replace("`\n", " ")
    variables = {found[1].lower(): _string(found, 2) for found in _ASSIGNED.finditer(text)}
    given = {found[1].lower(): _filled(_string(found, 2), variables) for found in _PARAMETER.finditer(text)}
    headers, fields = _tables(text, variables)
    plain = _PLAIN_URL.search(text)
    url = given.get("uri") or (plain[1] if plain else "")
    if not url:
        return None
    if given.get("token") and "authorization" not in map(str.lower, headers):
        headers["Authorization"] = f"Bearer {given['token']}"
    if given.get("contenttype"):
        headers.setdefault("Content-Type", given["contenttype"])
    body = urlencode(fields) if fields else given.get("body", "")
    method = given.get("method", "").upper() or ("POST" if body else "GET")
    return Request(method, url, tuple(headers.items()), body.encode("utf-8", "replace"))


def _tables(text: str, variables: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The headers and the form fields of all hash tables; a table is headers when its name says so."""
    headers: dict[str, str] = {}
    fields: dict[str, str] = {}
    for found in _TABLE.finditer(text):
        place = (found[1] or found[2]).lower()
        target = headers if "header" in place else fields if _is_body(place) else {}
        for entry in _ENTRY.finditer(found[3]):
            target[entry[1]] = _filled(_string(entry, 2), variables)
    for found in _ADDED.finditer(text):
        target = headers if "header" in found[1].lower() else fields
        target[found[2]] = _filled(_string(found, 3), variables)
    return headers, fields


def _is_body(place: str) -> bool:
    return any(word in place for word in ("body", "form", "param", "payload", "data"))


def _string(found: re.Match[str], first: int) -> str:
    """The value of three groups: in double quotes, in single quotes, bare."""
    double, single = found[first], found[first + 1]
    if double is not None:
        return _ESCAPE.sub(lambda match: match[2] or _ESCAPES.get(match[1], match[1]), double)
    if single is not None:
        return single.replace("''", "'")
    return found[first + 2] if found.re.groups > first + 1 and found[first + 2] else ""


def _filled(text: str, variables: dict[str, str]) -> str:
    """The text with known variables put in; an unknown one stays as its name."""
    return _VARIABLE.sub(lambda match: variables.get((match[1] or match[2]).lower(), match[0]), text)
