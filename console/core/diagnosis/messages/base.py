"""A message that software prints when a request is refused, and what it tells by itself.

The rows were read in the source or documentation of what prints them; where a wording was not re-read there, its
`source` says so.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from console.core.diagnosis.terms import Confidence

Where = Literal["response", "www-authenticate", "log", "exception", "console"]


class Hole(StrEnum):
    """What the value in a hole of a template is."""

    AUDIENCE = "aud in token"
    AUDIENCE_EXPECTED = "aud expected"
    ISSUER = "iss in token"
    ISSUER_EXPECTED = "iss expected"
    TENANT = "tenant in token"
    TENANT_EXPECTED = "tenant expected"
    ALGORITHM = "alg in token header"
    KEY_ID = "kid in token header"
    TYPE = "typ in token"
    TYPE_EXPECTED = "typ expected"
    EXPIRES = "exp of token"
    NOT_BEFORE = "nbf of token"
    SERVER_TIME = "server time"
    CLAIM = "claim name"
    CLAIM_VALUE = "claim value"
    CLAIM_VALUE_EXPECTED = "claim value expected"
    SCOPE = "scope in token"
    SCOPE_REQUIRED = "scope required"
    ROLE_REQUIRED = "role required"
    CLIENT = "client id"
    OTHER_CLIENT = "other client id"
    CLIENT_AUTHENTICATION = "client authentication used"
    GRANT_TYPE = "grant type"
    PARAMETER = "parameter name"
    REDIRECT = "redirect_uri sent"
    REDIRECT_REGISTERED = "redirect_uri registered"
    HOST = "host name"
    METADATA = "metadata address"
    KEY_SET = "key set address"
    TOKEN_ENDPOINT = "token endpoint"
    ADDRESS = "request address"
    CALLER = "caller address"
    ASSERTION_ID = "jti"
    INNER = "inner error"


@dataclass(frozen=True, slots=True)
class Message:
    """`template` is the text with `{holes}`; a JSON body or a challenge stands as it is sent.

    `cause` is the slug to name first where there is nothing but this message, "" where it alone names none; `also`
    other causes that print the same. `decides` is how far it goes at most. `holes` says what the values are.
    """

    template: str
    cause: str
    decides: Confidence
    where: Where
    source: str
    also: tuple[str, ...] = ()
    holes: dict[str, Hole] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """The messages of one validator, gateway, server or library."""

    name: str
    messages: tuple[Message, ...]
