"""A whole gateway policy from what an API demands of tokens."""

from dataclasses import dataclass

from console.core.api import Expectation
from console.core.compare import is_guid
from console.core.issuers import ANY_TENANT
from console.core.policy.engine.caller_rule import VARIABLE, CallerRule
from console.core.policy.expectation.xml import Claim, Plan, text_of
from console.core.policy.lint.base import listed
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.metadata_address import accepted_versions, issuers_of, place_of
from console.core.policy.token.tenant import ENTRA_LOGIN
from console.core.policy.token.token_policy import AZURE_AD, JWT, Kind
from console.core.tokens.times import duration

MESSAGE = "Unauthorized. Access token is missing or invalid."
_BOTH = frozenset({"1.0", "2.0"})
_CLIENT_CLAIM = {"1.0": "appid", "2.0": "azp"}


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """A policy text, and one sentence for each thing that it cannot say or that is worth knowing."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnwritablePolicy:
    """Why no policy can be written, and what to do; one sentence each."""

    what: str
    do: str


def policy_of(
    expectation: Expectation, *, metadata_url: str, kind: Kind, name: str = ""
) -> WrittenPolicy | UnwritablePolicy:
    """A policy that lets in exactly the tokens that the expectation describes.

    `metadata_url` is the issuer's OpenID configuration; validate-jwt needs it, validate-azure-ad-token takes the tenant
    and the cloud from it when the expectation names no tenant. `name` is the API's, for a comment.
    """
    if refused := _unwritable(expectation, metadata_url):
        return refused
    plan = _jwt_plan(expectation, metadata_url) if kind == JWT else _azure_ad_plan(expectation, metadata_url)
    if isinstance(plan, UnwritablePolicy):
        return plan
    return WrittenPolicy(text_of(kind, plan, name), (*plan.notes, *_common_notes(expectation)))


def _unwritable(expectation: Expectation, metadata_url: str) -> UnwritablePolicy | None:
    lists = (
        expectation.audiences,
        expectation.issuers,
        expectation.authorized_parties,
        expectation.roles,
        expectation.scopes,
        (expectation.tenant,) if expectation.tenant is not None else (),
        (expectation.token_version,) if expectation.token_version is not None else (),
        (metadata_url,) if metadata_url else (),
    )
    for value in (value for values in lists for value in values):
        if not value or value != value.strip() or not value.isprintable():
            what = f"The value {value!r} is empty, or has blanks at its ends or characters that a policy cannot hold."
            return UnwritablePolicy(what, "Correct the value in what the API expects.")
        if is_placeholder(value) or "{{" in value or "}}" in value:
            what = f"The gateway would read the value {value} as an expression or a named value, not as text."
            return UnwritablePolicy(what, "Enter the value itself.")
    blank = [scope for scope in expectation.scopes if " " in scope]
    if blank:
        return UnwritablePolicy(
            f"The scope {blank[0]!r} holds a blank, which stands between scopes.", "List each scope alone."
        )
    return None


def _jwt_plan(expectation: Expectation, metadata_url: str) -> Plan | UnwritablePolicy:
    if not metadata_url:
        what = "The address of the issuer's metadata is not known, so the policy would have no keys to verify with."
        return UnwritablePolicy(what, "Enter the metadata address of the API's issuer.")
    clients, client_rules, notes = _client_claims(expectation, metadata_url)
    skew = (("clock-skew", str(expectation.leeway_s)),) if expectation.leeway_s else ()
    claims = (*_issuer_claim(expectation, metadata_url), *clients, *_tenant_claim(expectation))
    if expectation.tenant and "." in expectation.tenant:
        notes += (f"Tokens carry the id of a tenant, not its name, so {expectation.tenant} is not asked for.",)
    rules = (*client_rules, *_permission_rules(expectation))
    return Plan(
        opening=(
            ("header-name", "Authorization"),
            ("require-scheme", "Bearer"),
            ("failed-validation-httpcode", "401"),
            ("failed-validation-error-message", MESSAGE),
            *skew,
            *_output(rules),
        ),
        claims=(*claims, *_version_claim(expectation), *_permission_claims(expectation)),
        metadata_url=metadata_url,
        audiences=expectation.audiences,
        issuers=expectation.issuers,
        callers=rules,
        notes=notes,
    )


def _client_claims(
    expectation: Expectation, metadata_url: str
) -> tuple[tuple[Claim, ...], tuple[CallerRule, ...], tuple[str, ...]]:
    """The client is azp in v2 tokens (and in OpenID Connect), appid in v1 tokens."""
    parties = _with_lower_case(expectation.authorized_parties)
    if not parties:
        return (), (), ()
    version = expectation.token_version
    trusted = () if _issuer_claim(expectation, metadata_url) else (metadata_url,)
    versions = {version} if version else accepted_versions(trusted, expectation.issuers)
    if versions == _BOTH:
        note = "Tokens of both versions pass, so a choose looks for the client in azp and in appid."
        return (), (CallerRule((("azp", parties), ("appid", parties))),), (note,)
    claim = _CLIENT_CLAIM.get(next(iter(versions), ""), "azp")
    note = "The token version is not known, so the client is looked for in azp; v1 tokens of Entra have appid."
    return (Claim(claim, parties),), (), () if versions else (note,)


def _with_lower_case(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Ids are the same in either letter case, but the gateway compares letters, and Entra writes small ones."""
    return tuple(dict.fromkeys(form for one in ids for form in (one, one.lower() if is_guid(one) else one)))


def _issuer_claim(expectation: Expectation, metadata_url: str) -> tuple[Claim, ...]:
    """The gateway accepts the metadata's issuer beside the listed ones: the claim keeps an unlisted one out."""
    if not expectation.issuers or set(issuers_of(metadata_url)) & set(expectation.issuers):
        return ()
    return (Claim("iss", expectation.issuers),)


def _tenant_claim(expectation: Expectation) -> tuple[Claim, ...]:
    if not expectation.tenant or "." in expectation.tenant:
        return ()
    return (Claim("tid", _with_lower_case((expectation.tenant,))),)


def _version_claim(expectation: Expectation) -> tuple[Claim, ...]:
    return (Claim("ver", (expectation.token_version,)),) if expectation.token_version else ()


def _permission_claims(expectation: Expectation) -> tuple[Claim, ...]:
    if expectation.roles and expectation.scopes:
        return ()
    if expectation.roles:
        return (Claim("roles", expectation.roles),)
    return (Claim("scp", expectation.scopes, separator=" "),) if expectation.scopes else ()


def _permission_rules(expectation: Expectation) -> tuple[CallerRule, ...]:
    if not (expectation.roles and expectation.scopes):
        return ()
    return (CallerRule((("roles", expectation.roles), ("scp", expectation.scopes))),)


def _output(rules: tuple[CallerRule, ...]) -> tuple[tuple[str, str], ...]:
    return (("output-token-variable-name", VARIABLE),) if rules else ()


def _azure_ad_plan(expectation: Expectation, metadata_url: str) -> Plan | UnwritablePolicy:
    place = place_of(metadata_url)
    tenant = expectation.tenant or (place.tenant if place else "")
    if metadata_url and place is None:
        what = f"{AZURE_AD} accepts only tokens of Microsoft Entra, and {metadata_url} is no metadata address of it."
        return UnwritablePolicy(what, f"Use {JWT}, or correct the metadata address.")
    if not (is_guid(tenant) or "." in tenant or tenant in ANY_TENANT):
        return UnwritablePolicy(f"{AZURE_AD} needs a tenant, and none is known.", "Enter the id of the tenant.")
    endpoint = place.endpoint if place else ENTRA_LOGIN
    rules = _permission_rules(expectation)
    notes: tuple[str, ...] = ()
    if expectation.leeway_s:
        notes += (f"{AZURE_AD} knows no clock skew: the leeway of {duration(expectation.leeway_s)} is left out.",)
    if not expectation.tenant:
        notes += (f"The tenant {tenant} comes from the metadata address.",)
    return Plan(
        opening=(
            ("tenant-id", tenant),
            *((("authentication-endpoint", endpoint),) if endpoint != ENTRA_LOGIN else ()),
            ("failed-validation-httpcode", "401"),
            ("failed-validation-error-message", MESSAGE),
            *_output(rules),
        ),
        claims=(
            *((Claim("iss", expectation.issuers),) if expectation.issuers else ()),
            *_version_claim(expectation),
            *_permission_claims(expectation),
        ),
        clients=expectation.authorized_parties,
        audiences=expectation.audiences,
        callers=rules,
        notes=notes,
    )


def _common_notes(expectation: Expectation) -> tuple[str, ...]:
    notes = []
    if not expectation.audiences:
        notes.append("No audience is expected, so a token that the issuer made for any other API passes.")
    if expectation.algorithms:
        notes.append(f"A policy cannot narrow the signature algorithms to {listed(expectation.algorithms)}.")
    if expectation.roles and expectation.scopes:
        notes.append("A role or a scope is enough, which only a choose can say; it reads the verified token.")
    return tuple(notes)
