"""What nginx auth_jwt prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Hole, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "nginx auth_jwt",
    (
        Message(
            "JWT was not provided",
            "authorization-header-missing",
            Confidence.LIKELY,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
            also=(
                "authorization-header-stripped",
                "redirect-drops-authorization",
                "token-in-wrong-header",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            "JWT is expired",
            "token-expired",
            Confidence.LIKELY,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
            also=("clock-skew",),
        ),
        Message(
            "JWT signature validation failed: error:02000068:rsa routines::bad signature",
            "signature-invalid",
            Confidence.LIKELY,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
            also=(
                "jwks-wrong-source",
                "signing-algorithm-mismatch",
                "app-specific-signing-key",
                "token-for-graph",
            ),
        ),
        Message(
            'no JWK found for kid "{kid}"',
            "jwks-wrong-source",
            Confidence.POSSIBLE,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
            also=(
                "jwks-cache-stale",
                "signing-key-retired",
                "app-specific-signing-key",
            ),
            holes={"kid": Hole.KEY_ID},
        ),
        Message(
            "auth_jwt_key_request failed: upstream timed out (110: Connection timed out) while connecting to upstream",
            "metadata-unreachable",
            Confidence.LIKELY,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
            also=(
                "metadata-url-invalid",
                "connection-blocked",
                "tls-untrusted-certificate",
            ),
        ),
        Message(
            "client sent no required SSL certificate while reading client request headers",
            "client-certificate-not-accepted",
            Confidence.CERTAIN,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
        ),
        Message(
            "client SSL certificate verify error: (21:unable to verify the first certificate) while reading client request headers",
            "client-certificate-not-accepted",
            Confidence.CERTAIN,
            "log",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
        ),
        Message(
            "<html><head><title>400 No required SSL certificate was sent</title></head><body><center><h1>400 Bad Request</h1></center><center>No required SSL certificate was sent</center></body></html>",
            "client-certificate-not-accepted",
            Confidence.CERTAIN,
            "response",
            "nginx documentation ngx_http_auth_jwt_module + nginx plus error log:error log (text not re-read at the source)",
        ),
    ),
)
