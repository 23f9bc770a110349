"""Claims that this API does not expect; and those it does."""

from tests.core.diagnosis.evidence import (
    API,
    CLIENT,
    HEADER,
    NOW,
    OTHER_API,
    OTHER_TENANT,
    TENANT,
    V1,
    V2,
    claims,
    of_call,
)

GRAPH = "https://graph.microsoft.com"
OVERAGE = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": f"{GRAPH}/v1.0/me/memberOf"}}}
REQUEST = {"method": "GET", "url": "https://contoso.azure-api.net/orders", "headers": {}}


def sending(value):
    return of_call(token=False, expectations=None, request={**REQUEST, "headers": {"Authorization": value}})


PAIRS = (
    ("audience-format-mismatch", of_call(token=claims(aud=f"api://{API}")), {"token_claims.aud": API}),
    ("token-for-graph", of_call(token=claims(aud=GRAPH)), {"token_claims.aud": f"api://{OTHER_API}"}),
    ("audience-other-api", of_call(token=claims(aud=OTHER_API)), {"token_claims.aud": API}),
    (
        "id-token-used",
        of_call(token=claims(aud=CLIENT, roles=None, azp=None, azpacr=None, nonce="n-1", name="Ina", at_hash="h")),
        {"token_claims": claims()},
    ),
    (
        "access-token-where-id-token-expected",
        of_call(body="", pasted="2026-11-28T09:01:02Z ERROR authorizer \"Token use not allowed: access. "
                "Expected: id\" requestId=r-1", expectations=None),
        {"pasted": "2026-11-28T09:01:02Z ERROR authorizer \"The user pool sleeps\" requestId=r-1"},
    ),
    ("issuer-version-mismatch", of_call(token=claims(iss=V1, ver="1.0")), {"token_claims": claims()}),
    (
        "issuer-wrong-tenant",
        of_call(token=claims(iss=V2.replace(TENANT, OTHER_TENANT), tid=OTHER_TENANT)),
        {"token_claims": claims()},
    ),
    (
        "issuer-spelling-mismatch",
        of_call(token=claims(iss="https://id.example.com/realms/shop", ver=None, tid=None),
                expectations={"audiences": [API], "issuers": ["https://id.example.com/realms/shop/"]}),
        {"token_claims.iss": "https://id.example.com/realms/shop/"},
    ),
    ("token-expired", of_call(token=claims(exp=NOW - 1_800)), {"token_claims.exp": NOW + 1_800}),
    (
        "clock-skew",
        of_call(token=claims(iat=NOW + 900, nbf=NOW + 900, exp=NOW + 4_500)),
        {"token_claims.iat": NOW - 900, "token_claims.nbf": NOW - 900},
    ),
    ("token-malformed", sending("Bearer ${ACCESS_TOKEN}"), {"request.headers.Authorization": "Bearer <token>"}),
    (
        "opaque-token",
        sending("Bearer ya29.a0AfB_byC3x9Z_q7Lk2mN4pR8sT1uV5wX"),
        {"request.headers.Authorization": "Bearer <token>"},
    ),
    (
        "invisible-character-in-value",
        of_call(expectations={"audiences": [f"{API}\u200b"], "issuers": [V2]}),
        {"expectations.audiences": [API]},
    ),
    (
        "group-overage",
        of_call(403, {"error": "not a member"}, token=claims(roles=None, scp="Orders.Read", **OVERAGE), header=HEADER,
                profile={"observations": ["the API checks the groups claim"]},
                expectations={"audiences": [API], "issuers": [V2]}),
        {"token_claims": claims(roles=None, scp="Orders.Read", groups=["g-1"]), "profile.observations": []},
    ),
)  # fmt: skip
