"""The rows of claims and of findings: a page may hold hundreds, so they are written here and not by nested templates.

Every value is escaped here, and nowhere is a value trusted as markup: what comes from outside goes through `isolated`,
our own words through `html.escape`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from console.templatetags.signs import chip_of, sign, spoken
from console.templatetags.untrusted import isolated, isolated_address
from console.web.markup import term

register = template.Library()

Row = Mapping[str, Any]
TALL = 600  # characters: a longer value scrolls in its own box


@register.simple_tag
def claim_rows(rows: Iterable[Row], key: object = "") -> SafeString:
    """Rows of a table of claims. `key` makes the links to findings unique.

    A row has name, value (text; arrays as JSON), human (the value in words), meaning, is_absent, status (fail or
    warning, else ""), clue ("fails: audience") and clue_check (the finding to show).
    """
    of = escape(str(key or ""))
    return SafeString("".join([_claim(row, of) for row in rows]))


@register.simple_tag
def finding_rows(rows: Iterable[Row], key: object = "") -> SafeString:
    """Rows of findings. `key` makes their ids unique.

    A row has status, what, token, api (both sides as text), token_label, api_label, why, do, who (words), code and url
    (its reference page).
    """
    of = escape(str(key or ""))
    return SafeString("".join([_finding(row, of) for row in rows]))


@register.simple_tag
def finding_row(row: Row, key: object = "") -> SafeString:
    """One row of findings, for a list of another making."""
    return finding_rows((row,), key)


@register.simple_tag
def limit_rows(rows: Iterable[Row]) -> SafeString:
    """Rows of and what a token leaves of them."""
    return SafeString("".join(map(_limit, rows)))


@register.simple_tag
def size_rows(rows: Iterable[Row]) -> SafeString:
    """Rows of what each member takes of a token."""
    return SafeString("".join(map(_share, rows)))


@register.simple_tag
def fact_rows(rows: Iterable[Row]) -> SafeString:
    """Rows of meta_list.html, which says what is in one."""
    return SafeString("".join(map(_fact, rows)))


@register.simple_tag
def copy_rows(rows: Iterable[Row]) -> SafeString:
    """A token in several forms: id, title, value, note."""
    return SafeString("".join(map(_copy, rows)))


def _claim(row: Row, key: str) -> str:
    is_absent = row["is_absent"]
    human = f'<span class="human">{isolated(row["human"])}</span>' if row["human"] else ""
    return (
        f'<tr role="row"{_class(row["status"])}>'
        f'<th scope="row" role="rowheader"{_MUTED if is_absent else ""}>{isolated(row["name"])}</th>'
        f'<td role="cell">{_ABSENT if is_absent else _value(row)}{human}</td>'
        f'<td role="cell">{isolated(row["meaning"])}{_clue(row, key) if row["clue"] else ""}</td></tr>\n'
    )


def _clue(row: Row, key: str) -> str:
    return f' <a class="clue" href="#finding{key}-{term(row["clue_check"])}">{term(row["clue"])}</a>'


_MUTED = ' class="muted"'
_ABSENT = '<span class="muted">absent</span>'


def _class(status: str) -> str:
    return f' class="{term(status)}"' if status else ""


def _value(row: Row) -> str:
    if len(row["value"]) <= TALL:
        return f'<span class="mono">{isolated_address(row["value"])}</span>'
    label = f"Value of {escape(row['name'])}"
    return f'<span class="mono tall" tabindex="0" role="group" aria-label="{label}">{isolated(row["value"])}</span>'


def _finding(row: Row, key: str) -> str:
    status, mark, code = spoken(row["status"]), row.get("mark"), row.get("code")
    id_ = f' id="finding{key}-{term(code)}"' if code else ""
    marked = f'<strong class="mark">{escape(mark)}</strong> ' if mark else ""
    return (
        f'<li class="{status.css}{" marked" if mark else ""}"{id_}>'
        f'{status.sign} <span class="what">{marked}{status.said}{isolated(row["what"])}</span> '
        f"{_code(code, row.get('url') or '') if code else ''}{_reasons(row)}</li>\n"
    )


@lru_cache(maxsize=256)
def _code(code: str, url: str) -> str:
    """What was checked, and its page: both of our own vocabulary, as in markup.term."""
    return chip_of(code, url=url, is_code=True)


def _reasons(row: Row) -> str:
    """Both sides of a mismatch, then why, what to do and who; "" when there is nothing to say."""
    token, api, why, do, who = row.get("token"), row.get("api"), row.get("why"), row.get("do"), row.get("who")
    if not (token or api or why or do or who):
        return ""
    return (
        f"<dl>{_side(row.get('token_label', 'token'), token) if token else ''}"
        f"{_side(row.get('api_label', 'API'), api) if api else ''}"
        f"{f'<dt>why</dt><dd>{isolated(why)}</dd>' if why else ''}"
        f"{f'<dt>do</dt><dd>{isolated(do)}</dd>' if do else ''}"
        f"{f'<dt>who</dt><dd>{term(who)}</dd>' if who else ''}</dl>"
    )


def _side(label: str, text: object) -> str:
    label = term(label)
    if len(str(text)) <= TALL:
        return f'<dt>{label}</dt><dd class="mono">{isolated_address(text)}</dd>'
    box = f'<div class="tall" tabindex="0" role="group" aria-label="{label}">{isolated(text)}</div>'
    return f'<dt>{label}</dt><dd class="mono">{box}</dd>'


def _fact(row: Row) -> str:
    value = (isolated_address if row.get("is_code") else isolated)(row["value"])
    if row.get("url"):
        value = f'<a href="{escape(row["url"])}">{value}</a>'
    elif row.get("tone"):
        value = chip_of(str(row["value"]), row["tone"])
    mono = ' class="mono"' if row.get("is_code") else ""
    note = f' <span class="muted">{isolated(row["note"])}</span>' if row.get("note") else ""
    return f"<dt>{escape(row['label'])}</dt>\n<dd{mono}>{value}{note}</dd>\n"


def _copy(row: Row) -> str:
    id_, title = escape(row["id"]), escape(row["title"])
    return (
        f'<div class="stack tight"><h3>{title}</h3>'
        f'<span class="copyable block"><span class="mono" id="{id_}">{isolated(row["value"])}</span> '
        f'<button type="button" class="button quiet" data-copy-target="#{id_}">Copy'
        f'<span class="visually-hidden"> {title}</span></button></span>'
        f'<p class="help">{escape(row["note"])}</p></div>\n'
    )


def _share(row: Row) -> str:
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{isolated(row["name"])}</th>'
        f'<td role="cell"><meter min="0" max="1000" value="{int(row["share"])}" aria-hidden="true"></meter></td>'
        f'<td role="cell">{escape(row["text"])}</td></tr>\n'
    )


def _limit(row: Row) -> str:
    mark = f"{sign('warning')} " if row["status"] else ""
    return (
        f'<tr role="row"{_class(row["status"])}>'
        f'<th scope="row" role="rowheader">{term(row["name"])}</th>'
        f'<td role="cell">{mark}{term(row["limit"])}, {escape(row["left"])}</td>'
        f'<td role="cell">{term(row["source"])}</td></tr>\n'
    )
