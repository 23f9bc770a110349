"""Which discovery documents are believed before a credential is sent."""

import json

import pytest

from console.adapters.senders.authority import Authority, metadata_problem
from console.core.exchange import Exchange, Failure, Request, Response
from console.core.oauth.metadata import Metadata
from console.core.providers import entra, entra_shape
from console.core.providers.entra_issuer import issuer_problem

MS, CIAM = "https://login.microsoftonline.com", "https://contoso.ciamlogin.com"
B2C = "https://contoso.b2clogin.com"
GUID, OTHER = "8b1807f9-ca4e-4599-805a-ab71e754d3d4", "11111111-1111-4111-8111-111111111111"


def authority_at(url: str) -> Authority:
    base, _, tenant = url.rpartition("/")
    return Authority(entra_shape.place_at(base, tenant, issuer_v1=""))


def judge(authority: str, issuer: str, endpoint: str):
    body = json.dumps({"issuer": issuer, "token_endpoint": endpoint}).encode()
    exchange = Exchange(Request("GET", authority), Response(200, body=body), None, 0.0, 0)
    return metadata_problem(exchange, authority_at(authority), entra.believes)


@pytest.mark.parametrize(
    ("authority", "issuer", "endpoint"),
    [
        ("https://login.microsoftonline.com/t", "https://login.microsoftonline.com/t/v2.0", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
        ("https://login.microsoftonline.com/common", "https://login.microsoftonline.com/{tenantid}/v2.0", "https://login.microsoftonline.com:443/common/oauth2/v2.0/token"),
        ("https://login.windows.net/t", "https://sts.windows.net/t/", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
        ("https://contoso.ciamlogin.com/contoso.onmicrosoft.com", f"https://{GUID}.ciamlogin.com/{GUID}/v2.0", f"https://contoso.ciamlogin.com/{GUID}/oauth2/v2.0/token"),
        ("https://idp.example:8443/t", "https://idp.example:8443/t", "https://idp.example:8443/token"),
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
        (
            "https://login.microsoftonline.com/t",
            "https://login.microsoftonline.com/t/v2.0",
            "https://login.microsoftonline.us/t/token",
            "token_endpoint",
        ),
        (
            "https://login.microsoftonline.com/t",
            "https://login.microsoftonline.com/t/v2.0",
            "https://login.microsoft.com:8443/t/token",
            "token_endpoint",
        ),
        (
            "https://contoso.ciamlogin.com/t",
            "https://contoso.ciamlogin.com/t",
            "https://evil.ciamlogin.com/t/token",
            "token_endpoint",
        ),
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


@pytest.mark.parametrize(
    ("authority", "issuer"),
    [
        (f"{MS}/{GUID}", f"{MS}/{GUID}/v2.0"),
        (f"{MS}/{GUID}", f"https://sts.windows.net/{GUID}/"),
        (f"https://login.windows.net/{GUID}", f"{MS}/{GUID}/v2.0"),
        (f"{MS}/contoso.example", f"{MS}/{GUID}/v2.0"),
        (f"{MS}/common", MS + "/{tenantid}/v2.0"),
        (f"{MS}/organizations", MS + "/{tenantid}/v2.0"),
        (f"{MS}/common", "https://sts.windows.net/{tenantid}/"),
        (f"{MS}/consumers", f"{MS}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
        (f"https://login.microsoftonline.us/{GUID}", f"https://login.microsoftonline.us/{GUID}/v2.0"),
        (f"https://login.chinacloudapi.cn/{GUID}", f"https://sts.chinacloudapi.cn/{GUID}/"),
        (f"https://contoso.ciamlogin.com/{GUID}", f"https://{GUID}.ciamlogin.com/{GUID}/v2.0"),
        (f"https://login.contoso.example/{GUID}", f"https://{GUID}.ciamlogin.com/{GUID}/v2.0"),
        (f"{B2C}/contoso.onmicrosoft.com/B2C_1_in", f"{B2C}/{GUID}/v2.0/"),
        (f"{B2C}/contoso.onmicrosoft.com/B2C_1_in", f"{B2C}/tfp/{GUID}/b2c_1_in/v2.0/"),
        ("https://idp.example/t", "https://idp.example/t/v2.0"),
        ("https://idp.example/t", "https://idp.example/t"),
    ],
)
def test_an_issuer_that_follows_from_the_authority_is_believed(authority, issuer):
    assert issuer_problem(authority, issuer) == ""


@pytest.mark.parametrize(
    ("authority", "issuer", "told"),
    [
        ("https://idp.example/t", "https://idp.example/t/v2.0/", "the slash at the end"),
        ("https://idp.example/t", "https://idp.example/T/v2.0", "upper and lower case"),
        ("https://idp.example/t", "https://idp.example/other/v2.0", "may be another tenant"),
        ("https://idp.example/t", "https://idp.example.evil.example/t/v2.0", "the host is another"),
        ("https://idp.example/t", "http://idp.example/t/v2.0", "the host is the same"),
        ("https://idp.example/t", "", "names no issuer"),
        (f"{MS}/{GUID}", f"{MS}/{OTHER}/v2.0", "may be another tenant"),
        (f"{MS}/{GUID}", f"{MS}/{GUID}/v2.0/", "the slash at the end"),
        (f"{MS}/{GUID}", MS + "/{tenantid}/v2.0", "may be another tenant"),
        (f"{MS}/{GUID}", f"https://sts.windows.net/{GUID}", "the host is another"),
        (f"{MS}/{GUID}", f"https://sts.windows.net/{OTHER}/", "the host is another"),
        (f"{MS}/{GUID}", f"http://sts.windows.net/{GUID}/", "the host is another"),
        (f"{MS}/{GUID}", f"https://sts.windows.net:8443/{GUID}/", "the host is another"),
        (f"{MS}/{GUID}", f"https://login.microsoftonline.us/{GUID}/v2.0", "the host is another"),
        (f"{MS}/common", f"{MS}/{GUID}/v2.0", "may be another tenant"),
        (f"{MS}/consumers", f"{MS}/{GUID}/v2.0", "may be another tenant"),
        (f"{MS}/contoso.example", f"{MS}/fabrikam.example/v2.0", "may be another tenant"),
        (f"https://contoso.ciamlogin.com/{GUID}", f"https://{OTHER}.ciamlogin.com/{OTHER}/v2.0", "the host is another"),
        ("https://login.contoso.example/t", f"https://{GUID}.ciamlogin.com/{GUID}/v2.0", "the host is another"),
        (f"{B2C}/contoso.onmicrosoft.com/B2C_1_in", f"{B2C}/tfp/{GUID}/b2c_1_other/v2.0/", "may be another tenant"),
        (f"{B2C}/{GUID}/B2C_1_in", f"{B2C}/{OTHER}/v2.0/", "may be another tenant"),
        ("https://idp.example/t", "https://contoso.b2clogin.com/t/v2.0/", "the host is another"),
    ],
)
def test_any_other_issuer_is_not_believed_and_what_differs_is_said(authority, issuer, told):
    assert told in issuer_problem(authority, issuer)


def test_only_the_own_place_is_shown_as_https():
    place = authority_at("http://localhost:8000/sandbox/w/t")
    assert place.shown_url == "https://localhost:8000/sandbox/w/t"
    assert place.true_url("https://localhost:8000/x") == "http://localhost:8000/x"
    assert place.true_url("https://other.example/x") == "https://other.example/x"
    shown = place.shown_document(Metadata("http://localhost:8000/i", "http://other.example/token", ""))
    assert json.loads(shown) == {
        "issuer": "https://localhost:8000/i",
        "token_endpoint": "http://other.example/token",
        "authorization_endpoint": "https://localhost:8000/sandbox/w/t/oauth2/v2.0/authorize",
    }
