"""What known messages mean together, and as phrases."""

from dataclasses import replace

from console.core.api import Expectation
from console.core.checks.wording import listed
from console.core.diagnosis.messages import Heard, Told
from console.core.diagnosis.messages.base import Hole
from console.core.diagnosis.messages.values import THINGS, Values, decided, of_claim, read_values
from console.core.diagnosis.phrases import Said
from console.core.diagnosis.terms import Confidence

_OF_METADATA = frozenset({"metadata-unreachable", "metadata-url-invalid"})
_OF_NETWORK = frozenset({"connection-blocked", "call-timeout", "tls-untrusted-certificate", "proxy-intercepts"})


def outermost(messages: tuple[Told, ...]) -> tuple[Told, ...]:
    """Without the network's word that keys or metadata could not be had: that they could not is what is wrong."""
    causes = {one.message.cause for one in messages}
    if not causes & _OF_METADATA:
        return messages
    return tuple(one for one in messages if one.message.cause not in _OF_NETWORK)


def by_values(heard: Heard) -> tuple[Told, ...]:
    """The messages of a text, each with the cause that its own values tell where they tell one."""
    return tuple(_by_values(told, heard.shown) for told in heard.told)


def _by_values(told: Told, shown: str) -> Told:
    if thing := THINGS.get(told.message.cause):
        values = _values(told, shown)
        found = decided(thing, values)
        if found is None:
            return told
        cause, confidence = found
        is_own = cause == told.message.cause  # the row knows how far it goes
        return _decided(told, cause, told.message.decides if is_own else confidence, note=_note(values))
    if told.message.cause == "claim-name-mismatch" and Hole.CLAIM_VALUE_EXPECTED in told.values:
        cause = of_claim(told.values.get(Hole.CLAIM, ""), told.values[Hole.CLAIM_VALUE_EXPECTED])
        return _decided(told, cause, Confidence.LIKELY) if cause else told
    return told


def _decided(told: Told, cause: str, confidence: Confidence, *, note: str = "") -> Told:
    return replace(told, message=replace(told.message, cause=cause, decides=confidence), note=note)


def _note(values: Values) -> str:
    return f"It has {listed(values.seen)}; accepted is {listed(values.wanted)}."


_MOST = 700  # characters behind a number that are read for values


def _values(told: Told, shown: str) -> Values:
    """What the line of a message quotes."""
    end = shown.find("\n", told.end)
    line = shown[told.start : min(told.start + _MOST, end if end >= 0 else len(shown))]
    return read_values(line)


def demanded(stated: Expectation, messages: tuple[Told, ...]) -> Expectation:
    """What is demanded, completed by the value of a claim that a gateway says it wants."""
    for told in messages:
        claim = told.values.get(Hole.CLAIM, "").strip("'\" ").lower()
        wanted = told.values.get(Hole.CLAIM_VALUE_EXPECTED, "").strip("'\". ")
        member = _MEMBERS.get(claim)
        if member and wanted and not getattr(stated, member):
            stated = replace(stated, **{member: (wanted,)})
    return stated


_MEMBERS = {
    "scp": "scopes", "scope": "scopes", "roles": "roles", "aud": "audiences", "iss": "issuers",
    "azp": "authorized_parties", "appid": "authorized_parties",
}  # fmt: skip


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
