"""The token carries a role the API asks for.

Spec: RFC 9068 section 2.2.3.1; Entra writes app roles into roles. Reads: roles (list of text),
expectation.roles (any one is enough).
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import is_app_only
from console.core.checks.wording import listed, type_name
from console.core.compare import role_set
from console.core.finding import Finding, fail, not_applicable, passed, unknown
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, expectation = context.token.claims or {}, context.expectation
    if not expectation.roles:
        return unknown(
            "The API does not say which role it asks for.",
            missing="the list of roles",
            actual=claims.get("roles"),
        )
    if "roles" not in claims:
        return _without_roles(context)
    actual = role_set(claims["roles"])
    if actual is None:
        return _wrong_type(claims["roles"], expectation.roles)
    if actual & set(expectation.roles):
        return passed(
            "The token carries a role the API asks for.",
            actual=sorted(actual),
            expected=list(expectation.roles),
        )
    if expectation.scopes and not is_app_only(context.token):
        return not_applicable("The token acts for a person; its scopes decide.")
    return fail(
        "The token carries other roles than the API asks for.",
        why=f"roles are {listed(sorted(actual))}; this API asks for {listed(expectation.roles)}.",
        do=context.words.grant(f"the role {expectation.roles[0]}"),
        who=Owner.TENANT_ADMIN,
        actual=sorted(actual),
        expected=list(expectation.roles),
    )


def _without_roles(context: Context) -> Finding:
    expected = context.expectation.roles
    app_only = is_app_only(context.token)
    if context.expectation.scopes and not app_only:
        return not_applicable("The token acts for a person; its scopes decide.")
    kind = "app-only token" if app_only else "token of a person"
    return fail(
        "The token carries no roles.",
        why=f"This {kind} has no roles claim; this API asks for {listed(expected)}.",
        do=context.words.grant(f"the role {expected[0]}"),
        who=Owner.TENANT_ADMIN,
        expected=list(expected),
    )


def _wrong_type(value: object, expected: tuple[str, ...]) -> Finding:
    return fail(
        "The roles of the token cannot be read.",
        why=f"roles is {type_name(value)}, not a list of texts; this API asks for {listed(expected)}.",
        do="Have the provider's claims mapping corrected: roles must be a list of texts.",
        who=Owner.IDENTITY_PROVIDER,
        expected=list(expected),
    )


CHECK = Check(
    code="roles",
    title="Role is there",
    source="RFC 9068 section 2.2.3.1",
    why="An app-only token is permitted to do only what its roles say.",
    run=run,
    claims=("roles",),
    is_for_api=True,
    first_word="roles",
)
