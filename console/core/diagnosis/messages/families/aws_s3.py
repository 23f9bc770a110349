"""What AWS S3 prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "AWS S3",
    (
        Message(
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
            "authorization-sent-to-presigned-url",
            Confidence.CERTAIN,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            id="InvalidArgument",
        ),
        Message(
            "Unsupported Authorization Type",
            "auth-scheme-not-supported",
            Confidence.LIKELY,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=("authorization-sent-to-presigned-url",),
            id="InvalidArgument",
        ),
        Message(
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
            "auth-scheme-not-supported",
            Confidence.LIKELY,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            id="InvalidRequest",
        ),
        Message(
            "The difference between the request time and the server's time is too large.",
            "clock-skew",
            Confidence.CERTAIN,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            id="RequestTimeTooSkewed",
        ),
        Message(
            "Request has expired",
            "",
            Confidence.POSSIBLE,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=(
                "token-expired",
                "clock-skew",
            ),
            id="AccessDenied",
        ),
        Message(
            "Access Denied",
            "resource-role-missing",
            Confidence.POSSIBLE,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=(
                "authorization-header-missing",
                "authorization-sent-to-presigned-url",
            ),
            id="AccessDenied",
        ),
        Message(
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
            "",
            Confidence.POSSIBLE,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=(
                "client-secret-invalid",
                "request-body-encoding",
                "authorization-sent-to-presigned-url",
            ),
            id="SignatureDoesNotMatch",
        ),
        Message(
            "The AWS Access Key Id you provided does not exist in our records.",
            "",
            Confidence.POSSIBLE,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=("client-id-wrong",),
            id="InvalidAccessKeyId",
        ),
        Message(
            "The provided token has expired.",
            "token-expired",
            Confidence.LIKELY,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            also=("clock-skew",),
            id="ExpiredToken",
        ),
        Message(
            "Please reduce your request rate.",
            "rate-or-quota-exceeded",
            Confidence.CERTAIN,
            "response",
            "docs.aws.amazon.com S3 error responses (text not re-read at the source)",
            id="SlowDown",
        ),
    ),
)
