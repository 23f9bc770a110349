"""What expressions give, as far as it can be known here: conditions, texts of attributes, values of variables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

from console.core.policy.csharp import Evaluated, Failed, Outcome, Unknown, evaluate, evaluate_variable
from console.core.policy.csharp.values import HeldValue, Thing
from console.core.policy.engine.known_call import Parts, known_parts, readings_of
from console.core.policy.engine.model import Flow

_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})
_READ_ANEW = "the value is withheld"
Evaluate = Callable[[str, Parts], Outcome]


@dataclass(frozen=True, slots=True)
class LastError:
    """What an on-error section can read of the refusal. `reasons` has all names that gateways were seen to use."""

    source: str
    reasons: tuple[str, ...]
    section: str
    policy_id: str
    status: int | None


def resolved(text: str, flow: Flow, error: LastError | None = None) -> str:
    """The text, or what it gives when it is an expression of which everything it reads is known. What it makes of a
    secret value is masked nowhere, so such a text stays as it is, unless it is the secret itself.
    """
    if not text.startswith(("@(", "@{")):
        return text
    secrets = tuple(flow.values.secrets)
    told = _text(_outcome(text, flow, error, flow.request.withheld))
    if told is None or not secrets or told in flow.values.secrets:
        return text if told is None else told
    if any(secret in text for secret in secrets):
        return text
    again = _text(_outcome(text, flow, error, (*flow.request.withheld, *secrets)))
    return text if again is None else again


def variable_value(expression: str, flow: Flow) -> Outcome:
    """The value of a variable with its type. It may come into any text, so nothing may be made of a secret."""
    secrets = flow.values.secrets
    if any(secret in expression for secret in secrets):
        return Unknown(_READ_ANEW)
    return _outcome(expression, flow, None, (*flow.request.withheld, *secrets), keeps_type=True)


def truth(condition: str, flow: Flow, error: LastError | None = None) -> bool | None:
    """Whether the condition holds; None when only the gateway's runtime knows."""
    told = outcome_of(condition, flow, error)
    return told.value if isinstance(told, Evaluated) and isinstance(told.value, bool) else None


def outcome_of(condition: str, flow: Flow, error: LastError | None = None) -> Outcome:
    """What a condition gives, or what it throws, or what of it is not known."""
    text = condition.strip()
    if text.lower() in _TRUE | _FALSE:
        return Evaluated(text.lower() in _TRUE)
    if not text.startswith(("@(", "@{")):
        return Unknown(text)
    told = _outcome(text, flow, error, flow.request.withheld, at=flow.now)
    is_word = isinstance(told, Evaluated) and isinstance(told.value, str) and told.value.lower() in _TRUE | _FALSE
    return Evaluated(told.value.lower() in _TRUE) if is_word else told  # type: ignore[union-attr]


def _outcome(
    expression: str,
    flow: Flow,
    error: LastError | None,
    withheld: tuple[str, ...],
    *,
    at: int | None = None,
    keeps_type: bool = False,
) -> Outcome:
    """What the expression gives whichever way what is open is read. A reading in which it throws is not how the policy
    was meant, unless it throws in all.
    """
    hidden = tuple(one for one in withheld if one and one not in expression)  # what stands in it, it knows
    run = evaluate_variable if keeps_type else evaluate
    outcomes: list[Outcome] = []
    for first, *others in zip(*map(readings_of, known_parts(expression, flow, hidden)), strict=True):
        found = _same(run(expression, one, flow.purse) for one in _of_errors((first, *others), error, at))
        outcomes.append(found)
    told = [one for one in outcomes if not isinstance(one, Failed)]
    return _same(iter(told)) if told else outcomes[0]


def _of_errors(parts: tuple[Parts, ...], error: LastError | None, at: int | None) -> Iterator[Parts]:
    """The parts with the moment and with what is known of the error, once for each name that its reason may have."""
    more: Parts = {} if at is None else {"now": datetime.fromtimestamp(at, UTC).isoformat()}
    if error is None:
        yield from ({**one, **more} for one in parts) if more else parts
        return
    if error.status is not None:
        more["response"] = {"status": error.status}
    told = {"source": error.source, "section": error.section, "policy_id": error.policy_id}
    for one, reason in product(parts, error.reasons or ("",)):
        yield {**one, **more, "last_error": {**told, "reason": reason}}


def _same(outcomes: Iterable[Outcome]) -> Outcome:
    """The one outcome, where all are the same."""
    first, *others = outcomes
    for other in others:
        if type(first) is not type(other) or not _equal(first, other):
            return Unknown(_READ_ANEW)
    return first


def _equal(one: Any, other: Any) -> bool:
    if not isinstance(one, Evaluated):
        return True  # both fail, or both lack something
    value, twin = one.value, other.value
    if isinstance(value, HeldValue) and isinstance(twin, HeldValue):
        return bool(_seen(value.value) == _seen(twin.value))
    return bool((type(value), value) == (type(twin), twin))


def _seen(value: Any) -> Any:
    """A token by its claims, a list by its elements; anything else by itself."""
    if isinstance(value, Thing) and value.name == "Jwt":
        return {name: tuple(one.items) for name, one in value.members["Claims"]().items.items()}
    return tuple(value.items) if hasattr(value, "items") and isinstance(value.items, list) else value


def _text(outcome: Outcome) -> str | None:
    """What an attribute or a text becomes; None when that is not known."""
    if not isinstance(outcome, Evaluated):
        return None
    value = outcome.value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else None
