"""Issuers taken apart and compared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.issuers import cloud_of, host_of, issuers_relation, read_issuer

T, OTHER = "8b1807f9-ca4e-4599-805a-ab71e754d3d4", "d2d37d5e-ba79-4bd2-a229-a2022b4759a5"
V1, V2 = f"https://sts.windows.net/{T}/", f"https://login.microsoftonline.com/{T}/v2.0"
BOX = "https://console.example/sandbox/w1"


@pytest.mark.parametrize(
    ("text", "provider", "tenant", "version", "base"),
    [
        (V1, "entra", T, "1.0", "https://sts.windows.net"),
        (V2, "entra", T, "2.0", "https://login.microsoftonline.com"),
        (f"https://login.microsoftonline.us/{T}/v2.0", "entra", T, "2.0", "https://login.microsoftonline.us"),
        (f"https://sts.chinacloudapi.cn/{T}/", "entra", T, "1.0", "https://sts.chinacloudapi.cn"),
        (f"https://contoso.b2clogin.com/{T}/v2.0/", "b2c", T, "2.0", "https://contoso.b2clogin.com"),
        (f"https://contoso.b2clogin.com/tfp/{T}/b2c_1_x/v2.0/", "b2c", T, "2.0", "https://contoso.b2clogin.com"),
        (f"https://{T}.ciamlogin.com/{T}/v2.0", "ciam", T, "2.0", f"https://{T}.ciamlogin.com"),
        (f"{BOX}/{T}/v2.0", "sandbox", T, "2.0", BOX),
        (f"{BOX}/sts/{T}/", "sandbox", T, "1.0", BOX),
        (f"http://localhost:8000/sandbox/w1/sts/{T}/", "sandbox", T, "1.0", "http://localhost:8000/sandbox/w1"),
        ("http://kc:8080/auth/realms/demo", "keycloak", "demo", "", "http://kc:8080/auth"),
        ("https://contoso.auth0.com/", "other", "", "", "https://contoso.auth0.com"),
        ("accounts.example", "other", "", "", "accounts.example"),
        ("https://[broken", "other", "", "", "https://[broken"),
        ("", "other", "", "", ""),
    ],
)
def test_an_issuer_is_taken_apart(text, provider, tenant, version, base):
    form = read_issuer(text)
    assert (form.provider, form.tenant, form.version, form.base) == (provider, tenant, version, base)


@pytest.mark.parametrize(
    ("actual", "expected", "relation"),
    [
        (V2, V2, "same"),
        (V1, V2, "version_mix"),
        (V2, V1, "version_mix"),
        (f"{BOX}/sts/{T}/", f"{BOX}/{T}/v2.0", "version_mix"),
        (V2, f"https://login.microsoftonline.com/{OTHER}/v2.0", "other_tenant"),
        (V1, f"https://login.microsoftonline.com/{OTHER}/v2.0", "other_tenant"),
        (f"{BOX}/sts/{T}/", f"{BOX}/sts/{OTHER}/", "other_tenant"),
        ("http://kc/realms/a", "http://kc/realms/b", "other_tenant"),
        (V2, f"{V2}/", "spelling"),
        (V1, V1.rstrip("/"), "spelling"),
        (V2, f" {V2}", "spelling"),
        (V2, V2.upper(), "spelling"),
        (V2, "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0", "spelling"),
        (f"{BOX}/{T}/v2.0", f"https://other.example/sandbox/w1/{T}/v2.0", "spelling"),
        ("http://kc/realms/a", "http://kc:8080/realms/a", "spelling"),
        ("https://contoso.auth0.com", "https://contoso.auth0.com/", "spelling"),
        ("https://a.example/oidc/v1", "https://b.example/oidc/v1", "spelling"),
        ("accounts.example", "https://accounts.example", "spelling"),
        ("https://a.example/", "https://b.example/", "other"),
        (V2, "https://contoso.auth0.com/", "other"),
        (f"{BOX}/{T}/v2.0", f"https://other.example/sandbox/w1/{OTHER}/v2.0", "other"),
    ],
)
def test_how_two_issuers_stand_to_each_other(actual, expected, relation):
    assert issuers_relation(actual, expected) == relation


@pytest.mark.parametrize(
    ("url", "cloud"),
    [
        (V2, "global"),
        ("login.microsoftonline.us", "usgov"),
        (f"https://LOGIN.partner.microsoftonline.cn/{T}", "china"),
        ("https://login.microsoftonline.de/x", "germany"),
        ("https://idp.example", ""),
        ("", ""),
    ],
)
def test_a_cloud_is_known_by_its_host(url, cloud):
    assert cloud_of(url) == cloud


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://A.example:8443/x", "a.example"), ("a.example/x", "a.example"), ("https://[::1", ""), ("", "")],
)
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host


HOSTS = st.sampled_from(["login.microsoftonline.com", "host.example", "A.Example", "sts.windows.net", "[", "ø.example"])
PIECES = st.sampled_from(["/", "//", ":8080", "@", "?q", "#f", "-", "%20", "~", "sts", "v2.0", "realms", T, "'", "\n"])


@given(st.sampled_from(["https://", "http://", "HTTPS://", "//", " https://", ""]), HOSTS, st.lists(PIECES, max_size=6))
def test_the_short_way_for_a_plain_issuer_tells_what_the_long_one_does(scheme, host, more):
    text = f"{scheme}{host}{''.join(more)}"
    told = read_issuer(text), host_of(text), issuers_relation(text, V2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("console.core.issuers._PLAIN", re.compile("(?!)"))  # nothing is plain
        assert (read_issuer(text), host_of(text), issuers_relation(text, V2)) == told
