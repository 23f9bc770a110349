"""Evidence from JSON of unknown origin and from pasted text."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.intake import relative_seconds, with_pasted
from console.core.diagnosis.moments import ANCHOR
from console.core.diagnosis.pasted import read_pasted
from console.core.diagnosis.reading import read
from tests.core.diagnosis.evidence import API, of_call


def test_members_that_evidence_does_not_know_are_kept_among_the_facts():
    evidence = read_evidence(
        {
            "expectations": {"audiences": [API], "metadata": "https://idp.example/m"},
            "token_request": {"endpoint": "e", "headers": {"Content-Type": "text/plain"}, "raw_body": "{}"},
            "profile": {"flow": "x"},
        }
    )
    assert evidence.expectations.audiences == (API,)
    assert evidence.token_request.headers == (("Content-Type", "text/plain"),)
    assert evidence.profile == {
        "flow": "x",
        "also": {
            "expectations": {"metadata": "https://idp.example/m"},
            "token_request": {"raw_body": "{}"},
        },
    }


def test_members_of_a_wrong_type_are_left_out():
    evidence = read_evidence({"now": True, "http_status": "401", "expectations": [], "profile": 7, "pasted": {}})
    assert evidence == read_evidence({})


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("now", 0),
        ("now-60", -60),
        ("now+3600", 3600),
        ("now - 2h", -7200),
        ("now-1d", -86400),
        ("later", None),
        (5, None),
    ],
)
def test_relative_times(text, offset):
    assert relative_seconds(text) == offset


def test_times_relative_to_the_attempt_need_no_clock():
    evidence = read_evidence({"token_claims": {"exp": "now-1"}, "token_header": {}})
    assert read(evidence).now == ANCHOR
    assert explain(evidence).primary.cause == "token-expired"


def test_absolute_times_without_a_moment_are_not_judged():
    evidence = read_evidence({"token_claims": {"exp": 1}, "token_header": {}})
    assert "token-expired" not in [cause.cause for cause in explain(evidence).causes]


def test_the_date_of_the_answer_is_the_moment_when_none_is_stated():
    evidence = of_call(headers={"Date": "Thu, 01 Jan 2026 00:00:00 GMT"})
    del evidence["now"]
    assert read(read_evidence(evidence)).now == 1_767_225_600


def test_an_http_exchange_is_read():
    found = read_pasted(
        "> GET /orders HTTP/1.1\n> Host: api.example\n> Authorization: Bearer <token>\n>\n"
        '< HTTP/1.1 401 Unauthorized\n< Content-Type: application/json\n<\n{"statusCode": 401, "message": "no"}'
    )
    request, response = found.evidence.request, found.evidence.response
    assert (request.method, request.url, response.status) == ("GET", "https://api.example/orders", 401)
    assert ("Authorization", "Bearer <token>") in request.headers
    assert response.headers == (("Content-Type", "application/json"),)
    assert response.body == {"statusCode": 401, "message": "no"}


@pytest.mark.parametrize(
    ("command", "method", "headers"),
    [
        ("curl -X 'GET' 'https://a.example/x' -H 'Accept: */*'", "GET", (("Accept", "*/*"),)),
        ('curl https://a.example/x --header "X-Key: 1" -d a=b', "POST", (("X-Key", "1"),)),
        ("curl https://a.example/x", "GET", ()),
    ],
)
def test_a_curl_command_is_read(command, method, headers):
    request = read_pasted(command).evidence.request
    assert (request.method, request.url, request.headers) == (method, "https://a.example/x", headers)


def test_a_token_error_in_a_text_is_read_as_one():
    evidence, _ = with_pasted(read_evidence('HTTP/1.1 401 Unauthorized\n\n{"error":"invalid_client"}'))
    assert (evidence.token_error, evidence.http_status) == ({"error": "invalid_client"}, 401)


def test_what_is_stated_is_never_replaced_by_what_was_pasted():
    evidence, _ = with_pasted(read_evidence({**of_call(403), "pasted": "HTTP/1.1 500 X\n\nbody"}))
    assert evidence.response.status == 403


KEY = 'AzureApiManagementKey realm="https://contoso.azure-api.net/orders",name="X-Key",type="header"'
BEARER = 'Bearer realm="api", error="invalid_token"'


@pytest.mark.parametrize(
    "headers",
    [
        [["WWW-Authenticate", KEY], ["WWW-Authenticate", BEARER]],
        [["www-authenticate", BEARER], ["WWW-Authenticate", KEY]],
        [["WWW-Authenticate", 'Bearer realm="cut off'], ["WWW-Authenticate", KEY]],
        {"WWW-Authenticate": f"{KEY}, {BEARER}"},
        {"WWW-Authenticate": f"{BEARER}, {KEY}"},
        {"WWW-Authenticate": [BEARER, KEY]},
    ],
    ids=["key first", "Bearer first", "the first cut off", "joined", "joined, Bearer first", "a list in an object"],
)
def test_of_several_challenges_the_one_of_the_gateway_tells_in_whatever_order_they_came(headers):
    request = {"method": "GET", "url": "https://contoso.azure-api.net/orders", "headers": {"Authorization": "Bearer *"}}
    found = explain(read_evidence(of_call(body="", request=request, headers=headers, token=False, expectations=None)))
    assert (found.answered_by, found.primary.cause, found.primary.confidence) == (
        "gateway",
        "subscription-key-missing",
        "certain",
    )
    assert found.primary.do == "Send the subscription key in the header X-Key."


def test_repeated_headers_of_a_pasted_answer_survive():
    text = f"HTTP/1.1 401 Unauthorized\nWWW-Authenticate: {KEY}\nWWW-Authenticate: {BEARER}\n\n"
    evidence, _ = with_pasted(read_evidence(text))
    assert evidence.response.headers == (("WWW-Authenticate", KEY), ("WWW-Authenticate", BEARER))
    assert explain(evidence).primary.cause == "subscription-key-missing"


def test_headers_of_any_shape_are_read_as_far_as_they_go():
    listed = read_evidence({"request": {"headers": [["A", 1], ["B"], 7, ["C", "c", "d"], {"A": "b"}]}})
    assert listed.request.headers == (("A", "1"),)


@pytest.mark.parametrize("lines", [700, 3000])
def test_the_last_line_of_a_long_log_is_read(lines):
    before = "\n".join(f"2026-11-26 07:41:12 INFO GET /stock/items answered request {one}" for one in range(lines))
    refusal = "jwt.exceptions.ExpiredSignatureError: Signature has expired"
    found = explain(read_evidence({"pasted": f"{before}\n{refusal}"})).primary
    assert found is not None
    assert found.cause == "token-expired"


def test_what_becomes_a_fact_of_a_pasted_text_holds_no_secret():
    text = (
        "my client_secret=Zx8~Qe3rT5yU7iO9pA1sD2fG4hJ6kL0 is right\nAPP_CLIENT_SECRET=Zx8~Qe3rT5yU7iO9pA1sD2fG4hJ6kL0"
    )
    profile = with_pasted(read_evidence(text))[0].profile
    assert profile
    assert "Zx8~" not in str(profile)


@pytest.mark.parametrize(("now", "read"), [(1.5, 1), (7, 7), (float("inf"), None), (float("nan"), None), (True, None)])
def test_a_moment_is_a_number_that_ends(now, read):
    assert read_evidence({"now": now}).now == read


@pytest.mark.parametrize(
    ("given", "read"), [(5, 5), (0, None), (-1, None), (10**9, None), ("5", None), (True, None), (None, None)]
)
def test_a_timeout_that_is_none_is_left_out(given, read):
    request = read_evidence({"request": {"method": "GET", "url": "https://a.example", "timeout_s": given}}).request
    assert request is not None and request.timeout_s == read
