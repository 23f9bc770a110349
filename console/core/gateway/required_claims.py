"""`required-claims`: every listed claim must be there with its values."""

from dataclasses import dataclass
from typing import Any

from console.core.gateway.document import Element
from console.core.gateway.matching import claim_texts, is_placeholder
from console.core.gateway.policies.base import GatewayCheck, Outcome, Warned
from console.core.gateway.steps import passed, unknown
from console.core.tokens.token import Token


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """`is_any` false means that each value must be there (match="all", the default). No value: presence is enough."""

    name: str
    values: tuple[str, ...] = ()
    is_any: bool = False
    separator: str | None = None


def read_rules(element: Element | None) -> tuple[ClaimRule, ...]:
    if element is None:
        return ()
    return tuple(
        ClaimRule(
            claim.attribute("name") or "",
            tuple(value.text for value in claim.all("value")),
            claim.attribute("match") == "any",
            claim.attribute("separator"),
        )
        for claim in element.all("claim")
    )


def claim_checks(token: Token, rules: tuple[ClaimRule, ...]) -> tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]:
    judged = tuple(_judge(token.claims or {}, rule) for rule in rules)
    warnings = tuple(w for rule in rules for w in _separator_warning(token.claims or {}, rule))
    return judged, warnings


def _judge(claims: dict[str, Any], rule: ClaimRule) -> GatewayCheck:
    check = f"required-claim:{rule.name}"
    wanted = (" or " if rule.is_any else " and ").join(rule.values) or "any value"
    if rule.name not in claims or claims[rule.name] == []:
        return GatewayCheck(
            check,
            Outcome.FAIL,
            f"The token has no {rule.name}; the policy wants {wanted}.",
            expected=wanted,
            reason="TokenClaimNotFound",
            message=f"JWT is missing the following claims: {rule.name}. Access denied.",
        )
    found = claim_texts(claims[rule.name], separator=rule.separator)
    shown = ", ".join(found)
    if _is_met(found, rule):
        return passed(check, f"{rule.name} is {shown}.", expected=wanted, actual=shown)
    if open_values := tuple(value for value in rule.values if is_placeholder(value)):
        return unknown(check, f"A wanted value of {rule.name} is only known at run time.", needs=open_values)
    return GatewayCheck(
        check,
        Outcome.FAIL,
        f"{rule.name} is {shown}; the policy wants {wanted}.",
        expected=wanted,
        actual=shown,
        reason="TokenClaimValueNotAllowed",
        reason_aliases=("TokenClaimValueMismatch",),
        message=f"Claim value mismatch: {rule.name}={','.join(rule.values)}.",
    )


def _is_met(found: tuple[str, ...], rule: ClaimRule) -> bool:
    if not rule.values:
        return True
    match = any if rule.is_any else all
    return match(value in found for value in rule.values)


def _separator_warning(claims: dict[str, Any], rule: ClaimRule) -> tuple[Warned, ...]:
    value = claims.get(rule.name)
    if rule.separator or not isinstance(value, str) or value in rule.values:
        return ()
    if set(value.replace(",", " ").split()) & set(rule.values):
        return (
            Warned(
                "separator-missing", f"{rule.name} holds several values in one text; the policy names no separator."
            ),
        )
    return ()
