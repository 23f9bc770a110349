"""What a policy is and what it leaves behind: checks, a step, and the call as it goes on."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field, structs

from console.core.policy.csharp.work import Purse
from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.caller import CallerIdentity, identity_of
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.switches import DEFAULTS, Switches
from console.core.policy.text.document import Element
from console.core.policy.text.values import NO_VALUES, Values
from console.core.tokens.keys import KeySet
from console.core.tokens.token import Token


class Verdict(StrEnum):
    ALLOW = "allow"
    REJECT = "reject"
    UNDECIDED = "undecided"


class Outcome(StrEnum):
    """`UNKNOWN` when a value is missing, `NOT_CHECKED` when an earlier failure leaves nothing to look at."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not_checked"


class GatewayCheck(Struct, frozen=True, gc=False):
    """One rule of one policy.

    `check` is one of the names support staff know (token-present, scheme, well-formed, algorithm, signature, key-found,
    expiry, not-before, expiration-present, audience, issuer, required-claim:NAME, tenant, client-application,
    subscription-key, header, ip). `expected` and `actual` are texts, None when there is nothing to compare.
    On a failure `reason` is the gateway's documented name and `reason_aliases` others that were seen, `message` its own
    sentence, `library_code` its IDX number. `needs` names what is missing when the outcome is unknown.
    `is_reported` marks the one failure that the gateway names. A Struct, as everything that is made for each call:
    making frozen dataclasses took longer than all that the policies look at. Without cycles no collector is needed.
    """

    check: str
    outcome: Outcome
    what: str
    expected: str | None = None
    actual: str | None = None
    reason: str = ""
    reason_aliases: tuple[str, ...] = ()
    message: str = ""
    library_code: str = ""
    needs: tuple[str, ...] = ()
    is_reported: bool = False


class Warned(Struct, frozen=True, gc=False):
    """Something that did not decide, but that people should know.

    `code` is stable and kebab-case; `lint.EXPLAINED` says why it matters and what to do. `path` is the step or the
    element it is about, `switch` the unconfirmed behaviour it rests on; both "" when there is none.
    """

    code: str
    text: str
    path: str = ""
    switch: str = ""


def rests_on(switch: str, text: str) -> Warned:
    """The warning of an outcome that rests on a reading which nobody has confirmed."""
    return Warned("unconfirmed-behaviour", text, switch=switch)


def unsettled(text: str) -> Warned:
    """The same where the other reading is only told, not chosen."""
    return Warned("unconfirmed-behaviour", text)


class PolicyStep(Struct, frozen=True):
    """What one policy decided. `path` is as the gateway writes it: `inbound/validate-jwt[1]`.

    `is_reached` is false when an earlier policy had already refused: its checks are still told. `condition` is the
    expression, known to nobody here, under which the policy runs at all; "" when it runs for certain. A policy that
    ends the call without refusing it (return-response below 400, a preflight) allows it and has an `answer`.
    `is_last` is true when no later policy of the call runs, whatever the verdict. `id` is the policy's own attribute.
    """

    policy: str
    path: str
    verdict: Verdict
    checks: tuple[GatewayCheck, ...] = ()
    answer: GatewayAnswer | None = None
    warnings: tuple[Warned, ...] = ()
    needs: tuple[str, ...] = ()
    is_reached: bool = True
    condition: str = ""
    is_last: bool = False
    id: str = ""

    @property
    def reported(self) -> GatewayCheck | None:
        """The failure that the gateway names; None when nothing failed."""
        return next((check for check in self.checks if check.is_reported), None)


class MetadataView(Struct, frozen=True):
    """What an openid-configuration gives: its issuer and its keys. `is_reachable` is false when fetching failed."""

    issuer: str = ""
    keyset: KeySet | None = None
    is_reachable: bool = True

    def unread_keys(self, url: str) -> tuple[str, ...]:
        """What is needed of the keys at this address: all of them, or those beyond the most that are read here. The
        gateway tries them all. Empty when they are here.
        """
        if self.keyset is None:
            return (f"keys of {url}",)
        if _CUT.isdisjoint([defect.code for defect in self.keyset.defects]):
            return ()
        return (f"keys of {url}: they are more than are read here, so some were left out",)


_CUT = frozenset({"too-many-keys", "too-large"})
UNREACHABLE = MetadataView(is_reachable=False)


class Flow(Struct, frozen=True):
    """The call on its way through the policies. `metadata` is by address; `now` is epoch seconds.

    `values` is what only the gateway's runtime knows, `switches` the reading chosen for unconfirmed behaviour. Policies
    set `variables` on the way, each with its type (`csharp.gateway.variables`); one whose value nobody knows is not in
    them, and `lost` counts how often that came to a name. `context` are further parts that expressions read.
    `original_url` is the address as it came, "" when nobody knows it; `is_rewritten`: a policy has changed what
    policies see of it. `replaced` tells which policy last wrote or deleted a part of the call: `header:name` or
    `query:name`, in lower case, to the policy's path.
    `overwritten` are those parts that held another value before, mostly the caller's.
    `assumes_signature`: the token is hypothetical, its signature is taken as valid. `tokens` are those that a token
    policy let pass and put into a variable, by its name, and `caller` is the last that one let pass.
    `purse` is what expressions of this judgement may still do.
    """

    request: GatewayRequest
    metadata: Mapping[str, MetadataView]
    now: int
    caller: Token | None = None
    values: Values = NO_VALUES
    switches: Switches = field(default_factory=lambda: DEFAULTS)
    variables: Mapping[str, Any] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    overwritten: frozenset[str] = frozenset()
    assumes_signature: bool = False
    tokens: Mapping[str, Token] = field(default_factory=dict)
    purse: Purse = field(default_factory=Purse)
    context: Mapping[str, Any] = field(default_factory=dict)
    original_url: str = ""
    is_rewritten: bool = False
    lost: Mapping[str, int] = field(default_factory=dict)

    @property
    def identity(self) -> CallerIdentity | None:
        """Who calls, once a token policy let them pass: read when it is asked for, which is seldom."""
        return identity_of(self.caller) if self.caller is not None else None

    def without_variable(self, name: str) -> "Flow":
        """The call when nobody knows any more what a variable holds."""
        after = self._without(name)
        return structs.replace(after, lost={**after.lost, name: after.lost.get(name, 0) + 1})

    def with_variable(self, name: str, value: Any) -> "Flow":
        after = self._without(name)
        return structs.replace(after, variables={**after.variables, name: value})

    def after_unseen(self) -> "Flow":
        """The call after policies that nobody sees here: they may have set any variable anew."""
        if not self.variables:
            return self
        given = {name: self.variables[name] for name in self.values.variables if name in self.variables}
        lost = {name: self.lost.get(name, 0) + 1 for name in self.variables if name not in given}
        return structs.replace(self, variables=given, lost={**self.lost, **lost})

    def _without(self, name: str) -> "Flow":
        variables = {key: value for key, value in self.variables.items() if key != name}
        tokens = {key: token for key, token in self.tokens.items() if key != name}
        return structs.replace(self, variables=variables, tokens=tokens)


# The step of a policy, its path left empty, and the call as it goes on.
Run = Callable[[Element, Flow], tuple[PolicyStep, Flow]]
