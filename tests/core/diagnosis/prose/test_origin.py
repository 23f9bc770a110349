"""Lines of people among those of programs, and how much is read."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.messages.families import FAMILIES
from console.core.diagnosis.prose import lines_of, read_prose, without_prose
from console.core.diagnosis.reading import read
from console.core.diagnosis.terms import Confidence

PERSONS = (
    "The token looks right to me, but the API answers 401.",
    "We use client credentials, so a user is never there.",
    "It works in Postman and fails in the browser.",
    "The scope is granted, however the call is refused.",
)
PROGRAMS = (
    "2026-11-03 10:02:11 ERROR the token has expired, although we waited",
    '{"message": "I cannot read my own token"}',
    "JwtException: it works with another key",
    "audience=api://orders but it was api://billing, we think",
    "The token has expired.",
    "error: my token is not valid, still 401",
)


@pytest.mark.parametrize("line", PERSONS)
def test_a_person_is_known_by_what_no_program_says(line):
    assert lines_of(f"HTTP/1.1 401\n{line}\n").persons == (line,)


@pytest.mark.parametrize("line", PROGRAMS)
def test_a_program_stays_a_program(line):
    assert lines_of(line).persons == ()


def test_hardly_any_message_of_software_is_taken_for_a_person():
    rows = [message.template for family in FAMILIES for message in family.messages]
    taken = [row for row in rows if lines_of(row).persons]
    assert len(taken) <= len(rows) / 100


def test_lines_of_persons_are_blanked_and_every_other_character_stays_in_its_place():
    text = "\n".join(["the token is old", PERSONS[0], "exp check failed"])
    assert without_prose(text, text, [PERSONS[0]]) == text.replace(PERSONS[0], " " * len(PERSONS[0]))


@pytest.mark.parametrize("line", PERSONS)
def test_what_an_answer_says_is_the_far_side_s_whoever_wrote_it(line):
    body = f"{line} If you can read this, the access token has expired."
    reading = read(read_evidence({"response": {"status": 401, "body": body}}))
    assert reading.prose.lines == ()
    assert body in reading.said


def test_of_a_line_that_asks_and_tells_only_what_is_told_is_heard_and_as_a_person_s():
    lines = lines_of(f"exp check failed\n{PERSONS[0]} Is the issuer wrong? My lamp is on.")
    assert lines.stated == f"exp check failed\n{PERSONS[0][:-1]}\nMy lamp is on"
    assert lines.asserted == (PERSONS[0][:-1], "My lamp is on")


def test_what_software_printed_outweighs_what_people_tell():
    printed = "IDX10223: Lifetime validation failed. The token is expired."
    text = f"I think the client secret is wrong.\n{PERSONS[2]}\n{printed}"
    assert explain(read_evidence(text)).causes[0].cause == "token-expired"


def test_of_a_long_text_only_a_bounded_part_is_read():
    told = "The audience of my token is wrong."
    assert [said.cause for said in read_prose([told]).said] == ["audience-other-api"]
    assert read_prose([" it is so." * 5_000 + told]).said == ()
    assert len(lines_of("\n".join([PERSONS[0]] * 5_000)).persons) <= 60
    assert read_prose(["and it is " * 40_000]).said == ()


@pytest.mark.parametrize("quote", ['"{}"', "“{}”", "`{}`"])
@pytest.mark.parametrize("words", ["the scope is missing in the token", "the permission is missing in my token"])
def test_what_people_quote_may_be_a_programs_and_is_only_possible(quote, words):
    itself = read_prose([f"I call it twice a day and {words}."]).said
    quoted = read_prose([f"I call it twice a day and then I read {quote.format(words)} every time."]).said
    assert [one.confidence for one in itself] == [Confidence.LIKELY]
    assert [(one.cause, one.confidence) for one in quoted] == [(itself[0].cause, Confidence.POSSIBLE)]


@pytest.mark.parametrize("quote", ['"{}"', "“{}”", "`{}`"])
def test_a_name_in_quotes_is_part_of_what_a_person_says(quote):
    said = read_prose([f"The permission {quote.format('Orders.Read.All')} is missing in my token."]).said
    assert [(one.cause, one.confidence) for one in said] == [("role-insufficient", Confidence.LIKELY)]
