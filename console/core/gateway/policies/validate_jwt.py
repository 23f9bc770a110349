"""`validate-jwt`: form, signature, lifetime, audience, issuer and claims of a token, all checks always run.

Facts: the vendor's policy reference and what real gateways were seen to answer; the order of the checks follows the
token library behind it. clock-skew is 0 unless given.
"""

from dataclasses import dataclass, replace

from console.core.gateway.document import Element
from console.core.gateway.lifetime import lifetime_checks
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
from console.core.gateway.reading import boolean, identity_of, integer, texts
from console.core.gateway.required_claims import ClaimRule, claim_checks, read_rules
from console.core.gateway.signing import Trust, read_token, signature_checks
from console.core.gateway.steps import step, unknown
from console.core.gateway.token_source import TokenSource, extract
from console.core.tokens.token import Token

NAME = "validate-jwt"


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy's element, read. `audiences` None: the policy does not check them. `unreadable` names attributes
    whose value is only known at run time or is no value at all."""

    source: TokenSource
    status: int
    message: str | None
    skew_s: int
    needs_exp: bool
    requires_signed: bool
    metadata_urls: tuple[str, ...]
    inline_keys: bool
    audiences: tuple[str, ...] | None
    issuers: tuple[str, ...]
    claims: tuple[ClaimRule, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()
    token: Token | None = None


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    rules = read_rules_of(element)
    judged = judge(rules, flow)
    checks = judged.checks
    if any(needed.startswith("clock-skew") for needed in rules.unreadable):
        checks = tuple(_open_if_late(check) for check in checks)
    if rules.unreadable:
        checks += (unknown("policy", "An attribute of the policy is not readable here.", needs=rules.unreadable),)
    done = step(NAME, checks, status=rules.status, message=rules.message, warnings=judged.warnings)
    if done.verdict is Verdict.ALLOW and judged.token is not None:
        return done, replace(flow, identity=identity_of(judged.token))
    return done, flow


def _open_if_late(check: GatewayCheck) -> GatewayCheck:
    """Without a known skew a token that is late or early by the clock may still pass."""
    if check.outcome is Outcome.FAIL and check.library_code in ("IDX10222", "IDX10223"):
        return unknown(check.check, check.what, needs=("clock-skew",))
    return check


def judge(rules: Rules, flow: Flow) -> Judgement:
    """Every check of the policy, in the order in which the gateway would report a failure."""
    extracted = extract(rules.source, flow.request)
    if extracted.text is None:
        return Judgement(extracted.checks)
    token, form = read_token(extracted.text)
    if form.outcome is Outcome.FAIL:
        return Judgement((*extracted.checks, form))
    views, missing = _views(rules, flow)
    trust = Trust(
        tuple((url, view.keyset) for url, view in views if view.keyset is not None), missing + _inline_needs(rules)
    )
    signature, signature_warnings = signature_checks(token, trust, requires_signed=rules.requires_signed)
    lifetime = lifetime_checks(token, now=flow.now, skew_s=rules.skew_s, needs_exp=rules.needs_exp)
    audience, audience_warnings = audience_check(token, rules.audiences)
    issuer, issuer_warnings = issuer_check(
        token, rules.issuers, views=tuple(view for _, view in views), missing=missing
    )
    claims, claim_warnings = claim_checks(token, rules.claims)
    if _is_key_missing(signature, token):
        # With a kid that matches no key the library reports the other failures first, issuer before audience.
        content = (*lifetime, *issuer, *audience, *signature)
    else:
        content = (*signature, *lifetime, *audience, *issuer)
    warnings = (
        *_metadata_warnings(rules, flow),
        *signature_warnings,
        *audience_warnings,
        *issuer_warnings,
        *claim_warnings,
    )
    return Judgement((*extracted.checks, form, *content, *claims), warnings, token)


def _is_key_missing(checks: tuple[GatewayCheck, ...], token: Token) -> bool:
    refused = any(check.check == "key-found" and check.outcome is Outcome.FAIL for check in checks)
    return refused and "kid" in (token.header or {})


def _views(rules: Rules, flow: Flow) -> tuple[tuple[tuple[str, MetadataView], ...], tuple[str, ...]]:
    views = tuple((url, flow.metadata[url]) for url in rules.metadata_urls if url in flow.metadata)
    missing = tuple(url for url in rules.metadata_urls if url not in flow.metadata)
    unreachable = tuple(url for url, view in views if not view.is_reachable)
    return tuple(pair for pair in views if pair[1].is_reachable), missing + unreachable


def _metadata_warnings(rules: Rules, flow: Flow) -> tuple[Warned, ...]:
    return tuple(
        Warned("metadata-unreachable", f"The metadata at {url} could not be read.")
        for url in rules.metadata_urls
        if url in flow.metadata and not flow.metadata[url].is_reachable
    )


def _inline_needs(rules: Rules) -> tuple[str, ...]:
    return ("issuer-signing-keys",) if rules.inline_keys else ()


def read_rules_of(element: Element) -> Rules:
    """The element's attributes and children; what cannot be read is named in `unreadable`, never guessed silently."""
    unreadable: list[str] = []
    lists = {name: element.child(name) for name in ("audiences", "issuers", "issuer-signing-keys")}
    audiences = lists["audiences"]
    return Rules(
        source=TokenSource(
            element.attribute("header-name"),
            element.attribute("query-parameter-name"),
            element.attribute("token-value"),
            element.attribute("require-scheme"),
        ),
        status=integer(element, "failed-validation-httpcode", 401, unreadable),
        message=element.attribute("failed-validation-error-message"),
        skew_s=integer(element, "clock-skew", 0, unreadable),
        needs_exp=boolean(element, "require-expiration-time", unreadable),
        requires_signed=boolean(element, "require-signed-tokens", unreadable),
        metadata_urls=tuple(config.attribute("url") or "" for config in element.all("openid-config")),
        inline_keys=lists["issuer-signing-keys"] is not None,
        audiences=None if audiences is None else texts(audiences, "audience"),
        issuers=texts(lists["issuers"], "issuer"),
        claims=read_rules(element.child("required-claims")),
        unreadable=tuple(unreadable),
    )


POLICY = Policy(
    name=NAME,
    title="Validate a JWT",
    source="Azure API Management policy reference, validate-jwt",
    run=run,
)
