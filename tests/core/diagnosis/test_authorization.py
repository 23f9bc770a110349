"""Causes of the stage authorization: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import API, AUDIENCES, NOW, V1, V2, claims, of_call, of_token_request, policy
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    ("app-permission-not-granted", of_call(token=claims(roles=None))),
    ("app-permission-not-granted", of_call(403, {"error": "forbidden"}, token=claims(roles=None))),
    (
        "app-permission-not-granted",
        of_token_request(
            501051, "Application is not assigned to a role for the application.", error="invalid_grant", status=400
        ),
    ),
    (
        "app-permission-not-granted",
        of_call(403, "", token=claims(roles=None, idtyp="app"), expectations={"audiences": [API]}),
    ),
    ("role-insufficient", of_call(403, {"error": "forbidden"}, token=claims(roles=["Orders.List"]))),
    (
        "scope-missing",
        of_call(
            403,
            {"error": "x"},
            token=claims(scp="profile", roles=None),
            expectations={"audiences": [API], "issuers": [V2], "scopes": ["orders.read"]},
        ),
    ),
    (
        "scope-missing",
        of_call(
            403,
            "",
            headers={"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="orders.write"'},
            token=False,
            expectations=None,
        ),
    ),
    (
        "client-auth-strength-insufficient",
        of_call(
            401,
            {"error_description": "Unsupported app only token."},
            token=claims(appidacr="1", azpacr=None),
            expectations={"audiences": [API]},
        ),
    ),
    (
        "client-auth-strength-insufficient",
        of_call(
            policy_xml=policy(
                AUDIENCES + '<required-claims><claim name="azpacr"><value>2</value></claim></required-claims>'
            ),
            expectations=None,
        ),
    ),
    (
        "resource-role-missing",
        of_call(
            403,
            {
                "error": {
                    "code": "Forbidden",
                    "message": "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny "
                    "assignments or role definitions were changed recently, please observe propagation time.\r\n"
                    "Caller: appid=b7e2d4c0-15aa-4f39-8e67-c93d10f4a2b5\r\nAssignment: (not found)\r\n",
                }
            },
            token=claims(),
            expectations=None,
        ),
    ),
    (
        "api-not-enabled",
        of_call(
            409,
            {
                "error": {
                    "code": "MissingSubscriptionRegistration",
                    "message": "The subscription is not registered to use namespace 'Microsoft.ApiManagement'. See "
                    "https://aka.ms/rps-not-found for how to register subscriptions.",
                }
            },
            token=claims(),
            expectations=None,
        ),
    ),
    (
        "claims-challenge",
        of_call(
            401,
            "",
            headers={"WWW-Authenticate": 'Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ=="'},
            token=claims(),
            expectations=None,
        ),
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    ("app-permission-not-granted", of_call(token=claims(roles=["Other"])), "role-insufficient"),
    ("role-insufficient", of_call(token=claims(roles=None)), "app-permission-not-granted"),
    (
        "app-permission-not-granted",
        of_call(403, "", token=claims(roles=None, scp="x"), expectations={"audiences": [API], "scopes": ["y"]}),
        "scope-missing",
    ),
    ("scope-missing", of_call(403, "", token=claims(roles=None, iss=V1, ver="1.0")), "issuer-version-mismatch"),
    (
        "client-auth-strength-insufficient",
        of_call(403, "", token=claims(azpacr="2", roles=["Other"])),
        "role-insufficient",
    ),
    (
        "resource-role-missing",
        of_call(
            403,
            {"error": {"code": "Forbidden", "message": "Caller is not authorized to perform this."}},
            token=claims(roles=["Other"]),
        ),
        "role-insufficient",
    ),
    (
        "api-not-enabled",
        of_call(403, {"error": {"code": "Forbidden"}}, token=claims(roles=["Other"])),
        "role-insufficient",
    ),
    (
        "claims-challenge",
        of_call(401, "", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}, token=claims(exp=NOW - 600)),
        "token-expired",
    ),
]
MISSING = [
    ("app-permission-not-granted", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("role-insufficient", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("scope-missing", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("client-auth-strength-insufficient", "response.body.error_description", "the log of the API for this call"),
    ("resource-role-missing", "response.body", "the log of the API for this call"),
    ("api-not-enabled", "response", "the answer of the API, with its headers"),
    ("claims-challenge", "response.headers", "what the API expects: audiences, issuers, roles or scopes"),
]
UNDECIDED = [
    (of_call(403, ""), "the log of the API for this call"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "app-permission-not-granted",
        (
            "The gateway answered 401 because the token is app-only and carries no roles: "
            "the application permission was not granted."
        ),
        "The token is app-only and has no roles claim; this API asks for Orders.Read.",
        "Have the role Orders.Read granted to this client, with admin consent, and get a new token.",
        "tenant_admin",
    ),
    (
        "role-insufficient",
        ("The API answered 403 because the token carries roles or groups, but not the one that is needed."),
        "roles are Orders.List; this API asks for Orders.Read.",
        ("Have the role Orders.Read granted to this client, with admin consent, and get a new token."),
        "tenant_admin",
    ),
    (
        "scope-missing",
        "The API answered 403 because the token lacks the scope that this operation needs.",
        "scp is profile; this API asks for orders.read.",
        "Request the scope orders.read that the API exposes, have it consented to, and get a new token.",
        "integrator",
    ),
    (
        "client-auth-strength-insufficient",
        (
            "The API answered 401 because the API accepts only tokens that were obtained "
            "with a stronger client authentication."
        ),
        (
            "appidacr is 1: the client authenticated with a client secret. The answer "
            'says: "Unsupported app only token."'
        ),
        "Obtain the token with a certificate instead of a client secret.",
        "integrator",
    ),
    (
        "resource-role-missing",
        "The API answered 403 because the caller is known, but has no role on the resource itself.",
        'The answer says: "If role assignments, deny assignments or role definitions were changed recently, '
        'please observe propagation time."',
        "Have the Azure role assigned to the identity on this resource (Access control (IAM)); it may take "
        "minutes to count.",
        "api_owner",
    ),
    (
        "api-not-enabled",
        "The API answered 409 because the project or account behind the client has not switched this API on.",
        'The answer says: "The subscription is not registered to use namespace '
        "'Microsoft.ApiManagement'. See https://aka.ms/rps-not-found for how to register subscriptions.\"",
        "Switch the API on for the project or account that the client belongs to.",
        "integrator",
    ),
    (
        "claims-challenge",
        "The API answered 401 because the API asks for a fresher or stronger sign-in than the token was issued for.",
        'The challenge says error="insufficient_claims".',
        "Sign in again with what the challenge names (claims, acr_values or max_age), and call again.",
        "integrator",
    ),
]

test_authorization = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
