"""What WSO2 API Manager answers when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "WSO2 API Manager",
    (
        Message(
            '{"code":"900901","message":"Invalid Credentials"',
            "token-expired",
            Confidence.POSSIBLE,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=(
                "signature-invalid",
                "issuer-wrong-tenant",
                "opaque-token",
            ),
        ),
        Message(
            "status: (900901) - Invalid Credentials",
            "token-expired",
            Confidence.POSSIBLE,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=(
                "signature-invalid",
                "issuer-wrong-tenant",
                "opaque-token",
            ),
        ),
        Message(
            '{"code":"900902","message":"Missing Credentials"',
            "authorization-header-missing",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=(
                "authorization-header-stripped",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            "status: (900902) - Missing Credentials",
            "authorization-header-missing",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=(
                "authorization-header-stripped",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            '{"code":"900908","message":"Resource forbidden"',
            "subscription-wrong-product",
            Confidence.POSSIBLE,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=("client-not-allowed",),
        ),
        Message(
            "status: (900908) - Resource forbidden",
            "subscription-wrong-product",
            Confidence.POSSIBLE,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=("client-not-allowed",),
        ),
        Message(
            '{"code":"900909","message":"The subscription to the API is inactive"',
            "subscription-wrong-product",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
        ),
        Message(
            "status: (900909) - The subscription to the API is inactive",
            "subscription-wrong-product",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
        ),
        Message(
            '{"code":"900910","message":"The access token does not allow you to access the requested resource"',
            "scope-missing",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=("role-insufficient",),
        ),
        Message(
            "status: (900910) - The access token does not allow you to access the requested resource",
            "scope-missing",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
            also=("role-insufficient",),
        ),
        Message(
            '{"code":"900803","message":"Message throttled out"',
            "rate-or-quota-exceeded",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
        ),
        Message(
            '{"code":"900800","message":"Message throttled out"',
            "rate-or-quota-exceeded",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
        ),
        Message(
            '{"code":"900804","message":"Message throttled out"',
            "rate-or-quota-exceeded",
            Confidence.LIKELY,
            "response",
            "apim.docs.wso2.com Error Handling: API handlers error codes (text not re-read at the source)",
        ),
    ),
)
