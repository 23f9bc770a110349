"""The token has the version whose claims the API expects.

Spec: Microsoft Entra access token claims (ver). Reads: ver (text), else the form of iss;
expectation.token_version.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import token_version
from console.core.checks.wording import shown, type_name
from console.core.compare import WIDENS
from console.core.finding import Finding, fail, not_applicable, passed, unknown
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, expected = context.token.claims or {}, context.expectation.token_version
    if "ver" in claims and not isinstance(claims["ver"], str):
        return fail(
            "The version of the token cannot be read.",
            why=f"ver is {type_name(claims['ver'])}, not text.",
            do="Get a token from the provider itself.",
            who=Owner.INTEGRATOR,
        )
    actual = token_version(context.token)
    if actual is None:
        return not_applicable("The token has no version; only Entra and servers like it write one.")
    if not expected:
        return unknown(
            "The API does not say which token version it expects.", missing="the token version", actual=actual
        )
    if actual == expected:
        return passed("The token has the expected version.", actual=actual, expected=expected)
    return fail(
        "The token has the other version.",
        why=f"ver is {shown(actual)}; this API expects {shown(expected)}. The version is set by the API's "
        "own registration, "
        "not by the endpoint the client used.",
        do=f"Set requestedAccessTokenVersion of the API's registration to {expected[:1]}, or have the API "
        f"accept {shown(actual)} too: {WIDENS}.",
        who=Owner.API_OWNER,
        actual=actual,
        expected=expected,
    )


CHECK = Check(
    code="token_version",
    title="Token version fits",
    source="Microsoft Entra: access token claims reference",
    why="Issuer, audience and client claim look different in version 1.0 and 2.0.",
    run=run,
    claims=("ver",),
    is_for_api=True,
)
