"""A HAR has the shape of version 1.2, holds each exchange redacted, and is read back by our own reader."""

import json

from console.core.exchange import Exchange, Failure, FailureKind, Request, Response, Timings
from console.core.paste.har import read_archive, read_entries
from console.core.redaction.redact import Redactor
from console.core.snippets import har
from console.core.snippets.hidden import call_of
from tests.core.snippets.calls import ORDER, TOKEN, order

ANSWER = Response(
    401, "Unauthorized", (("WWW-Authenticate", "Bearer"), ("WWW-Authenticate", "Basic")), b'{"a": "\xe2\x80\xae"}'
)
# Name: its type, or what a member of it has (HAR 1.2, softwareishard.com/blog/har-12-spec).
PAIR = {"name": str, "value": str}
REQUEST = {
    "method": str,
    "url": str,
    "httpVersion": str,
    "cookies": [],
    "headers": [PAIR],
    "queryString": [PAIR],
    "headersSize": int,
    "bodySize": int,
}
RESPONSE = {
    "status": int, "statusText": str, "httpVersion": str, "cookies": [], "headers": [PAIR],
    "content": {"size": int, "mimeType": str, "text": str}, "redirectURL": str, "headersSize": int, "bodySize": int,
}  # fmt: skip
ENTRY = {
    "startedDateTime": str, "time": int, "request": REQUEST, "response": RESPONSE, "cache": {},
    "timings": {"send": int, "wait": int, "receive": int},
}  # fmt: skip
LOG = {"log": {"version": str, "creator": {"name": str, "version": str}, "entries": [ENTRY]}}


def wrong(value, shape, where=""):
    """Where a value departs from a shape; members that begin with _ and comments may be more."""
    if isinstance(shape, dict):
        missing = [f"{where}.{name} is missing" for name in shape if name not in value]
        inside = [one for name in shape if name in value for one in wrong(value[name], shape[name], f"{where}.{name}")]
        return (
            missing
            + inside
            + [
                f"{where}.{name}?"
                for name in value
                if name not in shape and name not in ("comment", "postData") and name[0] != "_" and shape
            ]
        )
    if isinstance(shape, list):
        return [one for item in value for one in wrong(item, shape[0], where)] if shape else []
    return [] if isinstance(value, shape) else [f"{where} is {value!r}"]


def archive(*exchanges):
    clean = tuple(Redactor(()).exchange(one) for one in exchanges)
    call = call_of(clean[-1].request, exchanges=clean)
    assert har.SNIPPET.problem(call, None) == ""
    return har.write(call, None)


def test_it_has_the_shape_of_har_1_2():
    text = archive(
        Exchange(ORDER, ANSWER, None, 1_900_000_000.25, 37),
        Exchange(
            Request("GET", "https://a.example/"), None, Failure(FailureKind.DNS, "No such name."), 1_900_000_001, 5
        ),
    )
    assert wrong(json.loads(text), LOG) == []
    assert json.loads(text)["log"]["entries"][0]["request"]["postData"]["mimeType"] == "application/json"
    assert json.loads(text)["log"]["entries"][0]["startedDateTime"] == "2030-03-17T17:46:40.250+00:00"
    assert text.isascii()


def test_our_own_reader_reads_it_back_without_what_was_secret():
    text = archive(
        Exchange(ORDER, ANSWER, None, 1_900_000_000, 37),
        Exchange(
            Request("GET", "https://a.example/"), None, Failure(FailureKind.DNS, "No such name."), 1_900_000_001, 5
        ),
    )
    first, second = read_entries(read_archive(text))
    assert (first.request.method, first.response.status, first.response.headers) == ("POST", 401, ANSWER.headers)
    assert dict(first.request.headers)["Authorization"] == "Bearer <token>"
    assert json.loads(first.request.body)["client_secret"] == "***"
    assert (second.response, second.failure) == (None, "dns")
    assert not any(secret in text for secret in (TOKEN, "0123456789abcdef", "abcdef0123", "a secret"))


def test_without_an_exchange_it_is_not_offered():
    assert "nothing was sent yet" in har.SNIPPET.problem(order(), None)


def test_the_parts_of_the_time_that_were_measured_are_told():
    parts = Timings(dns_us=1_000, connect_us=2_000, tls_us=3_000, first_byte_us=4_500, body_us=500)
    few = Timings(connect_us=2_000)
    full, bare = (
        json.loads(archive(Exchange(ORDER, ANSWER, None, 0.0, 12, timings=one)))["log"]["entries"][0]["timings"]
        for one in (parts, few)
    )
    assert full == {"blocked": -1, "dns": 1.0, "connect": 5.0, "ssl": 3.0, "send": 0, "wait": 4.5, "receive": 0.5}
    assert bare == {"blocked": -1, "dns": -1, "connect": 2.0, "ssl": -1, "send": 0, "wait": 0, "receive": 0}
