"""Names whose values are secrets, and the two masks. All names are lower case."""

import re
from functools import lru_cache

MASK = "***"
TOKEN = "<token>"

# Members, parameters and fields that carry a token: the reader sees that one was there.
TOKEN_NAMES = frozenset({
    "access_token", "id_token", "assertion", "client_assertion", "subject_token", "actor_token", "id_token_hint",
    "logout_token", "token", "federated_token", "samlresponse", "samlrequest", "id_token_token", "request_token",
    "accesstoken", "idtoken", "bearer_token", "auth_token",
})  # fmt: skip

SECRET_NAMES = frozenset({
    "client_secret", "refresh_token", "password", "passwd", "pwd", "passphrase", "code_verifier", "device_code",
    "registration_access_token", "private_key", "secret", "api_key", "apikey", "api-key", "subscription-key",
    "subscription_key", "ocp-apim-subscription-key", "x-api-key", "x-functions-key", "accountkey", "account_key",
    "sharedaccesskey", "shared_access_key", "sharedaccesssignature", "connectionstring", "connection_string", "sig",
    "clientsecret", "refreshtoken", "primarykey", "secondarykey", "otp", "user_code", "auth_req_id", "session_state",
    "csrfmiddlewaretoken", "session_token", "csrf_token", "xsrf_token", "authenticity_token",
    "assertion_private_key", "x-amz-signature", "x-goog-signature",
})  # fmt: skip

# Secrets in a query or form, but ordinary words in JSON ({"error": {"code": …}}).
QUERY_NAMES = frozenset({"code", "sv_sig", "key", "session", "sessionid"})

# What a pair calls its name and its value: {"key": "password", "value": "x"}, <add key="password" value="x"/>.
PAIR_NAMES = frozenset({"name", "key", "parameter", "param", "field", "property", "variable", "header", "setting", "n"})
PAIR_VALUES = frozenset({
    "value", "val", "v", "secret", "secretvalue", "secret_value", "stringvalue", "string_value", "plaintext",
    "defaultvalue", "default_value", "attributevalue", "content",
})  # fmt: skip

AUTHORIZATION_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "x-forwarded-authorization", "x-original-authorization"}
)
COOKIE_HEADERS = frozenset({"cookie", "set-cookie"})
TOKEN_HEADERS = frozenset({
    "dpop", "client-assertion", "x-ms-token-aad-access-token", "x-ms-token-aad-id-token", "x-ms-client-principal",
    "x-amzn-oidc-accesstoken", "x-amzn-oidc-data", "x-forwarded-access-token", "x-id-token", "x-access-token",
    "x-ms-authorization-auxiliary", "bearer", "token", "x-token", "access-token", "id-token", "x-jwt-assertion",
    "cf-access-jwt-assertion", "x-goog-iap-jwt-assertion",
})  # fmt: skip
SECRET_HEADERS = frozenset({
    "ocp-apim-subscription-key", "x-api-key", "api-key", "apikey", "x-functions-key", "x-auth-token", "x-csrf-token",
    "x-xsrf-token", "x-amz-security-token", "x-ms-token-aad-refresh-token", "x-ms-copy-source-authorization",
    "x-master-key", "x-session-token", "x-session-id", "x-vault-token", "private-token", "x-client-secret",
    "client-secret", "x-password", "password", "secret", "x-secret", "x-subscription-key", "subscription-key",
    "x-gitlab-token", "x-hub-signature-256", "x-ms-token-aad-expires-secret", "x-apikey", "x-access-key", "aeg-sas-key",
})  # fmt: skip
_KEY_ENDINGS = ("-api-key", "-apikey", "-subscription-key", "-secret", "-password", "-access-key", "-functions-key")


_STEM = re.compile("pass|pwd|secret|token|key|sig|otp|code|assertion|saml|auth|conn|session|csrf")  # in each of them
_BETWEEN = re.compile(r"[-_. ]+")
_ENDINGS = (
    *("password", "passwd", "passphrase", "clientsecret", "sharedsecret", "apisecret", "secretkey", "apikey"),
    *("accesskey", "privatekey", "subscriptionkey", "functionskey"),
)


def mask_of(name: str, more: frozenset[str] = frozenset()) -> str:
    """The mask for a value of this name, in lower case; "" when the name is harmless.

    `dbPassword`, `client-secret` and `client.secret` are the names that they are without what stands between.
    """
    if name in more:
        return MASK
    return _mask_of(name) if len(name) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _mask_of(name: str) -> str:
    if name in TOKEN_NAMES:
        return TOKEN
    if name in SECRET_NAMES:
        return MASK
    if _STEM.search(name) is None:
        return ""
    bare = _BETWEEN.sub("", name)
    if bare in _BARE_TOKENS:
        return TOKEN
    return MASK if bare in _BARE_SECRETS or bare.endswith(_ENDINGS) else ""


_LONGEST = 100
_BARE_TOKENS = frozenset(_BETWEEN.sub("", name) for name in TOKEN_NAMES)
_BARE_SECRETS = frozenset(_BETWEEN.sub("", name) for name in SECRET_NAMES)


@lru_cache(maxsize=4096)
def member_mask(name: str) -> str:
    """The mask for a member of JSON of this name, in lower case; "" when the name is harmless."""
    return MASK if name in COOKIE_HEADERS or is_secret_header(name) else mask_of(name)


def pair_mask(name: str) -> str:
    """The mask for the value of a pair that says this name beside it, in any case; "" when the name is harmless."""
    lower = name.strip().lower()
    if lower in AUTHORIZATION_HEADERS or lower in COOKIE_HEADERS or is_secret_header(lower):
        return MASK
    return TOKEN if lower in TOKEN_HEADERS else mask_of(lower)


def is_secret_header(name: str) -> bool:
    """`name` in lower case."""
    return name in SECRET_HEADERS or name.endswith(_KEY_ENDINGS)
