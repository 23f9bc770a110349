"""What the gateway's rules decide; and what they let through."""

from tests.core.diagnosis.evidence import API, AUDIENCES, CLIENT, REQUEST, claims, of_call, policy

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
ROLES = '<required-claims><claim name="{}" match="any"{}><value>{}</value></claim></required-claims>'
APPLICATIONS = "<client-application-ids><application-id>{}</application-id></client-application-ids>"


def sending(**headers):
    return of_call(token=False, expectations=None, request={**REQUEST, "headers": headers})


def judged_by(inner, before="", **changed):
    return of_call(token=claims(**changed), expectations=None, policy_xml=policy(AUDIENCES + inner, before))


def entra(listed):
    return (
        f'<policies><inbound><validate-azure-ad-token tenant-id="8b1807f9-ca4e-4599-805a-ab71e754d3d4">'
        f"{APPLICATIONS.format(listed)}{AUDIENCES}</validate-azure-ad-token></inbound></policies>"
    )


PAIRS = (
    (
        "authorization-header-missing",
        sending(Accept="application/json"),
        {"request.headers": {"Authorization": "Bearer <token>"}},
    ),
    (
        "token-in-wrong-header",
        sending(**{"X-Access-Token": TOKEN}),
        {"request.headers": {"Authorization": "Bearer <token>"}},
    ),
    (
        "bearer-scheme-malformed",
        sending(Authorization="Bearer Bearer <token>"),
        {"request.headers": {"Authorization": "Bearer <token>"}},
    ),
    (
        "policy-order-overwrites-token",
        judged_by("", before='<authentication-managed-identity resource="https://vault.azure.net" '
                  'output-token-variable-name="t" /><set-header name="Authorization" exists-action="override">'
                  "<value>x</value></set-header>"),
        {"policy_xml": policy(AUDIENCES)},
    ),
    (
        "claim-name-mismatch",
        judged_by(ROLES.format("appid", "", CLIENT)),
        {"policy_xml": policy(AUDIENCES + ROLES.format("azp", "", CLIENT))},
    ),
    (
        "claim-not-split",
        judged_by(ROLES.format("scp", "", "Orders.Read"), roles=None, scp="Stock.Read Orders.Read"),
        {"policy_xml": policy(AUDIENCES + ROLES.format("scp", ' separator=" "', "Orders.Read"))},
    ),
    (
        "client-not-allowed",
        of_call(expectations=None, policy_xml=entra(API)),
        {"policy_xml": entra(CLIENT)},
    ),
    (
        "client-certificate-not-accepted",
        of_call(403, {"statusCode": 403, "message": "Invalid client certificate"}, token=False, expectations=None),
        {"response.body.message": "Forbidden"},
    ),
    (
        "other-authentication-layer",
        of_call(body="", headers={"WWW-Authenticate": 'Basic realm="staging"'}, expectations=None),
        {"response.headers": {"WWW-Authenticate": "Bearer"}},
    ),
    (
        "auth-scheme-not-supported",
        of_call(403, "", headers={"WWW-Authenticate": "AWS4-HMAC-SHA256"}, expectations=None),
        {"response.headers": {"WWW-Authenticate": "Bearer"}},
    ),
    (
        "dpop-proof-refused",
        of_call(401, "", headers={"WWW-Authenticate": "DPoP"}, token=False, expectations=None),
        {"response.headers": {"WWW-Authenticate": "Bearer"}},
    ),
    (
        "rate-or-quota-exceeded",
        of_call(403, {"statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in "
                      "03:12:45."}),
        {"response.body.message": "Forbidden"},
    ),
)  # fmt: skip
