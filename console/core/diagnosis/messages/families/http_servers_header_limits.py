"""What HTTP servers header limits prints when it refuses something. Data only."""

from console.core.diagnosis.messages.base import Family, Message
from console.core.diagnosis.terms import Confidence

FAMILY = Family(
    "HTTP servers header limits",
    (
        Message(
            "<head><title>400 Request Header Or Cookie Too Large</title></head>",
            "request-header-too-large",
            Confidence.CERTAIN,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "Size of a request header field exceeds server limit.",
            "request-header-too-large",
            Confidence.CERTAIN,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "HTTP Error 400. The size of the request headers is too long.",
            "request-header-too-large",
            Confidence.CERTAIN,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "Request headers too long.",
            "request-header-too-large",
            Confidence.CERTAIN,
            "log",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "Request header is too large",
            "request-header-too-large",
            Confidence.CERTAIN,
            "log",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "HTTP/1.1 431 Request Header Fields Too Large\nConnection: close",
            "request-header-too-large",
            Confidence.CERTAIN,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
        Message(
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate\nWWW-Authenticate: NTLM",
            "other-authentication-layer",
            Confidence.LIKELY,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
            also=(
                "authorization-header-missing",
                "bearer-scheme-malformed",
            ),
        ),
        Message(
            'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm="restricted"',
            "other-authentication-layer",
            Confidence.LIKELY,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
            also=(
                "authorization-header-missing",
                "auth-scheme-not-supported",
            ),
        ),
        Message(
            "HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM",
            "other-authentication-layer",
            Confidence.LIKELY,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
            also=("connection-blocked",),
        ),
        Message(
            "HTTP/1.1 405 Method Not Allowed\nAllow: GET, HEAD",
            "path-or-method-unknown",
            Confidence.LIKELY,
            "response",
            "nginx ngx_http_special_response.c, apache httpd, Kestrel CoreStrings, Tomcat Http11InputBuffer, IIS http.sys (text not re-read at the source)",
        ),
    ),
)
