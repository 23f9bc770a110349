"""The client that obtained the token is one the API allows.

Spec: OpenID Connect Core section 2 (azp), RFC 9068 section 2.2 (client_id); Entra v1 tokens say appid.
Reads: azp, appid or client_id (text), expectation.authorized_parties.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import authorized_party
from console.core.checks.wording import listed, shown, type_name
from console.core.compare import WIDENS, same_id
from console.core.finding import Finding, fail, passed, unknown
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    expected, found = context.expectation.authorized_parties, authorized_party(context.token)
    if not expected:
        actual = found[1] if found else None
        return unknown("The API does not say which clients may call it.", missing="the list of clients", actual=actual)
    if found is None:
        return _unnamed("The token has neither azp nor appid.", expected)
    name, actual = found
    if not isinstance(actual, str):
        return _unnamed(f"{name} is {type_name(actual)}, not text.", expected)
    if any(same_id(actual, one) for one in expected):
        return passed("The calling client is allowed.", actual=actual, expected=list(expected))
    return fail(
        "The API does not allow this client.",
        why=f"{name} is {shown(actual)}; this API allows {listed(expected)}.",
        do=f"Use a client that the API already allows, or have {shown(actual)} added to those: {WIDENS}.",
        who=Owner.API_OWNER,
        actual=actual,
        expected=list(expected),
    )


def _unnamed(why: str, expected: tuple[str, ...]) -> Finding:
    return fail(
        "The token does not say which client obtained it.",
        why=f"{why} This API allows {listed(expected)}.",
        do="Get an access token from the provider's token endpoint; an ID token or a foreign token lacks this claim.",
        who=Owner.INTEGRATOR,
        expected=list(expected),
    )


CHECK = Check(
    code="authorized_party",
    title="Client is allowed",
    source="OpenID Connect Core 1.0 section 2",
    why="Some APIs let only named clients in, whatever their token says otherwise.",
    run=run,
    claims=("azp", "appid"),
    is_for_api=True,
    first_word="client",
)
