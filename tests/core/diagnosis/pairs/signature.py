"""The signature cannot be confirmed; and it can, or not for that reason."""

from tests.core.diagnosis.evidence import API, HEADER, V2, of_call

STALE = "IDX10503: Signature validation failed. Token does not have a kid. Keys tried: ''."
PAIRS = (
    (
        "jwks-wrong-source",
        of_call(signature="unverifiable", expectations={"issuers": [V2]}, profile={
            "signing_key": {"kid_known": False, "source": "https://login.microsoftonline.com/"
                            "9c1807f9-ca4e-4599-805a-ab71e754d3d4/discovery/v2.0/keys"}}),
        {"profile.signing_key.source": f"{V2}/keys"},
    ),
    (
        "app-specific-signing-key",
        of_call(signature="unverifiable", expectations=None, profile={
            "api_registration": {"acceptMappedClaims": True, "custom signing key": "yes"},
            "signing_key": {"kid_known": False}}),
        {"profile.api_registration": {"displayName": "Orders"}},
    ),
    (
        "jwks-cache-stale",
        of_call(401, {"detail": "Unable to find a signing key that matches: 'key-1'"}, profile={
            "signing_key": {"kid_known": True, "source": f"{V2}/keys"},
            "observations": ["works again after the API was restarted"]}),
        {"response.body.detail": "No access for you", "profile.observations": []},
    ),
    (
        "signing-key-retired",
        of_call(signature="unverifiable", profile={"signing_key": {"kid_known": False, "source": V2}}),
        {"profile.signing_key": {"kid_known": True, "source": V2}, "signature": "valid"},
    ),
    (
        "jwks-key-use-invalid",
        of_call(body="", pasted="jose: JWKNotSuitable: the key's use is \"enc\", a key for \"sig\" is needed"),
        {"pasted": "jose: everything is suitable"},
    ),
    (
        "signing-algorithm-mismatch",
        of_call(body="", header={**HEADER, "alg": "HS256"}, signature="not_checked",
                expectations={"audiences": [API], "issuers": [V2], "algorithms": ["RS256"]}),
        {"token_header.alg": "RS256"},
    ),
    ("signature-invalid", of_call(signature="invalid"), {"signature": "valid"}),
    (
        "validator-library-mismatch",
        of_call(500, "", pasted="System.TypeLoadException: Could not load type 'Microsoft.IdentityModel.Json."
                "JsonConvert' from assembly 'Microsoft.IdentityModel.Tokens, Version=7.1.2.0'"),
        {"pasted": "System.NullReferenceException: Object reference not set to an instance of an object."},
    ),
)  # fmt: skip
