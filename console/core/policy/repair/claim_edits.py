"""Edits of a required claim that no rightful token can meet, or that lacks the caller's value."""

from console.core.checks.wording import shown
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.lists import audience_weakness
from console.core.policy.repair.making import api_change, edit_option, is_writable
from console.core.policy.repair.rules import SINGLE, Demand, twin_of
from console.core.policy.text.document import Element

_CLIENTS = ("azp", "appid", "client_id")
# How the caller proved who he is: a weaker proof beside the wanted one would be no rule at all.
_PROOFS = frozenset({
    "azpacr", "appidacr", "amr", "acr", "acrs", "idtyp", "http://schemas.microsoft.com/claims/authnclassreference",
    "http://schemas.microsoft.com/claims/authnmethodsreferences",
})  # fmt: skip


_TRUTHS = frozenset({"true", "false"})


def renamed(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    twin = twin_of(one, failure.claims)
    if twin is None:
        return ()
    told = api_change(
        failure,
        "rename-claim",
        f"Check {twin} instead of {one.name}",
        f"Let the required claim be {twin}: the token carries the value under that name.",
    )
    edit = edit_option(trial, failure, told, lambda source: edits.with_attribute(source, one.element, "name", twin))
    return (edit,)


def any_of(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    """Harmless for a claim that has one value only: all of several can never be there."""
    if one.is_any or len(one.values) < 2 or not set(one.values) & set(one.held or ()):
        return ()
    weakness = f"A token with only one of these values of {one.name} would then be enough."
    told = api_change(
        failure,
        "match-any",
        "Let one of the values be enough",
        f'Give the required claim {one.name} the attribute match="any"; without it every listed value must be there.',
        weakness="" if one.name in SINGLE else weakness,
    )
    edit = edit_option(
        trial,
        failure,
        told,
        lambda source: edits.with_attribute(source, one.element, "match", "any"),
        detail=one.name,
    )
    return (edit,)


def added(trial: Trial, failure: FailedCheck, one: Demand) -> tuple[Option, ...]:
    """The caller's own value beside the listed ones; one of them is then enough."""
    held = next(filter(is_writable, one.held or ()), None)
    if held is None or not one.values or set(one.held or ()) & set(one.values) or not _takes_more(one, held):
        return ()
    kind, title = ("add-client", "Add the client to the list") if one.name in _CLIENTS else (
        f"add-{'role' if one.name == 'roles' else 'audience' if one.name == 'aud' else 'value'}",
        f"Accept this value of {one.name} too",
    )  # fmt: skip
    told = api_change(
        failure,
        kind,
        title,
        f"Add {shown(held)} to the values of the required claim {one.name}"
        f"{'' if one.is_any else ', and let one of them be enough'}.",
        weakness=_weakness_of_adding(one, held),
    )

    def edit(source: str) -> str:
        added = edits.with_child(source, one.element, edits.element("value", held))
        return added if one.is_any else edits.with_attribute(added, one.element, "match", "any")

    return (edit_option(trial, failure, told, edit, detail=f"{one.name}={held}"),)


def _takes_more(one: Demand, held: str) -> bool:
    """Whether a further value can be right at all: not for the opposite of a truth, or a weaker proof."""
    return one.name != "ver" and one.name not in _PROOFS and _TRUTHS.isdisjoint(map(str.lower, (held, *one.values)))


def _weakness_of_adding(one: Demand, held: str) -> str:
    """ "" only for a client's id: every other claim says what a caller may do, and its list who may call."""
    if one.name in _CLIENTS:
        return ""
    if one.name == "aud":
        return audience_weakness(held, one.values)
    if one.name in ("iss", "tid"):
        return f"Whoever {shown(held)} issues tokens to could then call this API."
    return f"Callers whose {one.name} is only {shown(held)} would then be let through."


def dropped(trial: Trial, failure: FailedCheck, policy: Element, one: Demand) -> tuple[Option, ...]:
    listed = policy.child("required-claims")
    if listed is None:
        return ()
    target = one.element if len(listed.children) > 1 else listed
    told = api_change(
        failure,
        "drop-claim",
        f"Do not ask for {one.name}",
        f"Take the required claim {one.name} out of the policy.",
        weakness=f"Callers without this {one.name} would then be let through.",
        is_removal=True,
    )
    return (edit_option(trial, failure, told, lambda source: edits.without(source, target), detail=one.name),)
