"""The token is an access token for this API: no ID token, no Microsoft Graph token, nothing opaque.

Spec: RFC 9068 section 2.1, OpenID Connect Core section 2. Reads: kind, header.typ, aud, marks of ID and
refresh tokens.
"""

from console.core.checks.base import Check, Context
from console.core.checks.claims import id_token_mark, is_for_graph, is_refresh_token
from console.core.checks.wording import how_to_ask, listed
from console.core.finding import Finding, fail, notice, passed, unknown, warn
from console.core.owner import Owner
from console.core.tokens.token import TokenKind


def run(context: Context) -> Finding:
    token = context.token
    if token.kind in {TokenKind.OPAQUE, TokenKind.JWE}:
        return _not_readable(token.kind)
    if token.claims is None:
        return unknown("What kind of token this is cannot be told.", missing="a token with readable claims")
    if is_refresh_token(token):
        return _wrong_kind(
            "This is a refresh token.",
            f"typ is {token.claims.get('typ')}; refresh tokens go to the token endpoint only.",
        )
    if mark := id_token_mark(token):
        return _id_token(context, mark)
    if is_for_graph(token):
        return _graph_token(context)
    return passed("Nothing speaks against an access token.", actual=(token.header or {}).get("typ"))


def _not_readable(kind: TokenKind) -> Finding:
    what = "The token is encrypted." if kind is TokenKind.JWE else "The token is opaque."
    return notice(
        what,
        why="Only the party it was made for can read it, so its claims cannot be judged here.",
        do="Ask for a token of your own API, or judge it by the answer the API gives.",
        who=Owner.INTEGRATOR,
    )


def _id_token(context: Context, mark: str) -> Finding:
    why = (
        f"It carries {mark} and neither scopes nor roles: it tells the client who signed in, "
        "and is not meant for an API."
    )
    if set(context.token.audiences or ()) & set(context.expectation.audiences):
        return warn(
            "This looks like an ID token.",
            why=f"{why} Its audience is one that this API accepts.",
            do="Send the access token of the same answer.",
            who=Owner.INTEGRATOR,
        )
    return _wrong_kind("This is an ID token.", why)


def _wrong_kind(what: str, why: str) -> Finding:
    return fail(what, why=why, do="Send the access token of the same answer.", who=Owner.INTEGRATOR)


def _graph_token(context: Context) -> Finding:
    expected, actual = context.expectation.audiences, context.token.audiences or ()
    if set(actual) & set(expected):
        return passed("The token is for Microsoft Graph, as expected.", actual=list(actual))
    if not expected:
        return notice(
            "This is a token for Microsoft Graph.",
            why="No other API can verify or accept it.",
            do="Request a scope of your own API.",
            who=Owner.INTEGRATOR,
            actual=list(actual),
        )
    return fail(
        "This is a token for Microsoft Graph.",
        why=f"aud is {listed(actual)}; this API accepts {listed(expected)}.",
        do=how_to_ask(context.words, expected),
        who=Owner.INTEGRATOR,
        actual=list(actual),
        expected=list(expected),
    )


CHECK = Check(
    code="token_type",
    title="Access token for this API",
    source="RFC 9068 section 2.1",
    why="ID tokens, refresh tokens and tokens for Microsoft Graph look alike and are refused by every other API.",
    run=run,
)
