"""The token was issued in the tenant the API accepts, and its claims agree about that.

Spec: Microsoft Entra access token claims (tid, iss). Reads: tid, iss, expectation.tenant.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.claims import tenant_of
from console.core.checks.wording import shown, type_name
from console.core.compare import is_guid, same_id
from console.core.finding import Finding, fail, passed, unknown, warn
from console.core.issuers import read_issuer
from console.core.owner import Owner


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, expected = context.token.claims or {}, context.expectation.tenant
    if "tid" in claims and not isinstance(claims["tid"], str):
        return _wrong_type(claims["tid"])
    actual = tenant_of(context.token)
    if actual is None:
        return unknown("The token does not name a tenant.", missing="a tid claim or an issuer with a tenant in it")
    if conflict := _conflict(context, actual):
        return conflict
    if not expected:
        return unknown("The API does not say which tenant it accepts.", missing="the tenant", actual=actual)
    if not is_guid(expected) and is_guid(actual):
        return unknown("A tenant's name cannot be compared with its id.", missing="the id of the tenant", actual=actual)
    if same_id(actual, expected):
        return passed("The token comes from the expected tenant.", actual=actual, expected=expected)
    return fail(
        "The token comes from another tenant.",
        why=f"tid is {shown(actual)}; this API accepts {shown(expected)}.",
        do=f"Request the token in the tenant {shown(expected)}.",
        who=Owner.INTEGRATOR,
        actual=actual,
        expected=expected,
    )


def _conflict(context: Context, tenant: str) -> Finding | None:
    issuer = context.token.text_claim("iss")
    named = read_issuer(issuer).tenant if issuer else ""
    if not is_guid(named) or same_id(named, tenant):
        return None
    return warn(
        "The claims of the token name two tenants.",
        why=f"tid is {shown(tenant)}; iss names {shown(named)}.",
        do="Get a token from the provider itself; no provider issues a token like this one.",
        who=Owner.INTEGRATOR,
        actual=tenant,
        expected=named,
    )


def _wrong_type(value: object) -> Finding:
    return fail(
        "The tenant of the token cannot be read.",
        why=f"tid is {type_name(value)}, not text.",
        do="Get a token from the provider itself.",
        who=Owner.INTEGRATOR,
    )


CHECK = Check(
    code="tenant",
    title="Tenant is the expected one",
    source="Microsoft Entra: access token claims reference",
    why="The same application can exist in many tenants; an API usually serves one.",
    run=run,
    claims=("tid",),
    is_for_api=True,
)
