"""The value itself out of what stands behind a label: an id, a scope, an address, a secret. "" when it is none."""

import re
from urllib.parse import unquote, urlsplit

from console.core.compare import GUID, is_guid
from console.core.paste.addresses import is_login
from console.core.profile_checks.identity import NO_OWN_TENANT, is_domain, is_placeholder

_DEFAULT = "/.default"
_PIECES = re.compile(r"[\s\"'<>|,;`()\[\]{}“”„‘’«»*]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}://[^\s/]")
_BARE_URI = re.compile(rf"api://(?:[^/]+|[^/]+/{GUID.pattern})|https?://[^/]+")
_CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "‘": "’", "«": "»"}
_MASKED = re.compile(r"[^*•●…]{0,8}[*•●…]{3,}[^*•●…]{0,4}|[xX.\-_?]+")
_REFERENCE = ("<", "{", "${", "$(", "[", "(", "@Microsoft.", "%(", "your", "Your", "YOUR")
_REMARK = ("(", "#", "/", "[", "<")
_SHORTEST, _LONGEST = 8, 1_000


def pieces(text: str) -> list[str]:
    """What stands between blanks, quotation marks, commas and brackets, without the full stop of a sentence."""
    return [piece for part in _PIECES.split(text) if (piece := part.rstrip(".:!?"))]


def guid_in(value: str) -> str:
    found = GUID.search(value)
    return found[0] if found and not is_placeholder(found[0]) else ""


def tenant_in(value: str) -> str:
    """A GUID, or else a domain; an address is none (its tenant is read by `addresses`)."""
    if "://" in value:
        return ""
    names = (piece for piece in pieces(value)[:4] if is_domain(piece) and piece.lower() not in NO_OWN_TENANT)
    return guid_in(value) or next(names, "")


def scope_in(value: str) -> str:
    """The scopes in a value, joined by blanks; a bare Application ID URI gets its /.default."""
    found = [piece for piece in pieces(_decoded(value)) if "/" in piece or is_guid(piece)][:10]
    found = [piece for piece in found if not is_placeholder(piece)]
    if len(found) == 1 and (_BARE_URI.fullmatch(found[0].rstrip("/")) or is_guid(found[0])):
        return with_default(found[0])
    return " ".join(found)


def resource_in(value: str) -> str:
    """The scope for the API that a value names by Application ID URI or GUID."""
    for piece in pieces(_decoded(value))[:4]:
        if (_URI.match(piece) or is_guid(piece)) and not is_login(piece) and not is_placeholder(piece):
            return with_default(piece)
    return ""


def with_default(resource: str) -> str:
    return resource if resource.endswith(_DEFAULT) else f"{resource.rstrip('/')}{_DEFAULT}"


def base_url_in(value: str) -> str:
    """An http(s) address without query and user; not one of the identity provider."""
    for piece in pieces(value)[:4]:
        if not piece.startswith(("http://", "https://")) or is_login(piece):
            continue
        try:
            parts = urlsplit(piece)
        except ValueError:
            continue
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}".rstrip("/") if host else ""
    return ""


def secret_in(value: str) -> str:
    """A secret without the quotation marks and remarks around it; "" for masks, placeholders and plain words."""
    text = _unquoted(value.strip())
    first, _, rest = text.partition(" ")
    if rest and not rest.lstrip().startswith(_REMARK):
        return ""
    return first if _is_secret(first) else ""


def _is_secret(text: str) -> bool:
    is_word = text.isalpha() and (text.islower() or text.istitle())
    is_filled = not _MASKED.fullmatch(text) and not text.startswith(_REFERENCE)
    return _SHORTEST <= len(text) <= _LONGEST and is_filled and not is_word and not is_login(text)


def _unquoted(text: str) -> str:
    text = text.lstrip("* ")
    closing = _CLOSING.get(text[:1], "")
    if closing and (end := text.find(closing, 1)) > 0:
        return text[1:end].strip()
    return text.rstrip("*,; ").strip()


def _decoded(value: str) -> str:
    return unquote(value) if "%2f" in value.lower() or "%3a" in value.lower() else value
