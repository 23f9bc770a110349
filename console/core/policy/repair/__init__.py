"""The smallest changes that let a refused call pass, on the caller's side and on the API's, each tried before told."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import FailedCheck, Option, failures_of, has_bare_refusal
from console.core.policy.repair.hidden import named_again
from console.core.policy.repair.masking import masked_diff
from console.core.policy.repair.options import api_options, client_options
from console.core.policy.repair.proposal import DiffLine, RepairChange, RepairProposal, Side
from console.core.policy.repair.search import TriedChanges, smallest

__all__ = ["DiffLine", "RepairChange", "RepairProposal", "proposals"]

MOST_SINGLE, MOST_JOINED = 6, 3


def proposals(start: Trial) -> tuple[RepairProposal, ...]:
    """Repairs of a call in which some check fails, best first; empty when none fails or nothing is known to help.

    First what the caller can do, then edits and settings of the API, then both together where neither side alone can,
    and last what weakens the gateway's protection. Within each only sets of the smallest size, none holding another.

    Every rule stays as it is where a change of the caller suffices, or an edit that weakens nothing: no check goes
    away then, no limit is relaxed, no clock forgiven (`Change.is_removal`). What is left for the API's owner to decide
    beside the caller's change is whom he accepts: a further client, audience, issuer, role or address. Where that lets
    in more callers than the refused one, it is labelled as weaker and comes last.
    """
    trace = evaluate(start)
    if trace.verdict is Verdict.ALLOW or not failures_of(start, trace) or has_bare_refusal(trace):
        return ()
    by_client = smallest(start, trace, client_options)
    by_api = smallest(start, trace, _strict)
    both = () if by_client or by_api else smallest(start, trace, _both)
    is_helped = bool(by_client or by_api or both)
    weaker = _weaker(smallest(start, trace, _lenient), by_api)
    if not is_helped and not weaker:
        weaker = smallest(start, trace, _all_but_removals) or _least_removed(smallest(start, trace, _anything))
    groups = (by_client, by_api, both, weaker)
    named = named_again(start.document.source, start.values)
    return tuple(_proposal(found, start, named) for group in groups for found in _best(group))


def _best(group: tuple[TriedChanges, ...]) -> list[TriedChanges]:
    """A few of one kind: those that leave nothing open first. Of larger sets the first ones say enough."""
    ordered = sorted(group, key=lambda found: found.trace.verdict is Verdict.UNDECIDED)
    return ordered[: MOST_SINGLE if group and len(group[0].path) == 1 else MOST_JOINED]


def _strict(trial: Trial, failure: FailedCheck) -> Iterable[Option]:
    options = api_options(trial, failure)
    return (option for option in options if not option.change.weakness and not option.change.is_removal)


def _lenient(trial: Trial, failure: FailedCheck) -> Iterable[Option]:
    """Also what widens who may call; no rule goes away or is relaxed."""
    return (option for option in api_options(trial, failure) if not option.change.is_removal)


def _both(trial: Trial, failure: FailedCheck) -> Iterable[Option]:
    return (*client_options(trial, failure), *_strict(trial, failure))


def _all_but_removals(trial: Trial, failure: FailedCheck) -> Iterable[Option]:
    return (*client_options(trial, failure), *_lenient(trial, failure))


def _anything(trial: Trial, failure: FailedCheck) -> Iterable[Option]:
    return (*client_options(trial, failure), *api_options(trial, failure))


def _weaker(found: tuple[TriedChanges, ...], strict: tuple[TriedChanges, ...]) -> tuple[TriedChanges, ...]:
    """Those that are not in the strict ones already and hold none of them."""
    return tuple(one for one in found if not any(other.keys <= one.keys for other in strict))


def _least_removed(found: tuple[TriedChanges, ...]) -> tuple[TriedChanges, ...]:
    """Those that take away no more rules than any other does."""
    removed = [sum(option.change.is_removal for option in one.path) for one in found]
    return tuple(one for one, count in zip(found, removed, strict=True) if count == min(removed))


def _proposal(found: TriedChanges, start: Trial, named: Callable[[str], str]) -> RepairProposal:
    changes = tuple(_told(change, named) for option in found.path for change in (option.change, *option.also))
    leading = tuple(_told(option.change, named) for option in found.path)
    old, new = start.document.source, found.trial.document.source
    weakness = " ".join(dict.fromkeys(change.weakness for change in changes if change.weakness))
    return RepairProposal(
        side=_side(changes),
        kind="+".join(change.kind for change in leading),
        title=_title(leading),
        what=" ".join(dict.fromkeys(change.what for change in changes)),
        why=" ".join(dict.fromkeys(change.why for change in changes)),
        who=changes[0].who,
        is_weaker=bool(weakness),
        weakness=weakness,
        changes=changes,
        policy_text=new if new != old else None,
        diff=masked_diff(start.document, found.trial.document) if new != old else (),
        verdict=found.trace.verdict,
        is_provisional=found.trace.verdict is Verdict.UNDECIDED,
    )


def _told(change: RepairChange, named: Callable[[str], str]) -> RepairChange:
    title, what, why, weakness = map(named, (change.title, change.what, change.why, change.weakness))
    return replace(change, title=title, what=what, why=why, weakness=weakness)


def _side(changes: tuple[RepairChange, ...]) -> Side:
    sides = {change.side for change in changes}
    return changes[0].side if len(sides) == 1 else "both"


def _title(changes: tuple[RepairChange, ...]) -> str:
    first, *rest = dict.fromkeys(change.title for change in changes)
    return "; ".join([first, *(title[:1].lower() + title[1:] for title in rest)])
