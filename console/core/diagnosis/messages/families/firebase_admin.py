"""What Firebase Admin prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "Firebase Admin",
    (
        Message(
            "Firebase ID token has expired. Get a fresh ID token from your client app and try again (auth/id-token-expired). See https://firebase.google.com/docs/auth/admin/verify-id-tokens for details on how to retrieve an ID token.",
            "token-expired",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19 (wording not matched literally)",
            also=("clock-skew",),
            id="auth/id-token-expired",
        ),
        Message(
            'Firebase ID token has incorrect "aud" (audience) claim. Expected "main-proj" but got "partner-proj". Make sure the ID token comes from the same Firebase project as the service account used to authenticate this SDK.',
            "audience-other-api",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19",
            also=(
                "audience-format-mismatch",
                "token-for-graph",
                "id-token-used",
            ),
            id="auth/argument-error",
        ),
        Message(
            'Firebase ID token has incorrect "iss" (issuer) claim. Expected "https://securetoken.google.com/main-proj" but got "https://securetoken.google.com/partner-proj".',
            "issuer-wrong-tenant",
            Confidence.POSSIBLE,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19",
            also=(
                "issuer-version-mismatch",
                "issuer-spelling-mismatch",
                "wrong-authorization-server",
            ),
            id="auth/argument-error",
        ),
        Message(
            "Firebase ID token has invalid signature. See https://firebase.google.com/docs/auth/admin/verify-id-tokens for details on how to retrieve an ID token.",
            "signature-invalid",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19 (wording not matched literally)",
            also=(
                "jwks-wrong-source",
                "signing-algorithm-mismatch",
                "app-specific-signing-key",
                "token-for-graph",
            ),
            id="auth/argument-error",
        ),
        Message(
            'Firebase ID token has "kid" claim which does not correspond to a known public key. Most likely the ID token is expired, so get a fresh token from your client app and try again.',
            "signing-key-retired",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19",
            also=(
                "token-expired",
                "jwks-wrong-source",
                "jwks-cache-stale",
            ),
            id="auth/argument-error",
        ),
        Message(
            'Firebase ID token has no "kid" claim.',
            "",
            Confidence.POSSIBLE,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19",
            also=(
                "id-token-used",
                "signature-invalid",
                "audience-other-api",
            ),
            id="auth/argument-error",
        ),
        Message(
            "verifyIdToken() expects an ID token, but was given a custom token.",
            "id-token-used",
            Confidence.POSSIBLE,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19",
            also=("audience-other-api",),
            id="auth/argument-error",
        ),
        Message(
            'Firebase ID token has incorrect algorithm. Expected "RS256" but got "HS256".',
            "signing-algorithm-mismatch",
            Confidence.CERTAIN,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19 (wording not matched literally)",
            id="auth/argument-error",
        ),
        Message(
            "Decoding Firebase ID token failed. Make sure you passed the entire string JWT which represents an ID token.",
            "token-malformed",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:firebase-admin/lib/auth/token-verifier.js:303:19 (wording not matched literally)",
            also=(
                "opaque-token",
                "invisible-character-in-value",
            ),
            id="auth/argument-error",
        ),
        Message(
            "Error fetching public keys for Google certs: getaddrinfo EAI_AGAIN www.googleapis.com",
            "metadata-unreachable",
            Confidence.LIKELY,
            "exception",
            "firebase/firebase-admin-node src/auth/token-verifier.ts:utils/jwt.ts",
            also=(
                "metadata-url-invalid",
                "connection-blocked",
                "tls-untrusted-certificate",
            ),
        ),
    ),
)
