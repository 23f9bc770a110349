"""validate-jwt: what passes, what is refused, under which name, and what is told besides."""

import pytest

from console.core.gateway.answers import error_body
from console.core.gateway.policies.base import Verdict
from tests.core.gateway.builders import (
    AUDIENCE,
    ISSUER,
    NOW,
    URL,
    codes,
    failed,
    judged,
    policy,
    request,
    token,
)

GRAPH = "00000003-0000-0000-c000-000000000000"


def _claim(inner: str, attributes: str = "") -> str:
    return f'<required-claims><claim name="roles" {attributes}>{inner}</claim></required-claims>'


def test_a_good_token_passes_and_tells_who_calls():
    trace = judged(policy(), request(token(scp="a b")))
    assert (trace.verdict, trace.status, trace.body) == (Verdict.ALLOW, None, "")
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


TABLE = [
    ("no exp", "", "", {"exp": None}, ["expiration-present"], "JwtInvalid", ["IDX10225"]),
    ("exp is a text", "", "", {"exp": "soon"}, ["expiration-present"], "JwtInvalid", ["IDX10225"]),
    ("nbf is a text", "", "", {"nbf": "soon"}, ["not-before"], "JwtInvalid", ["IDX10222"]),
    ("expired", "", "", {"exp": NOW - 1}, ["expiry"], "TokenExpired", ["IDX10223"]),
    ("expired beyond the skew", 'clock-skew="300"', "", {"exp": NOW - 301}, ["expiry"], "TokenExpired", ["IDX10223"]),
    ("not yet valid", "", "", {"nbf": NOW + 1}, ["not-before"], "JwtInvalid", ["IDX10222"]),
    ("nbf after exp", "", "", {"nbf": NOW + 10, "exp": NOW + 5}, ["not-before"], "JwtInvalid", ["IDX10224"]),
    (
        "past exp where none is required",
        'require-expiration-time="false"',
        "",
        {"exp": NOW - 1},
        ["expiry"],
        "TokenExpired",
        ["IDX10223"],
    ),
    ("another audience", "", "", {"aud": "x"}, ["audience"], "TokenAudienceNotAllowed", ["IDX10214"]),
    ("no audience", "", "", {"aud": None}, ["audience"], "TokenAudienceNotAllowed", ["IDX10206"]),
    (
        "audience in other letters",
        "",
        "",
        {"aud": AUDIENCE.upper()},
        ["audience"],
        "TokenAudienceNotAllowed",
        ["IDX10214"],
    ),
    ("another issuer", "", "", {"iss": ISSUER + "/"}, ["issuer"], "TokenIssuerNotAllowed", ["IDX10205"]),
    ("no issuer", "", "", {"iss": None}, ["issuer"], "TokenIssuerNotAllowed", ["IDX10211"]),
    (
        "a claim is missing",
        "",
        _claim("<value>read</value>"),
        {"roles": None},
        ["required-claim:roles"],
        "TokenClaimNotFound",
        [""],
    ),
    (
        "a claim has another value",
        "",
        _claim("<value>admin</value>"),
        {},
        ["required-claim:roles"],
        "TokenClaimValueNotAllowed",
        [""],
    ),
    (
        "one of two values is missing",
        "",
        _claim("<value>read</value><value>admin</value>"),
        {},
        ["required-claim:roles"],
        "TokenClaimValueNotAllowed",
        [""],
    ),
    (
        "none of any",
        "",
        _claim("<value>x</value><value>y</value>", 'match="any"'),
        {},
        ["required-claim:roles"],
        "TokenClaimValueNotAllowed",
        [""],
    ),
    (
        "everything at once: expiry is reported, all are told",
        "",
        _claim("<value>x</value>"),
        {"exp": NOW - 1, "aud": "x", "iss": "x"},
        ["expiry", "audience", "issuer", "required-claim:roles"],
        "TokenExpired",
        ["IDX10223", "IDX10214", "IDX10205", ""],
    ),
    (
        "an unknown key and expired: expiry and issuer come first",
        "",
        "",
        {"kid": "b9", "signer": "b1", "exp": NOW - 1, "aud": "x", "iss": "x"},
        ["expiry", "issuer", "audience", "key-found"],
        "TokenExpired",
        ["IDX10223", "IDX10205", "IDX10214", "IDX10503"],
    ),
    (
        "a tampered token for another audience: the signature comes first",
        "",
        "",
        {"signer": "b1", "aud": "x"},
        ["signature", "audience"],
        "TokenSignatureInvalid",
        ["IDX10511", "IDX10214"],
    ),
    ("an unknown key", "", "", {"kid": "b9", "signer": "b1"}, ["key-found"], "TokenSignatureKeyNotFound", ["IDX10503"]),
    (
        "a Graph token",
        "",
        "",
        {"aud": GRAPH},
        ["signature", "audience"],
        "TokenSignatureInvalid",
        ["IDX10511", "IDX10214"],
    ),
]


@pytest.mark.parametrize(
    ("what", "attributes", "children", "changes", "checks", "reason", "library"), TABLE, ids=[r[0] for r in TABLE]
)
def test_a_bad_token_is_refused_under_the_gateways_name(what, attributes, children, changes, checks, reason, library):
    trace = judged(policy(attributes, children), request(token(**changes)))
    assert (trace.verdict, trace.status, trace.reason) == (Verdict.REJECT, 401, reason)
    assert failed(trace) == checks
    assert codes(trace) == library
    assert trace.steps[0].reported.check == checks[0]
    assert trace.identity is None
    assert trace.headers == (("Content-Type", "application/json"),)


GOOD = [
    ("exp is this second", "", "", {"exp": NOW}),
    ("exp within the skew", 'clock-skew="300"', "", {"exp": NOW - 300}),
    ("nbf is this second", "", "", {"nbf": NOW}),
    ("nbf within the skew", 'clock-skew="300"', "", {"nbf": NOW + 300}),
    ("no exp where none is required", 'require-expiration-time="0"', "", {"exp": None}),
    ("fractional times", "", "", {"exp": NOW + 0.5, "nbf": NOW - 0.5}),
    ("iat in the future", "", "", {"iat": NOW + 9999}),
    ("one of several audiences", "", "", {"aud": ["x", AUDIENCE]}),
    ("no kid: every key is tried", "", "", {"kid": None}),
    ("a kid nobody knows, signed by a known key", "", "", {"kid": "zz"}),
    (
        "an issuer of the policy beside the metadata's",
        "",
        "<issuers><issuer>other</issuer></issuers>",
        {"iss": "other"},
    ),
    ("a value of a list", "", _claim("<value>read</value>"), {}),
    ("presence alone", "", _claim(""), {}),
    ("any of two", "", _claim("<value>x</value><value>write</value>", 'match="any"'), {}),
    ("a split text", "", _claim("<value>b</value>", 'separator=" "'), {"roles": "a b"}),
    ("true as a text", "", _claim("<value>true</value>"), {"roles": True}),
    ("a number as a text", "", _claim("<value>7</value>"), {"roles": 7}),
]


@pytest.mark.parametrize(("what", "attributes", "children", "changes"), GOOD, ids=[row[0] for row in GOOD])
def test_a_token_within_the_rules_passes(what, attributes, children, changes):
    assert judged(policy(attributes, children), request(token(**changes))).verdict is Verdict.ALLOW


SOURCES = [
    ("nothing", (), "token-present", "TokenNotPresent"),
    ("blank", (("Authorization", " "),), "token-present", "TokenNotPresent"),
    ("no scheme", (("Authorization", token()),), "scheme", "TokenNotPresent"),
    ("another scheme", (("Authorization", f"Basic {token()}"),), "scheme", "TokenNotPresent"),
    ("two headers", (("Authorization", "Bearer a"), ("authorization", "Bearer b")), "token-present", "TokenNotPresent"),
    ("scheme twice", (("Authorization", f"Bearer Bearer {token()}"),), "well-formed", "JwtInvalid"),
    ("quotation marks", (("Authorization", f'Bearer "{token()}"'),), "well-formed", "JwtInvalid"),
    ("opaque text", (("Authorization", "Bearer opaque"),), "well-formed", "JwtInvalid"),
    ("broken payload", (("Authorization", "Bearer e30.x.y"),), "well-formed", "JwtInvalid"),
    (
        "encrypted",
        (("Authorization", "Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA"),),
        "well-formed",
        "JwtInvalid",
    ),
]


@pytest.mark.parametrize(("what", "headers", "check", "reason"), SOURCES, ids=[row[0] for row in SOURCES])
def test_what_is_no_token_is_refused(what, headers, check, reason):
    trace = judged(policy(), request(headers=headers))
    assert (failed(trace), trace.reason) == ([check], reason)


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


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ('header-name="X-Token" require-scheme="Bearer"', {"headers": (("x-token", token()),)}),
        ('query-parameter-name="jwt"', {"url": f"https://gw.example/orders?a=1&JWT={token()}"}),
        ('header-name="Authorization"', {"headers": (("Authorization", token()),)}),
        ('header-name="Authorization"', {"headers": (("Authorization", f"Bearer {token()}"),)}),
        ('header-name="Authorization" require-scheme="Bearer"', {"headers": (("Authorization", f"bearer {token()}"),)}),
    ],
)
def test_the_token_is_taken_from_where_the_policy_says(source, sent):
    text = f'<validate-jwt {source}><openid-config url="{URL}"/></validate-jwt>'
    assert judged(text, request(**sent)).verdict is Verdict.ALLOW


def test_a_token_that_is_computed_leaves_the_answer_open():
    trace = judged('<validate-jwt token-value="@(1)"/>', request(token()))
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("token-value: @(1)",))


UNSIGNED = "eyJhbGciOiJub25lIn0." + token().split(".")[1] + "."


@pytest.mark.parametrize(
    ("attribute", "verdict"), [("", Verdict.REJECT), ('require-signed-tokens="false"', Verdict.ALLOW)]
)
def test_an_unsigned_token_passes_only_where_none_is_required(attribute, verdict):
    assert judged(policy(attribute), request(UNSIGNED)).verdict is verdict


def test_not_requiring_a_signature_does_not_excuse_a_wrong_one():
    assert failed(judged(policy('require-signed-tokens="false"'), request(token(signer="b1")))) == ["signature"]
