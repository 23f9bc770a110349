"""The token has expired, is not valid yet, or never ends."""

from math import ceil

from msgspec.structs import replace

from console.core.checks.wording import moment, seconds
from console.core.compare import numeric_date
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, attribute_option, client_change, token_option
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import JWT

_STEPS_S = (60, 120, 300)
_LONGEST_WAIT_S = 86_400


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Nothing where the signature fails too: the new token that this takes is fresh anyway."""
    if not failure.is_signed:
        return ()
    told = client_change(
        failure,
        "fresh-token",
        "Get a fresh token",
        "Request a new token shortly before the call; keep one no longer than its exp allows.",
    )
    return (token_option(trial, failure, told),)


def _not_before(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    start = numeric_date(failure.claims.get("nbf"))
    found: tuple[Option, ...] = ()
    if failure.check.library_code == "IDX10222" and start is not None and 0 < start - trial.now <= _LONGEST_WAIT_S:
        told = client_change(
            failure,
            "wait",
            "Wait until the token is valid",
            f"Send the call {seconds(start - trial.now)} later (from {moment(start)} on), and set the clock of the "
            "machine that issues the token right.",
        )
        found = (Option(told.kind, told, lambda: replace(trial, now=-int(-start // 1))),)
    return (*found, *client(trial, failure))


def _never_ends(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    told = client_change(
        failure,
        "token-with-expiry",
        "Get a token that has an exp",
        "Have the identity provider write exp, as a number of seconds, into its tokens.",
        who=Owner.IDENTITY_PROVIDER,
    )
    return (token_option(trial, failure, told, {"exp": trial.now + 3_600}),)


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    """A clock skew, where it is a matter of a few minutes; validate-azure-ad-token has none."""
    name, sign = ("exp", 1) if failure.name == "expiry" else ("nbf", -1)
    moment = numeric_date(failure.claims.get(name))
    if policy.name != JWT or moment is None or failure.check.library_code not in ("IDX10222", "IDX10223"):
        return ()
    needed = ceil(sign * (trial.now - moment))
    skew = next((step for step in _STEPS_S if step >= needed), None)
    if skew is None:
        return ()
    told = api_change(
        failure,
        "clock-skew",
        f"Forgive {seconds(skew)} of clock difference",
        f'Give the policy the attribute clock-skew="{skew}"; without it no second is forgiven.',
        weakness=f"Every token would then be accepted {seconds(skew)} longer than it is valid.",
        is_removal=True,
    )
    return (attribute_option(trial, failure, told, policy, "clock-skew", str(skew)),)


def _exp_not_required(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    if policy.name != JWT or "exp" in failure.claims:
        return ()
    told = api_change(
        failure,
        "exp-not-required",
        "Accept tokens without exp",
        'Give the policy the attribute require-expiration-time="false".',
        weakness="A token without exp would then be accepted for ever, also after it leaked.",
        is_removal=True,
    )
    return (attribute_option(trial, failure, told, policy, "require-expiration-time", "false"),)


REPAIR = (
    Repair("expiry", client, api),
    Repair("not-before", _not_before, api),
    Repair("expiration-present", _never_ends, _exp_not_required),
)
