"""Which header fields a person may set."""

import pytest

from console.adapters.headers import check_headers
from console.core.exchange import FailureKind


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "content-length",
        "Transfer-Encoding",
        "Connection",
        "TE",
        "Upgrade",
        "Expect",
        "Proxy-Authorization",
        "Cookie2",
    ],
)
def test_a_header_that_frames_or_routes_the_request_is_refused(name):
    failure = check_headers([(name, "x")])
    assert failure is not None
    assert (failure.kind, failure.rule) == (FailureKind.BLOCKED_ADDRESS, "header")
    assert name in failure.detail


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("X", "a\r\nY: b", "line break"),
        ("X", "a\nb", "line break"),
        ("X", "a\0b", "control character"),
        ("X", "\x7f", "control character"),
        ("X", "€", "not Latin-1"),
        ("X", " padded", "begins or ends with a blank"),
        ("X-Key", "s3cr3t ", "begins or ends with a blank"),
        ("X\r\nY", "b", "not a header name"),
        ("X:", "b", "not a header name"),
        ("", "b", "not a header name"),
        ("Größe", "b", "not a header name"),
        ("X", "a" * 64_000, "64000 characters"),
    ],
)
def test_characters_that_headers_cannot_carry_are_refused_in_words_without_the_value(name, value, words):
    failure = check_headers([(name, value)])
    assert failure is not None
    assert words in failure.detail
    assert "s3cr3t" not in failure.detail


def test_usual_headers_pass_even_twice_and_empty():
    headers = [("Authorization", "Bearer abc"), ("X-Tag", "1"), ("X-Tag", "2"), ("X-Empty", ""), ("X-Name", "Zoë\tB")]
    assert check_headers(headers) is None


def test_the_number_of_headers_is_limited():
    assert check_headers([("X", "1")] * 64) is None
    assert check_headers([("X", "1")] * 65) is not None
