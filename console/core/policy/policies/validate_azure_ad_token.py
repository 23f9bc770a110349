"""`validate-azure-ad-token`: the same checks with the tenant in place of metadata, and an answer that tells nothing.

There is no skew and exp is mandatory. Which claim names the client is known from the vendor's emulator only: azp in v2
tokens, appid in v1 tokens.
"""

from dataclasses import dataclass
from functools import lru_cache

from console.core.compare import is_guid, same_id
from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Warned, rests_on, unsettled
from console.core.policy.engine.switches import chosen
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
)
from console.core.policy.text.document import Element
from console.core.policy.text.values import NO_VALUES, Values
from console.core.policy.token import entra, signing
from console.core.policy.token.attributes import ALWAYS, Number
from console.core.policy.token.inline_keys import KeyList, read_key_list
from console.core.policy.token.lifetime import LIBRARY_SKEW_S, PolicyClock, lifetime_checks
from console.core.policy.token.matching import in_words, open_values
from console.core.policy.token.outcome import Judgement, PolicyRefusal, finish, kept_rules, refusal_of
from console.core.policy.token.padded_values import with_padding
from console.core.policy.token.parties import (
    Audiences,
    Judged,
    audience_check,
    audiences_in,
    audiences_of,
    metadata_warnings,
)
from console.core.policy.token.required_claims import ClaimRule, claim_checks, claim_rules
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.policy.token.tenant import Tenant
from console.core.policy.token.token_of_call import present
from console.core.policy.token.token_policy import AZURE_AD, TokenPolicy, read_token_policy
from console.core.policy.token.trust import NO_TRUST, Trust
from console.core.tokens.token import Token

INVALID = "Invalid Azure AD JWT"
_SKEWED = frozenset({"IDX10222", "IDX10223"})  # failures that a skew may forgive
_FAIL = Outcome.FAIL  # a member of an enum takes longer to look up than a name
_ABSENT = frozenset({"token-present", "scheme"})
_NO_AUDIENCES = "The policy lists no audience: a token that the same client got for another API passes too."


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """The policy's element, ready to judge by. `audiences` None: the policy does not check them."""

    policy: TokenPolicy
    refusal: PolicyRefusal
    tenant: Tenant
    decryption_keys: KeyList
    audiences: Audiences | None
    claims: tuple[ClaimRule, ...]


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    rules = rules_of(element, flow.values)
    judged = with_padding(element, judge(rules, flow))
    default = rules.policy.source.missing_message if _is_absent(judged) else INVALID
    return finish(AZURE_AD, judged, rules.refusal, flow, default=default)


def _is_absent(judged: Judgement) -> bool:
    """Whether the first failure is that there is no token. Its checks stand before all others."""
    for check in judged.checks[: len(_ABSENT)]:
        if check.outcome is _FAIL:
            return check.check in _ABSENT
    return False


def judge(rules: Rules, flow: Flow) -> Judgement:
    """Every check of the policy; first the token library's, then the policy's own."""
    presented = present(rules.policy.source, rules.decryption_keys, flow)
    if presented.token is None:
        return Judgement(presented.checks, presented.warnings)
    token, origin = presented.token, entra.origin_of(presented.token)
    known = entra.published(rules.tenant, origin, flow.metadata)
    trust = NO_TRUST if flow.assumes_signature else Trust(known.keysets, missing=(*known.missing, *known.unread))
    signed = signing.signature_checks(
        token, trust, signing.SignatureRules(ALWAYS, flow.assumes_signature), flow.switches
    )
    lifetime, lifetime_warnings = _lifetime(token, flow)
    audience, audience_warnings = _audience(token, rules, flow)
    issuer = entra.issuer_check(origin, rules.tenant, known)
    version, version_warnings = entra.version_check(origin, flow.switches)
    claims, claim_warnings = claim_checks(token, rules.claims, flow.switches)
    if signed.is_late:
        content = (*lifetime, issuer, *audience, *signed.checks)
    else:
        content = (*signed.checks, *lifetime, *audience, issuer)
    checks = (
        *presented.checks,
        *content,
        *version,
        entra.tenant_check(origin, rules.tenant, known),
        *_application(token, rules.policy.clients, origin.version),
        *_backend(token, rules.policy.backends),
        *claims,
    )
    warnings = (
        *presented.warnings,
        *metadata_warnings(known.unreachable),
        *signed.warnings,
        *lifetime_warnings,
        *audience_warnings,
        *version_warnings,
        *entra.external_warning(origin),
        *_other_claim(token, rules.policy.clients, origin.version),
        *claim_warnings,
    )
    return Judgement(checks, warnings, token)


def _lifetime(token: Token, flow: Flow) -> Judged:
    """Without skew, or with the library's usual one: a switch, where it makes a difference."""
    strict, warnings = lifetime_checks(token, PolicyClock(flow.now), flow.switches)
    for check in strict:
        if check.library_code in _SKEWED:
            break
    else:
        return strict, warnings
    lenient, more = lifetime_checks(token, PolicyClock(flow.now, Number(LIBRARY_SKEW_S)), flow.switches)
    if [check.outcome for check in lenient] == [check.outcome for check in strict]:
        return strict, warnings
    unsure = rests_on("entra-skew", "Nobody has confirmed that this policy forgives no wrong clock.")
    if chosen(flow.switches, "entra-skew") == "five-minutes":
        return lenient, (*more, unsure)
    return strict, (*warnings, unsure)


def _audience(token: Token, rules: Rules, flow: Flow) -> Judged:
    if rules.audiences is None:
        return (), () if rules.policy.pins_audience else (Warned("audience-not-checked", _NO_AUDIENCES),)
    return audience_check(token, rules.audiences, flow.switches)


def _other_claim(token: Token, wanted: tuple[str, ...], version: str) -> tuple[Warned, ...]:
    """Said where the client is named in the claim of the other version, and not in that of the token's own."""
    if not wanted:
        return ()
    own, other = ("azp", "appid") if version == "2.0" else ("appid", "azp")
    named, twin = token.text_claim(own) or "", token.text_claim(other) or ""
    if any(same_id(named, one) for one in wanted):
        if named in wanted:
            return ()
        return (
            unsettled("Only the letter case of the client's id differs; nobody has confirmed that it does not count."),
        )
    if not any(same_id(twin, one) for one in wanted):
        return ()
    text = f"The token names the client in {other}, which a token of version {version} does not have it in; nobody has "
    return (unsettled(f"{text}confirmed that the gateway looks at {own} alone."),)


def _application(token: Token, wanted: tuple[str, ...], version: str) -> tuple[GatewayCheck, ...]:
    """The calling client, in the claim that the token's version has for it; the other claim is not looked at."""
    if not wanted:
        return ()
    name = "azp" if version == "2.0" else "appid"
    actual, listed = token.text_claim(name) or "", in_words(wanted)
    if any(same_id(actual, one) for one in wanted):
        return (passed("client-application", f"The caller is {actual}.", expected=listed, actual=actual),)
    if actual and (needs := open_values(wanted)):
        return (unknown("client-application", "An accepted client is only known at run time.", needs=needs),)
    failure = GatewayCheck(
        "client-application",
        Outcome.FAIL,
        f"The caller ({name}) is {actual or 'not named'}; the policy accepts {listed}.",
        expected=listed,
        actual=actual,
        reason="TokenClaimValueNotAllowed",
        reason_aliases=("TokenClaimValueMismatch",),
        message=INVALID,
    )
    return (failure,)


def _backend(token: Token, wanted: tuple[str, ...]) -> tuple[GatewayCheck, ...]:
    """The audience as the GUID of an API or as its App ID URI."""
    if not wanted:
        return ()
    actual = audiences_of(token)
    shown, listed = ", ".join(actual) or "no API", in_words(wanted)
    if not {_comparable(one.removeprefix("api://")) for one in actual}.isdisjoint(map(_comparable, wanted)):
        return (passed("backend-application", f"The token is for {shown}.", expected=listed, actual=shown),)
    if actual and (needs := open_values(wanted)):
        return (unknown("backend-application", "An accepted API is only known at run time.", needs=needs),)
    failure = GatewayCheck(
        "backend-application",
        Outcome.FAIL,
        f"The token is for {shown}; the policy accepts {listed}.",
        expected=listed,
        actual=shown,
        reason="TokenAudienceNotAllowed",
        message=INVALID,
    )
    return (failure,)


def _comparable(name: str) -> str:
    """The same for names that are the same id: a GUID in lower case, anything else as it stands."""
    return name.lower() if is_guid(name) else name


def rules_of(element: Element, values: Values = NO_VALUES) -> Rules:
    """The element's attributes and children. What was read once is kept, unless it may hold a secret."""
    return kept_rules(element, values, Rules, read=_read, read_once=_read_once)


def _read(element: Element) -> Rules:
    policy = read_token_policy(element)
    return Rules(
        policy,
        refusal=refusal_of(policy),
        tenant=policy.tenant,
        decryption_keys=read_key_list(element.child("decryption-keys")),
        audiences=audiences_in(policy.audiences),
        claims=claim_rules(policy.claims),
    )


_read_once = lru_cache(maxsize=64)(_read)

SHAPE = policy(
    "validate-azure-ad-token",
    *token_shapes.COMMON,
    Attribute("tenant-id", is_required=True),
    Attribute("authentication-endpoint"),
    *optional("allow-protected-forwarded-tokens", "allow-proof-of-possession-tokens", kind=Kind.BOOLEAN),
    children=(
        Child(listed("backend-application-ids", "application-id", least=1), most=1),
        Child(listed("client-application-ids", "application-id", least=1), most=1),
        Child(listed("audiences", "audience", least=1), most=1),
        Child(
            ElementShape(
                "required-claims",
                children=(
                    Child(
                        ElementShape(
                            "claim", (Attribute("name", is_required=True), *token_shapes.CLAIM), token_shapes.VALUES
                        ),
                        least=1,
                    ),
                ),
            ),
            most=1,
        ),
        Child(
            ElementShape(
                "decryption-keys",
                children=(
                    Child(
                        ElementShape("key", (Attribute("id"), Attribute("certificate-id", is_required=True))), least=1
                    ),
                ),
            ),
            most=1,
        ),
    ),
)

POLICY = Policy(
    name=AZURE_AD,
    title="Validate a Microsoft Entra token",
    source=REFERENCE + "validate-azure-ad-token",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    reads=token_shapes.reads,
)
