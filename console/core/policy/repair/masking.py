"""A policy's source with the secrets that stand in it as text covered, line for line.

What counts as a secret is what the review of a policy finds, and more: nobody misses a comment in a comparison.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from console.core.policy.lint.secret_shapes import SECRET_NAME, may_tell_secret
from console.core.policy.lint.written_secrets import SECRET_ATTRIBUTES
from console.core.policy.policies.check_header import holds_secret
from console.core.policy.repair import edits
from console.core.policy.repair.diff import compare
from console.core.policy.repair.proposal import DiffLine
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.text.element import walk
from console.core.policy.text.expressions import NAMED_VALUE, is_expression
from console.core.redaction.names import QUERY_NAMES, SECRET_NAMES, TOKEN_NAMES
from console.core.redaction.redact import redact_text

_KEY_HOLDERS = ("issuer-signing-keys", "issuer-signing-tokens", "decryption-keys")
_HEADER_POLICIES = ("set-header", "check-header", "header")
_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_QUOTES = re.compile('"|&quot;|&#34;|&#x22;', re.IGNORECASE)
_COMMENT, _COMMENT_END = "<!--", "-->"
Span = tuple[int, int]


def masked_diff(old: PolicyDocument, new: PolicyDocument) -> tuple[DiffLine, ...]:
    """The changed lines of two policies as anybody may see them."""
    return tuple(replace(line, text=redact_text(line.text)) for line in compare(masked_source(old), masked_source(new)))


def masked_source(document: PolicyDocument) -> str:
    """The source with the same lines, but without inline keys, passwords, values of headers, parameters and variables
    that hold secrets, addresses and texts with a secret in them, and the words of comments.

    Of an expression in such a place only what stands in quotation marks is covered.
    """
    source = document.source
    pieces, done = [], 0
    for start, end in sorted({*_secret_spans(document), *_comments(source)}):
        if start >= done:
            pieces += [source[done:start], _LINE.sub("***", source[start:end])]
        done = max(done, end)
    return "".join([*pieces, source[done:]])


def _comments(source: str) -> Iterator[Span]:
    """What stands between the marks of each comment, to the end of the text for one that never ends."""
    start = source.find(_COMMENT)
    while start >= 0:
        end = source.find(_COMMENT_END, start + len(_COMMENT))
        yield start + len(_COMMENT), end if end >= 0 else len(source)
        start = source.find(_COMMENT, end) if end >= 0 else -1


def _secret_spans(document: PolicyDocument) -> Iterator[Span]:
    source = document.source
    for element in walk(document.roots):
        holds_keys = element.name in _KEY_HOLDERS
        for child in element.children if holds_keys or _holds_secrets(element) else ():
            yield from _covered(source, child.inner, child.text)
        if may_tell_secret(element.text):
            yield from _covered(source, element.inner, element.text)
        for name, value in element.attributes:
            if _is_secret_attribute(element, name, value):
                yield from _covered(source, edits.attribute_span(source, element, name), value)


def _covered(source: str, span: Span | None, text: str) -> Iterator[Span]:
    """The place itself without the named values in it; of an expression all from its first quotation mark to its last,
    since a mark may itself stand in a literal.
    """
    if span is None:
        return
    if is_expression(text):
        quotes = list(_QUOTES.finditer(source, *span))
        if len(quotes) > 1:
            yield quotes[0].end(), quotes[-1].start()
        return
    start, end = span
    for named in NAMED_VALUE.finditer(source, start, end):
        yield start, named.start()
        start = named.end()
    yield start, end


def _is_secret_attribute(element: Element, name: str, value: str) -> bool:
    if name.lower() in SECRET_ATTRIBUTES or may_tell_secret(value):
        return True
    if element.name == "set-variable" and name == "value":
        named = element.attribute("name") or ""
        return bool(SECRET_NAME.search(named)) or holds_secret(named)
    return False


def _holds_secrets(element: Element) -> bool:
    name = element.attribute("name") or ""
    if element.name == "set-query-parameter":
        return name.lower() in QUERY_NAMES | SECRET_NAMES | TOKEN_NAMES or _is_secret_name(name)
    return element.name in _HEADER_POLICIES and _is_secret_name(name)


def _is_secret_name(name: str) -> bool:
    return holds_secret(name) or bool(SECRET_NAME.search(name))
