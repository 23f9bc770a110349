"""`validate-jwt`: form, signature, lifetime, audience, issuer and claims of a token, all checks always run.

Facts: the vendor's policy reference and what real gateways were seen to answer; the order of the checks follows the
token library behind it. clock-skew is 0 unless given.
"""

from dataclasses import dataclass
from functools import lru_cache

from console.core.gateway import signing
from console.core.gateway.document import Element
from console.core.gateway.inline_keys import KeyList, certificate_keys, holds_secret, read_key_list
from console.core.gateway.lifetime import Clock, lifetime_checks
from console.core.gateway.opening import present
from console.core.gateway.parties import Issuers, audience_check, issuer_check
from console.core.gateway.policies.base import Flow, MetadataView, Policy, Step, Warned
from console.core.gateway.reading import Flag, Number, flag, number, texts
from console.core.gateway.required_claims import ClaimRule, claim_checks, read_rules
from console.core.gateway.token_source import TokenSource
from console.core.gateway.token_step import Judgement, Refusal, finish, read_refusal
from console.core.gateway.trust import Trust

NAME = "validate-jwt"
_KEY_LISTS = ("issuer-signing-keys", "decryption-keys")


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """The policy's element, read. `audiences` None: the policy does not check them."""

    source: TokenSource
    refusal: Refusal
    skew: Number
    needs_exp: Flag
    requires_signed: Flag
    metadata_urls: tuple[str, ...]
    signing_keys: KeyList
    decryption_keys: KeyList
    has_legacy_keys: bool
    audiences: tuple[str, ...] | None
    issuers: tuple[str, ...]
    claims: tuple[ClaimRule, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    """The policy's metadata as far as it was given, and the addresses without any. `keyless`: given without keys."""

    views: tuple[MetadataView, ...]
    missing: tuple[str, ...]
    unreachable: tuple[str, ...]
    keyless: tuple[str, ...]


def run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    rules = rules_of(element)
    return finish(NAME, judge(rules, flow), rules.refusal, flow)


def judge(rules: Rules, flow: Flow) -> Judgement:
    """Every check of the policy, in the order in which the gateway would report a failure."""
    presented = present(rules.source, rules.decryption_keys, flow)
    if presented.token is None:
        return Judgement(presented.checks, presented.warnings)
    token, sources = presented.token, _sources(rules, flow)
    signed = signing.signature_checks(
        token,
        _trust(rules, sources, flow),
        signing.Rules(rules.requires_signed, flow.assumes_signature),
        flow.switches,
    )
    clock = Clock(flow.now, rules.skew, rules.needs_exp)
    lifetime, lifetime_warnings = lifetime_checks(token, clock, flow.switches)
    audience, audience_warnings = audience_check(token, rules.audiences, flow.switches)
    issuers = Issuers(rules.issuers, sources.views, sources.missing, sources.unreachable)
    issuer, issuer_warnings = issuer_check(token, issuers, flow.switches)
    claims, claim_warnings = claim_checks(token, rules.claims, flow.switches)
    if signed.is_late:
        content = (*lifetime, *issuer, *audience, *signed.checks)
    else:
        content = (*signed.checks, *lifetime, *audience, *issuer)
    warnings = (
        *presented.warnings,
        *(Warned("metadata-unreachable", f"The metadata at {url} could not be read.") for url in sources.unreachable),
        *signed.warnings,
        *lifetime_warnings,
        *audience_warnings,
        *issuer_warnings,
        *claim_warnings,
    )
    return Judgement((*presented.checks, *content, *claims), warnings, token)


def _sources(rules: Rules, flow: Flow) -> _Sources:
    given = {url: flow.metadata[url] for url in rules.metadata_urls if url in flow.metadata}
    return _Sources(
        tuple(view for view in given.values() if view.is_reachable),
        tuple(url for url in rules.metadata_urls if url not in given),
        tuple(url for url, view in given.items() if not view.is_reachable),
        tuple(f"keys of {url}" for url, view in given.items() if view.is_reachable and view.keyset is None),
    )


def _trust(rules: Rules, sources: _Sources, flow: Flow) -> Trust:
    published = tuple(view.keyset for view in sources.views if view.keyset is not None)
    keys = rules.signing_keys
    certified, not_given = certificate_keys(keys.certificates, flow.values.certificates)
    legacy = ("issuer-signing-tokens",) if rules.has_legacy_keys else ()
    missing = (*sources.missing, *sources.keyless, *keys.needs, *not_given, *legacy)
    return Trust(published, (*keys.keys, *certified), missing)


def rules_of(element: Element) -> Rules:
    """The element's attributes and children. What was read once is kept, unless there is a key in it."""
    if any(holds_secret(element.child(name)) for name in _KEY_LISTS):
        return _read(element)
    return _read_once(element)


def _read(element: Element) -> Rules:
    audiences = element.child("audiences")
    return Rules(
        source=TokenSource(
            element.attribute("header-name"),
            element.attribute("query-parameter-name"),
            element.attribute("token-value"),
            element.attribute("require-scheme"),
        ),
        refusal=read_refusal(element),
        skew=number(element, "clock-skew", 0),
        needs_exp=flag(element, "require-expiration-time"),
        requires_signed=flag(element, "require-signed-tokens"),
        metadata_urls=tuple(
            dict.fromkeys((config.attribute("url") or "").strip() for config in element.all("openid-config"))
        ),
        signing_keys=read_key_list(element.child("issuer-signing-keys")),
        decryption_keys=read_key_list(element.child("decryption-keys")),
        has_legacy_keys=element.child("issuer-signing-tokens") is not None,
        audiences=None if audiences is None else texts(audiences, "audience"),
        issuers=texts(element.child("issuers"), "issuer"),
        claims=read_rules(element.child("required-claims")),
    )


_read_once = lru_cache(maxsize=64)(_read)

POLICY = Policy(
    name=NAME,
    title="Validate a JWT",
    source="Azure API Management policy reference, validate-jwt",
    run=run,
)
