"""Claims of a token that is not kept, as the pages of an attempt and of a case list them."""

import pytest

from console.web.present.attempts import claim_rows

ENDS = 1_900_000_000


@pytest.mark.parametrize("name", ["iat", "nbf", "exp", "auth_time", "updated_at"])
def test_a_time_is_told_in_utc_beside_its_number(name):
    assert claim_rows({name: ENDS}) == [
        {"label": name, "value": "1900000000", "note": "2030-03-17 17:46:40 UTC", "is_code": True}
    ]


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("now-60", ""),
        (True, "must be a number, but is a boolean"),
        (1_900_000_000_000, "is in the year 62178: probably milliseconds instead of seconds"),
    ],
)
def test_what_is_no_time_says_so_and_one_that_is_told_from_the_attempt_on_stays(value, note):
    assert [row["note"] for row in claim_rows({"exp": value})] == [note]


def test_a_number_that_is_no_time_stays_alone_and_a_claim_is_put_in_words_as_inspect_does():
    assert [(row["value"], row["note"]) for row in claim_rows({"level": 1_900_000_000, "scp": "read write"})] == [
        ("1900000000", ""),
        ("read write", "2 scopes"),
    ]
    assert claim_rows(None) == []
