"""`validate-jwt`: form, signature, lifetime, audience, issuer and claims of a token, all checks always run.

Facts: the vendor's policy reference and what real gateways were seen to answer; the order of the checks follows the
token library behind it. clock-skew is 0 unless given.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from console.core.policy.engine.model import Flow, MetadataView, PolicyStep, Warned, unsettled
from console.core.policy.policies import token_shapes
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    ElementShape,
    Kind,
    listed,
    optional,
    policy,
    problem,
)
from console.core.policy.text.document import Element
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.text.values import NO_VALUES, Values
from console.core.policy.token import signing
from console.core.policy.token.attributes import Flag, Number
from console.core.policy.token.inline_keys import KeyList, certificate_keys, read_key_list
from console.core.policy.token.lifetime import PolicyClock, lifetime_checks
from console.core.policy.token.outcome import Judgement, PolicyRefusal, finish, kept_rules, refusal_of
from console.core.policy.token.padded_values import with_padding
from console.core.policy.token.parties import (
    Audiences,
    Issuers,
    audience_check,
    audiences_in,
    issuer_check,
    issuers_in,
    metadata_warnings,
)
from console.core.policy.token.required_claims import ClaimRule, claim_checks, claim_rules
from console.core.policy.token.token_of_call import present
from console.core.policy.token.token_policy import JWT, TokenPolicy, read_token_policy
from console.core.policy.token.trust import NO_TRUST, Candidate, Trust
from console.core.tokens.keys import Key, KeySet
from console.core.tokens.token import Token


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """The policy's element, ready to judge by. `audiences` None: the policy does not check them."""

    policy: TokenPolicy
    refusal: PolicyRefusal
    skew: Number
    requires_expiry: Flag
    requires_signature: Flag
    metadata_urls: tuple[str, ...]
    signing_keys: KeyList
    decryption_keys: KeyList
    has_legacy_keys: bool
    audiences: Audiences | None
    issuers: tuple[str, ...]
    claims: tuple[ClaimRule, ...]


class _Sources(Struct, frozen=True):
    """The policy's metadata as far as it was given, by address, its issuers, and the addresses without any."""

    views: Mapping[str, MetadataView]
    issuers: tuple[str, ...]
    missing: tuple[str, ...]
    unreachable: tuple[str, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """What of the keys was not given, or is more than is read here."""
        return tuple(need for url, view in self.views.items() for need in view.unread_keys(url))


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    rules = rules_of(element, flow.values)
    return finish(JWT, with_padding(element, judge(rules, flow)), rules.refusal, flow)


def judge(rules: Rules, flow: Flow) -> Judgement:
    """Every check of the policy, in the order in which the gateway would report a failure."""
    presented = present(rules.policy.source, rules.decryption_keys, flow)
    if presented.token is None:
        return Judgement(presented.checks, presented.warnings)
    token, sources = presented.token, _sources(rules, flow)
    trust = NO_TRUST if flow.assumes_signature else _trust(rules, sources, flow)
    asked = signing.SignatureRules(rules.requires_signature, flow.assumes_signature)
    signed = signing.signature_checks(token, trust, asked, flow.switches)
    clock = PolicyClock(flow.now, rules.skew, rules.requires_expiry)
    lifetime, lifetime_warnings = lifetime_checks(token, clock, flow.switches)
    is_pinned = rules.audiences is None and rules.policy.pins_audience
    audience, audience_warnings = audience_check(token, rules.audiences, flow.switches, is_pinned=is_pinned)
    issuers = Issuers(rules.issuers, sources.issuers, sources.missing, sources.unreachable)
    issuer, issuer_warnings = issuer_check(token, issuers, flow.switches)
    claims, claim_warnings = claim_checks(token, rules.claims, flow.switches)
    if signed.is_late:
        content = (*lifetime, *issuer, *audience, *signed.checks)
    else:
        content = (*signed.checks, *lifetime, *audience, *issuer)
    warnings = (
        *presented.warnings,
        *metadata_warnings(sources.unreachable),
        *signed.warnings,
        *lifetime_warnings,
        *audience_warnings,
        *issuer_warnings,
        *claim_warnings,
    )
    checks = (*presented.checks, *content, *claims)
    if len(sources.views) > 1:
        warnings += _pooled(token, signed.by, rules, sources)
    return Judgement(checks, warnings, token)


def _pooled(token: Token, by: Candidate | None, rules: Rules, sources: _Sources) -> tuple[Warned, ...]:
    """Said where the key is that of one metadata and the issuer that of another alone."""
    issuer = token.text_claim("iss") or ""
    if by is None or by.is_inline or issuer in rules.issuers or issuer not in sources.issuers:
        return ()
    views = [view for view in sources.views.values() if view.keyset is not None and _has(view.keyset, by.key)]
    if not views or any(view.issuer == issuer for view in views):
        return ()
    text = (
        "The key and the issuer come from different metadata; nobody has confirmed that the gateway puts them together."
    )
    return (unsettled(text),)


def _has(keyset: KeySet, key: Key) -> bool:
    return any(one.kid == key.kid and one.material == key.material for one in keyset.keys)


def _sources(rules: Rules, flow: Flow) -> _Sources:
    views: dict[str, MetadataView] = {}
    missing: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    for url in rules.metadata_urls:
        view = flow.metadata.get(url)
        if view is None:
            missing += (url,)
        elif not view.is_reachable:
            unreachable += (url,)
        else:
            views[url] = view
    return _Sources(views, issuers_in(views.values()), missing, unreachable)


def _trust(rules: Rules, sources: _Sources, flow: Flow) -> Trust:
    published = tuple(view.keyset for view in sources.views.values() if view.keyset is not None)
    keys = rules.signing_keys
    certified, not_given = certificate_keys(keys.certificates, flow.values.certificates)
    legacy = ("issuer-signing-tokens",) if rules.has_legacy_keys else ()
    missing = (*sources.missing, *sources.unread, *keys.needs, *not_given, *legacy)
    return Trust(published, (*keys.keys, *certified), missing)


def rules_of(element: Element, values: Values = NO_VALUES) -> Rules:
    """The element's attributes and children. What was read once is kept, unless it may hold a secret."""
    return kept_rules(element, values, Rules, read=_read, read_once=_read_once)


def _read(element: Element) -> Rules:
    policy = read_token_policy(element)
    return Rules(
        policy,
        refusal=refusal_of(policy),
        skew=policy.skew,
        requires_expiry=policy.requires_expiry,
        requires_signature=policy.requires_signature,
        metadata_urls=policy.metadata_addresses,
        signing_keys=read_key_list(element.child("issuer-signing-keys")),
        decryption_keys=read_key_list(element.child("decryption-keys")),
        has_legacy_keys=element.child("issuer-signing-tokens") is not None,
        audiences=audiences_in(policy.audiences),
        issuers=tuple(filter(None, policy.issuers)),
        claims=claim_rules(policy.claims),
    )


_read_once = lru_cache(maxsize=64)(_read)


def _whole_key(element: Element) -> Iterator[PolicyProblem]:
    """The key's own text is never repeated: it may be a secret."""
    has = {name for name in ("n", "e", "certificate-id") if element.attribute(name) is not None}
    if len(has & {"n", "e"}) == 1:
        here = "n" if "n" in has else "e"
        other = "e" if here == "n" else "n"
        yield problem(
            element, "key", f"A <key> has {here} without {other}.", "Write both, the modulus n and the exponent e."
        )
    elif not has and not element.text:
        yield problem(
            element,
            "key",
            "A <key> of issuer-signing-keys is empty.",
            "Write the Base64 text of a symmetric key, a certificate-id, or n and e.",
        )


_SIGNING_KEYS = ElementShape(
    "issuer-signing-keys",
    children=(
        Child(ElementShape("key", optional("id", "certificate-id", "n", "e"), has_text=True, rules=(_whole_key,))),
        Child(ElementShape("zumo-master-key", optional("id"), has_text=True)),
    ),
)
SHAPE = policy(
    "validate-jwt",
    *token_shapes.COMMON,
    Attribute("clock-skew", Kind.INTEGER),
    *optional("require-expiration-time", "require-signed-tokens", kind=Kind.BOOLEAN),
    children=(
        Child(
            ElementShape(
                "openid-config",
                (
                    Attribute("url", is_required=True),
                    Attribute("host"),
                    Attribute("validate-connectivity", Kind.BOOLEAN),
                ),
            )
        ),
        Child(listed("issuer-signing-tokens", "token"), most=1),
        Child(_SIGNING_KEYS, most=1),
        Child(
            ElementShape(
                "decryption-keys",
                children=(Child(ElementShape("key", optional("id", "certificate-id"), has_text=True), least=1),),
            ),
            most=1,
        ),
        Child(listed("audiences", "audience"), most=1),
        Child(listed("issuers", "issuer"), most=1),
        Child(
            ElementShape(
                "required-claims",
                children=(Child(ElementShape("claim", (Attribute("name"), *token_shapes.CLAIM), token_shapes.VALUES)),),
            ),
            most=1,
        ),
    ),
    rules=(token_shapes.one_source,),
)

POLICY = Policy(
    name=JWT,
    title="Validate a JWT",
    source=REFERENCE + "validate-jwt",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    reads=token_shapes.reads,
)
