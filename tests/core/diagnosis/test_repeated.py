"""A log prints a message again and again; an answer is pasted with its headers. Neither tells more than the message."""

import json

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.messages.families import FAMILIES

PLAIN = [
    message
    for family in FAMILIES
    for message in family.messages
    if " " in message.template
    and "_" not in message.template.partition(": ")[0]  # a code before a sentence is read as the error of an answer
    and not set("{}<>\n=[") & set(message.template)
    and message.where != "www-authenticate"
]
OPEN = [message for message in PLAIN if not message.cause]


def _first(text):
    causes = explain(read_evidence(text)).causes
    return (causes[0].cause, causes[0].confidence) if causes else None


def test_a_message_that_stands_thrice_tells_what_it_tells_once():
    assert len(PLAIN) > 300
    told = {one.template: _first(one.template) for one in PLAIN[::4]}
    again = {text: _first(f"[1] {text}\n[2] {text}\n[3] {text}") for text in told}
    assert {text: first for text, first in again.items() if (first or [""])[0] != (told[text] or [""])[0]} == {}


def test_what_a_message_leaves_open_its_words_only_choose_from():
    """Of a bare status or a code of the provider something may be told beside it; by words only what it may mean."""
    wrong = {}
    for message in OPEN:
        body = json.dumps({"quay": message.template})
        causes = explain(read_evidence(f"HTTP/1.1 500 No\nContent-Type: application/json\n\n{body}")).causes
        words = [one for one in causes if message.template[:40].lower() in one.why.lower()]
        meant = {slug for one in PLAIN if one.template == message.template for slug in (one.cause, *one.also)}
        wrong[message.template] = [one.cause for one in words if one.cause not in meant]
    del wrong["DPoP Proof htu mismatch"]  # a cause that is younger than the list of messages
    assert {text: causes for text, causes in wrong.items() if causes} == {}


@pytest.mark.parametrize("times", [1, 3])
def test_an_open_message_of_a_service_bus_is_no_signature_that_does_not_fit(times):
    line = "Yard: 40103: Invalid authorization token signature. TrackingId:7c1e5d90-8b0e-4c7f-a1f2-55e3b6d4c001\n"
    told = _first(line * times)
    assert told is None or told[1] == "possible"
