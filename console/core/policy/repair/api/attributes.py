"""Attributes of a token policy that are stricter, or look elsewhere, than the call: skew, exp, signature, place."""

from math import ceil

from console.core.compare import numeric_date
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.api.making import change, edit_option
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.repair.token_text import place_of, token_in, value_in
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import JWT, TokenSource
from console.core.tokens.token import TokenKind

_STEPS_S = (60, 120, 300)


def lifetime(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    """A clock skew, where it is a matter of a few minutes; validate-azure-ad-token has none."""
    name, sign = ("exp", 1) if failure.name == "expiry" else ("nbf", -1)
    moment = numeric_date(failure.claims.get(name))
    if policy.name != JWT or moment is None or failure.check.library_code not in ("IDX10222", "IDX10223"):
        return ()
    needed = ceil(sign * (trial.now - moment))
    skew = next((step for step in _STEPS_S if step >= needed), None)
    if skew is None:
        return ()
    told = change(
        failure,
        "clock-skew",
        f"Forgive {skew} seconds of clock difference",
        f'Give the policy the attribute clock-skew="{skew}"; without it no second is forgiven.',
        weakness=f"Every token would then be accepted {skew} seconds longer than it is valid.",
        is_removal=True,
    )
    return (_set(trial, failure, told, policy, "clock-skew", str(skew)),)


def expiration_present(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or "exp" in failure.claims:
        return ()
    told = change(
        failure,
        "exp-not-required",
        "Accept tokens without exp",
        'Give the policy the attribute require-expiration-time="false".',
        weakness="A token without exp would then be accepted for ever, also after it leaked.",
        is_removal=True,
    )
    return (_set(trial, failure, told, policy, "require-expiration-time", "false"),)


def unsigned(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or failure.token is None or failure.token.kind is not TokenKind.UNSECURED:
        return ()
    told = change(
        failure,
        "unsigned-accepted",
        "Accept unsigned tokens",
        'Give the policy the attribute require-signed-tokens="false".',
        weakness="Anybody could then write a token and call this API with it.",
        is_removal=True,
    )
    return (_set(trial, failure, told, policy, "require-signed-tokens", "false"),)


def scheme(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or policy.attribute("require-scheme") is None:
        return _elsewhere(trial, failure, policy)
    told = change(
        failure,
        "scheme-not-required",
        "Accept the token without a scheme",
        "Take the attribute require-scheme out of the policy.",
        is_removal=True,
    )
    edit = edit_option(trial, failure, told, lambda source: edits.without_attribute(source, policy, "require-scheme"))
    return (edit, *_elsewhere(trial, failure, policy))


def _elsewhere(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    """The policy reads another header than the usual one, in which the token is."""
    place, usual = place_of(policy), TokenSource("header", "Authorization")
    if place is None or place.kind == "value" or place.is_authorization or value_in(trial.request, place):
        return ()
    if token_in(trial.request, usual) is None or not value_in(trial.request, usual).lower().startswith("bearer "):
        return ()
    told = change(
        failure,
        "read-authorization",
        "Read the token from Authorization",
        f"Let the policy read the header Authorization, where clients send tokens, in place of {place.shown}.",
    )
    old = "header-name" if place.kind == "header" else "query-parameter-name"
    edit = edit_option(
        trial,
        failure,
        told,
        lambda source: edits.with_renamed_attribute(source, policy, old, "header-name", "Authorization"),
    )
    return (edit,)


def ignored_case(trial: Trial, failure: Failure, policy: Element) -> tuple[Option, ...]:
    """check-header: a value that differs in letter case only."""
    values = trial.request.header_values(policy.attribute("name") or "")
    wanted = {value.text.lower() for value in policy.all("value")}
    if not any(value.lower() in wanted for value in values):
        return ()
    told = change(
        failure,
        "ignore-case",
        "Ignore the letter case of the header's value",
        'Give check-header the attribute ignore-case="true".',
    )
    return (_set(trial, failure, told, policy, "ignore-case", "true"),)


def _set(trial: Trial, failure: Failure, told: Change, policy: Element, name: str, value: str) -> Option:
    return edit_option(trial, failure, told, lambda source: edits.with_attribute(source, policy, name, value))
