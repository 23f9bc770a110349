"""`required-claims`: every listed claim must be there with its values."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.engine.model import GatewayCheck, Outcome, Warned, rests_on, unsettled
from console.core.policy.engine.switches import DEFAULTS, Switches, chosen
from console.core.policy.token.claim_readings import plain_texts, turning_readings
from console.core.policy.token.matching import claim_texts, in_words, is_placeholder, open_values
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.policy.token.token_policy import WantedClaim
from console.core.tokens.claim_families import in_other_version
from console.core.tokens.token import Token

_PASS = Outcome.PASS  # a member of an enum takes longer to look up than a name
_SEVERAL = re.compile("[,;|]")
Judged = tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]


class ClaimRule(Struct, frozen=True):
    """`is_any` false means that each value must be there (match="all", the default), None that nobody knows which.

    No value: presence is enough. `separator` may be a placeholder; None when there is none. `check` is the check's
    name, `wanted` says for people what is wanted; `is_certain`: nothing of the rule is only known at run time.
    """

    name: str
    values: tuple[str, ...]
    is_any: bool | None
    separator: str | None
    check: str
    wanted: str
    is_certain: bool
    distinct: frozenset[str]

    def is_met_exactly(self, texts: tuple[str, ...]) -> bool:
        """Whether a claim of these texts has what a certain rule wants, compared to the letter."""
        if self.is_any and self.values:
            return not self.distinct.isdisjoint(texts)
        return self.distinct.issubset(texts)


class _Reading(Struct, frozen=True):
    """How values are compared where nobody has confirmed it."""

    ignores_case: bool
    trims: bool
    counts_empty: bool

    def apply(self, found: tuple[str, ...]) -> tuple[str, ...]:
        if self.trims:
            found = tuple(text.strip() for text in found)
        return tuple(text.lower() for text in found) if self.ignores_case else found


_STRICTEST = _Reading(ignores_case=False, trims=False, counts_empty=False)


def claim_rules(claims: tuple[WantedClaim, ...]) -> tuple[ClaimRule, ...]:
    """The claims of a token policy, ready to be compared."""
    return tuple(map(_rule, claims))


def _rule(claim: WantedClaim) -> ClaimRule:
    name, values, match, separator = claim.name, claim.values, claim.match or "all", claim.separator
    is_certain = bool(name) and not open_values((name, match, *values, separator or ""))
    return ClaimRule(
        name,
        values,
        None if is_placeholder(match) else match == "any",
        separator,
        check=f"required-claim:{name}",
        wanted=in_words(values, "or" if match == "any" else "and") or "any value",
        is_certain=is_certain,
        distinct=frozenset(values),
    )


class _Named:
    """The claims of a token by name. `spelt` gives a name as the token has it for the name in lower case."""

    __slots__ = ("_spelt", "claims")

    def __init__(self, claims: dict[str, Any]) -> None:
        self.claims = claims
        self._spelt: dict[str, str] | None = None

    def spelt(self, name: str) -> str | None:
        if self._spelt is None:  # made for the first claim that is missing, and for many of them once
            self._spelt = {name.lower(): name for name in reversed(self.claims)}
        return self._spelt.get(name.lower())


def claim_checks(token: Token, rules: tuple[ClaimRule, ...], switches: Switches) -> Judged:
    """One check per rule, in document order; the first missing claim's message, which alone the gateway would write,
    lists all that are missing.
    """
    if not rules:
        return (), ()
    claims = token.claims or {}
    reading = _reading(switches)
    if reading is _STRICTEST or reading == _STRICTEST:
        met = [check for rule in rules if (check := _met_exactly(claims, rule)) is not None]
        if len(met) == len(rules):
            return tuple(met), ()
    named = _Named(claims)
    judged = [_judge(named, rule, reading) for rule in rules]
    checks = _with_message(rules, [check for check, _ in judged])
    return checks, tuple(dict.fromkeys(warned for _, warnings in judged for warned in warnings))


def _with_message(rules: tuple[ClaimRule, ...], checks: list[GatewayCheck]) -> tuple[GatewayCheck, ...]:
    missing = [index for index, check in enumerate(checks) if _is_missing(check)]
    if missing:
        names = ", ".join(dict.fromkeys(rules[index].name for index in missing))
        message = f"JWT is missing the following claims: {names}. Access denied."
        checks[missing[0]] = replace(checks[missing[0]], message=message)
    return tuple(checks)


def _reading(switches: Switches) -> _Reading:
    if switches is DEFAULTS:
        return _STRICTEST
    return _Reading(
        ignores_case=chosen(switches, "claim-case") == "ignored",
        trims=chosen(switches, "claim-trim") == "removed",
        counts_empty=chosen(switches, "empty-claim") == "present",
    )


def _is_missing(check: GatewayCheck) -> bool:
    return check.reason == "TokenClaimNotFound"


def _judge(named: _Named, rule: ClaimRule, reading: _Reading) -> tuple[GatewayCheck, tuple[Warned, ...]]:
    claims, check = named.claims, rule.check
    if not rule.name or is_placeholder(rule.name):
        needs = (rule.name or "the name of a required claim",)
        return unknown(check, "Which claim the policy requires is only known at run time.", needs=needs), ()
    if rule.name not in claims:
        return _missing(named, rule), (*_about_missing(claims, rule), *_spelt_otherwise(named, rule))
    value = claims[rule.name]
    is_met = _is_met(value, rule, reading)
    unsure = () if is_met and reading == _STRICTEST else _unsure(value, rule, reading, is_met)
    if rule.is_certain and is_met is not None:
        unsure += turning_readings(
            value, rule.name, rule.values, separator=rule.separator, is_any=rule.is_any is True, is_met=is_met
        )
    if is_met:
        shown = _shown(value, rule)
        return passed(check, f"{rule.name} is {shown}.", expected=rule.wanted, actual=shown), unsure
    if is_met is None:
        what = f"What the policy wants of {rule.name} is only known at run time."
        return unknown(check, what, needs=_open(rule)), unsure
    if value in (None, []) and not reading.counts_empty:
        return _missing(named, rule), unsure
    return _wrong(value, rule, check), unsure + _separator_warning(value, rule)


def _met_exactly(claims: dict[str, Any], rule: ClaimRule) -> GatewayCheck | None:
    """The check of a claim that has what the rule wants whichever way it is read; None for any other."""
    found = plain_texts(claims.get(rule.name), rule.separator)
    if found is None or not rule.is_certain or not rule.is_met_exactly(found):
        return None
    shown = ", ".join(found) or "empty"
    return GatewayCheck(rule.check, _PASS, f"{rule.name} is {shown}.", rule.wanted, shown)


def _unsure(value: Any, rule: ClaimRule, reading: _Reading, is_met: bool | None) -> tuple[Warned, ...]:
    """The switches that alone would change the outcome."""
    return tuple(
        rests_on(switch, f"Nobody has confirmed {what} ({rule.name}).")
        for switch, what, other in _other_readings(reading)
        if _is_met(value, rule, other) != is_met
    )


def _other_readings(reading: _Reading) -> tuple[tuple[str, str, _Reading], ...]:
    """The readings with one switch turned, with its name and the open question."""
    case, trims, empty = reading.ignores_case, reading.trims, reading.counts_empty
    return (
        ("claim-case", "whether the letter case of a claim's value counts", _Reading(not case, trims, empty)),
        ("claim-trim", "whether white space around a claim's value counts", _Reading(case, not trims, empty)),
        ("empty-claim", "whether an empty list or null counts as missing", _Reading(case, trims, not empty)),
    )


def _is_met(value: Any, rule: ClaimRule, reading: _Reading) -> bool | None:
    """Whether the claim has what the rule wants; None when that hangs on something nobody knows."""
    if value in (None, []) and not reading.counts_empty:
        return False
    if not rule.values:
        return True
    if rule.separator is not None and is_placeholder(rule.separator):
        return None
    found = frozenset(reading.apply(claim_texts(value, separator=rule.separator)))
    wanted = zip(rule.values, reading.apply(rule.values), strict=True)
    held = [None if is_placeholder(text) else compared in found for text, compared in wanted]
    if rule.is_any is not None:
        return _joined(held, any if rule.is_any else all)
    every, some = _joined(held, all), _joined(held, any)
    return every if every == some else None


def _joined(held: list[bool | None], match: Callable[[list[bool]], bool]) -> bool | None:
    """The outcome when it is the same whether the unknown values are held or not."""
    if None not in held:
        return match([one is True for one in held])
    worst, best = match([one is True for one in held]), match([one is not False for one in held])
    return worst if worst == best else None


def _open(rule: ClaimRule) -> tuple[str, ...]:
    """What nobody knows of the rule."""
    separator = (rule.separator,) if rule.separator else ()
    match = (f"match of the required claim {rule.name}",) if rule.is_any is None else ()
    return (*open_values(rule.values), *open_values(separator), *match)


def _shown(value: Any, rule: ClaimRule) -> str:
    separator = None if rule.separator is None or is_placeholder(rule.separator) else rule.separator
    return ", ".join(claim_texts(value, separator=separator)) or "empty"


def _missing(named: _Named, rule: ClaimRule) -> GatewayCheck:
    what = f"The token has no {rule.name}; the policy wants {rule.wanted}."
    if rule.name in named.claims:
        what = f"{rule.name} is empty in the token; the policy wants {rule.wanted}."
    elif twin := named.spelt(rule.name):
        what = f"{what} The token has {twin}: claim names are compared with their letter case."
    message = f"JWT is missing the following claims: {rule.name}. Access denied."
    return GatewayCheck(
        rule.check, Outcome.FAIL, what, expected=rule.wanted, reason="TokenClaimNotFound", message=message
    )


def _wrong(value: Any, rule: ClaimRule, check: str) -> GatewayCheck:
    shown = _shown(value, rule)
    return GatewayCheck(
        check,
        Outcome.FAIL,
        f"{rule.name} is {shown}; the policy wants {rule.wanted}.",
        expected=rule.wanted,
        actual=shown,
        reason="TokenClaimValueNotAllowed",
        reason_aliases=("TokenClaimValueMismatch",),
        message=f"Claim value mismatch: {rule.name}={','.join(rule.values)}.",
    )


def _spelt_otherwise(named: _Named, rule: ClaimRule) -> tuple[Warned, ...]:
    twin = named.spelt(rule.name)
    if twin is None or _is_met(named.claims[twin], rule, _STRICTEST) is False:
        return ()
    return (
        unsettled(f"Only the letter case of the claim's name differs ({twin}); nobody has confirmed that it counts."),
    )


def _about_missing(claims: dict[str, Any], rule: ClaimRule) -> tuple[Warned, ...]:
    """Why a claim is missing that people expect to be there."""
    found: tuple[Warned, ...] = ()
    elsewhere = claims.get("_claim_names")
    is_left_out = isinstance(elsewhere, dict) and rule.name in elsewhere
    if is_left_out or (rule.name == "groups" and claims.get("hasgroups") in (True, "true")):
        found += (Warned("group-overage", f"There were too many {rule.name} for the token, so it carries none."),)
    twin = in_other_version(rule.name)
    if twin is not None and twin in claims:
        found += (Warned("version-mismatch", f"The token has {twin} where the policy asks for {rule.name}."),)
    return found


def _separator_warning(value: Any, rule: ClaimRule) -> tuple[Warned, ...]:
    if rule.separator is not None:
        return ()
    whole = claim_texts(value, separator=None)
    several = (parts for text in whole if len(parts := _SEVERAL.sub(" ", text).split()) > 1)
    if ({part for parts in several for part in parts} - set(whole)) & set(rule.values):
        what = f"{rule.name} holds several values in one text; the policy names no separator."
        return (Warned("separator-missing", what),)
    return ()
