"""`validate-azure-ad-token`: the same checks with the tenant in place of metadata, and an answer that tells nothing.

Both the v1 and the v2 issuer of the tenant are acceptable; the client is read from azp in v2 tokens, appid in v1
tokens.
There is no skew and exp is mandatory. Which client a real gateway compares is known from the vendor's emulator only.
"""

from dataclasses import dataclass, replace

from console.core.compare import is_guid, same_id
from console.core.gateway.document import Element
from console.core.gateway.lifetime import lifetime_checks
from console.core.gateway.matching import is_placeholder
from console.core.gateway.parties import audience_check, issuer_check
from console.core.gateway.policies.base import (
    Flow,
    GatewayCheck,
    MetadataView,
    Outcome,
    Policy,
    Step,
    Verdict,
    Warned,
)
from console.core.gateway.reading import identity_of, integer, texts
from console.core.gateway.required_claims import claim_checks, read_rules
from console.core.gateway.signing import Trust, read_token, signature_checks
from console.core.gateway.steps import passed, step, unknown
from console.core.gateway.token_source import TokenSource, extract
from console.core.tokens.token import Token

NAME = "validate-azure-ad-token"
MISSING = "Azure AD JWT not present"
INVALID = "Invalid Azure AD JWT"
DEFAULT_ENDPOINT = "https://login.microsoftonline.com"
ANY_TENANT = frozenset({"organizations", "common"})


@dataclass(frozen=True, slots=True)
class Tenancy:
    """The tenant the policy trusts, and what is known of it. `urls` are the addresses of its v2 and v1 metadata."""

    tenant: str
    urls: tuple[str, ...]
    views: tuple[tuple[str, MetadataView], ...]
    missing: tuple[str, ...]


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    unreadable: list[str] = []
    status = integer(element, "failed-validation-httpcode", 401, unreadable)
    checks, warnings, token = _judge(element, flow)
    if unreadable:
        checks += (unknown("policy", "An attribute of the policy is not readable here.", needs=tuple(unreadable)),)
    is_missing = any(check.check == "token-present" and check.outcome is Outcome.FAIL for check in checks)
    own = element.attribute("failed-validation-error-message")
    message = own if own is not None else MISSING if is_missing else INVALID
    done = step(NAME, checks, status=status, message=message, warnings=warnings)
    if done.verdict is Verdict.ALLOW and token is not None:
        return done, replace(flow, identity=identity_of(token))
    return done, flow


Judged = tuple[tuple[GatewayCheck, ...], tuple[Warned, ...], Token | None]


def _judge(element: Element, flow: Flow) -> Judged:
    extracted = extract(_source(element), flow.request)
    if extracted.text is None:
        return extracted.checks, (), None
    token, form = read_token(extracted.text)
    if form.outcome is Outcome.FAIL:
        return (*extracted.checks, form), (), None
    tenancy = _tenancy(element, token, flow)
    trust = Trust(tuple((url, view.keyset) for url, view in tenancy.views if view.keyset is not None), tenancy.missing)
    signature, signature_warnings = signature_checks(token, trust, requires_signed=True)
    lifetime = lifetime_checks(token, now=flow.now, skew_s=0, needs_exp=True)
    issuer, issuer_warnings = issuer_check(
        token, (), views=tuple(view for _, view in tenancy.views), missing=tenancy.missing
    )
    listed = element.child("audiences")
    audience, audience_warnings = audience_check(token, None if listed is None else texts(listed, "audience"))
    claims, claim_warnings = claim_checks(token, read_rules(element.child("required-claims")))
    checks = (
        *extracted.checks,
        form,
        *signature,
        *lifetime,
        *audience,
        *issuer,
        *_tenant_check(tenancy, token),
        *_application(element, token),
        *_backend(element, token),
        *claims,
    )
    return checks, (*signature_warnings, *issuer_warnings, *audience_warnings, *claim_warnings), token


def _source(element: Element) -> TokenSource:
    query, value = element.attribute("query-parameter-name"), element.attribute("token-value")
    header = element.attribute("header-name") or (None if query or value else "Authorization")
    return TokenSource(header, query, value, missing_message=MISSING)


def _tenancy(element: Element, token: Token, flow: Flow) -> Tenancy:
    """`organizations` and `common` stand for the tenant that the token itself names."""
    endpoint = (element.attribute("authentication-endpoint") or DEFAULT_ENDPOINT).rstrip("/")
    if "://" not in endpoint:
        endpoint = f"https://{endpoint}"
    wanted = (element.attribute("tenant-id") or "").rstrip("/").rpartition("/")[2]
    tenant = (token.text_claim("tid") or "") if wanted in ANY_TENANT else wanted
    suffix = "/.well-known/openid-configuration"
    urls = (f"{endpoint}/{tenant}/v2.0{suffix}", f"{endpoint}/{tenant}{suffix}")
    views = tuple((url, flow.metadata[url]) for url in urls if url in flow.metadata)
    reachable = tuple(pair for pair in views if pair[1].is_reachable)
    missing = () if len(reachable) == len(urls) else tuple(url for url in urls if url not in dict(reachable))
    return Tenancy(wanted, urls, reachable, missing)


def _tenant_check(tenancy: Tenancy, token: Token) -> tuple[GatewayCheck, ...]:
    actual = token.text_claim("tid") or ""
    if tenancy.tenant in ANY_TENANT or same_id(actual, tenancy.tenant):
        return (passed("tenant", f"The token comes from the tenant {actual}.", actual=actual),)
    if not is_guid(tenancy.tenant):
        return (unknown("tenant", "The policy names the tenant by its domain.", needs=(tenancy.tenant,)),)
    what = f"The token comes from the tenant {actual or 'without a name'}; the policy accepts {tenancy.tenant}."
    return (GatewayCheck("tenant", Outcome.FAIL, what, tenancy.tenant, actual, reason="JwtInvalid", message=INVALID),)


def _application(element: Element, token: Token) -> tuple[GatewayCheck, ...]:
    wanted = texts(element.child("client-application-ids"), "application-id")
    if not wanted:
        return ()
    name = "appid" if token.text_claim("ver") == "1.0" else "azp"
    actual, listed = token.text_claim(name) or "", " or ".join(wanted)
    if any(same_id(actual, one) for one in wanted):
        return (passed("client-application", f"The caller is {actual}.", expected=listed, actual=actual),)
    if open_values := tuple(one for one in wanted if is_placeholder(one)):
        return (unknown("client-application", "An accepted client is only known at run time.", needs=open_values),)
    what = f"The caller ({name}) is {actual or 'not named'}; the policy accepts {listed}."
    failure = GatewayCheck(
        "client-application", Outcome.FAIL, what, listed, actual, reason="TokenClaimValueNotAllowed", message=INVALID
    )
    return (failure,)


def _backend(element: Element, token: Token) -> tuple[GatewayCheck, ...]:
    """The audience as the GUID of an API or as its App ID URI."""
    wanted = texts(element.child("backend-application-ids"), "application-id")
    if not wanted:
        return ()
    actual = tuple(one.removeprefix("api://") for one in token.audiences or ())
    shown, listed = ", ".join(token.audiences or ()) or "no API", " or ".join(wanted)
    if any(same_id(one, other) for one in actual for other in wanted):
        return (passed("backend-application", f"The token is for {shown}.", expected=listed, actual=shown),)
    if open_values := tuple(one for one in wanted if is_placeholder(one)):
        return (unknown("backend-application", "An accepted API is only known at run time.", needs=open_values),)
    what = f"The token is for {shown}; the policy accepts {listed}."
    failure = GatewayCheck(
        "backend-application", Outcome.FAIL, what, listed, shown, reason="TokenAudienceNotAllowed", message=INVALID
    )
    return (failure,)


POLICY = Policy(
    name=NAME,
    title="Validate a Microsoft Entra token",
    source="Azure API Management policy reference, validate-azure-ad-token",
    run=run,
)
