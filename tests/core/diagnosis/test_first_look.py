"""A first look at a text never leaves out a pattern that stands in it, whatever the text is written in."""

import re

import pytest

from console.core.diagnosis.codes.phrase_table import TABLE
from console.core.diagnosis.first_look import FirstLook
from console.core.diagnosis.messages.families import FAMILIES

PATTERNS = tuple(phrase.pattern for phrase in TABLE)
EXAMPLES = [message.template for family in FAMILIES for message in family.messages]


@pytest.fixture(scope="module")
def look():
    return FirstLook(PATTERNS)


def test_every_pattern_that_matches_a_known_message_is_named(look):
    found = 0
    for text in EXAMPLES:
        there = {place for place, pattern in enumerate(PATTERNS) if pattern.search(text)}
        assert there <= set(look.candidates(text)), text
        found += len(there)
    assert found > len(EXAMPLES) / 20


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"key \w+ expired", "key schlüssel expired"),
        (r"code \d{3}", "code ٤٠١"),
        (r"secret\sexpired", "secret\u2003expired"),
        (r"\bexpired\b", "«expired»"),
        (r"^token$", "token"),
        (r"secret.{0,20}expired", "SECRET \ud800 HAS EXPIRED"),
        (r"not found(?! in (?:the )?directory)", "not found"),
        (r"(?<=client )secret", "client secret"),
        (r"(\w+) is not \1", "a is not a"),
    ],
)
def test_what_the_first_look_reads_otherwise_is_named_all_the_same(pattern, text):
    compiled = re.compile(pattern, re.IGNORECASE)
    assert compiled.search(text)
    assert FirstLook([re.compile("something else"), compiled]).candidates(text) == [1]


def test_of_a_text_that_says_nothing_hardly_anything_is_searched(look):
    assert look.candidates("GET /orders 200 in 14 ms\n" * 1000) == []
