"""What the client's changes share: how one is told, and the call with a newly issued token."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.core.owner import Owner
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.repair.proposal import Change
from console.core.policy.repair.token_text import place_of, replaced_in, rewritten, sent
from console.core.policy.text.document import Element
from console.core.policy.token.token_policy import AZURE_AD, TokenSource

_KEY_SOURCES = ("openid-config", "issuer-signing-keys", "issuer-signing-tokens")


def change(failure: Failure, kind: str, title: str, what: str, *, who: Owner = Owner.INTEGRATOR) -> Change:
    return Change("client", kind, title, what, failure.check.what, who)


def token_option(
    trial: Trial,
    failure: Failure,
    told: Change,
    claims: Mapping[str, Any] | None = None,
    *,
    detail: str = "",
    algorithm: str | None = None,
) -> Option:
    """A new token with these claims in the place that the policy reads."""
    changes = dict(claims or {})
    return Option(
        f"{told.kind}:{place_key(failure)}:{detail}",
        told,
        lambda: with_new_token(trial, failure, changes, algorithm=algorithm),
    )


def place_key(failure: Failure) -> str:
    """Where the token stands: policies that read the same place are answered by the same change."""
    place = place_of(failure.policy) if failure.policy else None
    return f"{place.kind} {place.name.lower()}" if place else ""


def with_new_token(
    trial: Trial,
    failure: Failure,
    claims: Mapping[str, Any],
    *,
    algorithm: str | None = None,
    is_fresh: bool = True,
) -> Trial | None:
    """None where no new token could pass: without any key in the policy no signature ever verifies."""
    place = place_of(failure.policy) if failure.policy else None
    if failure.policy is None or place is None or not has_keys(failure.policy):
        return None
    text = rewritten(failure.token, claims, now=trial.now if is_fresh else None, algorithm=algorithm)
    return replace(with_token(trial, failure, place, text), assumes_signature=True)


def with_token(trial: Trial, failure: Failure, place: TokenSource, text: str) -> Trial:
    """The call with this token where the policy looks for it."""
    if place.kind != "value":
        return replace(trial, request=sent(trial.request, place, text))
    old = failure.token.text if failure.token else place.value
    return replace(trial, values=replaced_in(trial.values, old, text))


def has_keys(policy: Element) -> bool:
    return policy.name == AZURE_AD or any(policy.child(name) is not None for name in _KEY_SOURCES)
