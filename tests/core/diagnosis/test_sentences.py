"""Sentences that no known message explains: what they speak of, and what they do not."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.sentences import read_sentences
from console.core.diagnosis.terms import Confidence

SPOKEN = [
    ("gatekeeper: rejecting bearer token: recipient is not me", "audience-other-api"),
    ("TokenAudienceMismatchError", "audience-other-api"),
    ("could not download the discovery document: connection refused", "metadata-unreachable"),
    ("no jwk in the set has kid abc", "jwks-wrong-source"),
    ("the token's nbf lies in the future", "clock-skew"),
    ("exp check failed", "token-expired"),
    ("algorithm none is not permitted", "signing-algorithm-mismatch"),
    ("the id_token cannot be used as an access token", "id-token-used"),
    ("token could not be decoded: two segments", "token-malformed"),
    ("callback url differs from the registered one", "redirect-uri-mismatch"),
    ("code_verifier does not fit the challenge", "pkce-mismatch"),
    ("the client assertion was used before (jti seen)", "assertion-replayed"),
    ("consumer quota exceeded for this month", "rate-or-quota-exceeded"),
    ("scope orders.write is missing from the access token", "scope-missing"),
    ("hostname does not match the certificate", "tls-untrusted-certificate"),
    ("application is disabled", "application-disabled"),
    ("Error parsing token: Invalid issuer.", "issuer-wrong-tenant"),
    ("claims are invalid, error InvalidAudience expected_aud=orders kid=k1", "audience-other-api"),
    ("InternalAuthenticationServiceException: No client with requested id: orders_x", "client-id-wrong"),
    ("Handling error: UnsupportedGrantTypeException, Unsupported grant type: bad", "grant-type-not-allowed"),
    ("the token you sent is no longer valid", "token-expired"),
    ("could not find a key for kid 17 in the jwks", "jwks-wrong-source"),
    ("the client_secret does not match", "client-secret-invalid"),
    ("invalid_client: the audience of the assertion is wrong", "assertion-audience-wrong"),
]
SILENT = [
    "The audience is api://orders and the issuer is https://id.example.",
    "JWT validated: signature ok, audience ok, issuer ok",
    "Loading the key set from https://id.example/keys",
    "invalid_token",
    "The client secret is kept in the vault.",
    "Retrieved 3 signing keys; next refresh in 3600 seconds",
    "The refresh token was rotated as planned",
    "The token is valid and the signature matches.",
    "[INFO] The request URI matched a server endpoint: Token.",
    "Access token is missing or invalid.",
    "Refresh token issued for 9f597b0b (no name set)",
    "Started in 3.1 seconds",
]


@pytest.mark.parametrize(("text", "cause"), SPOKEN)
def test_a_sentence_speaks_of_one_thing_and_is_never_certain(text, cause):
    told = read_sentences(text)
    assert [said.cause for said in told] == [cause]
    assert all(said.confidence is not Confidence.CERTAIN for said in told)


@pytest.mark.parametrize("text", SILENT)
def test_what_refuses_nothing_or_leaves_it_open_is_silent(text):
    assert read_sentences(text) == ()


def test_a_token_endpoint_speaks_of_no_header_of_a_call():
    answer = {"error": "invalid_grant", "error_description": "Persisted access token data not found"}
    assert explain(read_evidence({"token_error": answer, "http_status": 400})).causes == ()


WELL = [
    "JWT signature verified, audience accepted",
    "Certificate verification succeeded",
    "rate limit: 10 of 100 requests used",
    "The access token expires in 3600 seconds",
    "No errors found in the token",
    "Token cache hit, token not expired",
    "INFO signing key rs-2026 found in JWKS",
    "DEBUG nonce matches",
    "redirect_uri matches the registered one",
    "Client authenticated with private_key_jwt",
    "Scope check passed: orders.read present",
    "TLS handshake completed",
    "if (error.message === 'jwt expired') retry()",
    "issuer metadata loaded from https://id.example/.well-known/openid-configuration",
    "The session was started",
]


@pytest.mark.parametrize("text", WELL)
def test_what_goes_well_is_told_as_no_fault(text):
    assert explain(read_evidence(text)).causes == ()


THING_AND_WORD = [
    (
        "waiting for device code authentication: devicetoken: Error while retrieving OAuth token: Code Expired",
        "device-code-expired",
    ),
    (
        'Token exchange failed: {"error":"invalid_token","error_description":"Invalid DPoP key binding"}',
        "dpop-proof-refused",
    ),
    ("Error: tunneling socket could not be established, statusCode=407", "connection-blocked"),
    (
        "Token request failed (invalid_grant): AADB2C90080: The provided grant has expired. Please re-authenticate.",
        "refresh-token-expired",
    ),
    ("oauthlib.oauth2.rfc6749.errors.InsecureTransportError", "scheme-mismatch"),
    (
        '{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token"}',
        "assertion-lifetime-invalid",
    ),
    (
        'failed with status code 404. Content is \'{"error":{"code":"ResourceNotFound","message":"Api not found."}}\'',
        "path-or-method-unknown",
    ),
]


@pytest.mark.parametrize(("text", "cause"), THING_AND_WORD)
def test_a_thing_and_what_is_said_of_it_in_another_clause(text, cause):
    assert explain(read_evidence(text)).primary.cause == cause


@pytest.mark.parametrize(
    "beside",
    [
        "IDX14100: JWT is not well formed, there are no dots (.).",
        "IDX20803: Unable to obtain configuration from: 'https://id.example/.well-known/openid-configuration'.",
    ],
)
def test_where_a_library_lacks_a_part_of_another_what_it_says_of_tokens_is_only_how_that_came_out(beside):
    method = "Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(System.String)"
    inner = f"---> System.MissingMethodException: Method not found: 'Void {method}'."
    assert explain(read_evidence(f"{beside}\n {inner}")).primary.cause == "validator-library-mismatch"


def test_the_name_of_an_exception_of_a_database_is_no_address():
    text = "Cause: org.springframework.jdbc.CannotGetJdbcConnectionException: Failed to obtain JDBC Connection"
    assert "path-or-method-unknown" not in [one.cause for one in explain(read_evidence(text)).causes]
    assert explain(read_evidence("Cannot GET /boats")).primary.cause == "path-or-method-unknown"


@pytest.mark.parametrize(
    "text",
    [
        "os.environ['OAUTHLIB_INSECURE_TRANSPORT'] = '1'",
        "DEBUG tunneling socket established to proxy.example:8080",
        "INFO exchanged for a short-lived token",
        "DEBUG no DPoP key is configured, asking for a bearer token",
    ],
)
def test_the_same_words_of_a_setting_or_of_what_went_well_accuse_nothing(text):
    assert explain(read_evidence(text)).causes == ()


def test_what_a_library_lacked_at_the_start_hides_no_later_refusal():
    lacked = "Method not found: 'Void Microsoft.IdentityModel.Tokens.X.Decode(System.String)'."
    refused = (
        "IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '1/1/2026', Current: '1/2/2026'."
    )
    noise = "INFO request served\n" * 60
    found = explain(read_evidence(f"{lacked}\n{noise}{refused}"))
    assert "token-expired" in [one.cause for one in found.causes]
