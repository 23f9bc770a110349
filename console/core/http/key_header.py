"""Which header a subscription key may travel in: one that means nothing else to any server or proxy on the way."""

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110 section 5.6.2
_CREDENTIALS = frozenset({
    "authorization", "cookie", "cookie2", "set-cookie", "set-cookie2", "www-authenticate", "dpop", "dpop-nonce",
    "authentication-info", "signature", "signature-input",
})  # fmt: skip
_FRAMING = frozenset({
    "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "content-type",
    "content-encoding", "content-range", "expect", "accept", "accept-encoding", "accept-charset", "range", "date",
})  # fmt: skip
_ROUTING = frozenset({
    "host", "forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "origin", "referer",
    "x-original-url", "x-rewrite-url", "x-original-host", "x-host", "x-http-method", "x-http-method-override",
    "x-method-override", "max-forwards", "user-agent", "location", "destination", "x-arr-clientcert", "client-cert",
})  # fmt: skip
_PREFIXES = ("proxy-", "x-forwarded-", "sec-", "access-control-", "if-", "content-security-", ":")


def key_header_problem(name: str) -> str:
    """One sentence why a key is not sent under this name; "" when it may be (RFC 9110 sections 7.6.1 and 10.1)."""
    lower = name.lower().replace("_", "-")  # CGI and its heirs make no difference between the two
    if not _TOKEN.fullmatch(name) and not name.startswith(":"):
        return "This is not a header name: use letters, digits and hyphens, without blank or colon."
    if lower in _CREDENTIALS:
        return f"The header {name} carries credentials of its own, so a subscription key is not sent in it."
    if lower in _FRAMING or lower in _ROUTING or lower.startswith(_PREFIXES):
        return f"The header {name} steers the request itself, so a subscription key is not sent in it."
    return ""
