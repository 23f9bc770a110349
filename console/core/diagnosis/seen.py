"""The far side's own words that a cause rests on, with the place where they stand."""

import re
from collections.abc import Iterator

from console.core.diagnosis.answer import combined
from console.core.diagnosis.base import Quote, RankedCause
from console.core.diagnosis.flatten import flat
from console.core.evidence import Evidence
from console.core.redaction.redact import redact_text

MAX_QUOTE = 240
MAX_QUOTES = 3
_LETTERS = re.compile(r"\w")
_NO_WORD = re.compile(r"\W+")
_ENDS = "… \t\"'“”"
# A token is never quoted, whatever else stands on its line.
_TOKEN = re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*)*")
_IDS = re.compile(r"(?<!\s)\s*Trace ID: .*", re.DOTALL)  # of Entra: they stand in the text to hand on


def seen_for(evidence: Evidence, cause: RankedCause) -> tuple[Quote, ...]:
    """Where each fact stands verbatim, once; what the reason quotes already is left out. Empty: nothing is verbatim."""
    found: list[Quote] = []
    for fact in (one.strip(_ENDS) for one in cause.facts):
        quote = None if _is_sentence_in(fact, cause.why) else _quote(fact, evidence)
        if quote is not None and not _is_told(quote, cause.why, found):
            found.append(quote)
    return tuple(found[:MAX_QUOTES])


def _quote(fact: str, evidence: Evidence) -> Quote | None:
    if len(_LETTERS.findall(fact)) < 3:
        return None
    for place, text in _places(evidence):
        at = text.casefold().find(fact.casefold())
        if at >= 0:
            return Quote(place, _TOKEN.sub("<token>", redact_text(_around(text, at, len(fact)))))
    return None


def _is_sentence_in(fact: str, why: str) -> bool:
    """Whether the reason quotes it; a code alone is named there, and its words are news."""
    return " " in fact and _plain(fact) in _plain(why)


def _places(evidence: Evidence) -> Iterator[tuple[str, str]]:
    error, response = evidence.token_error, evidence.response
    if error:
        yield "Answer of the token endpoint", flat(error.get("error_description"))
        yield "Answer of the token endpoint", flat({name: value for name, value in error.items() if name == "error"})
    if response is not None:
        headers = combined(response.headers)
        for name in ("www-authenticate", "location", "server"):
            yield f"Header {name} of the answer", headers.get(name, "")
        yield "Body of the answer", flat(response.body)
        yield "The connection", response.detail
    if evidence.pasted:
        yield "What was pasted", evidence.pasted


def _around(text: str, at: int, length: int) -> str:
    """The line in which it stands, and of a long one the part around it."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at + length)
    line = _IDS.sub("", text[start : end if end >= 0 else len(text)])
    if len(line) <= MAX_QUOTE:
        return line.strip()
    first = max(0, min(at - start - 40, len(line) - MAX_QUOTE))
    part = line[first : first + MAX_QUOTE]
    is_cut = first + MAX_QUOTE < len(line)
    return f"{'… ' if first else ''}{_to_an_end(part) if is_cut else part.strip()}{' …' if is_cut else ''}"


def _to_an_end(part: str) -> str:
    """Up to the end of its last sentence, or of its last word."""
    sentence, _, rest = part.rpartition(". ")
    return f"{sentence}." if len(sentence) > len(rest) else part.rpartition(" ")[0] or part


def _is_told(quote: Quote, why: str, found: list[Quote]) -> bool:
    words = _plain(quote.text)
    return words in _plain(why) or any(words in _plain(one.text) or _plain(one.text) in words for one in found)


def _plain(text: str) -> str:
    """Its words alone, to be compared."""
    return _NO_WORD.sub(" ", text).strip().casefold()
