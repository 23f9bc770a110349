"""What HashiCorp Vault JWT auth prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "HashiCorp Vault JWT auth",
    (
        Message(
            "error validating token: invalid expiration time (exp) claim: token is expired",
            "token-expired",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=("clock-skew",),
        ),
        Message(
            "error validating token: invalid audience (aud) claim: audience claim does not match any bound audience",
            "audience-other-api",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
        ),
        Message(
            "audience claim found in JWT but no audiences bound to the role",
            "audience-other-api",
            Confidence.POSSIBLE,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=("audience-format-mismatch",),
        ),
        Message(
            "error validating token: invalid issuer (iss) claim",
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
        ),
        Message(
            "error validating token: error verifying token signature: no known key successfully validated the token signature",
            "signature-invalid",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go (wording not matched literally)",
            also=("jwks-cache-stale",),
        ),
        Message(
            "error validating token: invalid issued at (iat) claim: token not yet valid",
            "clock-skew",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
        ),
        Message(
            "error validating token: error verifying token: failed to parse token: go-jose/go-jose: compact JWS format must have three parts",
            "token-malformed",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=(
                "opaque-token",
                "invisible-character-in-value",
            ),
        ),
        Message(
            'claim "{claim}" is missing',
            "claim-name-mismatch",
            Confidence.POSSIBLE,
            "response",
            "hashicorp/vault-plugin-auth-jwt:claims.go",
            also=(
                "id-token-used",
                "opaque-token",
            ),
            holes={"claim": Hole.CLAIM},
        ),
        Message(
            'error validating claims: claim "{claim}" does not match any associated bound claim values',
            "role-insufficient",
            Confidence.POSSIBLE,
            "response",
            "hashicorp/vault-plugin-auth-jwt:claims.go",
            also=(
                "client-not-allowed",
                "claim-name-mismatch",
            ),
            holes={"claim": Hole.CLAIM},
        ),
        Message(
            'role "orders" could not be found',
            "resource-not-found",
            Confidence.POSSIBLE,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
        ),
        Message(
            'error configuring token validator: error fetching keys: Get "{jwks}": dial tcp: lookup idp.example.org: no such host',
            "metadata-unreachable",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_login.go",
            also=("connection-blocked",),
            holes={"jwks": Hole.KEY_SET},
        ),
        Message(
            'Vault login failed. Unable to authorize role "orders" with redirect_uri "{redirect}". Check Vault logs for more information.',
            "redirect-uri-mismatch",
            Confidence.LIKELY,
            "response",
            "hashicorp/vault-plugin-auth-jwt:cli.go",
            holes={"redirect": Hole.REDIRECT},
        ),
        Message(
            "Vault login failed. Expired or missing OAuth state.",
            "authorization-response-invalid",
            Confidence.CERTAIN,
            "response",
            "hashicorp/vault-plugin-auth-jwt:path_oidc.go (wording not matched literally)",
        ),
    ),
)
