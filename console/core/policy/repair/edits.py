"""Changes to a policy's text that leave everything else as it was pasted; indentation is copied from siblings.

Elements are those of the document that was read from this text: `span` and `inner` are offsets in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from console.core.policy.text.document import Element
from console.core.policy.text.expressions import end_of
from console.core.policy.token.matching import is_placeholder

UNIT = "    "
_TAG_NAME = re.compile(r"<\s*([^\s/>]+)")
_ATTRIBUTE = re.compile(r"""(\s+)([^\s=/>"']+)\s*=\s*(["'])""")


@dataclass(frozen=True, slots=True)
class WrittenAttribute:
    """One attribute as it stands in the text: `start` is before its leading blanks, `end` after its closing quote."""

    blanks: str
    start: int
    value_start: int
    value_end: int
    quote: str

    @property
    def end(self) -> int:
        return self.value_end + 1


def escaped(text: str, quote: str = "") -> str:
    """Text as XML wants it, in an element or between these quotation marks."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace(quote, "&quot;" if quote == '"' else "&apos;") if quote else safe


def written_out(source: str, targets: Iterable[Element]) -> tuple[Element, ...]:
    """Those whose text stands in the source itself: neither a named value nor an expression gives it."""
    return tuple(
        target
        for target in targets
        if target.inner is not None and not is_placeholder(source[target.inner[0] : target.inner[1]])
    )


def element(name: str, text: str) -> str:
    return f"<{name}>{escaped(text)}</{name}>"


def attribute_span(source: str, target: Element, name: str) -> tuple[int, int] | None:
    """Where the attribute's value stands, without its quotation marks; None when absent."""
    written = _attributes(source, target).get(name)
    return (written.value_start, written.value_end) if written else None


def raw_attribute(source: str, target: Element, name: str) -> str | None:
    """The attribute's value as it is written, named values and escapes included; None when absent."""
    span = attribute_span(source, target, name)
    return source[span[0] : span[1]] if span else None


def with_attribute(source: str, target: Element, name: str, value: str) -> str:
    """The attribute set; a new one goes behind the last, set off from it as the last one is."""
    written = _attributes(source, target)
    if (one := written.get(name)) is not None:
        return source[: one.value_start] + escaped(value, one.quote) + source[one.value_end :]
    last = max(written.values(), key=lambda item: item.start, default=None)
    at = last.end if last else _after_tag_name(source, target)
    blanks = last.blanks if last else " "
    return f'{source[:at]}{blanks}{name}="{escaped(value, chr(34))}"{source[at:]}'


def with_raw_attribute(source: str, target: Element, name: str, raw: str) -> str:
    """The attribute with another value that is already escaped, as `raw_attribute` gives it."""
    one = _attributes(source, target).get(name)
    return source if one is None else source[: one.value_start] + raw + source[one.value_end :]


def with_renamed_attribute(source: str, target: Element, old: str, name: str, value: str) -> str:
    """Another attribute in the place of one."""
    one = _attributes(source, target).get(old)
    written = f"{name}={one.quote}{escaped(value, one.quote)}{one.quote}" if one else ""
    return source if one is None else source[: one.start] + one.blanks + written + source[one.end :]


def without_attribute(source: str, target: Element, name: str) -> str:
    one = _attributes(source, target).get(name)
    return source if one is None else source[: one.start] + source[one.end :]


def with_text(source: str, target: Element, text: str) -> str:
    """The element's content replaced by this text; the element has no children."""
    start, end = target.inner or (0, 0)
    return source if target.inner is None else source[:start] + escaped(text) + source[end:]


def with_child(source: str, parent: Element, child: str) -> str:
    """`child` (XML) behind the last child of its parent, on a line of its own where the others have one."""
    if parent.children:
        last = parent.children[-1]
        return _inserted(source, last.span[1], lead_of(source, last.span[0]) + child)
    own = lead_of(source, parent.span[0])
    lead = own + UNIT if own else ""
    child = child.replace("\n", lead or " ")
    if parent.inner is None:
        return _opened(source, parent, lead + child + own)
    start, end = parent.inner
    closing = own if source[start:end].strip() or not source[start:end] else source[start:end]
    kept = source[start:end].rstrip() if source[start:end].strip() else ""
    return source[:start] + kept + lead + child + closing + source[end:]


def with_sibling(source: str, before: Element, sibling: str) -> str:
    """`sibling` (XML) right behind an element, indented as it is. A line feed in it gets the same indentation."""
    lead = lead_of(source, before.span[0])
    return _inserted(source, before.span[1], lead + sibling.replace("\n", lead or " "))


def with_sibling_before(source: str, after: Element, sibling: str) -> str:
    """The same in front of an element."""
    start = after.span[0]
    lead = lead_of(source, start)
    return _inserted(source, start - len(lead), lead + sibling.replace("\n", lead or " "))


def without(source: str, target: Element) -> str:
    """The element gone, with the line it stood on."""
    start, end = target.span
    return source[: start - len(lead_of(source, start))] + source[end:]


def moved_behind(source: str, target: Element, anchor: Element) -> str:
    """The element cut out and put behind one that follows it."""
    start, end = target.span
    lead = lead_of(source, start)
    return (
        source[: start - len(lead)] + source[end : anchor.span[1]] + lead + source[start:end] + source[anchor.span[1] :]
    )


def lead_of(source: str, start: int) -> str:
    """The line end and the blanks before an offset; "" when something else stands before it on its line."""
    begin = start
    while begin > 0 and source[begin - 1] in " \t":
        begin -= 1
    if begin == 0 or source[begin - 1] != "\n":
        return ""
    begin -= 2 if source[begin - 2 : begin] == "\r\n" else 1
    return source[begin:start]


def tag_of(source: str, target: Element) -> str:
    """The element's name with the prefix it is written with."""
    found = _TAG_NAME.match(source, target.span[0])
    return found[1] if found else target.name


def _inserted(source: str, at: int, text: str) -> str:
    return source[:at] + text + source[at:]


def _opened(source: str, parent: Element, content: str) -> str:
    """`<audiences />` with something in it."""
    start, end = parent.span
    head = source[start:end].rstrip(">").rstrip("/").rstrip()
    return f"{source[:start]}{head}>{content}</{tag_of(source, parent)}>{source[end:]}"


def _after_tag_name(source: str, target: Element) -> int:
    found = _TAG_NAME.match(source, target.span[0])
    return found.end() if found else target.span[0]


def _attributes(source: str, target: Element) -> dict[str, WrittenAttribute]:
    """The attributes of a start tag; expressions in them may hold raw quotation marks."""
    found: dict[str, WrittenAttribute] = {}
    at = _after_tag_name(source, target)
    while match := _ATTRIBUTE.match(source, at):
        start = match.end()
        end = _value_end(source, start, match[3])
        if end is None:
            break
        found[match[2]] = WrittenAttribute(match[1], match.start(), start, end, match[3])
        at = end + 1
    return found


def _value_end(source: str, start: int, quote: str) -> int | None:
    if source.startswith(("@(", "@{"), start):
        end = end_of(source, start)
        if end is not None and source.startswith(quote, end):
            return end
    end = source.find(quote, start)
    return None if end < 0 else end
