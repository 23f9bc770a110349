"""A policy that takes the caller's token away before the token policy has read it."""

from functools import partial

from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option
from console.core.policy.repair.token_text import place_of
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.token.token_policy import TokenSource

_BACKEND_CREDENTIALS = ("authentication-managed-identity", "authentication-basic")


def moved_behind(trial: Trial, failure: FailedCheck, policy: Element) -> tuple[Option, ...]:
    """Every earlier sibling of the token policy that writes to the place it reads."""
    place = place_of(policy)
    if place is None or place.kind == "value":
        return ()
    found = []
    for earlier in _earlier_siblings(trial.document, policy):
        if not _writes_to(earlier, place):
            continue
        told = api_change(
            failure,
            "move-policy",
            f"Check the token before {earlier.name} replaces it",
            f"Move {earlier.name} (line {earlier.line}) behind {policy.name}: it changes {place.shown} before the "
            "token in it is checked.",
        )
        found.append(
            edit_option(
                trial,
                failure,
                told,
                partial(edits.moved_behind, target=earlier, anchor=policy),
                detail=str(earlier.span[0]),
            )
        )
    return tuple(found)


def _earlier_siblings(document: PolicyDocument, policy: Element) -> tuple[Element, ...]:
    levels = [document.inbound, *(element.children for element in document.walk())]
    for level in levels:
        starts = [element.span for element in level]
        if policy.span in starts:
            return level[: starts.index(policy.span)]
    return ()


def _writes_to(element: Element, place: TokenSource) -> bool:
    if element.name in _BACKEND_CREDENTIALS:
        return place.is_authorization and not element.attribute("output-token-variable-name")
    kind = {"set-header": "header", "set-query-parameter": "query"}.get(element.name)
    named = element.attribute("name") or ""
    return kind == place.kind and named.lower() == place.name.lower() and element.attribute("exists-action") != "skip"
