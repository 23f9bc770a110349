"""What the gateway decides about a call: subscription key first, then the inbound policies from top to bottom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.core.exchange import Header
from console.core.gateway.document import Element, PolicyDocument
from console.core.gateway.policies import POLICIES
from console.core.gateway.policies.base import Flow, Identity, MetadataView, Step, Verdict, Warned
from console.core.gateway.policies.subscription_key import SubscriptionRule
from console.core.gateway.policies.subscription_key import run as check_key
from console.core.gateway.request import GatewayRequest

# Policies that change the call or its answer, but never refuse a caller.
HARMLESS = frozenset(
    {
        "base",
        "set-variable",
        "set-query-parameter",
        "set-backend-service",
        "rewrite-uri",
        "set-body",
        "trace",
        "emit-metric",
        "log-to-eventhub",
        "cache-lookup",
        "cache-lookup-value",
        "cache-store",
        "find-and-replace",
        "json-to-xml",
        "xml-to-json",
        "forward-request",
        "redirect-content-urls",
        "proxy",
        "cors",
    }
)
_BY_NAME = {policy.name: policy for policy in POLICIES}


@dataclass(frozen=True, slots=True)
class Trace:
    """What was decided and why.

    On `reject` `status`, `reason_phrase`, `headers` and `body` are the gateway's answer and `reason` its name for
    the first
    failure. `identity` is the caller once a token policy let it pass, else None. `request` is the call as the back end
    gets it. `needs` names what is missing; the verdict is `undecided` only when it decides.
    """

    verdict: Verdict
    steps: tuple[Step, ...]
    request: GatewayRequest
    status: int | None = None
    reason_phrase: str = ""
    headers: tuple[Header, ...] = ()
    body: str = ""
    reason: str = ""
    identity: Identity | None = None
    needs: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[Warned, ...]:
        return tuple(dict.fromkeys(warned for step in self.steps for warned in step.warnings))


def evaluate(
    document: PolicyDocument,
    request: GatewayRequest,
    *,
    metadata: Mapping[str, MetadataView],
    subscription: SubscriptionRule | None,
    now: int,
) -> Trace:
    """All steps run, also after a refusal, so that a first fault never hides a second; the first refusal is the
    verdict.

    `metadata` is by openid-config address: one that is not listed was not given and leaves the answer undecided.
    `subscription` None: the API asks for no key. `now` is epoch seconds.
    """
    steps = [] if subscription is None else [check_key(subscription, request)]
    flow = Flow(request, metadata, now)
    seen: Counter[str] = Counter()
    for element in document.inbound:
        seen[element.name] += 1
        done, flow = _run(element, flow)
        is_reached = all(earlier.verdict is not Verdict.REJECT for earlier in steps)
        steps.append(replace(done, path=f"inbound/{element.name}[{seen[element.name]}]", is_reached=is_reached))
    return _trace(tuple(steps), flow)


def _run(element: Element, flow: Flow) -> tuple[Step, Flow]:
    policy = _BY_NAME.get(element.name)
    if policy is not None:
        return policy.run(element, flow)
    if element.name == "base":
        hidden = Warned("hidden-scope", "The policies of parent scopes are not in this text.")
        return Step(element.name, "", Verdict.ALLOW, warnings=(hidden,)), flow
    if element.name in HARMLESS:
        return Step(element.name, "", Verdict.ALLOW), flow
    # A policy that is not understood might refuse the caller: passing it over silently would be a guess.
    return Step(element.name, "", Verdict.UNDECIDED, needs=(f"policy {element.name}",)), flow


def _trace(steps: tuple[Step, ...], flow: Flow) -> Trace:
    needs = tuple(dict.fromkeys(need for step in steps for need in step.needs))
    refusal = next((step for step in steps if step.verdict is Verdict.REJECT), None)
    if refusal is None or refusal.answer is None:
        is_open = any(step.verdict is Verdict.UNDECIDED for step in steps)
        verdict = Verdict.UNDECIDED if is_open else Verdict.ALLOW
        return Trace(verdict, steps, flow.request, identity=flow.identity, needs=needs)
    answer, reported = refusal.answer, refusal.reported
    return Trace(
        Verdict.REJECT,
        steps,
        flow.request,
        answer.status,
        answer.reason_phrase,
        answer.headers,
        answer.body,
        reported.reason if reported else "",
        needs=needs,
    )
