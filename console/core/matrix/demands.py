"""What a gateway must do with a variant, as far as anything that is known says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.core.api import Expectation
from console.core.checks import CHECKS
from console.core.evidence import EvidencePolicy
from console.core.finding import Finding, Status
from console.core.matrix.base import Demanded, KnownBy, Must, TokenFrom, Variant

_OF_TOKEN = frozenset({"expiry", "not_before", "algorithm"})  # whoever takes a token must see to these as well
DECIDING = frozenset(one.code for one in CHECKS if one.is_for_api) | _OF_TOKEN


@dataclass(frozen=True, slots=True)
class KnownOfVariant:
    """What is known of one call. `policy` is what the kept policy decides about it, None without one that can be read.

    `findings` judge the token that goes along, () without one. `asks_for_key`: whether the gateway wants a subscription
    key, None when nobody knows. `said` is what a person said that it must do.
    """

    expectation: Expectation
    policy: EvidencePolicy | None = None
    findings: tuple[Finding, ...] = ()
    has_valid_signature: bool = False
    asks_for_key: bool | None = None
    said: Must = Must.UNKNOWN


def demanded(variant: Variant, known: KnownOfVariant) -> Demanded:
    """Who said so first: a person, the gateway's policy, what the API demands, a standard; else nobody knows."""
    if known.said is not Must.UNKNOWN:
        return Demanded(known.said, KnownBy.PERSON, "It was said so for this API.")
    found = _of_policy(known.policy) or _of_key(variant, known) or _of_demands(variant, known)
    if found is not None:
        return found
    if known.policy is not None and known.policy.verdict == "allow":
        return Demanded(Must.LET_IN, KnownBy.POLICY, "The policy lets this call through.")
    return _of_usual(variant, known)


def _of_policy(policy: EvidencePolicy | None) -> Demanded | None:
    if policy is None or policy.verdict != "reject":
        return None
    failed = next((check.what for step in policy.steps for check in step.checks if check.outcome == "fail"), "")
    reason = f" ({policy.reason})" if policy.reason else ""
    return Demanded(
        Must.REFUSE,
        KnownBy.POLICY,
        f"The policy refuses it{reason}: {failed}" if failed else f"The policy refuses it{reason}.",
    )


def _of_key(variant: Variant, known: KnownOfVariant) -> Demanded | None:
    """Of a key the policy says nothing: whether one is wanted is a setting of the API at its gateway."""
    if not variant.is_about_key:
        return None
    if known.asks_for_key is None:
        return Demanded(Must.UNKNOWN, why="Nobody has said whether this API asks for a subscription key.")
    return (
        Demanded(Must.REFUSE, KnownBy.SANDBOX, "The API asks for a subscription key.") if known.asks_for_key else None
    )


def _of_demands(variant: Variant, known: KnownOfVariant) -> Demanded | None:
    """A token that does not meet the demands must be refused, by whoever sees to them. How a header is spelled is no
    matter of theirs.
    """
    if not demands_anything(known.expectation) or variant.reshape is not None:
        return None
    if variant.token is TokenFrom.NONE:
        return Demanded(Must.REFUSE, KnownBy.DEMANDS, "The API demands a token.")
    failed = first_failing(known.findings)
    return Demanded(Must.REFUSE, KnownBy.DEMANDS, failed.what) if failed is not None else None


def _of_usual(variant: Variant, known: KnownOfVariant) -> Demanded:
    meets_all = bool(known.expectation.audiences) and known.has_valid_signature and not first_failing(known.findings)
    is_usual = variant.is_control or variant.token is TokenFrom.OTHER
    if meets_all and is_usual:
        return Demanded(Must.LET_IN, KnownBy.DEMANDS, "The token meets all that the API demands.")
    if meets_all and variant.is_usual_by_rule:
        return Demanded(Must.LET_IN, KnownBy.STANDARD, f"By {variant.source} it is the usual call.")
    if known.policy is not None and known.policy.needs:
        return Demanded(Must.UNKNOWN, why=f"To say so, the policy needs {known.policy.needs[0]}.")
    return Demanded(Must.UNKNOWN, why="Neither a policy nor what the API demands says so.")


def first_failing(findings: Iterable[Finding]) -> Finding | None:
    """The first for which an API must refuse the token."""
    return next((one for one in findings if one.status is Status.FAIL and one.check in DECIDING), None)


def demands_anything(expectation: Expectation) -> bool:
    """Whether it is known that tokens are wanted, and of which kind."""
    return bool(expectation.audiences or expectation.issuers or expectation.roles or expectation.scopes)
