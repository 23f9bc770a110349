"""Required claims: which clients they let in, and which can never be met."""

import re
from collections.abc import Iterator

from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.expressions import reads_variable
from console.core.policy.lint.places import expressions_of
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import TokenPolicy, WantedClaim

_RESTRICTING = frozenset(
    {
        "azp",
        "appid",
        "client_id",
        "cid",
        "sub",
        "oid",
        "roles",
        "role",
        "scp",
        "scope",
        "scopes",
        "groups",
        "wids",
        "permissions",
        "entitlements",
    }
)
_ONE_VALUE = frozenset(
    {"azp", "appid", "client_id", "iss", "tid", "sub", "oid", "ver", "idtyp", "azpacr", "appidacr", "acr", "exp", "nbf"}
)
_SEVERAL_VALUES = frozenset({"roles", "groups", "wids", "scp", "scope", "scopes", "permissions"})
_SCOPES = frozenset({"scp", "scope", "scopes"})
_KNOWN = frozenset(
    {
        "aud",
        "iss",
        "azp",
        "appid",
        "roles",
        "scp",
        "tid",
        "sub",
        "oid",
        "groups",
        "wids",
        "ver",
        "idtyp",
        "exp",
        "nbf",
        "iat",
        "upn",
        "email",
    }
)
_NOT_ENTRA = {
    "role": "roles",
    "scope": "scp",
    "scopes": "scp",
    "client_id": "azp (v2 tokens) or appid (v1 tokens)",
    "clientid": "azp (v2 tokens) or appid (v1 tokens)",
    "tenant": "tid",
    "tenantid": "tid",
    "tenant_id": "tid",
}
_ONE_OF_MANY = re.compile(r"[\w.:/@\-]+")


@rule(
    "any-client-accepted",
    "Any client of the issuer passes",
    why="By default Microsoft Entra gives every application of the tenant a token for the API, permitted or not.",
    do="Ask for a role or a scope in required-claims, or list the clients (azp, appid or client-application-ids).",
    is_commonplace=True,
)
def any_client_accepted(ground: Ground) -> Iterator[Remark]:
    for policy in ground.inbound_policies:
        is_narrow = policy.clients or any(claim.name in _RESTRICTING for claim in policy.claims)
        trusts_issuer = policy.metadata or policy.is_azure_ad
        if trusts_issuer and not is_narrow and not _is_judged_later(ground, policy):
            text = "The policy names no client, role or scope: every client that its issuer serves passes."
            yield Remark(text, policy.path)


def _is_judged_later(ground: Ground, policy: TokenPolicy) -> bool:
    name = policy.output_variable
    return bool(name) and any(reads_variable(text, name) for place in ground.places for text in expressions_of(place))


@rule(
    "version-mismatch",
    "Token versions do not fit",
    why="Issuer, audience and client claim (appid or azp) differ between v1 and v2 tokens of Microsoft Entra.",
    do="Use metadata, issuer and claim names of the version that the API's registration asks for "
    "(requestedAccessTokenVersion).",
)
def version_mismatch(ground: Ground) -> Iterator[Remark]:
    by_claim = {"azp": "2.0", "azpacr": "2.0", "appid": "1.0", "appidacr": "1.0"}
    for policy in ground.token_policies:
        versions = policy.versions
        for claim in policy.claims:
            version = by_claim.get(claim.name)
            if versions is not None and version is not None and version not in versions:
                text = (
                    f"The claim {claim.name} stands only in tokens of version {version}; the issuer "
                    f"{listed((*policy.metadata, *policy.issuers))} is that of version {min(versions)}."
                )
                yield Remark(text, policy.path)


@rule(
    "match-all-single-valued",
    "All of several values wanted of a single one",
    why="Without match the gateway wants every listed value, and this claim has only one: no token passes.",
    do='Set match="any" on the claim.',
    is_decisive=True,
)
def match_all_single_valued(ground: Ground) -> Iterator[Remark]:
    for policy, claim in _claims(ground):
        is_single = claim.name in _ONE_VALUE or (claim.name == "aud" and policy.is_entra)
        if is_single and claim.wants_all and len(claim.literals) > 1:
            text = f"{claim.name} has one value in a token, but the policy wants {listed(claim.literals)} all at once."
            yield Remark(text, policy.path)


@rule(
    "match-default-all",
    "Every listed value is needed",
    why='A claim without match means match="all", which is seldom what a list of roles or scopes is meant to say.',
    do='Set match="any" if one value is enough, or match="all" to say that all are meant.',
)
def match_default_all(ground: Ground) -> Iterator[Remark]:
    for policy, claim in _claims(ground):
        if claim.name in _SEVERAL_VALUES and claim.match is None and len(claim.literals) > 1:
            text = f"The claim {claim.name} does not say match, so a token needs {listed(claim.literals)} together."
            yield Remark(text, policy.path)


@rule(
    "scope-separator",
    "Scopes are not taken apart",
    why="A token with two scopes holds them in one text, which is then compared as a whole.",
    do='Set separator=" " on the claim.',
)
def scope_separator(ground: Ground) -> Iterator[Remark]:
    for policy, claim in _claims(ground):
        if claim.name not in _SCOPES or not claim.literals or (claim.separator or "") == " " or _has_list(policy):
            continue
        if claim.separator is None or not claim.separator.isspace():
            how = f"splits it at {claim.separator!r}" if claim.separator else "does not split it"
            text = (
                f"{claim.name} holds all scopes in one text with blanks between them; the policy {how}, so "
                f"{listed(claim.literals, 'or')} is found only in a token with that one scope."
            )
            yield Remark(text, policy.path)


def _has_list(policy: TokenPolicy) -> bool:
    """Okta and Auth0 style providers write scp as a list, which needs no separator."""
    return any("okta" in url.lower() or "/oauth2/" in url.lower() for url in policy.metadata)


@rule(
    "value-holds-separator",
    "Wanted value holds the separator",
    why="Only the token's text is taken apart at the separator, never the policy's, so no part can equal this value.",
    do="Give each part a value element of its own.",
)
def value_holds_separator(ground: Ground) -> Iterator[Remark]:
    for policy, claim in _claims(ground):
        if claim.separator and (held := [value for value in claim.literals if claim.separator in value]):
            text = (
                f"The token's {claim.name} is split at {claim.separator!r}, so the wanted {listed(held, 'or')}, "
                "which holds it, can never be found."
            )
            yield Remark(text, policy.path)


@rule(
    "several-in-one-value",
    "Several values in one element",
    why="A list in one element, often from a named value, is compared as it stands.",
    do="Give each value an element of its own.",
)
def several_in_one_value(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        named = [("audiences", policy.audiences or ()), ("issuers", policy.issuers), ("application-id", policy.clients)]
        named += [(f"the claim {one.name}", one.values) for one in policy.claims if one.separator not in (",", ";")]
        for name, values in named:
            if lists := [value for value in values if _is_list(value)]:
                text = f"{listed(lists)} in {name} is compared as one text, commas included; it is never taken apart."
                yield Remark(text, policy.path)


def _is_list(value: str) -> bool:
    parts = [part.strip() for part in value.replace(";", ",").split(",")]
    return is_literal(value) and len(parts) > 1 and all(_ONE_OF_MANY.fullmatch(part) for part in parts)


@rule(
    "roles-and-scopes",
    "Roles and scopes in one policy",
    why="Applications get roles, persons get scopes, and only a person who also has a role carries both.",
    do="Use one token policy for each kind of caller in a choose, or ask for only one of the two.",
)
def roles_and_scopes(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        scopes = policy.claims_named("scp", "scope")
        if scopes and policy.claims_named("roles"):
            text = (
                f"The policy wants roles and {scopes[0].name} in one token: no app-only token passes, and a person's "
                "token only when the person has a role."
            )
            yield Remark(text, policy.path)


@rule(
    "claims-exclude-each-other",
    "Two claims that no token meets",
    why="Every claim element must be met, so a second one for the same claim narrows and never widens.",
    do='Put all values into one claim element with match="any".',
    is_decisive=True,
)
def claims_exclude_each_other(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        left: dict[str, tuple[str, ...]] = {}
        for claim in policy.claims:
            wanted = set(claim.values)
            if claim.name not in _ONE_VALUE or not wanted or len(claim.literals) < len(wanted):
                continue
            before = left.get(claim.name, claim.values)
            left[claim.name] = tuple(value for value in before if value in wanted)
            if before and not left[claim.name]:
                apart = f"{listed(before, 'or')} and {listed(claim.values, 'or')}"
                text = f"{claim.name} has one value in a token, but must be {apart}."
                yield Remark(text, policy.path)


@rule(
    "claim-name",
    "Claim that tokens do not have",
    why="Claim names are compared letter by letter with the token's own, short names.",
    do="Use the name as it stands in a decoded token.",
)
def claim_name(ground: Ground) -> Iterator[Remark]:
    for policy, claim in _claims(ground):
        if meant := _meant(claim.name, policy):
            text = f"Tokens of this issuer have no claim {listed([claim.name])}; they have {meant}."
            yield Remark(text, policy.path)


def _meant(name: str, policy: TokenPolicy) -> str:
    if not is_literal(name):
        return ""
    if name.startswith(("http://schemas.", "https://schemas.")) and policy.is_entra:
        return "short names such as roles, scp and tid"
    if name not in _KNOWN and name.lower() in _KNOWN:
        return name.lower()
    return _NOT_ENTRA.get(name.lower(), "") if policy.is_entra else ""


def _claims(ground: Ground) -> Iterator[tuple[TokenPolicy, WantedClaim]]:
    for policy in ground.token_policies:
        for claim in policy.claims:
            yield policy, claim
