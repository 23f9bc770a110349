"""A policy's source with the secrets that stand in it as text covered, line for line."""

import re
from dataclasses import replace

from console.core.gateway.document import Element, PolicyDocument
from console.core.gateway.repair.diff import compare
from console.core.gateway.repair.proposal import DiffLine
from console.core.redact import redact_text
from console.core.redaction.names import AUTHORIZATION_HEADERS, COOKIE_HEADERS, TOKEN_HEADERS, is_secret_header

_KEY_HOLDERS = ("issuer-signing-keys", "issuer-signing-tokens", "decryption-keys")
_HEADER_POLICIES = ("set-header", "check-header", "set-query-parameter")
_LINE = re.compile(r"[^\s][^\r\n]*")


def masked_diff(old: PolicyDocument, new: PolicyDocument) -> tuple[DiffLine, ...]:
    """The changed lines of two policies as anybody may see them."""
    return tuple(replace(line, text=redact_text(line.text)) for line in compare(masked_source(old), masked_source(new)))


def masked_source(document: PolicyDocument) -> str:
    """The source with the same lines, but without inline keys, passwords, and values of headers that hold secrets."""
    source = document.source
    for start, end in sorted(_secret_spans(document), reverse=True):
        source = source[:start] + _LINE.sub("***", source[start:end]) + source[end:]
    return source


def _secret_spans(document: PolicyDocument) -> set[tuple[int, int]]:
    return {
        child.inner
        for element in document.walk_all()
        if element.name in _KEY_HOLDERS or _holds_secrets(element)
        for child in element.children
        if child.inner is not None and not child.text.startswith(("@(", "@{", "{{"))
    }


def _holds_secrets(element: Element) -> bool:
    name = (element.attribute("name") or "").lower()
    secret = AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS
    return element.name in _HEADER_POLICIES and (name in secret or is_secret_header(name))
