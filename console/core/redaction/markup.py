"""Secrets in XML and HTML: elements and attributes of a secret name, and pairs that say the name beside the value."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from console.core.character_references import unescaped
from console.core.redaction.hide import Hide
from console.core.redaction.names import MASK, PAIR_NAMES, PAIR_VALUES, TOKEN, mask_of, pair_mask

_PIECES = re.compile(r"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+(?:\]\]>)?|<[^<>]*+>?|[^<]++")
# What is looked for first, at the speed of one search: most documents hold nothing of it, and are not taken apart.
_NAMES = re.compile(r"(?<=[<:/\s])([A-Za-z_][\w.-]{0,200}+)(?=[\s/>=])")
_SAID = re.compile(r"(?:=\s{0,8}+[\"']|>\s{0,200}+|\[CDATA\[)([\w. -]{2,60}+)\s{0,200}+(?:[\"'<]|\]\])")
_WITHIN = re.compile(r"(?:[\"'>]|\[CDATA\[)\s{0,200}+(?:[{\[]|&lt;|https?://|%)")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,200}+)")
_ATTRIBUTE = re.compile(r"(?<![\w.:-])([A-Za-z_][\w.:-]{0,200}+)(\s{0,8}+=\s{0,8}+)(\"[^\"]*+\"|'[^']*+')")
_CDATA = "<![CDATA["
_MOST_IN_TAG = 20_000  # characters; a longer one is left to the sweep
_DEEPEST = 200  # elements; those within count as texts of the last one
_UNCLOSED = 8  # elements whose end may be missing before one that ends
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)  # of HTML; they have no end
# Beside the names of JSON and forms; of an assertion in SAML the issuer stays, and its signature does not.
_SECRET_ELEMENTS = frozenset({"binarysecuritytoken", "signaturevalue", "ciphervalue"})
_WHOLE_ONLY = frozenset({"assertion"})


@dataclass(slots=True)
class _Element:
    """`mask` is that of every text in it. `said` is the mask for the value of a pair, once a child named a secret."""

    name: str
    mask: str = ""
    said: str = ""
    values: list[int] = field(default_factory=list)


def is_markup(text: str) -> bool:
    """Whether a text may be XML or HTML."""
    return text[:200].lstrip("\ufeff \t\r\n")[:1] == "<" and ">" in text


class Markup:
    """One document. `inner` takes the text of an element apart that may itself be something."""

    def __init__(self, hide: Hide, inner: Callable[[str], str]) -> None:
        self._hide, self._inner = hide, inner
        self._open: list[_Element] = [_Element("")]
        self._pieces: list[str] = []

    def masked(self, text: str) -> str:
        """Unchanged where nothing in it is secret."""
        if not _may_hold(text):
            return text
        self._pieces = _PIECES.findall(text)
        for at, piece in enumerate(self._pieces):
            tag = _TAG.match(piece)
            if tag is None or (piece == TOKEN and not self._is_element(at)):
                self._pieces[at] = self._text(piece, at)
            elif tag[1]:
                self._close(_local(tag[2]))
            elif len(piece) <= _MOST_IN_TAG:
                self._pieces[at] = self._start(piece, tag)
        return "".join(self._pieces)

    def _is_element(self, at: int) -> bool:
        """Whether `<token>` is the start of an element, and no mask: its end is near."""
        return any(piece.startswith("</token") for piece in self._pieces[at + 1 : at + 3])

    def _start(self, piece: str, tag: re.Match[str]) -> str:
        name = _local(tag[2])
        mask, said = _mask_of_element(name), ""
        attributes = [(_local(one[1]), one[3][1:-1]) for one in _ATTRIBUTE.finditer(piece)]
        for named, value in attributes:
            if named in PAIR_NAMES and pair_mask(unescaped(value)):
                said = MASK
        if not piece.endswith("/>") and name not in _EMPTY and len(self._open) < _DEEPEST:
            self._open.append(_Element(name, mask or said))
        return _ATTRIBUTE.sub(lambda one: self._attribute(one, said), piece)

    def _attribute(self, found: re.Match[str], said: str) -> str:
        name, value = _local(found[1]), found[3][1:-1]
        mask = MASK if mask_of(name) else said if name in PAIR_VALUES else ""
        shown = unescaped(value)
        changed = self._hide(shown, mask) if mask and value not in ("", MASK, TOKEN) else value
        if not mask and (inner := self._inner(shown)) != shown:
            changed = html.escape(inner).replace(html.escape(TOKEN), TOKEN)
        return f"{found[1]}{found[2]}{found[3][0]}{changed}{found[3][0]}"

    def _close(self, name: str) -> None:
        for back in range(1, min(_UNCLOSED, len(self._open) - 1) + 1):
            if self._open[-back].name == name:
                del self._open[-back:]
                return

    def _text(self, piece: str, at: int) -> str:
        shown = piece[len(_CDATA) :].removesuffix("]]>") if piece.startswith(_CDATA) else unescaped(piece)
        if not shown.strip() or shown.strip() in (MASK, TOKEN):
            return piece
        element = self._open[-1]
        is_whole = element.name in _WHOLE_ONLY
        if mask := next((one.mask for one in reversed(self._open) if one.mask), MASK if is_whole else ""):
            return self._masked(piece, shown, mask)
        if len(self._open) > 1 and element.name in PAIR_NAMES:
            self._say(self._open[-2], MASK if pair_mask(shown) else "")
        elif len(self._open) > 1 and element.name in PAIR_VALUES:
            if self._open[-2].said:
                return self._masked(piece, shown, self._open[-2].said)
            self._open[-2].values.append(at)
        inner = self._inner(shown)
        if inner == shown:
            return piece
        if piece.startswith(_CDATA):
            return piece.replace(shown, inner)
        return html.escape(inner, quote=False).replace(html.escape(TOKEN), TOKEN)

    def _say(self, pair: _Element, mask: str) -> None:
        """The value may have come before its name."""
        pair.said = mask
        for at in pair.values if mask else ():
            self._pieces[at] = self._masked(self._pieces[at], unescaped(self._pieces[at]), mask)
        pair.values.clear()

    def _masked(self, piece: str, shown: str, mask: str) -> str:
        """Blanks around it stay, for a document that is laid out."""
        hidden = self._hide(shown.strip(), mask)
        if piece.startswith(_CDATA):
            return hidden
        start = len(piece) - len(piece.lstrip())
        return piece[:start] + hidden + piece[len(piece.rstrip()) :]


def _may_hold(text: str) -> bool:
    """Whether an element, an attribute or a pair has the name of a secret, or a text in it is something itself."""
    names = {name.lower() for name in set(_NAMES.findall(text))}
    if any(_mask_of_element(name) or name in _WHOLE_ONLY for name in names) or _WITHIN.search(text):
        return True
    return not names.isdisjoint(PAIR_NAMES) and any(map(pair_mask, set(_SAID.findall(text))))


def _mask_of_element(name: str) -> str:
    """Always this one: a `<token>` would be read as an element by whoever looks again."""
    return MASK if name in _SECRET_ELEMENTS or (name not in _WHOLE_ONLY and mask_of(name)) else ""


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
