"""What known messages mean together, and as phrases."""

import re
from dataclasses import replace

from console.core.checks.wording import listed
from console.core.diagnosis.messages import Heard, Told, row_of
from console.core.diagnosis.messages.base import Hole
from console.core.diagnosis.messages.values import THINGS, Thing, decided, of_claim, read_values
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.sentences import read_sentences
from console.core.diagnosis.terms import Confidence

_OF_METADATA = frozenset({"metadata-unreachable", "metadata-url-invalid"})
_OF_LIBRARIES = "validator-library-mismatch"
_OF_NETWORK = frozenset({"connection-blocked", "call-timeout", "tls-untrusted-certificate", "proxy-intercepts"})

# A place in the source may stand between: "verification failed: [src/jose.c:843: verify]: no key found".
_HANDED_ON = re.compile(r":\s+(?:\[[^\[\]\n]{1,120}\]:?\s+)?(\w[^\n]*)")
_FIELD = re.compile(r"[ ,](?:reason|details?|error_description)=[\"']?([^\"\n]{4,200})")  # of the row of an event
_MOST = 700  # characters of a line that are read for values
_HOLES: dict[Thing, tuple[Hole, Hole]] = {
    "issuer": (Hole.ISSUER, Hole.ISSUER_EXPECTED),
    "audience": (Hole.AUDIENCE, Hole.AUDIENCE_EXPECTED),
}


def outermost(messages: tuple[Told, ...]) -> tuple[Told, ...]:
    """Without the network's word that keys or metadata could not be had: that they could not is what is wrong. And
    where a library lacks a part of another, what it says just before of tokens and keys is only how that came out.
    """
    lacks = [one.start for one in messages if one.message.cause == _OF_LIBRARIES]
    messages = tuple(one for one in messages if not any(0 < start - one.end < _MOST for start in lacks))
    causes = {one.message.cause for one in messages}
    if not causes & _OF_METADATA:
        return messages
    return tuple(one for one in messages if one.message.cause not in _OF_NETWORK)


def by_values(heard: Heard) -> tuple[Told, ...]:
    """The messages of a text, each with the cause that its own values tell where they tell one."""
    return tuple(_by_values(told, heard.shown) for told in heard.told)


def _by_values(told: Told, shown: str) -> Told:
    told = _by_reason(told, shown)
    if thing := THINGS.get(told.message.cause):
        return _compared(told, thing, _line(told, shown))
    if told.message.cause == "claim-name-mismatch" and Hole.CLAIM_VALUE_EXPECTED in told.values:
        cause = of_claim(told.values.get(Hole.CLAIM, ""), told.values[Hole.CLAIM_VALUE_EXPECTED])
        return replace(told, message=replace(told.message, cause=cause, decides=Confidence.LIKELY)) if cause else told
    return told


def _by_reason(told: Told, shown: str) -> Told:
    """With the cause that the message itself hands on behind a colon, where it is one of those that it may mean."""
    if not told.message.also or told.message.decides is Confidence.CERTAIN or told.is_by_number:
        return told
    end = shown.find("\n", told.end)
    field = _FIELD.search(shown, told.end, min(told.end + _MOST, end if end >= 0 else len(shown)))
    exact = read_sentences(field[1])[:1] if field else ()
    if exact and exact[0].confidence is not Confidence.POSSIBLE:
        return replace(told, message=replace(told.message, cause=exact[0].cause, decides=Confidence.LIKELY))
    if exact and exact[0].cause not in (told.message.cause, *told.message.also):
        return replace(told, message=replace(told.message, decides=Confidence.POSSIBLE))
    handed_on = _HANDED_ON.match(shown, told.end, min(told.end + _MOST, end if end >= 0 else len(shown)))
    reason = read_sentences(handed_on[1])[:1] if handed_on else ()
    if not reason or reason[0].cause not in told.message.also:
        return told
    return replace(told, message=replace(told.message, cause=reason[0].cause, decides=Confidence.LIKELY))


def _compared(told: Told, thing: Thing, line: str) -> Told:
    values = read_values(line)
    found = decided(thing, values)
    if "metadata-url-invalid" in told.message.also and found is not None and found[0] != "issuer-spelling-mismatch":
        return replace(told, message=replace(told.message, cause="metadata-url-invalid", decides=Confidence.POSSIBLE))
    if found is None:
        return told
    cause, confidence = found
    row = row_of(told.family, told.message.id, cause) if not told.is_by_number else None
    seen, wanted = _HOLES[thing]
    return replace(
        told,
        message=replace(told.message, cause=cause, decides=row.decides if row else _no_surer(confidence, told)),
        values={**told.values, seen: ", ".join(values.seen), wanted: ", ".join(values.wanted)},
        note=f"It has {listed(values.seen)}; accepted is {listed(values.wanted)}.",
    )


def _no_surer(confidence: Confidence, told: Told) -> Confidence:
    """What its own row allows where the family has none for what the values tell; a number alone allows all."""
    return confidence if told.is_by_number else max(confidence, told.message.decides, key=tuple(Confidence).index)


def _line(told: Told, shown: str) -> str:
    end = shown.find("\n", told.end)
    return shown[told.start : min(told.start + _MOST, end if end >= 0 else len(shown))]


def beside(messages: tuple[Told, ...], phrases: tuple[Said, ...]) -> tuple[Said, ...]:
    """What known messages tell, in the shape of phrases, then the phrases of the rest of the text.

    The rest is what a program writes around its message, the name of an exception say: it is never certain.
    """
    told = tuple(Said(one.message.cause, one.message.decides, one.words) for one in messages if one.is_telling)
    return (*told, *map(_not_certain, phrases)) if messages else phrases


def _not_certain(said: Said) -> Said:
    """What people observed stands for itself."""
    is_around = said.where == "said" and said.confidence is Confidence.CERTAIN
    return replace(said, confidence=Confidence.LIKELY) if is_around else said


def chosen(messages: tuple[Told, ...], sentences: tuple[Said, ...]) -> tuple[Said, ...]:
    """The sentences of an answer; one that is a known message which leaves its cause open may choose among what it may
    mean, and proves nothing.
    """
    left_open = [one for one in messages if not one.message.cause and one.is_sentence]
    return tuple(said for one in sentences if (said := _chosen(one, left_open)))


def _chosen(said: Said, left_open: list[Told]) -> Said | None:
    same = [one.message for one in left_open if _is_same(said.words.lower(), one.words.strip(" .").lower())]
    if not same:
        return said
    is_meant = any(said.cause in row.also for row in same)
    return replace(said, confidence=Confidence.POSSIBLE) if is_meant else None


def _is_same(words: str, own: str) -> bool:
    """Whether a line is a message and little else: what stands beside a message tells more than it."""
    return words in own or (own in words and len(words) < 2 * len(own))
