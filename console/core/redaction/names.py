"""Names whose values are secrets, and the two masks. All names are lower case."""

MASK = "***"
TOKEN = "<token>"

# Members, parameters and fields that carry a token: the reader sees that one was there.
TOKEN_NAMES = frozenset({
    "access_token", "id_token", "assertion", "client_assertion", "subject_token", "actor_token", "id_token_hint",
    "logout_token", "token", "federated_token", "samlresponse", "samlrequest", "id_token_token", "request_token",
    "accesstoken", "idtoken",
})  # fmt: skip

SECRET_NAMES = frozenset({
    "client_secret", "refresh_token", "password", "passwd", "pwd", "passphrase", "code_verifier", "device_code",
    "registration_access_token", "private_key", "secret", "api_key", "apikey", "api-key", "subscription-key",
    "subscription_key", "ocp-apim-subscription-key", "x-api-key", "x-functions-key", "accountkey", "account_key",
    "sharedaccesskey", "shared_access_key", "sharedaccesssignature", "connectionstring", "connection_string", "sig",
    "clientsecret", "refreshtoken", "primarykey", "secondarykey", "otp", "user_code", "auth_req_id", "session_state",
    "csrfmiddlewaretoken", "authenticity_token", "assertion_private_key", "x-amz-signature", "x-goog-signature",
})  # fmt: skip

# Secrets in a query or form, but ordinary words in JSON ({"error": {"code": …}}).
QUERY_NAMES = frozenset({"code", "sv_sig", "key", "session", "sessionid"})

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


def is_secret_header(name: str) -> bool:
    """`name` in lower case."""
    return name in SECRET_HEADERS or name.endswith(_KEY_ENDINGS)
