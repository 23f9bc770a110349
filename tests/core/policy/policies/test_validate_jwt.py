"""validate-jwt: what passes, what is refused, in which order it is told, and with which answer."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import Flow, Verdict
from console.core.policy.policies import validate_jwt
from console.core.policy.text.document import read_policy
from tests.core.policy.builders import NOW, URL, failed, judged, policy, request, token, view, warnings


def _claim(inner: str, attributes: str = "") -> str:
    return f'<required-claims><claim name="roles" {attributes}>{inner}</claim></required-claims>'


def test_a_good_token_passes_and_tells_who_calls():
    trace = judged(policy(), request(token(scp="a b")))
    assert (trace.verdict, trace.status) == (Verdict.ALLOW, None)
    identity = trace.identity
    assert identity is not None
    assert (identity.client_id, identity.roles, identity.tenant, identity.version, identity.scopes) == (
        "client-1",
        ("read", "write"),
        "t",
        "2.0",
        ("a", "b"),
    )
    assert [check.check for check in trace.steps[0].checks] == [
        "token-present",
        "scheme",
        "well-formed",
        "key-found",
        "signature",
        "expiration-present",
        "not-before",
        "expiry",
        "audience",
        "issuer",
    ]


def test_a_v1_token_names_its_client_in_appid():
    assert judged(policy(), request(token(azp=None, appid="v1"))).identity.client_id == "v1"


REFUSED = [
    ("expired", {"exp": NOW - 1}, "", ["expiry"], "TokenExpired"),
    ("for another API", {"aud": "x"}, "", ["audience"], "TokenAudienceNotAllowed"),
    ("from another issuer", {"iss": "x"}, "", ["issuer"], "TokenIssuerNotAllowed"),
    ("signed by another key", {"signer": "b1"}, "", ["signature"], "TokenSignatureInvalid"),
    ("without a role", {"roles": None}, _claim("<value>read</value>"), ["required-claim:roles"], "TokenClaimNotFound"),
    ("with another role", {}, _claim("<value>x</value>"), ["required-claim:roles"], "TokenClaimValueNotAllowed"),
    (
        "everything at once: expiry is reported, all are told",
        {"exp": NOW - 1, "aud": "x", "iss": "x"},
        _claim("<value>x</value>"),
        ["expiry", "audience", "issuer", "required-claim:roles"],
        "TokenExpired",
    ),
    (
        "tampered and for another API: the signature comes first",
        {"signer": "b1", "aud": "x"},
        "",
        ["signature", "audience"],
        "TokenSignatureInvalid",
    ),
    (
        "an unknown key: the issuer comes before the audience, the key last but for the claims",
        {"kid": "b9", "signer": "b1", "aud": "x", "iss": "x"},
        _claim("<value>x</value>"),
        ["issuer", "audience", "key-found", "required-claim:roles"],
        "TokenIssuerNotAllowed",
    ),
]


@pytest.mark.parametrize(("what", "changes", "children", "checks", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_bad_token_is_refused_under_the_gateways_name_and_every_fault_is_told(
    what, changes, children, checks, reason
):
    trace = judged(policy(children=children), request(token(**changes)))
    assert (trace.verdict, trace.status, trace.reason) == (Verdict.REJECT, 401, reason)
    assert (failed(trace), trace.steps[0].reported.check) == (checks, checks[0])
    assert trace.identity is None
    assert trace.headers == (("Content-Type", "application/json"),)


def test_without_a_message_a_missing_token_gets_the_gateways_own():
    assert judged(policy(), request()).body == '{ "statusCode": 401, "message": "JWT not present." }'


def test_status_and_message_of_the_policy_are_used():
    attributes = 'failed-validation-httpcode="403" failed-validation-error-message="Ask &lt;us&gt; for &quot;it&quot;"'
    trace = judged(policy(attributes), request())
    assert (trace.status, trace.body) == (403, '{ "statusCode": 403, "message": "Ask <us> for \\"it\\"" }')
    assert trace.reason == "TokenNotPresent"


def test_a_claim_mismatch_names_what_the_policy_wants():
    assert judged(policy(children=_claim("<value>admin</value>")), request(token())).body == error_body(
        401, "Claim value mismatch: roles=admin."
    )


OPEN_ANSWERS = [
    ("the status", 'failed-validation-httpcode="@(a.b)"', None, "failed-validation-httpcode: @(a.b)"),
    ("the text", 'failed-validation-error-message="{{text}}"', 401, "failed-validation-error-message: {{text}}"),
]


@pytest.mark.parametrize(("what", "attribute", "status", "need"), OPEN_ANSWERS, ids=[row[0] for row in OPEN_ANSWERS])
def test_an_answer_that_only_the_runtime_knows_is_not_made_up(what, attribute, status, need):
    trace = judged(policy(attribute), request())
    assert (trace.verdict, trace.reason, trace.status, trace.body) == (
        Verdict.REJECT,
        "TokenNotPresent",
        status,
        None,
    )
    assert (need in trace.steps[0].needs, "unconfirmed-body" in warnings(trace)) == (True, True)
    good = judged(policy(attribute), request(token()))
    assert (good.verdict, good.needs, warnings(good)) == (Verdict.ALLOW, (), set())


@pytest.mark.parametrize("sent", [token(), None], ids=["passed", "refused"])
def test_the_variable_of_the_token_loses_what_it_held_before(sent):
    document = read_policy(policy('output-token-variable-name="jwt"'))
    flow = Flow(request(sent), {URL: view()}, NOW, variables={"jwt": "old", "other": "kept"})
    assert validate_jwt.run(document.inbound[0], flow)[1].variables == {"other": "kept"}


def test_a_policy_is_read_once():
    element = read_policy(policy()).inbound[0]
    assert validate_jwt.rules_of(element) is validate_jwt.rules_of(read_policy(policy()).inbound[0])


def test_a_policy_with_a_secret_in_it_is_not_kept():
    keys = "<issuer-signing-keys><key>AAECAwQFBgcICQoLDA0ODw==</key></issuer-signing-keys>"
    element = read_policy(policy(children=keys)).inbound[0]
    assert validate_jwt.rules_of(element) is not validate_jwt.rules_of(element)
