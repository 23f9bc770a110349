"""The policies that steer: choose, include-fragment, and those that only hold others. One walk for every section."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.csharp import Failed, Unknown, lacking
from console.core.policy.engine.caller_rule import VARIABLE, rule_in
from console.core.policy.engine.conditions import outcome_of, truth
from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Verdict, Warned
from console.core.policy.engine.read_bodies import after_reading
from console.core.policy.engine.worlds import MAX_WORLDS, DocumentPlace, Log, View, World, merged
from console.core.policy.policies import ENDINGS, HOLDERS
from console.core.policy.text.document import Element, PolicyDocument
from console.core.policy.token.step_of_checks import passed

MAX_FRAGMENTS = 10
MAX_STEPS = 20_000  # after these many no fragment is run any more: they may include each other many times over
Leaf = Callable[[Element, World, DocumentPlace], tuple[PolicyStep, Callable[[PolicyStep], World]]]


class Walk(Struct, frozen=True):
    """`leaf` runs a policy that steers nothing and gives its step; all of them go into `log`. `view` gives what counts
    of a call, `fragments` are by id. `has_token_policy` says whether the text itself holds one. `runs_only` names the
    only policies that run; None: all.
    """

    leaf: Leaf
    log: Log
    view: View
    fragments: Mapping[str, PolicyDocument]
    has_token_policy: Callable[[], bool]
    runs_only: frozenset[str] | None = None

    def run(self, elements: tuple[Element, ...], worlds: tuple[World, ...], place: DocumentPlace) -> tuple[World, ...]:
        """The worlds after these policies, from top to bottom."""
        seen: dict[str, int] = {}
        for index, element in enumerate(elements):
            seen[element.name] = seen.get(element.name, 0) + 1
            here = place.inside(element.name, seen[element.name], index)
            if len(worlds) == 1:
                worlds = self._one(element, worlds[0], here)
            else:
                worlds = tuple([one for world in worlds for one in self._one(element, world, here)])
            if len(worlds) > 1:
                worlds = merged(worlds, self.view)
        return worlds

    def _one(self, element: Element, world: World, place: DocumentPlace) -> tuple[World, ...]:
        if element.name == "choose":
            return self._choose(element, world, place)
        if element.name == "include-fragment":
            return self._include(element, world, place)
        if element.name in HOLDERS:
            self.log.add(PolicyStep(element.name, "", Verdict.ALLOW), place, world)
            return self.run(element.children, (world,), place)
        if self.runs_only is not None and element.name not in self.runs_only:
            return (world,)
        step, after = self.leaf(element, world, place)
        return (after(self.log.add(step, place, world)),)

    def _choose(self, element: Element, world: World, place: DocumentPlace) -> tuple[World, ...]:
        """Each `when` in turn; where nobody knows a condition, the course of events divides."""
        self.log.add(_choose_step(element, world, place), place, world)
        waiting: tuple[World, ...] = (world,)
        done: list[World] = []
        under = place.under
        seen: dict[str, int] = {}
        for index, branch in enumerate(element.children):
            seen[branch.name] = seen.get(branch.name, 0) + 1
            here = place.inside(branch.name, seen[branch.name], index)
            if branch.name == "otherwise":
                done += self.run(branch.children, waiting, here.when(under)) if waiting else ()
                waiting = ()
            elif branch.name == "when" and waiting:
                condition = (branch.attribute("condition") or "").strip()
                left = [one for one in waiting if _is_of_the_answer(condition, one, place)]
                done += left  # what the API answers decides: neither this branch nor a later one is followed
                waiting = tuple(one for one in waiting if one not in left) if left else waiting
                taken, passing, is_known = _divided(condition, waiting, place)
                entered = under if is_known else (*under, (condition, True))
                done += self.run(branch.children, taken, here.when(entered)) if taken else ()
                waiting, under = passing, under if is_known else (*under, (condition, False))
                if len(under) > MAX_WORLDS:
                    waiting = tuple(replace(one, is_cut=True) for one in waiting)
        return (*done, *waiting)

    def _include(self, element: Element, world: World, place: DocumentPlace) -> tuple[World, ...]:
        name = element.attribute("fragment-id") or ""
        document = self.fragments.get(name)
        is_endless = name in place.fragments or len(place.fragments) >= MAX_FRAGMENTS or self.log.count >= MAX_STEPS
        if document is None or is_endless:
            step = self.log.add(self._hidden(name, place, is_known=document is not None), place, world)
            return (world.after(step, world.flow.after_unseen()),)
        inside = replace(place, fragments=(*place.fragments, name))
        self.log.add(PolicyStep("include-fragment", "", Verdict.ALLOW), place, world)
        return self.run(document.inbound, (world,), inside)

    def _hidden(self, name: str, place: DocumentPlace, *, is_known: bool) -> PolicyStep:
        """A fragment that is not here may hold anything; undecided only where it may be what guards the API."""
        if is_known:
            text = f"The fragment {name} includes itself, or fragments include each other too deeply or too often."
            return PolicyStep("include-fragment", "", Verdict.UNDECIDED, needs=(f"fragment {name}",), warnings=(
                Warned("hidden-fragment", text),))  # fmt: skip
        text = f"The policies of the fragment {name} are not in this text; they may refuse a call, too."
        may_guard = place.section == "inbound" and not self.has_token_policy()
        verdict = Verdict.UNDECIDED if may_guard else Verdict.ALLOW
        warnings = (Warned("hidden-fragment", text),)
        return PolicyStep("include-fragment", "", verdict, warnings=warnings, needs=(f"fragment {name}",))


def _divided(
    condition: str, worlds: tuple[World, ...], place: DocumentPlace
) -> tuple[tuple[World, ...], tuple[World, ...], bool]:
    """Worlds in which the condition holds and in which it does not, and whether all of them know it."""
    taken: list[World] = []
    passing: list[World] = []
    is_known = True
    for world in worlds:
        holds = known_truth(condition, world, place)
        named = _as_asked(condition, world.flow)
        world = replace(world, flow=after_reading(condition, world.flow))  # noqa: PLW2901
        assumed = dict(world.assumed).get(named)
        is_known = is_known and holds is not None
        if holds is None and assumed is None and world.is_cut:
            taken.append(world)  # too many courses already: this one is followed, and said not to be the only one
        elif holds is None and assumed is None:
            taken.append(world.assume(named, True))
            passing.append(world.assume(named, False))
        elif holds or (holds is None and assumed):
            taken.append(world)
        else:
            passing.append(world)
    return tuple(taken), tuple(passing), is_known


def _as_asked(condition: str, flow: Flow) -> str:
    """The condition, told apart from the same one asked before a policy put another unknown value into a variable."""
    again = sum(count - 1 for name, count in flow.lost.items() if f'"{name}"' in condition)
    return f"{condition} (after the variable was set again)" if again > 0 else condition


_USUAL = {"status": 200, "reason": "OK"}


def known_truth(condition: str, world: World, place: DocumentPlace) -> bool | None:
    """Whether a condition holds, None when nobody knows. The API, of whose answer nobody has told, is taken to have
    answered 200.
    """
    holds = truth(condition, world.flow, world.error)
    token = world.flow.tokens.get(VARIABLE)
    if holds is None and token is not None and (rule := rule_in(condition)) is not None:
        return not rule.lets_in(token.claims or {})
    if holds is None and _asks_the_answer(condition, place) and "response" not in world.flow.context:
        return truth(condition, replace(world.flow, context={**world.flow.context, "response": _USUAL}), world.error)
    return holds


def _asks_the_answer(condition: str, place: DocumentPlace) -> bool:
    return place.section == "outbound" and "context.Response" in condition


def _is_of_the_answer(condition: str, world: World, place: DocumentPlace) -> bool:
    """Whether more of the API's answer decides than its status."""
    return _asks_the_answer(condition, place) and known_truth(condition, world, place) is None


def _choose_step(element: Element, world: World, place: DocumentPlace) -> PolicyStep:
    checks = tuple(_told(branch, world, place) for branch in element.all("when"))
    warnings: tuple[Warned, ...] = ()
    if place.section == "outbound" and _answers(element):
        text = "After the API has answered, this policy may still put another answer in its place."
        warnings = (Warned("answer-may-change", text),)
    return PolicyStep("choose", "", Verdict.ALLOW, checks, warnings=warnings)


def _told(branch: Element, world: World, place: DocumentPlace) -> GatewayCheck:
    condition = (branch.attribute("condition") or "").strip()
    holds = known_truth(condition, world, place)
    if holds is None:
        return GatewayCheck("condition", Outcome.UNKNOWN, _why_open(condition, world))
    is_assumed = _asks_the_answer(condition, place) and truth(condition, world.flow, world.error) is None
    when = " when the API answers 200" if is_assumed else ""
    return passed("condition", f"The condition {condition} {'holds' if holds else 'does not hold'}{when}.")


def _why_open(condition: str, world: World) -> str:
    text = f"Whether {condition} holds is only known at run time."
    told = outcome_of(condition, world.flow, world.error)
    if isinstance(told, Failed):
        return f"{text} By the rules of C# it throws {told.kind} for this call, which leads to on-error."
    is_named = isinstance(told, Unknown) and told.part != condition
    return f"{text} {lacking.sentence(told.part)}" if is_named else text  # type: ignore[union-attr]


def _answers(element: Element) -> bool:
    return any(child.name in ENDINGS or _answers(child) for child in element.children)
