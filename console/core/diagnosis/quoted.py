"""What a message quotes of the token and of what is accepted, compared as a token and its demands would be."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.core.checks.issuer import nearest_relation
from console.core.compare import is_graph, spelled_differently, without_hidden
from console.core.diagnosis.messages import Told, hear
from console.core.diagnosis.messages.base import Hole
from console.core.diagnosis.terms import Confidence

_ISSUERS = re.compile(r"\bIssuer: '([^'\n]{0,500})'\.? Did not match:(.{0,4000})", re.IGNORECASE)
_AUDIENCES = re.compile(r"\bAudiences?: '([^'\n]{0,500})'\.? Did not match:(.{0,4000})", re.IGNORECASE)
_ACCEPTED = re.compile(r"(?:ValidIssuers?|ValidAudiences?|Configuration\.Issuer): '([^'\n]{0,2000})'", re.IGNORECASE)
_PASSAGE = re.compile(r"[\"“„'‘`]([^\"“”„'‘’`\n]{6,300})[\"”“'’`]")  # in quotation marks
_HIDDEN = re.compile(r"PII|hidden|\{.{0,80}\}", re.IGNORECASE)
MOST_OBSERVED = 8_000  # characters of observations that are searched
LONGEST_SHOWN = 400  # characters of a line that are quoted
_OF_ISSUER = {
    "version_mix": "issuer-version-mismatch",
    "other_tenant": "issuer-wrong-tenant",
    "spelling": "issuer-spelling-mismatch",
}
_ABOUT_ISSUER = frozenset({*_OF_ISSUER.values(), "wrong-authorization-server"})
_ABOUT_AUDIENCE = frozenset({"audience-other-api", "audience-format-mismatch", "token-for-graph"})


def compared(messages: tuple[Told, ...], shown: str) -> tuple[Told, ...]:
    """The messages; one that names an issuer or an audience beside the accepted ones tells how the two differ.

    `shown` is the text they stand in, as `hear` gives it.
    """
    return tuple(_decided(one, shown) for one in messages)


def reported(facts: Mapping[str, Any]) -> tuple[Told, ...]:
    """The messages that people quote in what they observed or asked: possible, never more, for nobody saw them said."""
    listed = facts.get("observations")
    told = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    text = "\n".join(told)[:MOST_OBSERVED]
    heard = hear("\n".join([text, *_PASSAGE.findall(text)])).told if told else ()
    return tuple(replace(one, message=replace(one.message, decides=Confidence.POSSIBLE)) for one in heard)


def _decided(told: Told, shown: str) -> Told:
    cause = told.message.cause
    if cause in _ABOUT_ISSUER:
        found = _difference_of_issuers(*_sides(told, shown, _ISSUERS, (Hole.ISSUER, Hole.ISSUER_EXPECTED)))
    elif cause in _ABOUT_AUDIENCE:
        found = _difference_of_audiences(*_sides(told, shown, _AUDIENCES, (Hole.AUDIENCE, Hole.AUDIENCE_EXPECTED)))
    else:
        found = ""
    if not found:
        return told
    line = shown[told.start :].partition("\n")[0]
    words = told.words if " " in told.words else line[:LONGEST_SHOWN]
    return replace(told, words=words, message=replace(told.message, cause=found, decides=Confidence.CERTAIN))


def _sides(told: Told, shown: str, pattern: re.Pattern[str], holes: tuple[Hole, Hole]) -> tuple[str, tuple[str, ...]]:
    """(of the token, accepted): by the whole sentence, else by the message's holes; ("", ()) when one is missing."""
    sentence = pattern.search(shown, told.start, min(len(shown), told.start + 6_000))
    if sentence:
        listed = [value for quoted in _ACCEPTED.findall(sentence[2]) for value in quoted.split(", ")]
        actual, accepted = sentence[1], listed
    else:
        actual, accepted = told.values.get(holes[0], ""), [told.values.get(holes[1], "")]
    accepted = [value for value in accepted if value.strip() and value.lower() != "null"]
    is_open = _HIDDEN.search(actual) or any(map(_HIDDEN.search, accepted))
    return (actual, tuple(accepted)) if actual and not is_open else ("", ())


def _difference_of_issuers(actual: str, accepted: tuple[str, ...]) -> str:
    if not accepted or actual in accepted:
        return ""
    if _plain(actual) in map(_plain, accepted):
        return "invisible-character-in-value"
    return _OF_ISSUER.get(nearest_relation(actual, accepted), "")


def _difference_of_audiences(actual: str, accepted: tuple[str, ...]) -> str:
    if not accepted or actual in accepted:
        return ""
    if _plain(actual) in map(_plain, accepted):
        return "invisible-character-in-value"
    if spelled_differently(actual, accepted):
        return "audience-format-mismatch"
    return "token-for-graph" if is_graph(actual) else "audience-other-api"


def _plain(value: str) -> str:
    return without_hidden(value).strip()
