"""The parts of a decoded token, written in Python: they are on the most used pages, and nested templates cost most.

Escaping is that of rows.py: `isolated` for what comes from outside, `html.escape` for our own words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from console.templatetags.rows import claim_rows, copy_rows, fact_rows, finding_rows, limit_rows, size_rows
from console.templatetags.signs import chip_of, sign
from console.templatetags.untrusted import isolated
from console.web.present.tokens import Folded

register = template.Library()

Row = Mapping[str, Any]


def _head(*names: str) -> str:
    """The column names of a table, for those who do not see that it is one."""
    cells = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in names)
    return f'<thead class="visually-hidden"><tr role="row">{cells}</tr></thead>\n<tbody role="rowgroup">\n'


_CLAIMS = _head("Name", "Value", "Meaning")
_SIZES = _head("Claim", "Share", "Size")
_LIMITS = _head("Where", "Limit and what is left", "Source")
_PARTS = {"header": "Header", "payload": "Payload", "signature": "Signature", "other": "Opaque"}


@register.simple_tag
def verdict(status: str, title: object, text: object = "", id: str = "verdict") -> SafeString:
    """The answer first: `title` is one sentence, `text` one or two more."""
    id_, said = escape(id), f"<p>{isolated(text)}</p>\n" if text else ""
    return SafeString(
        f'<section class="verdict {escape(status)}" id="{id_}" aria-labelledby="{id_}-title">\n'
        f'<h2 id="{id_}-title">{sign(status)}<span>{isolated(title)}</span></h2>\n{said}</section>\n'
    )


def claims_table(caption: str, rows: Iterable[Row], key: object = "") -> str:
    """Names, values and meanings, for a token's header or payload; rows.claim_rows says what is in a row."""
    return (
        f'<table class="claims" role="table">\n<caption class="visually-hidden">{escape(caption)}</caption>\n{_CLAIMS}'
        f"{claim_rows(rows, key)}</tbody>\n</table>\n"
    )


def part_panel(name: str, raw: str, rows: Sequence[Row], absent: Folded, key: object = "") -> Iterator[str]:
    """A token's "header" or "payload": as it is (`raw`) when it is no JSON object, else its claims, the absent folded.

    In pieces, for whoever puts the page together; none for a part that is not there.
    """
    if not raw and not rows:
        return
    title, id_ = name.capitalize(), f"{name}{escape(str(key or ''))}"
    shown = f'<pre class="body" tabindex="0" role="group" aria-label="{title} as it is">{isolated(raw)}</pre>\n'
    mark = chip_of("not a JSON object", "warning") if raw else ""
    yield (
        f'<section class="panel" aria-labelledby="{id_}">\n<header>\n'
        f'<h2 id="{id_}"><span class="part-name part-{name}">{title}</span></h2>\n'
        f"{mark}</header>\n{shown if raw else claims_table(title, rows, key)}"
    )
    if absent.rows:
        yield _absent(name, absent)
    yield "</section>\n"


@lru_cache(maxsize=256)
def _absent(name: str, absent: Folded) -> str:
    """What tokens of one kind lack is the same for many, and most of the rows: it is written once."""
    table = claims_table(f"Absent from the {name}", absent.rows)
    return _folded(f"{len(absent.rows)} absent, and what that means", table)


def _folded(summary: str, markup: str) -> str:
    written = escape(summary).encode("ascii", "xmlcharrefreplace").decode()  # ASCII alone, as in signs.py
    return f"<details>\n<summary>{written}</summary>\n{markup}</details>\n"


@register.simple_tag
def findings(found: Row, key: object = "", title: str = "Checks", id: str = "findings") -> SafeString:
    """Findings with their reasons, what passed folded away.

    `found` has counts (text, tone: chips of the head), rows and passed (see rows.finding_rows) and passed_summary
    ("9 checks passed: …"). `key` makes the rows' ids unique.
    """
    return SafeString("".join(findings_panel(found, key, title=title, id=id)))


def findings_panel(found: Row, key: object, *, id: str, title: str = "Checks", later: str = "") -> Iterator[str]:
    """The same in pieces, for whoever puts the page together. `later` is markup that asks for what passed."""
    id_ = escape(id)
    counts = "".join([chip_of(count["text"], count["tone"]) for count in found["counts"] or ()])
    yield (
        f'<section class="panel" id="{id_}" aria-labelledby="{id_}-title">\n'
        f'<header>\n<h2 id="{id_}-title">{escape(title)}</h2>\n{counts}</header>\n'
    )
    if found["rows"]:
        yield f'<ul class="findings">\n{finding_rows(found["rows"], key)}</ul>\n'
    if found["passed_summary"]:
        yield _folded(found["passed_summary"], later or passed_details(found["passed"], key))
    yield "</section>\n"


@register.simple_tag
def passed_details(rows: Iterable[Row], key: object = "") -> SafeString:
    """The findings that are folded away."""
    return SafeString(f'<ul class="findings">\n{finding_rows(rows, key)}</ul>\n')


@register.simple_tag
def encoded_token(parts: Sequence[Row], id: str = "encoded") -> SafeString:
    """A token as it is sent, its parts in three labelled colours: name (header, payload, signature, other) and text.

    A copy button may point at `id`: the labels are outside of it.
    """
    names = "".join(f'<li class="part-name part-{escape(p["name"])}">{_PARTS[p["name"]]}</li>' for p in parts)
    texts = ".".join(f'<span class="part-{escape(p["name"])}">{isolated(p["text"])}</span>' for p in parts)
    return SafeString(
        f'<ul class="part-names">\n{names}\n</ul>\n'
        f'<p class="encoded" id="{escape(id)}" tabindex="0" role="group" aria-label="Encoded token">{texts}</p>\n'
    )


@register.simple_tag
def lifetime_line(life: Row) -> SafeString:
    """From when to when a token is good, as a line and as words.

    `life` has label (the whole in one sentence), span_start, span_width, span_end, leeway_width, early_start,
    early_width, now, clocks (whole numbers 0 to 1000 along the line; a width of 0 is not drawn), captions (kind, at,
    anchor, text), note, and rows (see meta_list.html). Places are per cent and texts have the page's sizes: nothing
    shrinks on a phone.
    """
    clocks = "".join(_mark("clock", clock) for clock in life["clocks"])
    drawn = (
        _bar("span", life["span_start"], life["span_width"])
        + _bar("leeway", life["early_start"], life["early_width"])
        + _bar("leeway", life["span_end"], life["leeway_width"])
    )
    captions = "".join(_caption(**one) for one in life["captions"])
    note = f'<p class="help">{escape(life["note"])}</p>\n' if life["note"] else ""
    return SafeString(
        f'<svg class="lifetime" role="img" aria-label="{escape(life["label"])}">\n'
        '<line class="axis" x1="0" x2="100%" y1="32" y2="32" />\n'
        f"{drawn}{clocks}{_mark('now', life['now'])}{captions}</svg>\n"
        f'<dl class="meta">\n{fact_rows(life["rows"])}</dl>\n{note}'
    )


def _bar(kind: str, start: int, width: int) -> str:
    place = f'x="{int(start) / 10}%" width="{int(width) / 10}%"'
    return f'<rect class="{kind}" {place} y="22" height="20" />\n' if width else ""


def _mark(kind: str, at: int) -> str:
    place = f"{int(at) / 10}%"
    return f'<line class="{kind}" x1="{place}" x2="{place}" y1="16" y2="48" />\n'


def _caption(kind: str, at: int, anchor: str, text: str) -> str:
    """Above the line for now, below it for the span, so that the two never meet."""
    y = 12 if kind == "now" else 60
    place = f'x="{int(at) / 10}%" y="{y}" text-anchor="{escape(anchor)}"'
    return f'<text class="{escape(kind)}-text" {place}>{escape(text)}</text>\n'


@register.simple_tag
def size_panel(size: Row, key: object = "") -> SafeString:
    """How large a token is: total, line (texts), shares (name, share in thousandths, text), tone, summary, advice, and
    limits (name, limit, left, status, source). `key` makes ids unique.
    """
    return SafeString(size_fold(size, size_details(size), key))


def size_fold(size: Row, details: str, key: object = "") -> str:
    """The panel around its details, which are markup; of `size` it needs total, tone, summary and advice."""
    id_ = f"size{escape(str(key or ''))}"
    sentences = "".join(f"<p>{isolated(sentence)}</p>" for sentence in size["advice"])
    advice = f'<div class="body stack tight">{sentences}</div>\n' if sentences else ""
    return (
        f'<section class="panel" aria-labelledby="{id_}">\n<header>\n<h2 id="{id_}">Size</h2>\n'
        f"{chip_of(size['total'])}{chip_of(size['summary'], size['tone'])}</header>\n"
        f"{advice}<details>\n<summary>What each part takes, and common limits</summary>\n"
        f"{details}</details>\n</section>\n"
    )


@register.simple_tag
def size_details(size: Row) -> SafeString:
    """What each part takes, and the limits: shares, line and limits."""
    return SafeString(
        '<table class="table sizes" role="table">\n'
        '<caption class="visually-hidden">What each claim takes of the token, the largest first</caption>\n'
        f"{_SIZES}{size_rows(size['shares'])}</tbody>\n</table>\n"
        f'<p class="body help">An Authorization line with this token has {escape(size["line"])}. '
        "The limits are as delivered; most can be changed.</p>\n"
        '<table class="table" role="table">\n'
        '<caption class="visually-hidden">Common limits for the headers of a request</caption>\n'
        f"{_LIMITS}{limit_rows(size['limits'])}</tbody>\n</table>\n"
    )


@register.simple_tag
def copies_panel(copies: Iterable[Row]) -> SafeString:
    """A token in the forms that people hand on: id, title, value, note."""
    return SafeString(copies_fold(copies_details(copies)))


def copies_fold(details: str) -> str:
    """The panel around its details, which are markup."""
    return (
        '<details class="panel">\n<summary>Copy: whole, without signature, claims, claims without personal values'
        f"</summary>\n{details}</details>\n"
    )


@register.simple_tag
def copies_details(copies: Iterable[Row]) -> SafeString:
    """The forms one below the other."""
    return SafeString(f'<div class="body stack">\n{copy_rows(copies)}</div>\n')
