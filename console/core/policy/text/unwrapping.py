"""From what people paste to the policy text in it: out of JSON, code blocks, programs and escapes, trimmed."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from console.core.policy.text.arm_expressions import arm_text
from console.core.policy.text.embedding import find_embedded
from console.core.policy.text.mending import unescape
from console.core.policy.text.problem import PolicyProblem

MAX_POLICY_CHARS = 8_000_000

MARK_NOTE = "The byte-order mark before the text was left out."
BLANK_NOTE = "Invisible blanks around the text were left out."
FENCE_NOTE = "The policy was taken out of a code block."
OTHER_FENCES_NOTE = "Other code blocks of the text were left out; paste one alone to have it read."
CODE_NOTE = "The policy was taken out of the text around it."
PAGE_NOTE = "The policy was taken out of the page that shows it."
JSON_NOTE = "The policy was taken out of JSON text."
ESCAPED_NOTE = "The whole text was escaped (&lt; for <); it was read unescaped."

_MARK = "\ufeff"
_INVISIBLE = "\u00a0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u2060\u3000\u0085"
_BLANKS = frozenset(" \t\r\n\v\f" + _MARK + _INVISIBLE + "".join(map(chr, range(0x2000, 0x200B))))
_WRITTEN_BLANKS = ("&nbsp;", "&#160;", "&#xA0;", "&#xa0;")
_FENCE = re.compile(r"^[ \t]*+(`{3,}+|~{3,}+)[^\n]*+\n", re.M)
_DECLARATION = re.compile(r"<\?xml\s[^<>]*?\?>")
_ESCAPED = re.compile(r"&(?:amp;)*+(?:lt|#0*60|#[xX]0*3[cC]);")
_UNSAFE = re.compile(r"(?:<|lt;|#0*60;|#x0*3c;)!(?:DOCTYPE|ENTITY)", re.I)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEMBER = re.compile(r'"(?:value|policy|policyContent|xmlContent)"\s*:\s*"')
_OPENED = re.compile(r"""[\s\ufeff]*+[<{\["&]""")
_WHOLE = re.compile(r"<policies[\s>]")
_POLICY = r"(?:policies|fragment|inbound|validate-jwt|validate-azure-ad-token)"
_SHOWN = re.compile(rf"&lt;{_POLICY}\b")
_RAW = re.compile(rf"<{_POLICY}[\s/>]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_REMARK = ("//", "*", "#")
_REMARKS = re.compile(r"^[ \t]*+(?:///?|\*|#)", re.M)
_MARKUP = re.compile(r"\s*(?:<|&lt;)")


@dataclass(frozen=True, slots=True)
class PastedPolicy:
    """The policy text is `source[start:end]`. `source` is the paste itself unless it had to be decoded, which a note
    then says.
    """

    source: str
    start: int
    end: int
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.source[self.start : self.end]

    def line_of(self, offset: int) -> int:
        """The line of an offset in the source, from 1."""
        return self.source.count("\n", 0, offset) + 1


def unwrap(text: str) -> PastedPolicy | PolicyProblem:
    """The policy text in a paste. Never raises; a text that no XML document may be is a problem."""
    if len(text) > MAX_POLICY_CHARS:
        return PolicyProblem(
            "too-large",
            f"The text has {len(text)} characters; at most {MAX_POLICY_CHARS} are read.",
            "Paste only the policy document.",
        )
    found = _trimmed(PastedPolicy(text, 0, len(text)))
    for layer in (_out_of_fence, _out_of_json, _out_of_page, _out_of_code, _unescaped):
        opened = layer(found)
        if isinstance(opened, PolicyProblem):
            return opened
        found = _trimmed(opened)
    if (declared := _DECLARATION.match(found.source, found.start, found.end)) is not None:
        found = _trimmed(replace(found, start=declared.end()))
    return _usable(found)


def _usable(found: PastedPolicy) -> PastedPolicy | PolicyProblem:
    if found.start == found.end:
        return PolicyProblem("empty", "There is no policy text.", "Paste the policy document of the API.")
    illegal = _ILLEGAL.search(found.source, found.start, found.end)
    if illegal is not None:
        return PolicyProblem(
            "not-xml",
            f"The text holds the character U+{ord(illegal.group()):04X}, which no XML document may hold.",
            "Remove it, or save the text as UTF-8 and paste it again.",
            found.line_of(illegal.start()),
        )
    return found


def _trimmed(found: PastedPolicy) -> PastedPolicy:
    source, start, end = found.source, found.start, found.end
    while start < end and (size := _blank_at(source, start, end)):
        start += size
    while start < end and (size := _blank_before(source, start, end)):
        end -= size
    taken = source[found.start : start] + source[end : found.end]
    notes = found.notes + ((MARK_NOTE,) if _MARK in taken else ())
    if "&" in taken or any(one in taken for one in _INVISIBLE):
        notes += (BLANK_NOTE,)
    return PastedPolicy(source, start, end, tuple(dict.fromkeys(notes)))


def _blank_at(source: str, start: int, end: int) -> int:
    if source[start] in _BLANKS:
        return 1
    return next((len(one) for one in _WRITTEN_BLANKS if source.startswith(one, start, end)), 0)


def _blank_before(source: str, start: int, end: int) -> int:
    if source[end - 1] in _BLANKS:
        return 1
    return next((len(one) for one in _WRITTEN_BLANKS if source.endswith(one, start, end)), 0)


def _out_of_fence(found: PastedPolicy) -> PastedPolicy:
    """The Markdown code block that holds markup or JSON, when the text is neither by itself: of several the first one
    with a whole document, else the first; that there are others is said.
    """
    if found.source[found.start : found.start + 1] in ("", "<", "{", "[", '"', "&"):
        return found
    blocks, empty = _fenced(found)
    if not blocks:
        return empty
    start, end = next((one for one in blocks if _WHOLE.search(found.source, *one)), blocks[0])
    notes = (FENCE_NOTE,) if len(blocks) == 1 else (FENCE_NOTE, OTHER_FENCES_NOTE)
    return PastedPolicy(found.source, start, end, (*found.notes, *notes))


def _fenced(found: PastedPolicy) -> tuple[list[tuple[int, int]], PastedPolicy]:
    """The code blocks with markup or JSON, and what to read where there is none."""
    blocks: list[tuple[int, int]] = []
    at, empty = found.start, found
    while (opening := _FENCE.search(found.source, at, found.end)) is not None:
        closing = found.source.find(opening[1], opening.end(), found.end)
        end = found.end if closing < 0 else closing
        if _OPENED.match(found.source, opening.end(), end) is not None:
            blocks.append((opening.end(), end))
        elif not found.source[opening.end() : end].strip():
            empty = PastedPolicy(found.source, opening.end(), end, found.notes)
        at = end + len(opening[1])
    return blocks, empty


def _out_of_code(found: PastedPolicy) -> PastedPolicy | PolicyProblem:
    """The one policy in a program or in prose, when the text does not begin with markup itself."""
    source = found.source
    if source[found.start : found.start + 1] in ("", "<", "&") or _UNSAFE.search(source, found.start, found.end):
        return found
    embedded = find_embedded(source, found.start, found.end)
    if embedded is None or isinstance(embedded, PolicyProblem):
        return embedded or found
    notes = (*found.notes, CODE_NOTE)
    if embedded.text is None:
        return PastedPolicy(source, embedded.start, embedded.end, notes)
    return PastedPolicy(embedded.text, 0, len(embedded.text), notes)


def _out_of_page(found: PastedPolicy) -> PastedPolicy:
    """What a page shows, where a policy stands escaped in it: without the page's own tags, unescaped once."""
    text = found.text
    begun = _SHOWN.search(text)
    if begun is None or not text[: begun.start()].strip() or _RAW.search(text) or _UNSAFE.search(text):
        return found
    if all(line.lstrip().startswith(_REMARK) for line in text.splitlines() if line.strip()):
        text = _REMARKS.sub("", text)
    shown = unescape(_TAG.sub("", text)).replace("&nbsp;", " ")
    return PastedPolicy(shown, 0, len(shown), (*found.notes, PAGE_NOTE))


def _out_of_json(found: PastedPolicy) -> PastedPolicy | PolicyProblem:
    """The one policy text in a JSON value, as the management API answers, or in a string copied out of one."""
    text = found.text
    if text.startswith(("{", "[", '"')):
        wrapped = f"{{{text.rstrip(',')}}}" if _MEMBER.match(text) else text
    elif text.startswith("<") and ('=\\"' in text or ">\\n" in text or ">\\r\\n" in text):
        wrapped = f'"{text}"'
    else:
        return found
    try:
        value = json.loads(wrapped, strict=False)
    except (ValueError, RecursionError):  # the text is no JSON, or nested beyond what is read
        return found
    texts = _policy_texts(value)
    if len(texts) > 1:
        return PolicyProblem(
            "not-xml", f"The JSON text holds {len(texts)} policies.", "Paste the one whose answer you want to know."
        )
    return PastedPolicy(texts[0], 0, len(texts[0]), (*found.notes, JSON_NOTE)) if texts else found


def _policy_texts(value: Any) -> list[str]:
    """The strings in a JSON value that look like markup; those that are called `value`, if there are any."""
    named: list[str] = []
    others: list[str] = []
    pending: list[tuple[str, Any]] = [("value", value)]
    while pending:
        name, item = pending.pop()
        if isinstance(item, dict):
            pending += reversed(item.items())
        elif isinstance(item, list):
            pending += [(name, one) for one in reversed(item)]
        elif isinstance(item, str) and (text := _markup(item)) is not None:
            (named if name == "value" else others).append(text)
    return named or others


def _markup(item: str) -> str | None:
    """The markup that a string of JSON is, or that its ARM expression gives."""
    text = item if _MARKUP.match(item.lstrip(_MARK)) else arm_text(item)
    return text if text is not None and _MARKUP.match(text.lstrip(_MARK)) else None


def _unescaped(found: PastedPolicy) -> PastedPolicy | PolicyProblem:
    """The text unescaped once when its first character is an escaped `<`."""
    if _ESCAPED.match(found.source, found.start, found.end) is None:
        return found
    text = unescape(found.text).replace("&nbsp;", " ")
    opened = _trimmed(PastedPolicy(text, 0, len(text), (*found.notes, ESCAPED_NOTE)))
    if _ESCAPED.match(text, opened.start) is None:
        return opened
    if _UNSAFE.search(text):
        return unsafe(1)
    return PolicyProblem(
        "not-xml", "The text is escaped more than once.", "Copy the policy from the portal's policy editor.", 1
    )


def unsafe(line: int | None) -> PolicyProblem:
    """The refusal of a document type or entity declaration, whatever it declares."""
    return PolicyProblem(
        "unsafe",
        "The text declares a document type or entities, which a policy never needs.",
        "Remove the DOCTYPE and paste the policy again.",
        line,
    )
