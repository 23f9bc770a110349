"""The token lacks a claim that the policy requires, or a value of it."""

from typing import Any

from console.core.policy.engine.trial import Trial
from console.core.policy.repair import claim_edits, claim_forms, granting
from console.core.policy.repair.checks.base import Repair
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.rules import (
    SINGLE,
    Demand,
    demands_of,
    fitting_separator,
    is_same_but_case,
    parts_of,
    twin_of,
)
from console.core.policy.repair.version import other_version
from console.core.policy.text.document import Element

_MOST_VALUES = 50  # nobody is granted more at once
_OF_A_VERSION = ("azp", "appid", "azpacr", "appidacr", "ver", "aud", "iss")
_MOST_ELEMENTS = 8  # of the same claim: each takes an edit of its own


def client(trial: Trial, failure: FailedCheck) -> tuple[Option, ...]:
    """Nothing where only the API's side can help: the claim has another name, or its values are not split."""
    demands = demands_of(failure)
    if not demands or failure.token is None or any(twin_of(one, failure.claims) for one in demands):
        return ()
    if (
        any(_is_written_otherwise(one, failure.claims) for one in demands)
        or len(granting.missing_values(demands)) > _MOST_VALUES
    ):
        return ()
    name = demands[0].name
    if name == "ver":
        return ()  # the API's own registration decides it
    return granting.granted(trial, failure, demands)


def _is_written_otherwise(one: Demand, claims: dict[str, Any]) -> bool:
    """Whether the claim has what is asked for, only not split or in another letter case, or nobody can have it: a
    list of values written as one.
    """
    value, held = claims.get(one.name), set(one.held or ())
    if not one.separator and isinstance(value, str) and set(value.split()) & set(one.values):
        return True
    if fitting_separator(one, claims) is not None:
        return True
    if any(is_same_but_case(text, wanted) for text in held for wanted in one.missing):
        return True
    lists = [parts for wanted in one.missing if len(parts := parts_of(wanted)) > 1]
    return any(one.name in SINGLE or held & set(parts) for parts in lists)


def api(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    demands = demands_of(failure)
    if not 0 < len(demands) <= _MOST_ELEMENTS:
        return ()
    one = demands[0]
    found = (
        *claim_edits.renamed(trial, failure, one),
        *claim_forms.separated(trial, failure, one),
        *claim_forms.split(trial, failure, one),
        *claim_forms.respelled(trial, failure, one),
    ) or (*claim_edits.any_of(trial, failure, one), *claim_edits.added(trial, failure, one))
    version = other_version(trial, failure) if one.name in _OF_A_VERSION else ()
    return (*found, *version, *claim_edits.dropped(trial, failure, policy, one))


REPAIR = Repair("required-claim", client, api)
