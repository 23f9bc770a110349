"""One look for what every name of a secret has in it: a text without any of it names none, and needs no closer look."""

from console.core.redaction.names import (  # fmt: skip
    AUTHORIZATION_HEADERS,
    COOKIE_HEADERS,
    QUERY_NAMES,
    SECRET_HEADERS,
    SECRET_NAMES,
    TOKEN_HEADERS,
    TOKEN_NAMES,
)

# The same as in `names`; then those of headers and of the elements of signed XML.
STEMS = (
    *("pass", "pwd", "secret", "token", "key", "sig", "otp", "code", "assertion", "saml", "auth", "conn", "session"),
    *("csrf", "cookie", "dpop", "bearer", "principal", "oidc", "cipher"),
)
NAMES = (
    TOKEN_NAMES | SECRET_NAMES | QUERY_NAMES | AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS | SECRET_HEADERS
)


def stems_in(lower: str) -> frozenset[str]:
    """Those that a text in lower case holds."""
    return frozenset(stem for stem in STEMS if stem in lower)


def is_plain(text: str, stems: frozenset[str]) -> bool:
    """Whether nothing in a body can name a secret, nor be written so that a name is not seen: by escapes of JSON, as
    percents, as characters of XML, or as the user of an address. `stems` are those in the text.
    """
    return not (
        stems or "%" in text or "&" in text or "\\u" in text or "\\/" in text or ("@" in text and "://" in text)
    )
