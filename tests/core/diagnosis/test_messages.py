"""The catalogue of messages: each row is found as it is printed, however it is dressed, and nothing near it is."""

import json
import re
import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.diagnosis import CAUSES, explain, hearing, read_evidence
from console.core.diagnosis.messages import hear
from console.core.diagnosis.messages.base import Hole, Message
from console.core.diagnosis.messages.families import FAMILIES
from console.core.diagnosis.messages.template import read_template
from console.core.diagnosis.terms import Confidence

ROWS = [(family.name, message) for family in FAMILIES for message in family.messages]
SLUGS = {cause.slug for cause in CAUSES}
VALUES = {"host": "as.example.org", "claim": "groups", "alg": "HS256", "kid": "k-17"}
_HOLE = re.compile(r"\{([a-z_0-9]+)\}")


def printed(message: Message) -> str:
    """The message with values in its holes, none of them a value of the catalogue."""
    return _HOLE.sub(lambda hole: VALUES.get(hole[1], "v-42"), message.template)


def causes_of(text: str) -> list[str]:
    return [told.message.cause for told in hear(text).told]


def agrees(message: Message, text: str) -> bool:
    """Whether the row, or one that the row itself calls as good, is told first."""
    told = hear(text).told
    if not message.cause and not told:
        return True  # what tells nothing by itself may be heard or not
    return bool(told) and told[0].message.cause in {message.cause, *message.also}


DRESSES = {
    "as it is": lambda text: text,
    "in a log": lambda text: f"2026-11-28T10:36:02Z ERROR [orders] request refused: {text}\n\tat App.run(App.java:17)",
    "escaped in JSON": lambda text: json.dumps({"level": "error", "msg": text}),
    "twice escaped": lambda text: json.dumps({"log": json.dumps({"msg": text})}),
    "in HTML": lambda text: "<p>" + text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;") + "</p>",
    "with typographic quotes": lambda text: text.replace("'", "’"),
    "in capitals": lambda text: text.upper(),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_message_is_found_however_it_is_dressed(dress):
    lost = [(name, message.template) for name, message in ROWS if not agrees(message, DRESSES[dress](printed(message)))]
    # Two rows hold a body that says nothing ("null"), or a code alone; dress hides what a short text has around it.
    assert len(lost) <= len(ROWS) * 0.02, lost


OTHER_VALUES = (
    (r"\b(?:\d{1,3}\.){3}\d{1,3}\b", "192.0.2.77"),
    (r"\b[\w-]+\.example\.(?:org|com|net)\b", "sts.acme.io"),
    (r"(?i)(?<=port[ =])\d+", "8443"),
    (r"(?i)(?<=policy\()[\w-]+", "check-token"),
    (r"\b\d+(?= ?(?:ms|milliseconds?|seconds?|minutes|bytes)\b)", "77"),
    (r"(?<=timeout=)\d+", "77"),
    (r"\bteam-[ab]\b", "squad"),
)


def test_a_message_is_found_with_other_values_than_those_of_its_example():
    """Addresses, hosts, ports and times that a row holds as they once were printed."""
    lost, changed = [], 0
    for name, message in ROWS:
        text = printed(message)
        for pattern, value in OTHER_VALUES:
            text = re.sub(pattern, value, text)
        changed += text != printed(message)
        lost += [(name, message.template)] if not agrees(message, text) else []
    assert changed > 40
    assert len(lost) <= len(ROWS) * 0.015, lost


def test_every_row_names_causes_of_the_catalogue_and_holes_that_it_has():
    named = {slug for _, message in ROWS for slug in (message.cause, *message.also) if slug}
    assert named - SLUGS == set()
    for _, message in ROWS:
        assert set(message.holes) <= set(_HOLE.findall(message.template)), message
        assert message.source and message.template, message
        assert message.cause or message.decides is Confidence.POSSIBLE, message


def test_no_row_stands_twice():
    rows = Counter((name, message.template) for name, message in ROWS)
    assert {row: count for row, count in rows.items() if count > 1 and "permission to view" not in row[1]} == {}


def test_what_a_message_tells_is_told_first_and_no_more_surely_than_its_row_allows():
    wrong, surer, order = [], [], list(Confidence)
    for name, message in ROWS:
        primary = explain(read_evidence(printed(message))).primary
        if message.cause and (primary is None or primary.cause not in {message.cause, *message.also}):
            wrong.append((name, message.template, primary and primary.cause))
        elif primary is not None and order.index(primary.confidence) < order.index(message.decides):
            surer.append((name, message.template, primary.confidence))
    assert len(wrong) <= len(ROWS) * 0.03, wrong
    assert len(surer) <= len(ROWS) * 0.04, surer


def test_the_values_of_holes_are_what_they_are_called():
    told = hear("Failed to connect to as.example.org port 443: Connection refused").told[0]
    assert told.values == {Hole.HOST: "as.example.org"}


def test_one_letter_less_in_every_long_word_is_another_text():
    """A message is told by its words: what only looks like it is not it."""
    mistaken = []
    for name, message in ROWS:
        text = re.sub(r"[A-Za-z]{5,}", lambda word: word[0][:2] + word[0][3:], printed(message))
        if any(told.message is message for told in hear(text).told) and text != printed(message):
            mistaken.append((name, message.template))
    assert mistaken == []


def words_of(message: Message) -> list[str]:
    """The words that must be there, the longest first."""
    template = read_template(message.template)
    text = " ".join(template.main.literals) if template else ""
    return sorted(re.findall(r"\b[a-z]{5,}\b", text), key=len, reverse=True)


def test_a_message_with_its_longest_word_replaced_is_another_text():
    mistaken = []
    for name, message in ROWS:
        words = words_of(message)
        text = re.sub(rf"\b{words[0]}\b", "otherwise", printed(message), flags=re.IGNORECASE) if words else ""
        heard = hear(text).told
        if text and any(told.message.template == message.template and not told.is_by_number for told in heard):
            mistaken.append((name, message.template, words[0]))
    assert mistaken == []


PROSE = [
    "The token was accepted and the call answered 200.",
    "We renewed the client secret last week and everything works.",
    "How do I configure the audience of my API?",
    "INFO 10:36:02 Started OrdersApplication in 3.1 seconds (process running for 3.6)",
]


@pytest.mark.parametrize("text", PROSE)
def test_what_refuses_nothing_tells_nothing(text):
    assert causes_of(text) == []
    assert explain(read_evidence(text)).causes == ()


@given(st.text(alphabet=string.printable + "éİß“”\u2028", max_size=400))
def test_any_text_is_heard_without_an_error_and_keeps_its_length(text):
    heard = hear(text)
    assert len(heard.rest) == len(heard.shown)


def test_what_a_program_writes_around_a_known_message_is_never_certain():
    """The name of the exception says less than the sentence that it carries."""
    row = next(message for _, message in ROWS if message.id == "IDX10506")
    assert row.cause == ""  # the sentence alone names no cause
    text = f"Microsoft.IdentityModel.Tokens.SecurityTokenInvalidSignatureException: {printed(row)}"
    causes = explain(read_evidence(text)).causes
    assert causes and all(cause.confidence is not Confidence.CERTAIN for cause in causes)


def test_a_success_has_no_cause_whatever_its_body_says():
    answer = {"status": 200, "headers": {}, "body": {"message": "Invalid algorithm"}}
    request = {"method": "GET", "url": "https://api.example.org/notes", "headers": {}}
    assert explain(read_evidence({"request": request, "response": answer})).causes == ()


LINE = "[oauthproxy.go:862] No valid authentication in request. Initiating login."


@pytest.mark.parametrize(
    "observations",
    [["people can sign in and work", "the log is flooded with this line"], ["Everything works."],
     ["users are answered 200", "nobody complains"], ["it works fine"]],
)  # fmt: skip
def test_a_line_of_a_log_explains_nothing_where_people_say_that_it_works(observations):
    assert explain(read_evidence({"pasted": LINE, "profile": {"observations": observations}})).causes == ()


@pytest.mark.parametrize(
    "observations",
    [[], ["people can sign in, but the API refuses them"], ["everything works until the token is an hour old"],
     ["another client works fine"], ["people cannot sign in"], "everything works", [7]],
)  # fmt: skip
def test_it_explains_where_something_does_not(observations):
    primary = explain(read_evidence({"pasted": LINE, "profile": {"observations": observations}})).primary
    assert primary is not None and primary.cause == "authorization-header-missing"


@pytest.mark.parametrize("family", [family.name for family in FAMILIES])
def test_what_went_well_is_told_the_same_without_asking_for_messages(family, monkeypatch):
    """A success that prints a message refuses nobody: what it is read for is the same, and the messages are not."""
    for name, message in ROWS:
        if name != family:
            continue
        evidence = read_evidence({"response": {"status": 200, "body": {"log": printed(message)}}})
        quick = explain(evidence)
        with monkeypatch.context() as plain:
            plain.setattr(hearing, "unheard", hear)
            assert quick == explain(evidence)
