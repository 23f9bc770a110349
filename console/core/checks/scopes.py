"""The token carries a scope the API asks for.

Spec: RFC 9068 section 2.2.3, RFC 6749 section 3.3. Reads: scp (Entra) or scope, expectation.scopes (any one
is enough).
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import is_app_only
from console.core.checks.wording import listed, type_name
from console.core.compare import WIDENS, scope_set
from console.core.finding import Finding, fail, not_applicable, passed, unknown
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, expectation = context.token.claims or {}, context.expectation
    name = "scp" if "scp" in claims or "scope" not in claims else "scope"
    if not expectation.scopes:
        if expectation.roles and name not in claims and is_app_only(context.token):
            return not_applicable("The token is app-only; its roles decide.")
        return unknown(
            "The API does not say which scope it asks for.",
            missing="the list of scopes",
            actual=claims.get(name),
        )
    if name not in claims:
        return _without_scopes(context)
    actual = scope_set(claims[name])
    if actual is None:
        return _wrong_type(name, claims[name], expectation.scopes)
    if actual & set(expectation.scopes):
        return passed(
            "The token carries a scope the API asks for.",
            actual=sorted(actual),
            expected=list(expectation.scopes),
        )
    return fail(
        "The token carries other scopes than the API asks for.",
        why=f"{name} is {listed(sorted(actual))}; this API asks for {listed(expectation.scopes)}.",
        do=context.words.request(expectation.scopes[0]),
        who=Owner.INTEGRATOR,
        actual=sorted(actual),
        expected=list(expectation.scopes),
    )


def _without_scopes(context: Context) -> Finding:
    expectation = context.expectation
    app_only = is_app_only(context.token)
    if expectation.roles and app_only:
        return not_applicable("The token is app-only; its roles decide.")
    kind = "an app-only token, which never carries scopes" if app_only else "a token without scopes"
    scope = expectation.scopes[0]
    of_person = f"Get a token on behalf of a person with the scope {scope}, or have the API accept a role: {WIDENS}."
    return fail(
        "The token carries no scopes.",
        why=f"It is {kind}; this API asks for {listed(expectation.scopes)}.",
        do=of_person if app_only else context.words.request(scope),
        who=Owner.INTEGRATOR,
        expected=list(expectation.scopes),
    )


def _wrong_type(name: str, value: object, expected: tuple[str, ...]) -> Finding:
    return fail(
        "The scopes of the token cannot be read.",
        why=f"{name} is {type_name(value)}, not text; this API asks for {listed(expected)}.",
        do="Have the provider corrected: scopes are one text with blanks between them.",
        who=Owner.IDENTITY_PROVIDER,
        expected=list(expected),
    )


CHECK = Check(
    code="scopes",
    title="Scope is there",
    source="RFC 9068 section 2.2.3",
    why="A token of a person is permitted to do only what its scopes say.",
    run=run,
    claims=("scp",),
    is_for_api=True,
    first_word="scopes",
)
