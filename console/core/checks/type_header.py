"""The header does not say that this is another kind of token.

Spec: RFC 9068 section 2.1, RFC 8725 section 3.11. Reads: header.typ.
"""

from typing import Any

from console.core.checks.base import Check, Context
from console.core.checks.wording import shown, type_name
from console.core.finding import Finding, Status, fail, not_applicable, passed, unknown, warn
from console.core.owner import Owner

OTHER_KINDS = {
    "logout+jwt": "a logout message",
    "dpop+jwt": "a DPoP proof",
    "client-authentication+jwt": "a client assertion",
    "oauth-authz-req+jwt": "an authorization request",
    "secevent+jwt": "a security event",
    "secevt+jwt": "a security event",
    "token-introspection+jwt": "an introspection answer",
    "userinfo+jwt": "user information",
    "entity-statement+jwt": "a federation statement",
    "refresh+jwt": "a refresh token",
    "kb+jwt": "a proof of a credential's holder",
    "dc+sd-jwt": "a digital credential",
    "vc+sd-jwt": "a digital credential",
}
_SEND = "Send the access token."


def run(context: Context) -> Finding:
    header = context.token.header
    if header is None:
        return unknown("The header of the token cannot be read.", missing="a token with a readable header")
    if "typ" not in header:
        return not_applicable("The header has no typ; that is allowed.")
    value = header["typ"]
    if not isinstance(value, str):
        return _wrong_type(value)
    kind = value.lower().removeprefix("application/")
    if kind == "at+jwt":
        return passed("The header says that this is an access token.", actual=value)
    if kind == "jwt":
        why = "Most providers write JWT; an API that demands at+jwt (RFC 9068) would refuse it."
        return Finding(Status.PASS, "The header says only that this is a JWT.", why, actual=value)
    if kind in OTHER_KINDS:
        return fail(
            f"The header says that this is {OTHER_KINDS[kind]}.",
            why=f"typ is {shown(value)}; access tokens say at+jwt or JWT.",
            do=_SEND,
            who=Owner.INTEGRATOR,
            actual=value,
            expected=["at+jwt", "JWT"],
        )
    return warn(
        "The header names a kind of token that is not known here.",
        why=f"typ is {shown(value)}; access tokens say at+jwt or JWT, and an API may refuse anything else.",
        do=f"{_SEND[:-1]}, or ask the provider what this one is for.",
        who=Owner.INTEGRATOR,
        actual=value,
        expected=["at+jwt", "JWT"],
    )


def _wrong_type(value: Any) -> Finding:
    return fail(
        "The kind of the token cannot be read.",
        why=f"typ is {type_name(value)}, not text.",
        do="Have the issuer write typ as at+jwt or JWT.",
        who=Owner.IDENTITY_PROVIDER,
    )


CHECK = Check(
    code="type_header",
    title="No other kind of token",
    source="RFC 8725 section 3.11",
    why="Tokens of one issuer are signed with one key; only typ keeps one kind from being taken for another.",
    run=run,
)
