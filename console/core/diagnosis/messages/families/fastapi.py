"""What FastAPI prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "FastAPI",
    (
        Message(
            '{"detail":"Not authenticated"}',
            "authorization-header-missing",
            Confidence.LIKELY,
            "response",
            "fastapi/fastapi fastapi/security + docs tutorial:OAuth2PasswordBearer (text not re-read at the source)",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            '{"detail":"Could not validate credentials"}',
            "",
            Confidence.POSSIBLE,
            "response",
            "fastapi/fastapi fastapi/security + docs tutorial:docs tutorial oauth2-jwt (text not re-read at the source)",
            also=(
                "token-expired",
                "signature-invalid",
                "token-malformed",
                "principal-not-provisioned-in-api",
            ),
        ),
        Message(
            '{"detail":"Invalid authentication credentials"}',
            "bearer-scheme-malformed",
            Confidence.LIKELY,
            "response",
            "fastapi/fastapi fastapi/security + docs tutorial:HTTPBearer (text not re-read at the source)",
            also=("authorization-header-missing",),
        ),
        Message(
            '{"detail":"Not enough permissions"}',
            "scope-missing",
            Confidence.LIKELY,
            "response",
            "fastapi/fastapi fastapi/security + docs tutorial:docs advanced oauth2-scopes (text not re-read at the source)",
            also=("role-insufficient",),
        ),
    ),
)
