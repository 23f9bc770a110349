"""Lists of a token policy that lack the caller's value, or hold several in one element."""

from functools import partial

from console.core.checks.wording import shown
from console.core.compare import is_guid, spelled_differently
from console.core.policy.engine.trial import Trial
from console.core.policy.repair import edits
from console.core.policy.repair.claim_forms import with_parts
from console.core.policy.repair.failures import FailedCheck, Option
from console.core.policy.repair.making import api_change, edit_option, with_item
from console.core.policy.repair.proposal import RepairChange
from console.core.policy.repair.rules import parts_of
from console.core.policy.text.document import Element

_ITEMS = {
    "audiences": "audience",
    "client-application-ids": "application-id",
    "backend-application-ids": "application-id",
}


def audiences_of(failure: FailedCheck) -> tuple[str, ...]:
    return (failure.token and failure.token.audiences) or ()


def parted(trial: Trial, failure: FailedCheck, listed: Element, actual: tuple[str, ...]) -> tuple[Option, ...]:
    """Several values of a list written into one element, one of them the caller's."""
    for item in edits.written_out(trial.document.source, listed.children):
        parts = parts_of(item.text)
        if len(parts) > 1 and not set(parts).isdisjoint(actual):
            told = api_change(
                failure,
                "split-value",
                "Write one value per element",
                f"Write {' and '.join(map(shown, parts))} as elements of their own: the text of one is never split.",
            )
            return (edit_option(trial, failure, told, partial(with_parts, joined=item, name=item.name, parts=parts)),)
    return ()


def adding(trial: Trial, failure: FailedCheck, told: RepairChange, policy: Element, block: str, text: str) -> Option:
    """A value added to one of the lists of a token policy."""
    add = partial(with_item, policy=policy, block=block, name=_ITEMS[block], text=text)
    return edit_option(trial, failure, told, add, detail=text)


def audience_weakness(actual: str, listed: tuple[str, ...]) -> str:
    """ "" when both name the same API, or may well do: its client id and its App ID URI."""
    if spelled_differently(actual, listed) is not None or any(may_be_same(actual, one) for one in listed):
        return ""
    return f"Tokens that were made for {shown(actual)} would then open this API too."


def may_be_same(one: str, other: str) -> bool:
    bare = [is_guid(text.removeprefix("api://")) for text in (one, other)]
    uris = ["://" in text and not is_guid(text.removeprefix("api://")) for text in (one, other)]
    return any(bare) and any(uris)
