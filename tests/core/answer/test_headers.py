"""Headers of an answer, explained."""

import pytest

from console.core.answer.header_readings import missing, reading
from console.core.answer.known_headers import HEADERS, known
from console.core.exchange import Exchange, Request, Response

AT = 1_764_331_200.0  # 2025-11-28 12:00:00 UTC


def answered(status=200, *headers, elapsed_ms=100):
    return Exchange(Request("GET", "https://api.example/x"), Response(status, headers=headers), None, AT, elapsed_ms)


def read(name, value, status=200, *others):
    return reading(name, value, exchange=answered(status, (name, value), *others))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Retry-After", "retry-after"),
        ("WWW-AUTHENTICATE", "www-authenticate"),
        ("X-RateLimit-Remaining-Minute", "x-ratelimit-remaining*"),
        ("x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-*"),
        ("x-ms-request-id", "x-ms-request-id"),
        ("x-ms-anything", "x-ms-*"),
        ("Ocp-Apim-Trace-Location", "ocp-apim-*"),
        ("Access-Control-Allow-Origin", "access-control-allow-origin"),
        ("x-my-own", None),
        ("", None),
        ("x-ms-" + "a" * 10_000, None),
    ],
)
def test_a_header_is_known_by_its_name_or_the_longest_beginning(name, found):
    one = known(name)
    assert (one.name if one else None) == found


def test_each_header_stands_once_and_says_what_it_is_for():
    names = [one.name for one in HEADERS]
    assert len(names) == len(set(names))
    assert all(one.name == one.name.lower() and one.meaning.endswith(".") and one.source for one in HEADERS)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Retry-After", "30", "That is 30 seconds."),
        ("retry-after", "0", "That is now."),
        ("Retry-After", "Fri, 28 Nov 2025 12:02:00 GMT", "That is 2 minutes."),
        ("Retry-After", "9999999999", "That is more than 31 years, which is no time to wait for."),
        ("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT", "That is more than 31 years, which is no time to wait for."),
        ("Retry-After", "soon", "It is neither a number of seconds nor a date, so clients pass over it."),
        ("Date", "Fri, 28 Nov 2025 12:00:00 GMT", "This console’s clock says the same."),
        ("Date", "Fri, 28 Nov 2025 12:10:00 GMT", "10 minutes ahead of this console’s clock."),
        ("Date", "Fri, 28 Nov 2025 11:59:30 GMT", "30 seconds behind this console’s clock."),
        ("Date", "yesterday", "It is no date."),
        ("X-RateLimit-Remaining", "0", "Nothing is left: the next call may be refused with 429."),
        ("X-RateLimit-Remaining", "7", ""),
        ("Content-Encoding", "gzip", ""),
        ("Content-Encoding", "br", "This console does not unpack it, so the body is shown as it came."),
        ("X-Anything", "1", ""),
    ],
)
def test_a_value_is_read_where_it_needs_it(name, value, said):
    assert read(name, value) == said


def test_a_redirect_is_the_answer_and_any_website_with_credentials_is_none():
    assert read("Location", "https://other.example/", 302) == "Redirects are not followed: this is the answer."
    assert read("Location", "https://other.example/", 201) == ""
    credentials = ("Access-Control-Allow-Credentials", "true")
    assert "must name the website" in read("Access-Control-Allow-Origin", "*", 200, credentials)
    assert read("Access-Control-Allow-Origin", "*") == ""


def test_what_ought_to_be_there_is_missed():
    assert [name for name, _ in missing(answered(401))] == ["WWW-Authenticate"]
    assert missing(answered(401, ("www-authenticate", "Bearer"))) == ()
    assert [name for name, _ in missing(answered(405))] == ["Allow"]
    assert missing(answered(200)) == ()
