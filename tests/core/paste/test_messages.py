"""Requests and answers in a text, and the evidence that is made of them."""

import pytest

from console.core.paste.evidence import of_seen
from console.core.paste.http_text import read_http
from tests.core.tokens.wire import compact

TOKEN = compact({"iss": "client", "sub": "client"})


def shape(text):
    return [
        (seen.request.method if seen.request else "", seen.url, seen.status, seen.failure) for seen in read_http(text)
    ]


MESSAGES = [
    ("", []),
    ("GET of Moses", []),
    ("GET /x HTTP/1.1\nHost: a.example\n", [("GET", "https://a.example/x", None, "")]),
    ("GET https://a.example/x\nAccept: */*", [("GET", "https://a.example/x", None, "")]),
    (  # the console of an API client: rows under words of its own
        "GET https://a.example/x\n401\n312 ms\nNetwork\nRequest Headers\nAccept: */*\nResponse Headers\nDate: x\n"
        'Response Body\n{"message": "no"}',
        [("GET", "https://a.example/x", 401, "")],
    ),
    ("POST https://a.example/x\nAccept: */*\n\n401", [("POST", "https://a.example/x", None, "")]),  # a body
    ("HTTP/1.1 401 No\n\nRequest headers\nHTTP", [("", "", 401, "")]),  # words of a body
    ("HTTP/1.1 100 Continue\n\nHTTP/1.1 401 No\n\n", [("", "", 401, "")]),
    ("HTTP/1.1 301 Moved\nLocation: /y\n\nHTTP/1.1 200 OK\n", [("", "", 301, ""), ("", "", 200, "")]),
    (
        "> GET /x HTTP/2\n> Host: a.example\n>\n< HTTP/2 401 \n< Date: x\n<\nno",
        [("GET", "https://a.example/x", 401, "")],
    ),
    ("> GET /x HTTP/1.1\n> Host: a\n>\n* SSL certificate problem: self signed", [("GET", "https://a/x", None, "tls")]),
    ("* Could not resolve host: a.example", []),
    ("POST https://a.example/x\nStatus: 401 Unauthorized\nResponse: {}", [("POST", "https://a.example/x", 401, "")]),
    ("GET https://a.example/x\nHTTP status code: 403", [("GET", "https://a.example/x", 403, "")]),
    ("curl: (28) Connection timed out after 5000 ms", [("", "", None, "timeout")]),
    # Whatever a TLS library or a language writes behind it, curl's own number says how it ended.
    ("curl: (60) Das Zertifikat gilt nicht", [("", "", None, "tls")]),
    ("curl: (6) Unbekannter Rechner", [("", "", None, "dns")]),
    ("curl: (7) Keine Route", [("", "", None, "refused")]),
    ("curl: (56) OpenSSL SSL_read: tlsv13 alert certificate required", []),  # the message tells more than the number
    ("curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a:443", [("", "", None, "reset")]),
    ("curl: (22) The requested URL returned error: 401", []),
    ("curl: (600) x", []),
    (
        "curl https://a.example\ncurl: (6) Could not resolve host: a.example",
        [("GET", "https://a.example", None, "dns")],
    ),
    (
        "POST /a HTTP/1.1\n\n\nHTTP/1.1 400 Bad\n\n\nGET /b HTTP/1.1\n\nHTTP/1.1 401 No\n",
        [("POST", "/a", 400, ""), ("GET", "/b", 401, "")],
    ),
    (
        "Request URL\nhttps://a.example/x\nRequest Method\nPOST\nStatus Code\n403 Forbidden",
        [("POST", "https://a.example/x", 403, "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_each_exchange_of_a_text_is_read(text, expected):
    assert shape(text) == expected


def test_folded_headers_bodies_and_progress_lines_are_told_apart():
    (seen,) = read_http(
        "> POST /x HTTP/1.1\n> X-Long: a\n>\n} [9 bytes data]\n* upload done\n< HTTP/1.1 401 No\n"
        '< WWW-Authenticate: Bearer\n  error="x"\n<\n{ [12 bytes data]\n{\n "a": 1\n}\n* Connection left intact\n'
    )
    assert seen.request_headers == (("X-Long", "a"),)
    assert seen.response_headers == (("WWW-Authenticate", 'Bearer error="x"'),)
    assert seen.answer == {"a": 1}


def test_a_token_request_is_evidence_with_masked_secrets_and_a_decoded_assertion():
    (seen,) = read_http(
        f"curl https://id.example/oauth2/v2.0/token -d grant_type=client_credentials -d client_secret=s3cr3t-value "
        f"-d client_assertion={TOKEN} -d scope=api://x/.default -i\nHTTP/1.1 401 No\n\n"
        '{"error": "invalid_client", "error_description": "AADSTS7000215"}'
    )
    evidence = of_seen(seen)
    assert (evidence.http_status, evidence.token_error["error"]) == (401, "invalid_client")
    assert (evidence.request, evidence.response) == (None, None)
    request = evidence.token_request
    assert request.endpoint == "https://id.example/oauth2/v2.0/token"
    assert request.params == {
        "grant_type": "client_credentials",
        "client_secret": "***",
        "client_assertion": "<token>",
        "scope": "api://x/.default",
    }
    assert request.assertion.claims == {"iss": "client", "sub": "client"}


def test_an_error_of_an_api_is_no_error_of_a_token_endpoint():
    (seen,) = read_http('GET https://a.example/orders HTTP/1.1\n\nHTTP/1.1 401 No\n\n{"error": "Unauthorized"}')
    evidence = of_seen(seen)
    assert evidence.token_error is None
    assert evidence.response.body == {"error": "Unauthorized"}


def test_a_placeholder_that_was_sent_instead_of_a_token_stays_visible():
    (seen,) = read_http("curl https://a.example -H 'Authorization: Bearer [object Object]'")
    assert of_seen(seen).request.headers == (("Authorization", "Bearer [object Object]"),)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("curl: (28) Connection timed out after 5000 milliseconds", "connect"),
        ("curl: (28) Failed to connect to a.example port 443 after 9 ms: Connection timed out", ""),
        ("curl: (28) Operation timed out after 5000 milliseconds with 0 bytes received", ""),
    ],
)
def test_a_connection_that_never_stood_is_no_slow_answer(line, rule):
    (seen,) = read_http(line)
    assert (seen.rule, of_seen(seen).response.rule) == (rule, rule)


@pytest.mark.parametrize("code", ["invalid_token", "insufficient_scope"])
def test_an_error_code_of_apis_alone_is_no_answer_of_a_token_endpoint(code):
    body = f'{{"error": "{code}", "error_description": "Jwt expired"}}'
    (alone,) = read_http(f"HTTP/1.1 401 No\n\n{body}")
    (asked,) = read_http(f"POST https://id.example/token HTTP/1.1\n\ngrant_type=a\n\nHTTP/1.1 400 No\n\n{body}")
    assert (alone.token_error, asked.token_error["error"]) == (None, code)


@pytest.mark.parametrize(
    ("output", "status"),
    [("401", 401), ("403 Forbidden\n", 403), ("\n{}", None), ("4012", None), ("401 items found: 3", None)],
)
def test_a_status_that_a_command_prints_alone_is_its_answer(output, status):
    (seen,) = read_http(f"curl -s -o a -w '%{{http_code}}' https://a.example\n{output}")
    assert seen.status == status


def test_an_answer_that_somebody_noted_below_a_request_tells_of_no_header_of_it():
    seen = read_http('POST https://a.example/x\nStatus: 401 Unauthorized\nResponse: {"message": "unauthorized"}')[0]
    assert (seen.request.headers, seen.response.body) == ((), b'{"message": "unauthorized"}')
    assert seen.has_unknown_headers


def test_the_error_of_a_token_endpoint_below_the_line_of_its_request_is_the_answer():
    text = 'TokenError: 400\nPOST https://a.example/token\n{\n "error": "invalid_grant"\n}"\n\tat Quay.java:9'
    seen = read_http(text)[0]
    assert (seen.token_error, seen.request.body) == ({"error": "invalid_grant"}, b"")


def test_words_of_a_clients_console_are_no_more_than_words_in_a_body():
    (seen,) = read_http("HTTP/1.1 401 No\nDate: x\n\nRequest headers\nof your call were refused")
    assert seen.response.body == b"Request headers\nof your call were refused"
