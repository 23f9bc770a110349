"""The token comes from an issuer the API trusts.

Spec: RFC 7519 section 4.1.1, RFC 9207 section 2.4 (simple string comparison). Reads: iss,
expectation.issuers.
"""

from console.core.checks.base import Check, Context, unreadable
from console.core.checks.wording import listed, shown, type_name
from console.core.compare import WIDENS
from console.core.finding import Finding, fail, passed, unknown
from console.core.issuers import Relation, issuers_relation
from console.core.owner import Owner

_BY_RELATION: dict[Relation, tuple[str, str, Owner]] = {
    "version_mix": (
        "The issuer is the right tenant in the other token version.",
        "Set requestedAccessTokenVersion of the API's registration to the version expected here, or have the API "
        f"accept this issuer too: {WIDENS}.",
        Owner.API_OWNER,
    ),
    "other_tenant": (
        "The token comes from another {space}.",
        "Request the token in the {space} that the API accepts, or have the API accept this one too: " + WIDENS + ".",
        Owner.INTEGRATOR,
    ),
    "spelling": (
        "The issuer is spelled differently from the accepted one.",
        "Configure the issuer exactly as the token spells it, slash by slash.",
        Owner.API_OWNER,
    ),
    "other": (
        "The token comes from an issuer the API does not trust.",
        "Request the token from the issuer that the API accepts.",
        Owner.INTEGRATOR,
    ),
}
_NEAREST: tuple[Relation, ...] = ("version_mix", "spelling", "other_tenant", "other")


def run(context: Context) -> Finding:
    if blocked := unreadable(context):
        return blocked
    claims, expected = context.token.claims or {}, context.expectation.issuers
    issuer = claims.get("iss")
    if not expected:
        return unknown("The API does not say which issuers it trusts.", missing="the list of issuers", actual=issuer)
    if not isinstance(issuer, str):
        return _without_issuer("iss" in claims, issuer, expected)
    if issuer in expected:
        return passed("The issuer is trusted.", actual=issuer, expected=list(expected))
    relation = nearest_relation(issuer, expected)
    what, do, who = _BY_RELATION[relation]
    space = context.words.space
    why = f"iss is {shown(issuer)}; this API accepts {listed(expected)}."
    return fail(
        what.format(space=space), why=why, do=do.format(space=space), who=who, actual=issuer, expected=list(expected)
    )


def nearest_relation(issuer: str, expected: tuple[str, ...]) -> Relation:
    """How near an issuer that matches none of the accepted ones comes."""
    relations = {issuers_relation(issuer, one) for one in expected}
    return next((relation for relation in _NEAREST if relation in relations), "other")


def _without_issuer(is_there: bool, value: object, expected: tuple[str, ...]) -> Finding:
    return fail(
        "The token does not name its issuer.",
        why=f"iss is {type_name(value)}, not text." if is_there else "The token has no iss claim.",
        do=f"Request the token from {listed(expected)}.",
        who=Owner.INTEGRATOR,
        expected=list(expected),
    )


CHECK = Check(
    code="issuer",
    title="Issuer is trusted",
    source="RFC 7519 section 4.1.1",
    why="A token is worth as much as the server that issued it.",
    run=run,
    claims=("iss",),
    is_for_api=True,
)
