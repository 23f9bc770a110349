"""Each failing check and what either side can do about it, whether it would be proposed or not."""

import json

import pytest
from msgspec.structs import replace

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.policies.subscription_key import SubscriptionRule, key_digest
from console.core.policy.repair.checks import REPAIRS
from console.core.policy.repair.failures import failures_of
from console.core.policy.repair.options import api_options, client_options
from console.core.tokens.base64url import encode
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import TENANT
from tests.core.policy.repair.builders import METADATA, OTHER, bearer, entra, policy, read, required, token

URL = "https://gw.example/orders"
ROLE = required('<claim name="roles"><value>Admin</value></claim>')
IDS = f"<backend-application-ids><application-id>{OTHER}</application-id></backend-application-ids>"
BACKEND = f'<validate-azure-ad-token tenant-id="{TENANT}">{IDS}</validate-azure-ad-token>'
HEADER = '<check-header name="X-A" failed-check-httpcode="400"><value>a</value></check-header>'
ADDRESS = '<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>'
CERTIFICATE = "<validate-client-certificate/>"
KEY = SubscriptionRule((key_digest("k"),), "https://gw.example")
NOWHERE = GatewayRequest("GET", URL)


def _signed_with(algorithm):
    _, claims, signature = token().split(".")
    header = encode(json.dumps({"alg": algorithm, "kid": "a1"}).encode())
    return bearer(f"{header}.{claims}.{signature if algorithm != 'none' else ''}")


def _bare():
    return GatewayRequest("GET", URL, (("Authorization", token()),))


ROWS = [
    ("token-present", policy(), NOWHERE, ["send-token"], ["scheme-not-required"]),
    ("scheme", policy(), _bare(), ["add-scheme"], ["scheme-not-required"]),
    ("well-formed", policy(), bearer("a.b"), ["send-token"], []),
    ("algorithm", policy(), _signed_with("RS1"), ["other-algorithm"], []),
    ("signature", policy(), _signed_with("none"), ["signed-token"], ["unsigned-accepted"]),
    ("signature", policy(), bearer(token(signer="b2")), ["new-token"], []),
    ("key-found", policy(), bearer(token(kid="zz", signer="b2")), ["new-token"], []),
    ("expiry", policy(), bearer(token(exp=NOW - 10)), ["fresh-token"], ["clock-skew"]),
    ("not-before", policy(), bearer(token(nbf=NOW + 10)), ["wait", "fresh-token"], ["clock-skew"]),
    ("expiration-present", policy(), bearer(token(exp=None)), ["token-with-expiry"], ["exp-not-required"]),
    (
        "audience",
        policy(),
        bearer(token(aud=OTHER)),
        ["ask-scope"],
        ["add-audience", "drop-audiences", "token-version"],
    ),
    ("issuer", policy(), bearer(token(iss="https://other.example/")), ["token-of-issuer"], ["add-issuer"]),
    ("tenant", entra(tenant=OTHER), bearer(token()), ["token-of-tenant"], ["other-tenant"]),
    ("client-application", entra(), bearer(token(azp=OTHER)), ["listed-client"], ["add-client"]),
    ("backend-application", BACKEND, bearer(token()), ["ask-scope"], ["add-backend"]),
    ("required-claim", policy(ROLE), bearer(token(roles=["x"])), ["grant-role"], ["add-role", "drop-claim"]),
    ("subscription-key", policy(), bearer(token()), ["send-subscription-key"], []),
    ("header", HEADER, bearer(token()).with_header("X-A", ("A",)), ["send-header"], ["ignore-case"]),
    ("ip", ADDRESS, bearer(token(), client_ip="10.0.0.2"), ["call-from-address"], ["add-address"]),
    ("client-certificate", CERTIFICATE, bearer(token(), client_certificate=""), ["send-certificate"], []),
]


@pytest.mark.parametrize(("check", "text", "call", "client", "api"), ROWS, ids=[row[0] for row in ROWS])
def test_what_each_side_can_do_about_a_failing_check(check, text, call, client, api):
    start = Trial(read(text), call, NOW, metadata=METADATA)
    start = replace(start, subscription=KEY) if check == "subscription-key" else start
    failure = next(one for one in failures_of(start, evaluate(start)) if one.name == check)
    assert [option.change.kind for option in client_options(start, failure)] == client
    assert [option.change.kind for option in api_options(start, failure)] == api


def test_every_check_that_can_be_repaired_has_a_row():
    assert {repair.check for repair in REPAIRS} == {row[0] for row in ROWS}


def test_the_words_name_things_as_the_policy_does():
    start = Trial(read(policy()), _signed_with("none"), NOW, metadata=METADATA)
    (failure,) = [one for one in failures_of(start, evaluate(start)) if one.name == "signature"]
    (unsigned,) = api_options(start, failure)
    assert unsigned.change.title == "Accept unsigned tokens"
    start = replace(start, request=_bare())
    (failure,) = failures_of(start, evaluate(start))
    (scheme,) = api_options(start, failure)
    assert scheme.change.title == "Accept the token without a scheme"
    assert scheme.change.what == "Take the attribute require-scheme out of the policy."
