"""Kinds of text that people paste, in words of our own: what is told first, and what is never told."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.terms import Confidence
from tests.core.diagnosis.evidence import of_token_request

FIRST = [
    ("rpc error: code = Unauthenticated desc = missing authorization header", "authorization-header-missing"),
    ("rpc error: code = PermissionDenied desc = token is expired", "token-expired"),
    ("CertPathValidatorException: Trust anchor for certification path not found.", "tls-untrusted-certificate"),
    ("AuthenticationScheme: Bearer was forbidden.", "role-insufficient"),
    ("The remote name could not be resolved: 'login.example'", "connection-blocked"),
    ("crypto/rsa: verification error", "signature-invalid"),
    ("400 Bad Request: The SSL certificate error", "client-certificate-not-accepted"),
    ("AADSTS70002: The request must contain a 'client_assertion' input parameter.", "client-credential-missing"),
    ("AADSTS70002: Error validating credentials. The secret is not right.", "client-secret-invalid"),
    (
        'Forbidden: User "carla" cannot list resource "secrets" in API group "" at the cluster scope',
        "resource-role-missing",
    ),
    ('nodes is forbidden: User "ci" cannot watch resource "nodes" at the cluster scope', "resource-role-missing"),
    (
        'Forbidden: User "system:anonymous" cannot get resource "pods" in the namespace "yard"',
        "authorization-header-missing",
    ),
    ("Anonymous caller does not have boats.list permission on the yard", "authorization-header-missing"),
    ("Unable to verify secret hash for client 1example23456789", "client-secret-invalid"),
    ("upstream sent too big header while reading response header from upstream", "request-header-too-large"),
    # Envoy's access log writes blanks as underscores.
    ('"GET /boats HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_is_expired} - "-" 0 14', "token-expired"),
    ('"GET /boats HTTP/1.1" 403 - jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed} -', "audience-other-api"),
    ('"GET /boats HTTP/1.1" 401 - jwt_authn_access_denied{Jwt_verification_fails} -', "signature-invalid"),
    ("Error creating session during callback: audience claims [aud] do not exist in claims: ", "audience-other-api"),
    ("AADSTS70000: The provided value for the 'code' parameter is not valid.", "authorization-code-redeemed"),
    ("AADSTS70000: The provided refresh token is not valid.", "refresh-token-expired"),
    ("Sign-in failed: token does not exist", "token-expired"),
    ("the token does not exist in the request header", "authorization-header-missing"),
    ("google.auth.exceptions.RefreshError: ('invalid_grant: Bad Request', '{}')", "refresh-token-expired"),
    ("Unhandled exception. Yard.HarbourException: the access token has expired", "token-expired"),
    ("Requested audience 'quay' has not been whitelisted by the OAuth 2.0 Client.", "target-access-policy"),
    (
        "The request is missing a required parameter, includes an invalid parameter value, or is otherwise malformed. "
        "Requested audience 'quay' has not been whitelisted by the OAuth 2.0 Client.",
        "target-access-policy",
    ),
    ('{"code":"900902","message":"Missing Credentials","description":"none"}', "authorization-header-missing"),
    (
        '{"code":"900910","message":"The access token does not allow you to access the requested resource"}',
        "scope-missing",
    ),
    (
        "Access failure for API: /boats/1, version: 1 status: (900909) - The subscription to the API is inactive",
        "subscription-wrong-product",
    ),
    # What only hands on gives way to what it hands on.
    (
        "Bearer was not authenticated. Failure message: IDX10230: "
        "Lifetime validation failed. Delegate returned false, token: 'x'.",
        "token-expired",
    ),
    (
        "Quay was not authenticated. Failure message: IDX10231: "
        "Audience validation failed. Delegate returned false, token: 'x'.",
        "audience-other-api",
    ),
    (
        "Bearer was not authenticated. Failure message: IDX10206: Unable to validate audience. "
        "The 'audiences' parameter is empty.",
        "claim-name-mismatch",
    ),
    ("Bearer was not authenticated. Failure message: the signature of the token is wrong", "signature-invalid"),
    ("Authentication failed because the token has expired", "token-expired"),
    ("Quay was not authenticated. Failure message: the lamp is out", None),
    ("Bearer was not authenticated.", "authorization-header-missing"),
    ("Invalid token: sign-in failed: the password of carla is wrong", None),
    # What a library of the client raises.
    ("InsecureTransportError: (insecure_transport) OAuth 2 MUST utilize https.", "scheme-mismatch"),
    ("MissingTokenError: (missing_token) Missing access token parameter.", "token-response-malformed"),
    (
        "MismatchingStateError: (mismatching_state) CSRF Warning! State not equal in request and response.",
        "authorization-response-invalid",
    ),
    (
        '{"errors":[{"message":"Could not verify JWT: JWSError NoUsableKeys","code":"invalid-jwt"}]}',
        "jwks-wrong-source",
    ),
    # The reason that stands inside.
    (
        'Could not read the discovery document of "Quay": "Issuer name does not match authority: x"',
        "metadata-url-invalid",
    ),
    ("invalid_grant: carla has no boat: user hasn't approved this consumer", "consent-missing"),
    # Events of a log.
    ("type=CODE_TO_TOKEN_ERROR, clientId=boats, error=invalid_code", "authorization-code-redeemed"),
    ("error=invalid_code", "authorization-code-redeemed"),
    ("error=expired_code", "authorization-code-redeemed"),
    ("type=LOGIN_ERROR, clientId=boats, error=ssl_required", "scheme-mismatch"),
    ("type=LOGIN_ERROR, clientId=boats, error=invalid_user_credentials", "interaction-required"),
    # Who makes tokens says that it made none: not why.
    ("Unable to generate a token for the request of the boat", None),
    ("Could not create a token for the boat", None),
    # Numbers that no table holds, by their words.
    ("AADSTS53999: Access has been blocked by conditional access policies of the quay.", "conditional-access-blocked"),
    (
        "QuayError: Continuous access evaluation resulted in challenge: InteractionRequired and Moored",
        "claims-challenge",
    ),
    (
        "BoatError: ChainedTokenCredential authentication failed.\nBoatError: EnvironmentCredential is unavailable.",
        "client-credential-missing",
    ),
    (
        '{"error":{"message":"refused: {\\"error\\":\\"deleted_client\\",\\"error_description\\":\\"Sunk\\"}"}}',
        "client-id-wrong",
    ),
    ("ERR_BAD_SSL_CLIENT_AUTH_CERT", "client-certificate-not-accepted"),
    ("quay.example.org did not accept your login certificate", "client-certificate-not-accepted"),
    ("[invalid_request:Only confidential clients can sail]", "client-type-mismatch"),
    ('token exchange error: oauth2: "invalid_client"', "client-secret-invalid"),
    (
        "'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'",
        "auth-scheme-not-supported",
    ),
    ("UnauthorizedError: Format is Authorization: Bearer [token]", "bearer-scheme-malformed"),
]
NEVER = [
    ("no DPoP proof required for this client", "dpop-proof-refused"),
    ("DPoP proof is not required", "dpop-proof-refused"),
    ("DPoP proof verified, expected htu https://api.example/boats", "dpop-proof-refused"),
    ("Given token not valid for any token type", "id-token-used"),
    ("curl: (35) SSL routines::tlsv1 alert protocol version", "client-certificate-not-accepted"),
    (
        "The refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization "
        "request, or was issued to another client.",
        "redirect-uri-mismatch",
    ),
    # Where a program was is no sentence.
    ("Error: no\n    at TokenFactory.verify (/app/token.factory.js:11:3)", "id-token-used"),
    ("ERROR: testTokenNotProvidedBearerOnly(org.quay.http.BearerTest) took 2 s", "client-type-mismatch"),
    ("The HTTP request was forbidden with client authentication scheme 'Anonymous'", "authorization-header-missing"),
    # WCF and its like say under which scheme they asked: not what was wrong with it.
    ("The HTTP request was forbidden with client authentication scheme 'Anonymous'", "client-secret-invalid"),
    ("The HTTP request was forbidden with client authentication scheme 'Anonymous'", "bearer-scheme-malformed"),
    (
        'x-ms-diagnostics: 3000006;reason="Token contains invalid signature.";category="invalid_client"',
        "certificate-not-registered",
    ),
    # What went well, what may come, and what is only advised.
    ("SSL handshake completed successfully with peer 'User:ANONYMOUS'", "authorization-header-missing"),
    ("The token of the boat will expire at noon.", "token-expired"),
    ("If the token is expired, ask for another one.", "token-expired"),
    ("Conditional access policies were evaluated: 3 applied", "conditional-access-blocked"),
    # What a request carries is no challenge.
    ("sent: Authorization: Bearer <token>, and the quay said 500", "authorization-header-missing"),
    ("unable to verify bearer token, not implemented", "signature-invalid"),
    ("urn:federation:Quay| WSTrust| failure| | the lamp is out", "federated-credential-mismatch"),
    ("No accounts were found in the cache of SharedTokenCacheCredential", "conditional-access-blocked"),
    ("Error creating session during callback: audience claims [aud] do not exist in claims: ", "refresh-token-expired"),
    ("RefreshError: ('invalid_grant: Bad Request', {})", "grant-type-not-allowed"),
    ("Sign-in failed: token does not exist", "authorization-header-missing"),
    (
        "proxy: fetching keys: failed to decode key set: invalid JWK, x5t header is no base64",
        "certificate-thumbprint-invalid",
    ),
    ('Uncaught access_denied: {"error":"access_denied","error_description":"Quay closed"}', "role-insufficient"),
    ('Uncaught access_denied: {"error":"access_denied","error_description":"Quay closed"}', "consent-declined"),
    ("Error redeeming code during callback: could not verify id_token: not for us", "authorization-response-invalid"),
]


@pytest.mark.parametrize(("text", "cause"), FIRST)
def test_what_is_told_first(text, cause):
    causes = explain(read_evidence(text)).causes
    assert (causes[0].cause if causes else None) == cause


@pytest.mark.parametrize(("text", "cause"), NEVER)
def test_what_is_never_told(text, cause):
    assert cause not in [one.cause for one in explain(read_evidence(text)).causes]


@pytest.mark.parametrize(
    "line",
    [
        "proxy_set_header Authorization '';",
        "RequestHeader unset Authorization early",
        "http-request del-header Authorization if { path /boats }",
    ],
)
def test_a_proxy_that_is_told_to_drop_the_header_may_be_what_is_wrong(line):
    causes = explain(read_evidence(f"Behind the proxy every call is 401.\nlocation /boats {{\n    {line}\n}}")).causes
    assert causes and (causes[0].cause, causes[0].confidence) == ("authorization-header-stripped", "possible")


def test_a_proxy_that_passes_the_header_on_is_not():
    told = explain(read_evidence("location / {\n    proxy_set_header Authorization $http_authorization;\n}")).causes
    assert "authorization-header-stripped" not in [one.cause for one in told]


def test_the_quoted_error_of_a_go_library_is_the_answer_of_a_token_endpoint():
    text = (
        'login: oauth2: "invalid_client" "Client authentication failed (unknown client, no authentication included)."'
    )
    causes = [one.cause for one in explain(read_evidence(text)).causes]
    assert "authorization-header-missing" not in causes
    text = r'msg="oauth2: \"invalid_grant\" \"The refresh token was revoked\""'
    assert [one.cause for one in explain(read_evidence(text)).causes][:1] == ["refresh-token-expired"]


@pytest.mark.parametrize("text", ["Invalid scopes requested by boats_spa", "Scope boats_api not found in store."])
def test_a_scope_that_was_asked_for_is_not_one_that_a_token_lacks(text):
    assert [one.cause for one in explain(read_evidence(text)).causes][:1] == ["scope-not-granted"]


SEVERAL = [
    "10:01 AADSTS7000222: The keys are expired.\n10:05 AADSTS53003: Access has been blocked by a policy.",
    "10:01 AADSTS53003: Access has been blocked by a policy.\n10:05 IDX10223: Lifetime validation failed. The token is "
    "expired. ValidTo (UTC): '1', Current time (UTC): '2'.",
    "type=LOGIN_ERROR, error=invalid_code\ntype=LOGIN_ERROR, error=invalid_redirect_uri",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_of_several_failures_in_one_text_none_is_certain(text):
    causes = explain(read_evidence(text)).causes
    assert causes
    assert "certain" not in [one.confidence for one in causes]


def test_one_failure_that_is_told_twice_stays_certain():
    line = "AADSTS53003: Access has been blocked by Conditional Access policies."
    assert explain(read_evidence(f"{line}\n at Quay.Main()\n{line}")).causes[0].confidence == "certain"


def test_a_kind_of_token_that_is_not_allowed_is_perhaps_the_wrong_one():
    causes = explain(read_evidence("401: Token type is not allowed.")).causes
    assert [(one.cause, one.confidence) for one in causes][:1] == [("id-token-used", "possible")]


def test_a_nonce_that_was_asked_for_in_a_log_may_have_been_given_since():
    (found,) = explain(read_evidence("use_dpop_nonce: once more with the nonce, answered 200")).causes
    assert (found.cause, found.confidence) == ("dpop-proof-refused", Confidence.LIKELY)


def test_a_refused_proof_at_a_token_endpoint_is_told_what_goes_there():
    evidence = of_token_request(text="The proof is malformed.", error="invalid_dpop_proof")
    assert "htm POST" in explain(read_evidence(evidence)).primary.do


def test_what_the_specification_says_of_every_refused_client_tells_no_more_than_the_error():
    text = (
        '{"error":"invalid_client","error_description":"Client authentication failed due to unknown client, '
        'no client authentication included, or unsupported authentication method."}'
    )
    causes = explain(read_evidence(text)).causes
    assert [(one.cause, one.confidence) for one in causes] == [("client-secret-invalid", "possible")]


def test_the_error_that_a_client_could_not_read_was_an_answer_all_the_same():
    text = 'Unable to parse response [{"error":"invalid_client","error_description":"Client authentication failed"}]'
    causes = explain(read_evidence(text)).causes
    assert [one.cause for one in causes][:1] == ["client-secret-invalid"]
