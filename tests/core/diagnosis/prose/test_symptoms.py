"""What anything may come to gives way to what a person tells of behind it; and sentences that were taken for others."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.paste.speech.attribute import attributed, observed


def first(text):
    found = explain(read_evidence(text)).primary
    return found.cause if found else ""


BEHIND = [
    (
        "My request ends with a timeout on that host. Our network people say that port 443 is closed there.",
        "connection-blocked",
    ),
    ("Our yard cannot parse the JWT; the access token has only 32 characters, without any dot.", "opaque-token"),
    (
        "I copied the value of the secret ID into my settings, and the answer is invalid client secret.",
        "client-secret-id-used",
    ),
]


@pytest.mark.parametrize(("text", "cause"), BEHIND)
def test_what_stands_behind_a_symptom_tells_more_than_it(text, cause):
    assert first(text) == cause


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("My request ends with a timeout on that host.", "call-timeout"),
        ("Our yard cannot parse the JWT.", "token-malformed"),
    ],
)
def test_a_symptom_alone_is_told(text, cause):
    assert first(text) == cause


TOLD = [
    ("For our people in many groups the token has _claim_names instead of groups.", "group-overage"),
    ("I think the token in our file is three weeks old.", "token-expired"),
    ("The only thing I can find is a slash at the end of the issuer.", "issuer-spelling-mismatch"),
    ("Our secret contains a + and I send it as it is.", "client-secret-encoding"),
    (
        "The API says no token was sent, although my client sends the Authorization header.",
        "authorization-header-stripped",
    ),
    ("My first address answers 301. Calling the last one directly gives 200.", "redirect-drops-authorization"),
]


@pytest.mark.parametrize(("text", "cause"), TOLD)
def test_more_of_what_people_tell(text, cause):
    assert first(text) == cause


NOT_TOLD = [
    "The slash at the end of the redirect URI of our issuer is right.",
    "Our secret contains no + and no %.",
    "The yard answers 301 to its login, calling it directly is not possible.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_only_sounds_like_it_is_not_told(text):
    assert first(text) == ""


def test_a_sentence_about_curl_without_an_address_is_no_command():
    text = "curl -L gives 401, calling the last address directly gives 200."
    assert observed(attributed(f"I see this. {text}"))
    assert first(f"{text} My first address answers 301 redirect.") == "redirect-drops-authorization"


def test_it_works_somewhere_although_something_is_missing_is_no_success():
    told = "Here the API says no token was sent, although my client sends the Authorization header."
    assert first(f"Everything works at my desk. {told}") == "authorization-header-stripped"
