"""What the API's owner can do: edits of the policy, and settings of the API's registration."""

from collections.abc import Callable

from console.core.policy.engine.trial import Trial
from console.core.policy.repair.api import attributes, claims, issuers, lists, order, version
from console.core.policy.repair.failures import Failure, Option
from console.core.policy.text.document import Element

Make = Callable[[Trial, Failure, Element], tuple[Option, ...]]


def options(trial: Trial, failure: Failure) -> tuple[Option, ...]:
    """Changes on the API's side that answer this failure, the likeliest first; none for a policy not in the text."""
    policy = failure.policy
    if policy is None or policy.span == (0, 0):
        return ()
    return tuple(option for make in _BY_CHECK.get(failure.name, ()) for option in make(trial, failure, policy))


_BY_CHECK: dict[str, tuple[Make, ...]] = {
    "token-present": (order.moved_behind, attributes.scheme),
    "scheme": (order.moved_behind, attributes.scheme),
    "well-formed": (order.moved_behind,),
    "algorithm": (attributes.unsigned,),
    "signature": (order.moved_behind, attributes.unsigned, issuers.keys),
    "key-found": (order.moved_behind, issuers.keys),
    "expiry": (attributes.lifetime,),
    "not-before": (attributes.lifetime,),
    "expiration-present": (attributes.expiration_present,),
    "audience": (order.moved_behind, lists.audience, version.other_version),
    "issuer": (issuers.issuer, version.other_version),
    "tenant": (issuers.tenant,),
    "client-application": (lists.client,),
    "backend-application": (lists.backend,),
    "required-claim": (claims.required_claim,),
    "header": (attributes.ignored_case,),
    "ip": (lists.address,),
}
