"""The caller's address is not allowed."""

from dataclasses import replace
from functools import partial

from msgspec import structs

from console.core.checks.wording import shown
from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.policies import ip_filter
from console.core.policy.repair import edits
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_placeholder


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Calling from an address that is allowed. A forbidden caller is not told to come from elsewhere."""
    policy = failure.policy
    if policy is None or policy.attribute("action") == "forbid":
        return ()
    allowed = next(((child, one) for child in policy.children if (one := _first_of(child))), None)
    if allowed is None:
        return ()
    entry, first = allowed
    told = RepairChange(
        "client",
        "call-from-address",
        "Call from an allowed address",
        f"Send the call from an address that the policy lists, such as {'one of ' if entry.attribute('from') else ''}"
        f"{ip_filter.in_list((entry,))}, for example through your company's proxy.",
        failure.check.what,
        Owner.NETWORK,
    )
    return (Option(told.kind, told, lambda: structs.replace(trial, request=replace(trial.request, client_ip=first))),)


def _first_of(entry: Element) -> str | None:
    """The address, or the first of the range; None when it is only known at run time."""
    found = entry.text or entry.attribute("from") or ""
    return None if not found or is_placeholder(found) else found


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    caller = trial.request.client_ip
    if caller is None:
        return ()
    if policy.attribute("action") == "forbid":
        return _no_longer_forbidden(trial, failure, policy, caller)
    told = api_change(
        failure,
        "add-address",
        "Allow the caller's address",
        f"Add the address {shown(caller)} to the ip-filter, if the call rightly comes from there.",
    )
    return (
        edit_option(
            trial,
            failure,
            told,
            lambda source: edits.with_child(source, policy, edits.element("address", caller)),
            detail=caller,
        ),
    )


def _no_longer_forbidden(trial: Trial, failure: FailedCheck, policy: Element, caller: str) -> tuple[Option, ...]:
    """Without every entry that covers the caller; the rest of the list stays, and with none left the policy goes."""
    covering = ip_filter.entries_for(policy, caller)
    targets = covering if len(covering) < len(policy.children) else (policy,)
    entries = ip_filter.in_list(covering)
    told = api_change(
        failure,
        "unblock-address",
        "No longer forbid the address",
        f"Take {entries} out of the forbidden addresses of the ip-filter.",
        weakness=f"Every caller from {entries} would then be let through.",
        is_removal=True,
    )
    return (edit_option(trial, failure, told, partial(_without_all, targets=targets), detail=caller),)


def _without_all(source: str, targets: tuple[Element, ...]) -> str:
    """The last first, so that the places of the others stay true."""
    for target in reversed(targets):
        source = edits.without(source, target)
    return source


REPAIR = Repair("ip", client, api)
