"""What the roots of chains of causes tell, which say why; what stands above them says what was hindered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, islice

from console.core.diagnosis.codes import any_known, find_codes
from console.core.diagnosis.heard import by_values, outermost
from console.core.diagnosis.messages import Heard, Told
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.sentences import read_sentences
from console.core.diagnosis.stated.chains import Spans, blanked, outer_links
from console.core.diagnosis.terms import Confidence

_MOST_ABOVE = 40  # different links that are read for what was hindered
_UNANSWERED = frozenset({"connection-blocked", "call-timeout"})
_OF_NETWORK = _UNANSWERED | {"tls-untrusted-certificate"}
_OF_METADATA = frozenset({"metadata-unreachable", "metadata-url-invalid"})
# What may come of a network that fails. Anything else was found by looking at a token, or was answered.
_HINDERED = _OF_NETWORK | _OF_METADATA | {
    "api-error", "authorization-header-missing", "identity-provider-unavailable", "interaction-required",
    "jwks-wrong-source", "signature-invalid", "signing-key-retired", "token-response-malformed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rooted:
    """`shown` is the text without the outer links. `messages` and `sentences` are those of the rest, and what they
    tell of what was hindered.
    """

    shown: str
    messages: tuple[Told, ...]
    codes: tuple[int, ...]
    sentences: tuple[Said, ...]


def rooted(heard: Heard, *, is_refused: bool = False) -> Rooted | None:
    """What the roots tell; None without a chain, and where the roots do not tell why, or less surely than what stands
    above them.
    """
    spans = outer_links(heard.shown)
    if not spans:
        return None
    shown = blanked(heard.shown, spans)
    messages = by_values(replace(heard, told=tuple(one for one in heard.told if _stands_in(one, spans, shown))))
    outer = by_values(replace(heard, told=tuple(one for one in heard.told if not _stands_in(one, spans, shown))))
    codes = find_codes(shown)
    is_known = any_known(codes) or any(one.is_telling for one in messages)
    rest, words = ("", "") if is_known else _once(blanked(heard.rest, spans), shown)
    sentences = read_sentences(rest, shown=words, is_refused=is_refused) if rest else ()
    root = _of_network(messages, sentences)
    if root is not None and (any_known(find_codes(heard.shown)) or {one.cause for one in _telling(outer)} - _HINDERED):
        return None
    hindered = _hindered(outer, heard, spans) if root is not None else None
    if root is not None and root.cause in _UNANSWERED and hindered is not None:
        return Rooted(shown, (), codes, (_unreachable(hindered, root),))
    is_told = is_known or root is not None or (not _telling(outer) and any(map(_is_sure, sentences)))
    if not is_told:
        return None
    return Rooted(shown, outermost(messages), codes, sentences)


def _stands_in(told: Told, spans: Spans, shown: str) -> bool:
    """Whether it stands in a root, if it stands above it too."""
    return not any(start <= told.start < end for start, end in spans) or told.words in shown


def _of_network(messages: Iterable[Told], sentences: Iterable[Said]) -> Said | None:
    """That nothing answered, or that what answered is not trusted: the one thing that words alone tell beyond doubt."""
    said = (*_telling(messages), *filter(_is_sure, sentences))
    return said[0] if said and said[0].cause in _OF_NETWORK else None


def _is_sure(said: Said) -> bool:
    return said.confidence is not Confidence.POSSIBLE


def _telling(messages: Iterable[Told]) -> tuple[Said, ...]:
    return tuple(Said(one.message.cause, one.message.decides, one.words) for one in messages if one.is_telling)


def _unreachable(hindered: Said, root: Said) -> Said:
    words = hindered.words.strip(" .")
    return Said("metadata-unreachable", Confidence.LIKELY, words if root.words in words else f"{words}: {root.words}")


def _hindered(outer: tuple[Told, ...], heard: Heard, spans: Spans) -> Said | None:
    """What says above the root that it was keys or metadata that could not be had; None where nothing does."""
    told = (one for one in _telling(outer) if one.cause in _OF_METADATA)
    above = dict.fromkeys(heard.rest[start:end] for start, end in spans)
    said = (one for part in islice(above, _MOST_ABOVE) for one in read_sentences(part) if one.cause in _OF_METADATA)
    return next(chain(told, said), None)


def _once(text: str, shown: str) -> tuple[str, str]:
    """The lines of a text that say something, each once, for a log repeats its traces; and the same of `shown`."""
    spans: dict[str, slice] = {}
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace() and not line.startswith("at "):
            spans.setdefault(line, slice(start, start + len(line)))
        start += len(line) + 1
    return "\n".join(spans), "\n".join(shown[span] for span in spans.values())
