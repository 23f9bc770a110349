"""Known, but not permitted; and permitted, or refused for something else."""

from tests.core.diagnosis.evidence import API, V2, claims, of_call

FORBIDDEN = {"error": "forbidden"}
DELEGATED = {"roles": None, "oid": "p-1", "sub": "p-2", "scp": "Stock.Read"}
PAIRS = (
    (
        "app-permission-not-granted",
        of_call(403, FORBIDDEN, token=claims(roles=None, idtyp="app")),
        {"token_claims.roles": ["Orders.Read"]},
    ),
    (
        "role-insufficient",
        of_call(403, FORBIDDEN, token=claims(roles=["Stock.Read"])),
        {"token_claims.roles": ["Stock.Read", "Orders.Read"]},
    ),
    (
        "scope-missing",
        of_call(403, FORBIDDEN, token=claims(**DELEGATED),
                expectations={"audiences": [API], "issuers": [V2], "scopes": ["Orders.Read"]}),
        {"token_claims.scp": "Stock.Read Orders.Read"},
    ),
    (
        "client-auth-strength-insufficient",
        of_call(401, {"error_description": "Unsupported app only token."}),
        {"response.body": {"error_description": "Busy, come back."}},
    ),
    (
        "resource-role-missing",
        of_call(403, {"error": {"code": "AuthorizationFailed", "message": "The client 'o-1' with object id 'o-1' does "
                                "not have authorization to perform action 'Microsoft.Storage/storageAccounts/read' "
                                "over scope '/subscriptions/s-1' or the scope is invalid. If access was "
                                "recently granted, please refresh your credentials."}}),
        {"response.body": {"error": {"code": "Odd", "message": "The moon is full."}}},
    ),
    (
        "api-not-enabled",
        of_call(409, {"error": {"code": "MissingSubscriptionRegistration", "message": "The subscription is not "
                                "registered to use namespace 'Microsoft.Web'. See https://aka.ms/rps-not-found for how "
                                "to register subscriptions."}}),
        {"response.body": {"error": {"code": "Conflict", "message": "No."}}},
    ),
    (
        "claims-challenge",
        of_call(body="", headers={"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'}),
        {"response.headers": {"WWW-Authenticate": "Bearer"}},
    ),
)  # fmt: skip
