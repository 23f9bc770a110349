"""Causes of the stage token-content: what gives each one away, what only looks like it, and what is said to people."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.terms import Confidence
from console.core.owner import Owner
from tests.core.diagnosis.evidence import (
    API,
    ASSERTED,
    AUDIENCES,
    CLIENT,
    HEADER,
    NOW,
    OTHER_API,
    OTHER_TENANT,
    REQUEST,
    TENANT,
    V1,
    V2,
    claims,
    of_call,
    of_maskinporten,
    of_token_request,
    policy,
)
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    ("token-malformed", of_call(token=False, request={**REQUEST, "headers": {"Authorization": "Bearer undefined"}})),
    (
        "token-malformed",
        of_call(token=False, request={**REQUEST, "headers": {"Authorization": "Bearer {{access_token}}"}}),
    ),
    (
        "token-malformed",
        of_call(
            token=False,
            expectations=None,
            request={"method": "GET", "url": "https://x.example/"},
            body={"message": "IDX12741: JWT must have three segments (JWS) or five segments (JWE)."},
        ),
    ),
    (
        "token-malformed",
        of_call(
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {"Authorization": "Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0..."}},
        ),
    ),
    (
        "opaque-token",
        of_call(
            token=False,
            expectations=None,
            request={**REQUEST, "headers": {"Authorization": "Bearer EwBwA8l6BAAURSN/FHlDW5xN74t6GzbtsBBeBUYAAQ"}},
        ),
    ),
    ("opaque-token", of_call(header={"alg": "RSA-OAEP", "enc": "A256GCM"}, token=claims(), expectations=None)),
    ("opaque-token", of_call(token=False, expectations=None, profile={"token_kind": "opaque"})),
    ("invisible-character-in-value", of_call(expectations={"audiences": [API + "\n"]})),
    ("invisible-character-in-value", of_call(expectations={"audiences": [API], "issuers": [V2 + " "]})),
    (
        "invisible-character-in-value",
        of_token_request(
            7000215,
            "Invalid client secret provided.",
            profile={"client_secret_shape": "41 characters, with a line break"},
        ),
    ),
    (
        "invisible-character-in-value",
        of_call(policy_xml=policy(f"<audiences><audience>{API}\u200b</audience></audiences>"), expectations=None),
    ),
    (
        "token-for-graph",
        of_call(
            token=claims(aud="https://graph.microsoft.com", iss=V1, ver="1.0"),
            header={**HEADER, "nonce": "n"},
            signature="invalid",
        ),
    ),
    (
        "token-for-graph",
        of_call(token=claims(aud="00000003-0000-0000-c000-000000000000"), signature="unverifiable", expectations=None),
    ),
    ("id-token-used", of_call(token=claims(aud=CLIENT, nonce="n", roles=None))),
    (
        "id-token-used",
        of_call(token=claims(aud="spa", at_hash="h", roles=None), expectations={"audiences": ["https://api.example"]}),
    ),
    ("audience-other-api", of_call(token=claims(aud="api://orders"), expectations={"audiences": ["api://billing"]})),
    ("audience-other-api", of_call(token=claims(aud=OTHER_API))),
    ("audience-other-api", of_call(policy_xml=policy(AUDIENCES), expectations=None, token=claims(aud=OTHER_API))),
    (
        "audience-other-api",
        {
            "pasted": (
                "IDX10214: Audience validation failed. Audiences: 'api://a'. Did not match: "
                "validationParameters.ValidAudience: 'api://b'"
            )
        },
    ),
    (
        "audience-other-api",
        of_call(
            body="",
            headers={
                "WWW-Authenticate": 'Bearer error="invalid_token", '
                "error_description=\"The audience 'api://a' is invalid\""
            },
            token=False,
            expectations=None,
        ),
    ),
    (
        "issuer-wrong-tenant",
        of_call(token=claims(iss=f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0", tid=OTHER_TENANT)),
    ),
    (
        "issuer-wrong-tenant",
        of_call(
            policy_xml=policy(AUDIENCES),
            expectations=None,
            token=claims(iss=f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0", tid=OTHER_TENANT),
        ),
    ),
    ("issuer-wrong-tenant", of_call(expectations={"audiences": [API], "tenant": OTHER_TENANT})),
    ("issuer-wrong-tenant", of_call(expectations={"issuers": ["https://login.microsoftonline.com/{tenantid}/v2.0"]})),
    ("issuer-version-mismatch", of_call(token=claims(iss=V1, ver="1.0"))),
    (
        "issuer-version-mismatch",
        of_call(
            policy_xml=policy(AUDIENCES), expectations=None, token=claims(iss=V1, ver="1.0", azp=None, appid=CLIENT)
        ),
    ),
    ("issuer-version-mismatch", of_call(token=claims(iss=V1, ver="1.0", aud=f"api://{API}"))),
    ("audience-format-mismatch", of_call(token=claims(aud=f"api://{API}"))),
    ("audience-format-mismatch", of_call(token=claims(aud=API.upper()))),
    ("audience-format-mismatch", of_call(expectations={"audiences": [f"api://{API}/"]})),
    (
        "audience-format-mismatch",
        of_call(
            expectations={"audiences": ["api://orders"]},
            profile={"api": {"appId": API, "identifierUris": ["api://orders"]}},
        ),
    ),
    ("issuer-spelling-mismatch", of_call(expectations={"audiences": [API], "issuers": [V2 + "/"]})),
    (
        "issuer-spelling-mismatch",
        of_call(
            token=claims(iss="https://idp.example", tid=None, ver=None),
            expectations={"issuers": ["https://idp.example/"]},
        ),
    ),
    (
        "issuer-spelling-mismatch",
        of_call(token=claims(iss=f"https://login.windows.net/{TENANT}/", ver="1.0"), expectations={"issuers": [V1]}),
    ),
    ("clock-skew", of_call(token=claims(nbf=NOW + 120, iat=NOW + 120))),
    (
        "clock-skew",
        of_call(
            body="",
            token=claims(iat=NOW - 5, nbf=NOW - 5),
            pasted="IDX10222: Lifetime validation failed. The token is not yet valid.",
        ),
    ),
    (
        "clock-skew",
        of_maskinporten("Invalid assertion. Issue time is after now", claims={"iat": NOW + 60, "exp": NOW + 120}),
    ),
    (
        "clock-skew",
        of_call(
            body="",
            token=claims(iat=NOW - 5, nbf=NOW - 5),
            pasted="IDX10223: Lifetime validation failed. The token is expired.",
        ),
    ),
    (
        "clock-skew",
        of_token_request(
            700024,
            (
                "Client assertion is not within its valid time range. Current time: "
                "2026-01-01T00:20:00.0000000Z, assertion valid from "
                "2026-01-01T00:30:00.0000000Z, expiry time of assertion "
                "2026-01-01T00:40:00.0000000Z."
            ),
            params=ASSERTED,
        ),
    ),
    ("token-expired", of_call(token=claims(exp=NOW - 1))),
    (
        "token-expired",
        {
            "pasted": (
                "IDX10223: Lifetime validation failed. The token is expired. ValidTo: "
                "'01/01/2026 10:00:00', Current time: '01/01/2026 11:00:00'."
            )
        },
    ),
    (
        "token-expired",
        of_call(
            body="",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token", error_description="The access token expired"'},
            token=False,
            expectations=None,
        ),
    ),
    ("token-expired", {"pasted": "jwt.exceptions.ExpiredSignatureError: Signature has expired"}),
    (
        "group-overage",
        of_call(
            403,
            {"message": "forbidden"},
            token=claims(
                roles=None,
                scp="read",
                _claim_names={"groups": "src1"},
                _claim_sources={"src1": {"endpoint": "https://graph.windows.net/x"}},
            ),
            expectations={"audiences": [API], "issuers": [V2]},
        ),
    ),
    (
        "access-token-where-id-token-expected",
        of_call(
            401,
            "",
            token=claims(),
            expectations=None,
            pasted="CognitoJwtInvalidTokenUseError: Token use not allowed: access. Expected: id",
        ),
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    ("audience-other-api", of_call(token=claims(aud="api://" + API)), "audience-format-mismatch"),
    ("audience-format-mismatch", of_call(token=claims(aud="api://" + OTHER_API)), "audience-other-api"),
    ("audience-other-api", of_call(token=claims(aud="https://graph.microsoft.com")), "token-for-graph"),
    ("id-token-used", of_call(token=claims(nonce="n", roles=["Other"])), "role-insufficient"),
    (
        "issuer-version-mismatch",
        of_call(token=claims(iss="https://sts.windows.net/" + OTHER_TENANT + "/", tid=OTHER_TENANT)),
        "issuer-wrong-tenant",
    ),
    ("issuer-spelling-mismatch", of_call(token=claims(iss=V1)), "issuer-version-mismatch"),
    ("token-expired", of_call(token=claims(exp=NOW), signature="invalid"), "signature-invalid"),
    ("clock-skew", of_call(token=claims(exp=NOW - 4000, iat=NOW - 8000, nbf=NOW - 8000)), "token-expired"),
    (
        "token-expired",
        of_call(
            401,
            {"statusCode": 401, "message": "Access denied due to missing subscription key."},
            token=claims(exp=NOW - 5),
        ),
        "subscription-key-missing",
    ),
    (
        "token-malformed",
        of_call(
            token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": "Bearer Bearer <token>"}}
        ),
        "bearer-scheme-malformed",
    ),
    (
        "opaque-token",
        of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": "Bearer null"}}),
        "token-malformed",
    ),
    (
        "invisible-character-in-value",
        of_call(token=claims(aud="api://other"), expectations={"audiences": [" " + API]}),
        "audience-other-api",
    ),
    (
        "token-for-graph",
        of_call(
            token=claims(aud="https://graph.microsoft.com"),
            expectations={"audiences": ["https://graph.microsoft.com"], "roles": ["User.Read.All"]},
        ),
        "role-insufficient",
    ),
    ("issuer-wrong-tenant", of_call(token=claims(iss=V1, ver="1.0")), "issuer-version-mismatch"),
    (
        "group-overage",
        of_call(token=claims(groups=["g-1"], hasgroups=True, roles=None, scp="read")),
        "role-insufficient",
    ),
    (
        "access-token-where-id-token-expected",
        of_call(
            401,
            "",
            token=claims(),
            expectations=None,
            pasted="CognitoJwtInvalidTokenUseError: Token use not allowed: id. Expected: access",
        ),
        "id-token-used",
    ),
]
MISSING = [
    ("token-malformed", "request", "the decoded token"),
    ("opaque-token", "request", "the decoded token"),
    (
        "invisible-character-in-value",
        "expectations.audiences",
        "what the API expects: audiences, issuers, roles or scopes",
    ),
    ("token-for-graph", "token_claims.aud", "audience-other-api"),
    ("id-token-used", "token_claims.nonce", "audience-other-api"),
    ("audience-other-api", "expectations.audiences", "what the API expects: audiences, issuers, roles or scopes"),
    ("issuer-wrong-tenant", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("issuer-version-mismatch", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("audience-format-mismatch", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("issuer-spelling-mismatch", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("group-overage", "token_claims._claim_names.groups", "principal-not-provisioned-in-api"),
    ("clock-skew", "now", "the time of the attempt"),
    ("token-expired", "now", "the time of the attempt"),
    ("access-token-where-id-token-expected", "pasted", "what the API expects: audiences, issuers, roles or scopes"),
]
UNDECIDED = [
    (of_call(body="", token=False, expectations=None), "the decoded token"),
    (of_call(body="", expectations=None), "what the API expects: audiences, issuers, roles or scopes"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "token-malformed",
        "The gateway answered 401 because what was sent is not a whole token.",
        "After the word Bearer stands undefined, which is no token.",
        "Send the whole access token, from the first letter to the last, and nothing else.",
        "integrator",
    ),
    (
        "opaque-token",
        (
            "The gateway answered 401 because the access token is opaque or encrypted, and "
            "the API expects a signed one it can read."
        ),
        "The text after the word Bearer is not of three parts, so it is no signed token.",
        ("Request a token for your own API (with its audience or scope), so that the provider issues a signed one."),
        "integrator",
    ),
    (
        "invisible-character-in-value",
        ("The gateway answered 401 because a blank, a line break or a quotation mark hides in a value."),
        (
            "The token says '4f3c7141-662e-438f-93a9-a092a1fe354e'; this API accepts "
            "'4f3c7141-662e-438f-93a9-a092a1fe354e\\n', with a hidden character."
        ),
        "Remove the hidden character from the accepted value.",
        "api_owner",
    ),
    (
        "token-for-graph",
        ("The gateway answered 401 because the token is for Microsoft Graph, and was sent to another API."),
        (
            "aud is https://graph.microsoft.com; this API accepts "
            "4f3c7141-662e-438f-93a9-a092a1fe354e. Its header carries a nonce, so no other "
            "API can verify its signature."
        ),
        "Request the scope 4f3c7141-662e-438f-93a9-a092a1fe354e/.default and get a new token.",
        "integrator",
    ),
    (
        "id-token-used",
        ("The gateway answered 401 because an ID token was sent where an access token is needed."),
        (
            "The token carries nonce and neither scopes nor roles; aud is "
            "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc; this API accepts "
            "4f3c7141-662e-438f-93a9-a092a1fe354e."
        ),
        "Send the access token: the ID token’s aud is the client’s own Application (client) ID.",
        "integrator",
    ),
    (
        "audience-other-api",
        "The gateway answered 401 because the token is for another API.",
        "aud is api://orders; this API accepts api://billing.",
        "Request the scope api://billing/.default and get a new token.",
        "integrator",
    ),
    (
        "issuer-wrong-tenant",
        ("The gateway answered 401 because the token comes from a tenant or an issuer that the API does not accept."),
        (
            "iss is "
            "https://login.microsoftonline.com/d2d37d5e-ba79-4bd2-a229-a2022b4759a5/v2.0; "
            "this API accepts "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0."
        ),
        (
            "Request the token in the tenant that the API accepts, or have the API accept this one too: this "
            "widens what the API accepts."
        ),
        "integrator",
    ),
    (
        "issuer-version-mismatch",
        ("The gateway answered 401 because the token has the other version (1.0 or 2.0) than the API expects."),
        (
            "iss is https://sts.windows.net/8b1807f9-ca4e-4599-805a-ab71e754d3d4/; this API "
            "accepts "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0. "
            "The first is a version 1.0 issuer of the same tenant."
        ),
        (
            "Set requestedAccessTokenVersion of the API's registration to the version expected here, or have the "
            "API accept this issuer too: this widens what the API accepts."
        ),
        "api_owner",
    ),
    (
        "audience-format-mismatch",
        ("The gateway answered 401 because the token names the right API, but in another form than the API accepts."),
        (
            "aud is api://4f3c7141-662e-438f-93a9-a092a1fe354e; this API accepts "
            "4f3c7141-662e-438f-93a9-a092a1fe354e. Both name the same API, once by its bare "
            "id and once by its URI."
        ),
        (
            "Have the API accept 'api://4f3c7141-662e-438f-93a9-a092a1fe354e', exactly in this spelling, in "
            "place of '4f3c7141-662e-438f-93a9-a092a1fe354e'; beside it only where other tokens still name that: "
            "this widens what the API accepts."
        ),
        "api_owner",
    ),
    (
        "issuer-spelling-mismatch",
        ("The gateway answered 401 because the issuer of the token is spelled differently from the accepted one."),
        (
            "iss is "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0; "
            "this API accepts "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0/."
        ),
        "Configure the issuer exactly as the token spells it: …/<tenant id>/v2.0 without a slash for 2.0, "
        "https://sts.windows.net/<tenant id>/ with one for 1.0.",
        "api_owner",
    ),
    (
        "clock-skew",
        (
            "The gateway answered 401 because a clock is wrong: the token or assertion seems "
            "to come from the future, or a fresh one seems old."
        ),
        (
            "nbf is 2026-01-01 00:02:00 UTC, 2 minutes after the moment it is judged for, and no leeway was counted "
            "in, so one of the two clocks is wrong."
        ),
        "Set the clock of the machine that judged the token by a time server.",
        "api_owner",
    ),
    (
        "token-expired",
        "The gateway answered 401 because the token has expired.",
        "exp is 2025-12-31 23:59:59 UTC, 1 second before the moment it is judged for, and no leeway was counted in.",
        "Get a new token.",
        "integrator",
    ),
    (
        "group-overage",
        ("The API answered 403 because the token carries a reference in place of the groups: the user is in too many."),
        "The token has _claim_names with groups (or hasgroups) and no groups claim.",
        (
            "Have the API read the groups from Microsoft Graph, or assign app roles or only "
            "the groups of the application."
        ),
        "api_owner",
    ),
    (
        "access-token-where-id-token-expected",
        "The API or its validator accepts ID tokens only, and an access token came.",
        'The answer or log says: "Token use not allowed: access. Expected: id"',
        "Have the API accept access tokens: an ID token is for the client alone.",
        "api_owner",
    ),
]

test_token_content = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)


STORAGE = "https://storage.azure.com"
AT_A_SERVICE = [
    of_call(token=claims(aud=f"{STORAGE}/"), expectations={"audiences": [STORAGE]}),
    {"pasted": f"error: Invalid audience. Expected {STORAGE}/, found: {STORAGE}."},
]


@pytest.mark.parametrize("evidence", AT_A_SERVICE, ids=["judged", "told"])
def test_of_a_clouds_own_service_nobody_is_told_to_have_it_accept_another_form(evidence):
    found = explain(read_evidence(evidence)).primary
    assert found.cause == "audience-format-mismatch"
    assert found.owner is Owner.INTEGRATOR
    assert "Azure Storage takes no other form" in found.do
    assert "widens" not in found.do


@pytest.mark.parametrize("end", ["\r\n", "\t", "\\r\\n", "%0A", "\u00a0"])
@pytest.mark.parametrize("quote", ["[{}]", "'{}'", '"{}"', "`{}`"])
def test_a_value_that_the_provider_quotes_with_a_line_end_holds_one(quote, end):
    told = f"The supplied value {quote.format('orders-client' + end)} is not supported."
    error = {"error": "invalid_request", "error_description": told}
    found = explain(read_evidence({"token_error": error})).primary
    assert (found.cause, found.confidence) == ("invisible-character-in-value", Confidence.LIKELY)
    assert "'orders-client'" in found.why


@pytest.mark.parametrize("told", ["One of ['a',\n'b'] it is.", "See (here\n) or 'there'", "It's a\n'b'", "Say [a b\n]"])
def test_a_line_end_beside_quotes_is_no_part_of_a_value(told):
    diagnosis = explain(read_evidence({"token_error": {"error": "invalid_request", "error_description": told}}))
    assert "invisible-character-in-value" not in [one.cause for one in diagnosis.causes]
