"""A policy, a call, and all else that the gateway's decision rests on."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from console.core.policy.csharp.work import Purse
from console.core.policy.engine.model import MetadataView
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.switches import DEFAULTS, Switches
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.values import NO_VALUES, Values


class Trial(Struct, frozen=True):
    """What `evaluate` takes. `now` is epoch seconds.

    `metadata` is by openid-config address: one that is not listed was not given and leaves the answer undecided.
    `subscription` None: the API asks for no key. `values` are those that only the gateway knows, `switches` the reading
    chosen for unconfirmed behaviour. `assumes_signature`: the token is hypothetical, its signature taken as valid.
    `purse` is shared with what is tried in its place, so that all expressions together are bounded.
    """

    document: PolicyDocument
    request: GatewayRequest
    now: int
    metadata: Mapping[str, MetadataView] = field(default_factory=dict)
    subscription: SubscriptionRule | None = None
    values: Values = NO_VALUES
    switches: Switches = field(default_factory=lambda: DEFAULTS)
    assumes_signature: bool = False
    purse: Purse = field(default_factory=Purse)

    def __repr__(self) -> str:
        """Neither the call nor the values: both may hold secrets."""
        return "Trial(…)"

    def with_policy(self, text: str) -> "Trial | None":
        """The same call under another policy text; None when that text is no policy."""
        read = read_policy(text)
        return replace(self, document=read) if isinstance(read, PolicyDocument) else None
