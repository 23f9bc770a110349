"""Causes of the stage signature: what gives each one away, what only looks like it, and what is said to people."""

from tests.core.diagnosis.evidence import API, EXPECTED, HEADER, OTHER_TENANT, V2, claims, of_call
from tests.core.diagnosis.stage import stage_test

MATCHES = [
    (
        "app-specific-signing-key",
        of_call(
            signature="unverifiable",
            expectations=None,
            profile={"api_registration": {"acceptMappedClaims": True, "custom signing key": "yes"}},
            pasted="IDX10501: Signature validation failed. Unable to match key: kid: 'x'.",
        ),
    ),
    (
        "jwks-wrong-source",
        of_call(
            signature="unverifiable",
            expectations={"issuers": [V2]},
            profile={
                "signing_key": {
                    "kid_known": False,
                    "source": f"https://login.microsoftonline.com/{OTHER_TENANT}/discovery/v2.0/keys",
                }
            },
        ),
    ),
    (
        "jwks-cache-stale",
        of_call(
            body={"detail": "Unable to find signing key with kid key-1"},
            signature="valid",
            expectations={"issuers": [V2], "audiences": [API]},
        ),
    ),
    (
        "jwks-cache-stale",
        of_call(
            body="",
            signature="unverifiable",
            expectations=None,
            pasted="IDX10503: Signature validation failed. Token does not have a kid / keys tried",
            profile={"observations": ["restarting helps for a day", "the provider rotated its keys last night"]},
        ),
    ),
    (
        "signing-key-retired",
        of_call(signature="unverifiable", profile={"signing_key": {"kid_known": False, "source": V2}}),
    ),
    ("signing-key-retired", of_call(signature="unverifiable")),
    (
        "signing-key-retired",
        of_call(
            body="",
            headers={
                "WWW-Authenticate": 'Bearer error="invalid_token", error_description="The signature key was not found"'
            },
            signature=None,
            expectations=None,
        ),
    ),
    (
        "jwks-key-use-invalid",
        of_call(
            body="",
            pasted=('JWKS error: the key with kid key-1 has use "enc" and is not intended for signature verification'),
            signature="unverifiable",
            expectations=None,
        ),
    ),
    (
        "signing-algorithm-mismatch",
        of_call(header={**HEADER, "alg": "HS256"}, expectations={"audiences": [API], "algorithms": ["RS256"]}),
    ),
    ("signing-algorithm-mismatch", {"pasted": "JsonWebTokenError: invalid algorithm"}),
    (
        "signing-algorithm-mismatch",
        of_call(
            body="",
            header={**HEADER, "alg": "RS512"},
            expectations={"audiences": [API]},
            pasted="jwt.exceptions.InvalidAlgorithmError: The specified alg value is not allowed",
        ),
    ),
    ("signature-invalid", of_call(signature="invalid")),
    ("signature-invalid", {"pasted": "IDX10511: Signature validation failed. Keys tried: '...'. kid: 'x'."}),
    ("signature-invalid", {"pasted": "JsonWebTokenError: invalid signature"}),
    (
        "signature-invalid",
        {
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error_description": "The ID token is not the provider's.", "kind": "bad_signature"},
        },
    ),
    (
        "validator-library-mismatch",
        of_call(
            500,
            "",
            token=False,
            expectations=None,
            pasted=(
                "System.MissingMethodException: Method not found: "
                "'Microsoft.IdentityModel.Tokens.TokenValidationParameters "
                "Microsoft.IdentityModel.Tokens.TokenValidationParameters.Clone()'."
            ),
        ),
    ),
]
# cause it looks like, evidence, cause it is (None: nothing can be said)
NEAR_MISSES = [
    (
        "signature-invalid",
        of_call(token=claims(aud="https://graph.microsoft.com"), signature="invalid", header={**HEADER, "nonce": "n"}),
        "token-for-graph",
    ),
    (
        "signing-key-retired",
        of_call(body="", signature="valid", pasted="IDX10503: Signature validation failed. kid not found"),
        "jwks-cache-stale",
    ),
    (
        "jwks-wrong-source",
        of_call(
            signature="unverifiable",
            profile={"signing_key": {"kid_known": False, "source": V2 + "/.well-known/openid-configuration"}},
        ),
        "signing-key-retired",
    ),
    (
        "signature-invalid",
        of_call(
            signature="invalid",
            header={**HEADER, "alg": "HS256"},
            expectations={"audiences": [API], "algorithms": ["RS256"]},
        ),
        "signing-algorithm-mismatch",
    ),
    (
        "signature-invalid",
        {
            "token_request": {"endpoint": "https://idp.example/token", "params": {}},
            "token_error": {"error_description": "The ID token ended.", "kind": "bad_id_token"},
        },
        "token-response-malformed",
    ),
    ("signing-key-retired", of_call(signature="unverifiable", token=claims(roles=["Other"])), "role-insufficient"),
    (
        "app-specific-signing-key",
        of_call(token=claims(roles=None), profile={"api_registration": {"acceptMappedClaims": True}}),
        "app-permission-not-granted",
    ),
    (
        "jwks-cache-stale",
        of_call(
            body="",
            signature="unverifiable",
            expectations=None,
            pasted="IDX10501: Unable to match key",
            profile={"signing_key": {"kid_known": False}},
        ),
        "signing-key-retired",
    ),
    (
        "jwks-key-use-invalid",
        of_call(body="", signature="unverifiable", expectations=None, pasted="no matching key in the JWKS"),
        "signing-key-retired",
    ),
    (
        "signing-algorithm-mismatch",
        of_call(signature="invalid", expectations={**EXPECTED, "algorithms": ["RS256"]}),
        "signature-invalid",
    ),
    (
        "validator-library-mismatch",
        of_call(
            500,
            "",
            token=False,
            expectations=None,
            pasted="System.MissingMethodException: Method not found: 'Contoso.Orders.Save()'.",
        ),
        "api-error",
    ),
]
MISSING = [
    ("app-specific-signing-key", "profile.api_registration", "signing-key-retired"),
    ("jwks-wrong-source", "profile.signing_key.kid_known", "signing-key-retired"),
    ("jwks-cache-stale", "response.body.detail", "the log of the API for this call"),
    ("jwks-key-use-invalid", "pasted", "signing-key-retired"),
    ("signing-algorithm-mismatch", "expectations", "what the API expects: audiences, issuers, roles or scopes"),
    ("signature-invalid", "signature", "whether the signature verifies"),
    ("signing-key-retired", "profile.signing_key signature", "whether the signature verifies"),
    ("validator-library-mismatch", "pasted", "api-error"),
]
UNDECIDED = [
    (of_call(body="", signature=None), "whether the signature verifies"),
]
# The whole message for the first evidence of each cause.
MESSAGES = [
    (
        "app-specific-signing-key",
        (
            "The gateway answered 401 because tokens of this application are signed with a "
            "key of its own, which the general key set does not hold."
        ),
        'It was observed: "acceptMappedClaims: true"',
        (
            "Read the keys with ?appid= and the API’s Application (client) ID behind the metadata address, or "
            "use a registration without own signing key."
        ),
        "api_owner",
    ),
    (
        "jwks-wrong-source",
        ("The gateway answered 401 because the keys are read from another place than the one this token belongs to."),
        (
            "iss is "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0; "
            "the keys are read from https://login.microsoftonline.com/d2d37d5e-ba79-4bd2-a229-a2"
            "022b4759a5/discovery/v2.0/keys."
        ),
        ("Configure the metadata address of the token’s own issuer: same tenant and version."),
        "api_owner",
    ),
    (
        "jwks-cache-stale",
        ("The API answered 401 because the API checks with an older key set than the one the provider publishes."),
        ("The provider publishes the key key-1, yet the API says: Unable to find signing key with kid key-1"),
        ("Have the API read the key set again when it meets an unknown kid; until then, restart it."),
        "api_owner",
    ),
    (
        "signing-key-retired",
        ("The gateway answered 401 because the token was signed with a key that the provider does not publish."),
        (
            "The token names the key key-1; "
            "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0 "
            "does not hold it."
        ),
        ("Get a new token; if it stays so, compare the issuer of the token with the source of the keys."),
        "integrator",
    ),
    (
        "jwks-key-use-invalid",
        "The key is in the key set, but marked for another use or type.",
        (
            'The answer or log says: "JWKS error: the key with kid key-1 has use "enc" and '
            'is not intended for signature verification"'
        ),
        "Have the provider publish the signing key with use sig and the right type.",
        "identity_provider",
    ),
    (
        "signing-algorithm-mismatch",
        (
            "The gateway answered 401 because the token is signed with another algorithm "
            "than the verifier is set up for."
        ),
        "alg is HS256; this API accepts RS256.",
        "Set the API up for HS256, or have the provider sign with RS256.",
        "api_owner",
    ),
    (
        "signature-invalid",
        (
            "The gateway answered 401 because the signature does not verify: the token was "
            "changed, or another server signed it."
        ),
        "The key key-1 is known, and it did not make this signature.",
        "Get a new token and pass it on unchanged, byte for byte.",
        "integrator",
    ),
    (
        "validator-library-mismatch",
        "Packages of the program that checks the token are of versions that do not fit each other.",
        'The answer or log says: "Method not found: '
        "'Microsoft.IdentityModel.Tokens.TokenValidationParameters "
        "Microsoft.IdentityModel.Tokens.TokenValidationParameters.Clone()'.\"",
        "Bring all packages of the token library to one version, and deploy the API anew.",
        "api_owner",
    ),
]

test_signature = stage_test(MATCHES, NEAR_MISSES, MISSING, MESSAGES, UNDECIDED)
