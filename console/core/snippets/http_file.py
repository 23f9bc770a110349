"""What the two kinds of .http files share: one request, written as it goes over the wire."""

from collections.abc import Callable
from dataclasses import replace

from console.core.json import strict as strict_json
from console.core.snippets.base import SnippetCall, TokenRecipe
from console.core.snippets.quoting import http_file
from console.core.snippets.text import SnippetText

_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/"


def request(call: SnippetCall, tags: tuple[str, ...], hidden: Callable[[str], str]) -> str:
    """The request with the tool's `tags` before it; `hidden` reads the variable of a name."""

    def value(text: SnippetText) -> str:
        return "".join(piece if isinstance(piece, str) else hidden(piece.name) for piece in text)

    call = _trimmed(call)
    headers = [f"{name}: {value(text)}".rstrip() for name, text in call.one_of_each]
    body = ["", value(call.body)] if call.body is not None else []
    return "\n".join([*(f"# @{tag}" for tag in tags), f"{call.method} {value(call.url)}", *headers, *body]) + "\n"


def problem(call: SnippetCall, recipe: TokenRecipe | None) -> str:
    if recipe is not None:
        return "A .http file would send the secret in a form as it is, not encoded. Take JavaScript or Python."
    if call.method not in _METHODS:
        return f"A .http file knows no {call.method}. Take curl."
    if call.body is not None and call.method in {"GET", "HEAD"}:
        return f"Not every reader of .http files sends a body with {call.method}. Take Python."
    headers = (http_file.header_problem(name, text) for name, text in call.one_of_each)
    found = http_file.address_problem(call.url) or next(filter(None, headers), "")
    return found or _problem_of_body(_trimmed(call))


def _problem_of_body(call: SnippetCall) -> str:
    if call.body is None:
        return ""
    if any(name.lower() == "x-request-type" for name, _ in call.headers):
        return "A .http file reads the header X-Request-Type itself, and makes another body of this one. Take curl."
    media_type = _media_type(call)
    if media_type.startswith(_MULTIPART):
        return "A .http file sends other line breaks in a body of several parts. Take Python."
    return http_file.form_problem(call.body) if media_type == _FORM else http_file.body_problem(call.body)


def _media_type(call: SnippetCall) -> str:
    """In lower case, without parameters; "" where none is told."""
    told = next((text for name, text in call.headers if name.lower() == "content-type"), ())
    return "".join(piece for piece in told if isinstance(piece, str)).partition(";")[0].strip().lower()


def _trimmed(call: SnippetCall) -> SnippetCall:
    """Around JSON, blanks mean nothing, and each line break in it means as much as another (RFC 8259 section 2)."""
    body = call.body
    if body is None or not strict_json.read_text("".join(map(_shown, body))).is_json:
        return call
    pieces = [piece.replace("\r\n", "\n").replace("\r", "\n") if isinstance(piece, str) else piece for piece in body]
    if isinstance(first := pieces[0], str):
        pieces[0] = first.lstrip()
    if isinstance(last := pieces[-1], str):
        pieces[-1] = last.rstrip()
    return replace(call, body=tuple(pieces))


def _shown(piece: object) -> str:
    return piece if isinstance(piece, str) else "***"
