"""The body of an imported call as a saved request keeps it: fields of a form, JSON, or the text as it stands."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from console.core.call_imports.bodies import media_type
from console.core.call_imports.model import ImportedCall
from console.core.compose.bodies import FORM, JSON, MULTIPART, RAW
from console.core.exchange import Header

MOST_FIELDS = 100  # more of them stay text
_OWN = {JSON: "application/json", FORM: "application/x-www-form-urlencoded", MULTIPART: "multipart/form-data"}


@dataclass(frozen=True, slots=True)
class ImportedBody:
    """`headers` are those of the call, without the Content-Type that its `kind` says by itself."""

    kind: str
    headers: tuple[Header, ...]
    text: str = ""
    fields: tuple[Header, ...] = ()


def body_of(call: ImportedCall) -> ImportedBody:
    told = next((value for name, value in call.headers if name.lower() == "content-type"), "")
    if call.kind == "json" and media_type(call.headers) in ("", _OWN[JSON]):
        return ImportedBody(JSON, _without_type(call.headers), call.body)
    is_form = call.kind in ("form", "multipart") and "boundary=" not in told.lower()  # else it stands as it goes out
    is_form = is_form and all("=" in part for part in call.body.split("&"))
    fields = tuple(parse_qsl(call.body, keep_blank_values=True)) if is_form else ()
    if fields and len(fields) <= MOST_FIELDS:
        kind = FORM if call.kind == "form" else MULTIPART
        return ImportedBody(kind, _without_type(call.headers), fields=fields)
    return ImportedBody(RAW, call.headers, call.body)


def _without_type(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    return tuple(one for one in headers if one[0].lower() != "content-type")
