"""What passport-jwt / jwks-rsa prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "passport-jwt / jwks-rsa",
    (
        Message(
            "No auth token",
            "authorization-header-missing",
            Confidence.LIKELY,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            "Unable to find a signing key that matches '{kid}'",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13 (wording not matched literally)",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
            holes={"kid": Hole.KEY_ID},
        ),
        Message(
            "No KID specified and JWKS endpoint returned more than 1 key",
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13 (wording not matched literally)",
            also=("signature-invalid",),
        ),
        Message(
            "The JWKS endpoint did not contain any keys",
            "metadata-url-invalid",
            Confidence.LIKELY,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13 (wording not matched literally)",
            also=("metadata-unreachable",),
        ),
        Message(
            "The JWKS endpoint did not contain any signing keys",
            "jwks-key-use-invalid",
            Confidence.LIKELY,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13 (wording not matched literally)",
            also=("metadata-url-invalid",),
        ),
        Message(
            "Too many requests to the JWKS endpoint",
            "rate-or-quota-exceeded",
            Confidence.POSSIBLE,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:wrappers/rateLimit (wording not matched literally)",
            also=(
                "jwks-cache-stale",
                "jwks-wrong-source",
            ),
        ),
        Message(
            "Http Error 503",
            "metadata-unreachable",
            Confidence.LIKELY,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:jwks-rsa/src/JwksClient.js:86:13 (wording not matched literally)",
            also=(
                "metadata-url-invalid",
                "connection-blocked",
                "tls-untrusted-certificate",
            ),
        ),
        Message(
            "Unsupported algorithm {alg} supplied.",
            "signing-algorithm-mismatch",
            Confidence.CERTAIN,
            "exception",
            "mikenicholson/passport-jwt + auth0/node-jwks-rsa:integrations/hapi.js (wording not matched literally)",
            holes={"alg": Hole.ALGORITHM},
        ),
    ),
)
