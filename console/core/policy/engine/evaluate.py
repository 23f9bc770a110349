"""What the gateway decides about a call: subscription key first, then the policies from top to bottom."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.engine import on_error, verdict_of_worlds
from console.core.policy.engine.control import Walk
from console.core.policy.engine.known_call import TextOfVariable
from console.core.policy.engine.model import Flow, PolicyStep, Verdict
from console.core.policy.engine.parts_read import Relevance, relevance_of
from console.core.policy.engine.request import MADE_UP_URL
from console.core.policy.engine.runner import run_policy
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.trial import Trial
from console.core.policy.engine.worlds import DocumentPlace, Log, World, merged
from console.core.policy.policies import cors
from console.core.policy.policies.subscription_key import SubscriptionRule
from console.core.policy.policies.subscription_key import run as check_key
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.text.fragments import read_fragments
from console.core.policy.text.values import Values, fill
from console.core.policy.token.token_policy import holds_token_policy

__all__ = ["Trace", "evaluate"]

Worlds = tuple[World, ...]


def evaluate(trial: Trial) -> Trace:
    """All steps run, also after a refusal, so that a first fault never hides a second; the first refusal is the
    verdict. Where nobody knows a condition, all that may happen is evaluated: the verdict is what all of it agrees on.
    """
    request, values = trial.request, trial.values
    flow = Flow(
        request,
        trial.metadata,
        trial.now,
        values=values,
        switches=trial.switches,
        variables={name: TextOfVariable(text) for name, text in values.variables.items()},
        assumes_signature=trial.assumes_signature,
        purse=trial.purse,
        context=request.context,
        original_url="" if request.url.startswith(MADE_UP_URL) else request.url,
    )
    filled, fragments = fill(trial.document, values), _fragments(values)
    run = _Run(filled, fragments, _View((filled, *fragments.values())), Log())
    worlds: Worlds = (World(flow),)
    answered: Worlds = ()
    if request.is_preflight:
        worlds = run.preflight(flow)
        answered = tuple(world for world in worlds if world.is_over)
        worlds = tuple(world for world in worlds if not world.is_over)
    rest = run.sections(worlds, trial.subscription)
    return verdict_of_worlds.trace_of((*answered, *rest), run.log.steps(), request)


class _Run(Struct, frozen=True):
    """One evaluation: the filled document, the fragments, and the steps so far."""

    document: PolicyDocument
    fragments: Mapping[str, PolicyDocument]
    view: "_View"
    log: Log

    def preflight(self, flow: Flow) -> Worlds:
        """A preflight meets cors alone, wherever it stands; without one it is a call like any other."""
        worlds: Worlds = (World(flow),)
        if not any(element.name == cors.NAME for element in self._inbound()):
            return worlds
        walk = self._walk(_policy_leaf, runs_only=frozenset({cors.NAME}))
        return walk.run(self.document.inbound, worlds, DocumentPlace("inbound", "inbound", (0,)))

    def sections(self, worlds: Worlds, subscription: SubscriptionRule | None) -> Worlds:
        if subscription is not None:
            worlds = tuple(self._with_key(world, subscription) for world in worlds)
        walk = self._walk(_policy_leaf)
        worlds = walk.run(self.document.inbound, worlds, DocumentPlace("inbound", "inbound", (0,)))
        after = (("backend", self.document.backend), ("outbound", self.document.outbound))
        is_more = len(worlds) > 1 or self.document.backend or self.document.outbound
        for number, (name, elements) in enumerate(after, 1) if is_more else ():
            if elements or len(worlds) > 1:
                over = tuple(world for world in worlds if world.is_over)
                going = tuple(world for world in worlds if not world.is_over)
                worlds = (*over, *walk.run(elements, going, DocumentPlace(name, name, (number,)))) if going else over
        if len(worlds) == 1 and worlds[0].refusal is None:
            return worlds
        ended = [one for world in worlds for one in self._after_refusal(world)]
        return merged(ended, self.view) if len(ended) > 1 else tuple(ended)

    def _after_refusal(self, world: World) -> Worlds:
        """The on-error section runs after an error, not after an answer that a policy gave on purpose."""
        if world.refusal is None or world.refusal.reported is None or not self.document.on_error:
            return (world,)
        begun = replace(world, is_over=False, error=on_error.last_error(world.refusal))
        place = DocumentPlace(on_error.SECTION, on_error.SECTION, (3,))
        ended = self._walk(on_error.leaf).run(self.document.on_error, (begun,), place)
        return tuple(replace(one, is_over=True) for one in ended)

    def _with_key(self, world: World, subscription: SubscriptionRule) -> World:
        step = check_key(subscription, world.flow.request)
        self.log.add(step, DocumentPlace("inbound", step.path, (-1,)), world)
        flow = world.flow
        if step.verdict is Verdict.ALLOW and "subscription" not in flow.context:
            flow = replace(flow, context={**flow.context, "subscription": {}})  # there is one; what it is, nobody told
        return world.after(step, flow)

    def _walk(self, leaf: "_Leaf", *, runs_only: frozenset[str] | None = None) -> Walk:
        return Walk(leaf, self.log, self.view, self.fragments, self.view.has_token_policy, runs_only)

    def _inbound(self) -> Iterator[Element]:
        """Every element of the inbound section, those of fragments included."""
        yield from self.document.walk()
        for document in self.fragments.values():
            yield from document.walk()


class _View(Struct):
    """What counts of a call. The documents are looked through when two courses of events are compared: seldom."""

    documents: tuple[PolicyDocument, ...]
    relevance: Relevance | None = None
    holds_token_policy: bool | None = None

    def has_token_policy(self) -> bool:
        """Whether the texts themselves hold one in their inbound sections; found out once for all that ask."""
        if self.holds_token_policy is None:
            self.holds_token_policy = any(holds_token_policy(one.inbound) for one in self.documents)
        return self.holds_token_policy

    def __call__(self, flow: Flow) -> object:
        if self.relevance is None:
            self.relevance = relevance_of(element for one in self.documents for element in one.walk_all())
        return self.relevance.view(flow)


_Leaf = Callable[[Element, World, DocumentPlace], tuple[PolicyStep, Callable[[PolicyStep], World]]]


def _policy_leaf(
    element: Element, world: World, place: DocumentPlace
) -> tuple[PolicyStep, Callable[[PolicyStep], World]]:
    step, flow = run_policy(element, world.flow, section=place.section, path=place.path)
    if place.section == "outbound" and step.verdict is Verdict.UNDECIDED and step.policy.startswith("validate-"):
        step = verdict_of_worlds.after_the_api(step)
    return step, lambda placed: world.after(placed, flow)


def _fragments(values: Values) -> dict[str, PolicyDocument]:
    if not values.fragments:
        return {}
    read = read_fragments(values)
    return {name: found for name, found in read.items() if isinstance(found, PolicyDocument)}
