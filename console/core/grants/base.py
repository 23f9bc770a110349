"""How to get a token. A grant builds the token request; MSAL or the plain transport sends it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grant:
    """`grant_type` verbatim as on the wire (RFC 6749); `code` is our word for it, used in forms and rows."""

    code: str
    title: str
    grant_type: str
    source: str
    scope_rule: str  # one sentence for people: what the scope of this grant looks like
