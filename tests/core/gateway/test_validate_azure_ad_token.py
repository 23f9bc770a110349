"""validate-azure-ad-token: both token versions of one tenant, and a body that never says why."""

import pytest

from console.core.gateway.answers import error_body
from console.core.gateway.policies.base import Verdict
from tests.core.gateway.builders import NOW, failed, judged, request, token, view

TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
OTHER = "11111111-2222-4333-8444-555555555555"
API = "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab"
V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
V1 = f"https://sts.windows.net/{TENANT}/"
WELL_KNOWN = "/.well-known/openid-configuration"
METADATA = {
    f"https://login.microsoftonline.com/{TENANT}/v2.0{WELL_KNOWN}": view(issuer=V2),
    f"https://login.microsoftonline.com/{TENANT}{WELL_KNOWN}": view(issuer=V1),
}
CLIENTS = (
    "<client-application-ids><application-id>client-0</application-id>"
    "<application-id>client-1</application-id></client-application-ids>"
)


def _policy(children: str = CLIENTS, attributes: str = "", tenant: str = TENANT) -> str:
    return f'<validate-azure-ad-token tenant-id="{tenant}" {attributes}>{children}</validate-azure-ad-token>'


def _token(**changes):
    return token(**{"iss": V2, "tid": TENANT, **changes})


def _v1(**changes):
    return _token(**{"iss": V1, "ver": "1.0", "azp": None, "appid": "client-1", **changes})


def _judged(text, sent, metadata=None):
    return judged(text, sent, metadata=METADATA if metadata is None else metadata)


GOOD = [
    ("v2", _policy(), _token()),
    ("v1", _policy(), _v1()),
    ("any tenant", _policy(tenant="organizations"), _token()),
    ("any tenant as a URL", _policy(tenant="https://login.microsoftonline.com/common"), _token()),
    ("endpoint without https", _policy(attributes='authentication-endpoint="login.microsoftonline.com/"'), _token()),
    ("audience", _policy(f"<audiences><audience>{API}</audience></audiences>"), _token()),
    (
        "back end by id",
        _policy(f"<backend-application-ids><application-id>{API.upper()}</application-id></backend-application-ids>"),
        _token(aud=f"api://{API}"),
    ),
]


@pytest.mark.parametrize(("what", "text", "sent"), GOOD, ids=[row[0] for row in GOOD])
def test_a_token_of_the_tenant_passes(what, text, sent):
    trace = _judged(text, request(sent))
    assert (trace.verdict, trace.identity.client_id) == (Verdict.ALLOW, "client-1")


BAD = [
    ("another client", _policy(), _token(azp="x"), ["client-application"]),
    ("a v2 token is judged by azp alone", _policy(), _token(azp=None, appid="client-1"), ["client-application"]),
    ("a v1 token is judged by appid alone", _policy(), _v1(appid=None, azp="client-1"), ["client-application"]),
    ("another tenant", _policy(), _token(tid=OTHER, iss=V2.replace(TENANT, OTHER)), ["issuer", "tenant"]),
    ("expired: no skew", _policy(), _token(exp=NOW - 1), ["expiry"]),
    ("no exp", _policy(), _token(exp=None), ["expiration-present"]),
    ("tampered", _policy(), _token(signer="b1"), ["signature"]),
    ("another audience", _policy("<audiences><audience>x</audience></audiences>"), _token(), ["audience"]),
    (
        "another back end",
        _policy("<backend-application-ids><application-id>x</application-id></backend-application-ids>"),
        _token(),
        ["backend-application"],
    ),
    (
        "a missing role",
        _policy('<required-claims><claim name="roles"><value>admin</value></claim></required-claims>'),
        _token(),
        ["required-claim:roles"],
    ),
    ("opaque", _policy(), "opaque", ["well-formed"]),
]


@pytest.mark.parametrize(("what", "text", "sent", "checks"), BAD, ids=[row[0] for row in BAD])
def test_the_body_does_not_say_what_the_checks_do(what, text, sent, checks):
    trace = _judged(text, request(sent))
    assert (trace.status, trace.body) == (401, error_body(401, "Invalid Azure AD JWT"))
    assert failed(trace) == checks


def test_a_missing_token_has_a_body_of_its_own():
    trace = _judged(_policy(), request())
    assert (trace.reason, trace.body) == ("TokenNotPresent", error_body(401, "Azure AD JWT not present"))


def test_status_and_message_of_the_policy_are_used():
    text = _policy(attributes='failed-validation-httpcode="403" failed-validation-error-message="No"')
    assert _judged(text, request()).body == error_body(403, "No")


@pytest.mark.parametrize(
    ("text", "metadata", "need"),
    [
        (_policy(), {}, f"https://login.microsoftonline.com/{TENANT}/v2.0{WELL_KNOWN}"),
        (_policy(tenant="contoso.example"), {}, "contoso.example"),
        (
            _policy("<client-application-ids><application-id>{{client}}</application-id></client-application-ids>"),
            None,
            "{{client}}",
        ),
        (
            _policy("<backend-application-ids><application-id>{{api}}</application-id></backend-application-ids>"),
            None,
            "{{api}}",
        ),
        (_policy(attributes='failed-validation-httpcode="@(1)"'), None, "failed-validation-httpcode: @(1)"),
    ],
)
def test_what_is_missing_leaves_the_answer_open(text, metadata, need):
    trace = _judged(text, request(_token()), metadata)
    assert trace.verdict is Verdict.UNDECIDED
    assert need in trace.needs
