"""Which discovery documents are believed before a credential is sent."""

import json

import pytest

from console.adapters.authority import Authority, metadata_problem
from console.core.exchange import Exchange, Failure, Request, Response
from console.core.metadata import Metadata

NOW = 1_790_000_000


def judge(authority: str, issuer: str, endpoint: str):
    body = json.dumps({"issuer": issuer, "token_endpoint": endpoint}).encode()
    exchange = Exchange(Request("GET", authority), Response(200, body=body), None, 0.0, 0)
    return metadata_problem(exchange, Authority.of(authority), now=NOW)


@pytest.mark.parametrize(
    ("authority", "issuer", "endpoint"),
    [
        ("https://login.microsoftonline.com/t", "https://login.microsoftonline.com/t/v2.0", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
        ("https://login.microsoftonline.com/common", "https://login.microsoftonline.com/{tenantid}/v2.0", "https://login.microsoftonline.com:443/common/oauth2/v2.0/token"),
        ("https://login.windows.net/t", "https://sts.windows.net/t/", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
        ("https://contoso.ciamlogin.com/t", "https://1111.ciamlogin.com/1111/v2.0", "https://contoso.ciamlogin.com/1111/oauth2/v2.0/token"),
        ("https://idp.example:8443/t", "https://idp.example:8443/t", "https://idp.example:8443/token"),
        ("https://idp.example/t", "", "https://idp.example/token"),
    ],
)  # fmt: skip
def test_a_document_of_the_same_place_or_cloud_is_believed(authority, issuer, endpoint):
    assert isinstance(judge(authority, issuer, endpoint), Metadata)


@pytest.mark.parametrize(
    ("authority", "issuer", "endpoint", "rule"),
    [
        ("https://idp.example/t", "https://idp.example/t", "https://idp.example:8443/token", "token_endpoint"),
        ("https://idp.example/t", "https://idp.example/t", "http://idp.example/token", "token_endpoint"),
        ("https://idp.example/t", "https://idp.example/t", "https://idp.example.evil.example/token", "token_endpoint"),
        ("https://idp.example/t", "https://idp.example/t", "https://idp.example@evil.example/token", "token_endpoint"),
        ("https://login.microsoftonline.com/t", "", "https://login.microsoftonline.us/t/token", "token_endpoint"),
        ("https://login.microsoftonline.com/t", "", "https://login.microsoft.com:8443/t/token", "token_endpoint"),
        ("https://contoso.ciamlogin.com/t", "", "https://evil.ciamlogin.com/t/token", "token_endpoint"),
        ("https://idp.example/t", "https://other.example/t", "https://idp.example/token", "issuer"),
        ("https://idp.example/t", "https://fakeciamlogin.com/t", "https://idp.example/token", "issuer"),
        ("https://idp.example/t", "urn:idp", "https://idp.example/token", "issuer"),
    ],
)
def test_a_document_that_points_elsewhere_is_not_believed(authority, issuer, endpoint, rule):
    judged = judge(authority, issuer, endpoint)
    assert isinstance(judged, Failure)
    assert judged.rule == rule
    assert judged.detail.endswith(".")


@pytest.mark.parametrize("text", ["https://h/t", "https://h/t/", "https://h/t/v2.0", " https://h/t/v2.0/ "])
def test_an_authority_is_taken_in_all_its_usual_spellings(text):
    assert Authority.of(text).metadata_url == "https://h/t/v2.0/.well-known/openid-configuration"


def test_only_the_own_place_is_shown_as_https():
    place = Authority.of("http://localhost:8000/sandbox/w/t")
    assert place.shown_url == "https://localhost:8000/sandbox/w/t"
    assert place.true_url("https://localhost:8000/x") == "http://localhost:8000/x"
    assert place.true_url("https://other.example/x") == "https://other.example/x"
    shown = place.shown_document(Metadata("http://localhost:8000/i", "http://other.example/token", ""))
    assert json.loads(shown) == {
        "issuer": "https://localhost:8000/i",
        "token_endpoint": "http://other.example/token",
        "authorization_endpoint": "https://localhost:8000/sandbox/w/t/oauth2/v2.0/authorize",
    }
