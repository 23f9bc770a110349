"""A token and a subscription key stay within the Api's origin and path prefix."""

from dataclasses import replace

import pytest

from console.core.api import Api
from console.core.call import ApiCall, CallProblem, build_request, call_url, is_within
from console.core.credential import Secret
from console.core.http.key_header import key_header_problem
from console.core.oauth import token_use

API = Api(id="a", owner_id=1, name="Orders", base_url="https://api.example.com/orders/v1")
TOKEN, KEY = Secret("tok-123456"), Secret("key-123456")


@pytest.mark.parametrize(
    ("path", "query", "url"),
    [
        ("", "", "https://api.example.com/orders/v1"),
        ("/", "", "https://api.example.com/orders/v1"),
        ("/1042", "", "https://api.example.com/orders/v1/1042"),
        ("1042/lines", "a=1&b=2", "https://api.example.com/orders/v1/1042/lines?a=1&b=2"),
        ("/1042", "?a=1", "https://api.example.com/orders/v1/1042?a=1"),
        ("/a%20b", "", "https://api.example.com/orders/v1/a%20b"),
    ],
)
def test_a_path_is_joined_below_the_base_url(path, query, url):
    assert call_url(API.base_url, path, query) == url


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "https://evil.example/",
        "HTTPS:evil.example",
        "javascript:alert(1)",
        "/../admin",
        "/a/%2e%2e/b",
        "/a/%252e%252e/b",
        "/a/..%5c..",
        "/\\evil.example",
        "/x@evil.example",
        "@evil.example",
        "/a b",
        "/a?x=1",
        "/a#b",
        "/a\r\nX: 1",
        "/a\x00",
    ],
)
def test_a_path_that_could_leave_the_api_is_refused_with_words(path):
    problem = call_url(API.base_url, path, "")
    assert isinstance(problem, CallProblem)
    assert problem.field == "path"
    assert problem.what.endswith(".") and problem.do.endswith(".")


@pytest.mark.parametrize("query", ["a b", "a=1#x", "a=1\r\nX: 1", "a=\\"])
def test_a_query_with_raw_blanks_or_breaks_is_refused(query):
    assert isinstance(call_url(API.base_url, "/x", query), CallProblem)


def test_the_request_carries_bearer_token_and_key_under_the_apis_header_name():
    request = build_request(API, ApiCall("GET", "/1"), token=TOKEN, subscription_key=KEY)
    assert request.headers == (
        ("Authorization", "Bearer tok-123456"),
        ("Ocp-Apim-Subscription-Key", "key-123456"),
    )


def test_the_switches_leave_token_and_key_out():
    call = ApiCall("GET", "/1", sends_token=False, sends_subscription_key=False)
    assert build_request(API, call, token=TOKEN, subscription_key=KEY).headers == ()


def test_a_header_that_would_be_sent_twice_is_a_problem():
    call = ApiCall("GET", "/1", headers=(("authorization", "Bearer mine"),))
    problem = build_request(API, call, token=TOKEN, subscription_key=None)
    assert isinstance(problem, CallProblem)
    assert problem.field == "headers"
    assert "Authorization" in problem.what
    assert "mine" not in problem.what + problem.do


def test_an_unknown_method_is_a_problem():
    assert isinstance(build_request(API, ApiCall("BREW", "/"), token=None, subscription_key=None), CallProblem)


# Spellings of ".." that some server, proxy or framework reads so.
UPWARDS = [
    "..",
    "..;",
    "..;x=1",
    "..%3b",
    "%2e%2e",
    "%2E.",
    ".%2e;a",
    "%252e%252e",
    "%25252e%25252e",
    "%2525252525252e%2525252525252e",
    "%" + "25" * 40 + "2e.",
    "..%2f",
    "..%5c",
    "%2e%2e%2f",
    "%252e%252e%255c",
    "a/..;/..",
    ";/..",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%f0%80%80%ae.",
    "..%c0%af",
    "%u002e%u002e",
    "%uff0e%uff0e",
    "\uff0e\uff0e",
    "%ef%bc%8e%ef%bc%8e",
    "..%00",
    ".%09.",
    "..%20",
    "..%0d%0a",
    "%09..",
]
HARMLESS = ["a..b", "...", "..a", "a;v=1", "%2e", ".well-known", "caf%C3%A9", "%E9", "a%2Fb", "100%25", "x%3B.."]


@pytest.mark.parametrize("up", UPWARDS)
def test_no_spelling_of_upwards_leaves_the_base_url(up):
    for path in (f"/{up}", f"/a/{up}/admin", f"/{up}/"):
        assert isinstance(call_url(API.base_url, path, ""), CallProblem), path


@pytest.mark.parametrize("fine", HARMLESS)
def test_a_path_that_only_looks_odd_is_sent_as_it_was_typed(fine):
    assert call_url(API.base_url, f"/{fine}", "") == f"{API.base_url}/{fine}"


@pytest.mark.parametrize(
    ("url", "within"),
    [
        ("https://api.example.com/orders/v1", True),
        ("https://api.example.com/orders/v1/operations/7?api-version=1", True),
        ("https://api.example.com/orders/v10/x", False),
        ("https://api.example.com/other", False),
        ("http://api.example.com/orders/v1/x", False),
        ("https://api.example.com:8443/orders/v1/x", False),
        ("https://backend.internal/orders/v1/x", False),
        ("https://user@api.example.com/orders/v1/x", False),
        ("https://api.example.com/orders/v1/../../x", False),
        ("https://api.example.com/orders/v1/%2e%2e/x", False),
        ("https://api.example.com:bad/orders/v1", False),
        ("not a url", False),
        *((f"https://api.example.com/orders/v1/{up}/admin", False) for up in UPWARDS),
        *(
            (f"https://api.example.com/orders/v1{odd}/operations/7", False)
            for odd in ("\t", "\r\n", " ", "\x00", "\x85", "\\")
        ),
        *((f"https://api.example.com/orders/v1/{fine}/7", True) for fine in HARMLESS),
    ],
)
def test_a_poll_address_counts_as_within_only_below_the_base_url(url, within):
    assert is_within(API, url) is within


def test_the_repr_of_a_request_shows_no_secret():
    request = build_request(API, ApiCall("GET", "/1"), token=TOKEN, subscription_key=KEY)
    assert "tok-123456" not in repr(request) and "key-123456" not in repr(request)


TYPES = [
    ("Bearer", True),
    ("bearer", True),
    ("BEARER", True),
    ("", True),
    ("N_A", False),
    ("DPoP", False),
    ("pop", False),
    ("mac", False),
    ("Bearerx", False),
    ("be arer", False),
]


@pytest.mark.parametrize(("token_type", "is_sent"), TYPES)
def test_only_a_bearer_token_is_sent_as_one(token_type, is_sent):
    request = build_request(API, ApiCall("GET", "/1"), token=TOKEN, token_type=token_type, subscription_key=None)
    assert isinstance(request, CallProblem) is not is_sent
    if isinstance(request, CallProblem):
        assert (request.field, token_type.strip() in request.what) == ("sends_token", True)
        (told,) = token_use.check(token_type)
        assert all((told.what, told.why, told.do, told.who))


def test_a_token_of_another_type_that_is_left_out_stops_no_call():
    call = ApiCall("GET", "/1", sends_token=False)
    assert build_request(API, call, token=TOKEN, token_type="N_A", subscription_key=KEY).headers[0][1] == "key-123456"


STEERING = [
    "Authorization",
    "authorization",
    "Cookie",
    "Set-Cookie",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "TE",
    "Upgrade",
    "Proxy-Authorization",
    "Proxy-Connection",
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "x_forwarded_proto",
    "Via",
    "X-Real-IP",
    "Expect",
    "Keep-Alive",
    "Trailer",
    "X-Original-URL",
    "X-HTTP-Method-Override",
    "Sec-Fetch-Site",
    "If-Match",
    "Content-Type",
    "Accept-Encoding",
    "Cookie2",
    "X_Original_URL",
    "DPoP",
    "Signature-Input",
]


@pytest.mark.parametrize(
    "name", [*STEERING, "", "X Key", "X:Key", "X-Key\r\nHost", "Schl\u00fcssel", "\u2010", ":path"]
)
def test_a_key_is_never_sent_in_a_header_that_means_something_else(name):
    assert key_header_problem(name).endswith(".")
    request = build_request(
        replace(API, subscription_key_header=name), ApiCall("GET", "/1"), token=TOKEN, subscription_key=KEY
    )
    assert isinstance(request, CallProblem)
    assert "key-123456" not in request.what + request.do


@pytest.mark.parametrize(
    "name", ["Ocp-Apim-Subscription-Key", "X-API-Key", "apikey", "X-Gateway-Key", "x-functions-key"]
)
def test_usual_headers_of_keys_are_taken(name):
    assert key_header_problem(name) == ""


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            ("Bad Name", "v"),
            "'Bad Name' is not a header name: letters, digits and hyphens only, without blank or colon.",
        ),
        (("X-Note", "a\nb"), "The value of the header X-Note holds a line break or control character; remove it."),
        (
            ("Host", "evil.example"),
            "The header Host decides where a request goes, so it cannot be set here; remove it.",
        ),
    ],
)
def test_a_header_that_is_none_is_told_where_it_was_typed(header, words):
    call = ApiCall("GET", "/1042", headers=(("X-Ok", "1"), header))
    problem = build_request(API, call, token=TOKEN, subscription_key=KEY)
    assert problem == CallProblem("headers", words, "Change the headers of the call.")
