"""One token, decoded and judged: the verdict, then reasons and encoded text at the left, the decoded parts at the
right; one column where there is no room. Written in Python as its panels are; escaping is that of rows.py.

`item` is what present/tokens.py makes of a token; `key` makes ids unique ("-1").
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from console.templatetags.panels import (
    copies_panel,
    encoded_token,
    findings,
    lifetime_line,
    part_panel,
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


@register.simple_tag
def decoded_tokens(items: Sequence[Item]) -> SafeString:
    """The tokens of a paste; of several each has a title. An item has a `key`, and a `label`: where it stood."""
    if len(items) == 1:
        return SafeString(_pasted(items[0]))
    titled = (_title(item, number, len(items)) + _pasted(item) for number, item in enumerate(items, 1))
    return SafeString("".join(titled))


def _title(item: Item, number: int, count: int) -> str:
    place = f": {isolated(item['label'])}" if item["label"] else ""
    return f'<h2 class="part-of">Token {number} of {count}{place}</h2>\n'


def _pasted(item: Item) -> str:
    """With a button that copies it."""
    key = item["key"]
    copy = (
        f'<button type="button" class="button quiet needs-script" data-copy-target="#encoded{escape(key)}">Copy'
        '<span class="visually-hidden"> the token</span></button>\n'
    )
    return f'<div class="decoded">\n{_verdict(item, key)}{_columns(item, key, copy)}</div>\n'


@register.simple_block_tag
def obtained_token(content: str, item: Item, *, is_revealed: bool) -> SafeString:
    """A token that a profile got: the block is what stands beside the title of its encoded text."""
    hidden = "" if is_revealed else _HIDDEN
    return SafeString(f'<div class="decoded">\n{_verdict(item, "")}{_columns(item, "", content, hidden)}</div>\n')


def _verdict(item: Item, key: str) -> str:
    said = item["verdict"]
    return verdict(said["status"], said["title"], said["text"], f"verdict{key}") if item["is_readable"] else ""


def _columns(item: Item, key: str, actions: str, below: str = "") -> str:
    """`actions` and `below` are markup: what stands beside the title of the encoded text, and below it."""
    left = (
        _defects(item["defects"], key) if item["defects"] else "",
        findings(item["findings"], key, id=f"findings{key}") if item["is_readable"] else "",
        _encoded(item, key, actions, below) if item["parts"] else "",
        _lifetime(item, key) if item["lifetime"] else "",
        size_panel(item["measured"], key) if item.get("measured") else "",
        copies_panel(item["copies"]) if item.get("copies") else "",
    )
    right = (
        part_panel("header", item["header_raw"], item["header_rows"], item["absent_header"], key),
        part_panel("payload", item["payload_raw"], item["claim_rows"], item["absent_claims"], key),
        _signature(item["signature_note"], key) if item["signature_note"] else "",
    )
    return (
        f'<div class="columns">\n<div class="stack">\n{"".join(left)}</div>\n'
        f'<div class="stack">\n{"".join(right)}</div>\n</div>\n'
    )


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
