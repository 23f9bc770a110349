"""One token, decoded and judged: the verdict, its reasons, the encoded text and the decoded parts, in two columns or in
one where there is no room. Written in Python as its panels are; escaping is that of rows.py.

`item` is what present/tokens.py makes of a token; `key` makes ids unique ("-1").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from console.templatetags.folds import asked_for, token_to_ask_with
from console.templatetags.panels import (
    copies_fold,
    copies_panel,
    encoded_token,
    findings_panel,
    lifetime_line,
    part_panel,
    size_fold,
    size_panel,
    verdict,
)
from console.templatetags.signs import chip_of, countdown, spoken
from console.templatetags.untrusted import isolated

register = template.Library()

Item = Mapping[str, Any]
_HIDDEN = (
    '<p class="help">The signature is hidden, so what you see cannot be used as a token. '
    "Revealing it is written to the audit trail.</p>\n"
)


@register.simple_block_tag
def decoded_tokens(content: str, items: Sequence[Item]) -> SafeString:
    """The tokens of a paste; of several each has a title. An item has a `key`, and a `label`: where it stood.

    The block is what can be done with the first: it stands under that one's verdict.
    """
    if not items:
        return SafeString(content)
    pieces = [*_pasted(items[0], content)]
    if len(items) > 1:
        pieces.insert(0, _title(items[0], 1, len(items)))
    for number, item in enumerate(items[1:], 2):
        pieces += (_title(item, number, len(items)), *_pasted(item, ""))
    return SafeString("".join(pieces))


def _title(item: Item, number: int, count: int) -> str:
    place = f": {isolated(item['label'])}" if item["label"] else ""
    return f'<h2 class="part-of">Token {number} of {count}{place}</h2>\n'


def _pasted(item: Item, below: str) -> Iterator[str]:
    """With a button that copies it; the claims under the verdict and its reasons, what is only looked up after them.

    `below` is markup: what stands under the verdict.
    """
    key = item["key"]
    copy = (
        f'<button type="button" class="button quiet needs-script" data-copy-target="#encoded{escape(key)}">Copy'
        '<span class="visually-hidden"> the token</span></button>\n'
    )
    first = (*_reasons(item, key), *_payload(item, key), *_header(item, key), _signature_of(item, key))
    second = (_encoded_of(item, key, copy), *_measures(item, key))
    return _decoded(_verdict(item, key) + below, first, second)


@register.simple_block_tag
def obtained_token(content: str, item: Item, *, is_revealed: bool) -> SafeString:
    """A token that a profile got: the block is what stands beside the title of its encoded text."""
    hidden = "" if is_revealed else _HIDDEN
    left = (*_reasons(item, ""), _encoded_of(item, "", content, hidden), *_measures(item, ""))
    right = (*_header(item, ""), *_payload(item, ""), _signature_of(item, ""))
    return SafeString("".join(_decoded(_verdict(item, ""), left, right)))


def _verdict(item: Item, key: str) -> str:
    said = item["verdict"]
    return verdict(said["status"], said["title"], said["text"], f"verdict{key}") if item["is_readable"] else ""


def _decoded(head: str, left: Iterable[str], right: Iterable[str]) -> Iterator[str]:
    """Two columns where there is room, else one below the other; in pieces, which are put together once."""
    yield f'<div class="decoded">\n{head}<div class="columns">\n<div class="stack">\n'
    yield from left
    yield '</div>\n<div class="stack">\n'
    yield from right
    yield "</div>\n</div>\n</div>\n"


def _reasons(item: Item, key: str) -> Iterator[str]:
    """What a strict reader sees, and what was checked."""
    if item["defects"]:
        yield _defects(item["defects"], key)
    if item["is_readable"]:
        later = asked_for("checks", key) if item.get("checked_at") is not None else ""
        yield from findings_panel(item["findings"], key, id=f"findings{key}", later=later)


def _encoded_of(item: Item, key: str, actions: str, below: str = "") -> str:
    """`actions` and `below` are markup: what stands beside the title of the encoded text, and below it."""
    return _encoded(item, key, actions, below) if item["parts"] else ""


def _measures(item: Item, key: str) -> tuple[str, ...]:
    """What is only looked up; of an item with `asks_with`, a token's text, the parts are asked for as they open."""
    lifetime = _lifetime(item, key) if item["lifetime"] else ""
    if token := item.get("asks_with"):
        ask_with = token_to_ask_with(token, key, item["checked_at"])
        size = size_fold(item["measured"], asked_for("size", key), key)
        return lifetime, ask_with, size, copies_fold(asked_for("copies", key))
    return (
        lifetime,
        size_panel(item["measured"], key) if item.get("measured") else "",
        copies_panel(item["copies"]) if item.get("copies") else "",
    )


def _header(item: Item, key: str) -> Iterator[str]:
    return part_panel("header", item["header_raw"], item["header_rows"], item["absent_header"], key)


def _payload(item: Item, key: str) -> Iterator[str]:
    return part_panel("payload", item["payload_raw"], item["claim_rows"], item["absent_claims"], key)


def _signature_of(item: Item, key: str) -> str:
    return _signature(item["signature_note"], key) if item["signature_note"] else ""


def _panel(id_: str, head: str, body: str) -> str:
    id_ = escape(id_)
    return (
        f'<section class="panel" aria-labelledby="{id_}">\n<header>\n<h2 id="{id_}">{head}</header>\n{body}</section>\n'
    )


def _defects(defects: Sequence[Item], key: str) -> str:
    rows = "".join(map(_defect, defects))
    head = f"What a strict reader sees</h2>\n{chip_of(str(len(defects)))}\n"
    return _panel(f"defects{key}", head, f'<ul class="findings">\n{rows}</ul>\n')


def _defect(defect: Item) -> str:
    tone = spoken(defect["tone"])
    return (
        f'<li class="{tone.css}">{tone.sign}<span class="what">{tone.said}{isolated(defect["message"])}</span>'
        f'<span class="chip code">{escape(defect["code"])}</span></li>\n'
    )


def _encoded(item: Item, key: str, actions: str, below: str) -> str:
    notes = "".join(f'<p class="help">{isolated(note)}</p>\n' for note in item["notes"])
    text = encoded_token(item["parts"], f"encoded{key}")
    return _panel(
        f"encoded-title{key}",
        f"Encoded</h2>\n{chip_of(item['size'])}\n{actions}",
        f'<div class="body stack tight">\n{notes}{text}{below}</div>\n',
    )


def _lifetime(item: Item, key: str) -> str:
    text = item["expires_text"]
    if item["is_expired"]:
        left = chip_of(text, "fail") if text else ""
    else:
        left = countdown(item["expires_at"], text) if text else ""
    body = f'<div class="body">{lifetime_line(item["lifetime"])}</div>\n'
    return _panel(f"lifetime{key}", f"Lifetime</h2>\n{left}\n", body)


def _signature(note: str, key: str) -> str:
    return _panel(
        f"signature{key}", f'<span class="part-name part-signature">Signature</span></h2>\n{chip_of(note)}\n', ""
    )
