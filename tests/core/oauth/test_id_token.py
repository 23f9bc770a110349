"""What an ID token must be before the answer that holds it is taken (OpenID Connect Core section 3.1.3.7)."""

import pytest

from console.core.oauth.id_token import LEEWAY_S, SignInAsked, acr_note, refusal
from tests.core.grants.answers import id_token
from tests.core.grants.asking import NOW, PLACE

ASKED = {"client_id": "c", "issuers": (PLACE.issuer,), "nonce": "nonce-1"}


def judged(text, **changes):
    return refusal(text, SignInAsked(**{**ASKED, **changes}), now=NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": ["c"]},
        {"aud": ["c", "other"], "azp": "c"},
        {"exp": NOW - LEEWAY_S + 1},
        {"iat": NOW + LEEWAY_S},
        {"acr": "anything"},
    ],
)
def test_an_id_token_for_this_sign_in_is_taken(claims):
    assert judged(id_token(**claims)) is None


@pytest.mark.parametrize(
    ("claims", "kind", "words"),
    [
        ({"iss": "https://evil.example"}, "foreign_answer", 'iss is "https://evil.example"'),
        ({"iss": ...}, "foreign_answer", "iss is null"),
        ({"aud": "other"}, "foreign_answer", 'aud is "other", not c'),
        ({"aud": 5}, "foreign_answer", "aud is 5"),
        ({"aud": ...}, "foreign_answer", "for another client"),
        ({"aud": ["c", "other"]}, "foreign_answer", "azp is null"),
        ({"azp": "other"}, "foreign_answer", 'azp is "other"'),
        ({"nonce": "another"}, "foreign_answer", "nonce"),
        ({"nonce": ["nonce-1"]}, "foreign_answer", "nonce"),
        ({"sub": ""}, "foreign_answer", "no sub"),
        ({"exp": NOW - LEEWAY_S}, "bad_id_token", "ended 300 seconds ago"),
        ({"exp": "soon"}, "bad_id_token", "no readable exp"),
        ({"exp": ...}, "bad_id_token", "no readable exp"),
        ({"iat": NOW + LEEWAY_S + 1}, "bad_id_token", "301 seconds in the future"),
    ],
)
def test_one_for_something_else_is_refused_with_both_sides(claims, kind, words):
    found = judged(id_token(**claims))
    assert (found.kind, found.error, found.status) == (kind, "", 0)
    assert words in found.error_description


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "e30.W10.c2ln", "a.b.c.d.e"])
def test_what_cannot_be_read_is_refused(text):
    assert judged(text).kind == "bad_id_token"


def test_what_was_not_asked_is_not_compared():
    assert judged(id_token(iss="https://any.example", nonce=...), issuers=(), nonce="") is None


def test_the_person_stays_the_same():
    assert judged(id_token(), subject="person-1") is None
    assert "another person" in judged(id_token(), subject="person-2").error_description


@pytest.mark.parametrize(
    ("auth_time", "is_taken"), [(NOW - 60 - LEEWAY_S, True), (NOW - 61 - LEEWAY_S, False), (..., False)]
)
def test_a_fresh_sign_in_is_as_fresh_as_was_asked(auth_time, is_taken):
    assert (judged(id_token(auth_time=auth_time), max_age_s=60) is None) == is_taken


def test_the_hashes_bind_it_to_what_came_with_it():
    """The example of OpenID Connect Core, appendix A.3: code and at_hash with RS256."""
    access_token, at_hash = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "77QmUPtjPfzWtF2AnpK9RQ"
    code, c_hash = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", "LDktKdoQak3Pk0cnXxCltA"
    text = id_token(at_hash=at_hash, c_hash=c_hash)
    assert judged(text, access_token=access_token, code=code) is None
    assert "at_hash" in judged(text, access_token="another", code=code).error_description
    assert "c_hash" in judged(text, access_token=access_token, code="another").error_description


@pytest.mark.parametrize(
    ("acr", "asked", "is_noted"),
    [
        ("high", "high", False),
        ("high", "low high", False),
        ("low", "high", True),
        (..., "high", True),
        ("low", "", False),
    ],
)
def test_another_level_than_asked_is_noted_and_no_failure(acr, asked, is_noted):
    assert bool(acr_note(id_token(acr=acr), asked)) == is_noted
