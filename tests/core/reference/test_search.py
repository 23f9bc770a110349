"""What is typed or pasted finds its entry first."""

import re

import pytest

from console.core.reference.catalogue import Reference, of_the_core
from console.core.reference.entry import EntryKind
from console.core.reference.search import MOST_FOUND, MOST_READ, Search

WHOLE = Reference(of_the_core())
SEARCH = Search(WHOLE)


def spelled(text):
    return " ".join(text.lower().split()).rstrip(".")


def first(text):
    found = SEARCH.find(text)
    return (str(found[0].kind), found[0].slug) if found else None


def test_every_slug_name_and_title_finds_what_has_it_first():
    missed = []
    for entry in WHOLE.entries:
        for asked in {entry.slug, entry.name, entry.title} - {""}:
            found = SEARCH.find(asked)
            if not found or spelled(asked) not in map(spelled, (found[0].slug, found[0].name, found[0].title)):
                missed.append((entry.kind, asked))
    assert missed == []


def test_each_message_pasted_as_it_is_printed_finds_its_entry():
    """Among the first: several libraries print the same words."""
    missed, firsts, count = [], 0, 0
    for entry in WHOLE.by_kind[EntryKind.MESSAGES].values():
        for line in entry.facts[0].lines:
            found = SEARCH.find(re.sub(r"\{[a-z_0-9]+\}", "some-value", line.text))
            firsts += found[:1] == (entry,)
            count += 1
            if entry not in found[:6]:
                missed.append(entry.slug)
    assert len(missed) <= count // 100, missed
    assert firsts >= count * 0.96


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("AADSTS7000222: The provided client secret keys for app 'x' are expired.", ("codes", "AADSTS7000222")),
        ("error was AADSTS50011 in the browser\nCorrelation ID: 1", ("codes", "AADSTS50011")),
        ('{"error":"invalid_grant","error_description":"MP-110: bad aud"}', ("codes", "MP-110")),
        ("7000215", ("codes", "AADSTS7000215")),
        ("jwt.exceptions.InvalidAudienceError: Audience doesn't match", ("messages", "pyjwt-audience-doesn-t-match")),
        ("validate-jwt", ("policies", "validate-jwt")),
        ("<validate-jwt>", ("policies", "validate-jwt")),
        ("x5t#S256", ("claims", "x5t-S256")),
        ("TOKEN-EXPIRED", ("causes", "token-expired")),
        ("Token for another API", ("causes", "audience-other-api")),
        ("redirect uri regis", ("causes", "redirect-uri-mismatch")),
    ],
)
def test_what_people_paste_finds(pasted, expected):
    assert first(pasted) == expected


def test_words_find_what_holds_most_of_them_where_nothing_holds_all():
    assert ("causes", "authorization-header-stripped") in {
        (str(one.kind), one.slug) for one in SEARCH.find("proxy strips header")
    }


@pytest.mark.parametrize("text", ["", "   ", "\n", "zzzzqqqq"])
def test_nothing_is_found_for_nothing(text):
    assert SEARCH.find(text) == ()


def test_of_a_long_text_only_the_beginning_is_read():
    assert all(entry.name != "AADSTS50011" for entry in SEARCH.find("token " * MOST_READ + "AADSTS50011"))
    assert len(SEARCH.find("token " * 50_000)) <= MOST_FOUND
