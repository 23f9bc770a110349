"""Evidence as it comes from pages, commands and people: one good attempt each, changed at one place by a test."""

NOW = 1_767_225_600
TENANT, OTHER_TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4", "d2d37d5e-ba79-4bd2-a229-a2022b4759a5"
API, OTHER_API = "4f3c7141-662e-438f-93a9-a092a1fe354e", "7b61ba0d-0a41-44a8-b286-e993b40fb3b1"
CLIENT = "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc"
V1 = f"https://sts.windows.net/{TENANT}/"
V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
ENDPOINT = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
MASKINPORTEN = "https://test.maskinporten.no/token"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

HEADER = {"typ": "JWT", "alg": "RS256", "kid": "key-1"}
REQUEST = {
    "method": "GET",
    "url": "https://contoso.azure-api.net/orders/v1/orders",
    "headers": {"Authorization": "Bearer <token>", "Ocp-Apim-Subscription-Key": "***"},
}
REFUSED = {"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}
EXPECTED = {"audiences": [API], "issuers": [V2], "roles": ["Orders.Read"]}
ASSERTED = {"client_secret": None, "client_assertion": "***", "client_assertion_type": ASSERTION_TYPE}
AUDIENCES = f"<audiences><audience>{API}</audience></audiences>"
KEY_CHALLENGE = {
    "WWW-Authenticate": 'AzureApiManagementKey realm="https://contoso.azure-api.net/orders",'
    'name="Ocp-Apim-Subscription-Key",type="header"'
}


def claims(**changed):
    """The claims of a good app-only token; None removes one."""
    good = {
        "aud": API,
        "iss": V2,
        "azp": CLIENT,
        "azpacr": "1",
        "oid": "o-1",
        "sub": "o-1",
        "tid": TENANT,
        "ver": "2.0",
        "roles": ["Orders.Read"],
        "iat": NOW - 300,
        "nbf": NOW - 300,
        "exp": NOW + 3300,
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def of_call(
    status=401,
    body=REFUSED,
    *,
    headers=None,
    request=REQUEST,
    token=None,
    signature="valid",
    expectations=EXPECTED,
    header=HEADER,
    **more,
):
    """A call that the gateway refused; `token` False: no decoded token is known."""
    evidence = {"now": NOW, "request": request, "response": {"status": status, "headers": headers or {}, "body": body}}
    if token is not False:
        evidence |= {"token_header": header, "token_claims": token or claims(), "signature": signature}
    return evidence | ({"expectations": expectations} if expectations else {}) | more


def of_token_request(
    code=None, text="", *, error="invalid_client", status=401, params=None, endpoint=ENDPOINT, assertion=None, **more
):
    """A token request that was refused; with `code`, in the words of Entra."""
    sent = {
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "client_secret": "***",
        "scope": f"api://{API}/.default",
    }
    sent = {name: value for name, value in {**sent, **(params or {})}.items() if value is not None}
    answer = {"error": error} | ({"error_description": text} if text else {})
    if code:
        ids = "Trace ID: t-1 Correlation ID: c-1 Timestamp: 2026-01-01 00:00:00Z"
        answer |= {"error_description": f"AADSTS{code}: {text} {ids}", "error_codes": [code]}
        answer |= {"trace_id": "t-1", "correlation_id": "c-1"}
    request = {"endpoint": endpoint, "params": sent} | ({"assertion": assertion} if assertion else {})
    return {"now": NOW, "token_request": request, "token_error": answer, "http_status": status} | more


def assertion(header=None, **changed):
    """A decoded client assertion."""
    good = {
        "aud": ENDPOINT,
        "iss": CLIENT,
        "sub": CLIENT,
        "jti": "j-1",
        "iat": NOW - 5,
        "nbf": NOW - 5,
        "exp": NOW + 595,
    }
    named = {"alg": "PS256", "typ": "JWT", "x5t#S256": "A" * 43}
    return {"header": named if header is None else header, "claims": {**good, **changed}}


def of_failure(kind, rule="", detail="", token=False, **more):
    """No answer: of the call, or of the token request."""
    evidence = {"now": NOW, "response": {"failure": kind, "rule": rule, "detail": detail}}
    asked = {"token_request": {"endpoint": ENDPOINT, "params": {"grant_type": "client_credentials"}}}
    return evidence | (asked if token else {"request": REQUEST}) | more


def policy(inner, before=""):
    """A policy that validates tokens of the tenant's version 2.0 endpoint."""
    return (
        f'<policies><inbound><base />{before}<validate-jwt header-name="Authorization">'
        f'<openid-config url="{V2}/.well-known/openid-configuration" />{inner}</validate-jwt></inbound></policies>'
    )


def of_maskinporten(text, error="invalid_grant", status=400, claims=None, **more):
    """A JWT grant that Maskinporten refused."""
    good = {"aud": "https://test.maskinporten.no/", "iss": CLIENT, "scope": "nav:x", "iat": NOW - 1, "exp": NOW + 100}
    request = {
        "endpoint": MASKINPORTEN,
        "params": {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "***"},
        "assertion": {"header": {"alg": "RS256", "kid": "k1"}, "claims": {**good, "jti": "j", **(claims or {})}},
    }
    answer = {"error": error, "error_description": text}
    return {"now": NOW, "token_request": request, "token_error": answer, "http_status": status} | more
