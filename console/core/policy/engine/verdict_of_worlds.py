"""From all that may happen to the one trace: what all worlds agree on, and what decides where they do not."""

from msgspec.structs import replace

from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.model import Outcome, PolicyStep, Verdict, Warned
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trace import Trace
from console.core.policy.engine.worlds import MAX_WORLDS, World, words_of

_ALLOW, _REJECT = Verdict.ALLOW, Verdict.REJECT  # a member of an enum takes longer to look up than a name


def trace_of(worlds: tuple[World, ...], steps: tuple[PolicyStep, ...], request: GatewayRequest) -> Trace:
    """`request` is the call as it came: the trace's own is as the back end gets it."""
    verdict, is_one = worlds[0].verdict, len(worlds) == 1
    is_cut = worlds[0].is_cut if is_one else any(world.is_cut for world in worlds)
    is_certain = not is_cut and (is_one or all(world.verdict is verdict for world in worlds[1:]))
    notices = _preflight_notice(worlds, request)
    if is_certain and verdict is _REJECT:
        return _rejected(worlds, steps, notices)
    if is_certain and verdict is _ALLOW:
        return _allowed(worlds, steps, notices)
    needs = dict.fromkeys((*_deciding(worlds), *_needs(steps)))
    if is_cut:
        text = f"More than {MAX_WORLDS} combinations of unknown conditions: give the values of some of them."
        notices = (*notices, Warned("too-many-conditions", text))
    return Trace(Verdict.UNDECIDED, steps, worlds[0].flow.request, needs=tuple(needs), notices=notices)


def _rejected(worlds: tuple[World, ...], steps: tuple[PolicyStep, ...], notices: tuple[Warned, ...]) -> Trace:
    """All worlds refuse: the answer is the first one's, and it is said when others answer otherwise."""
    first = worlds[0]
    reported = first.refusal.reported if first.refusal else None
    trace = Trace(
        Verdict.REJECT,
        steps,
        first.flow.request,
        reason=reported.reason if reported else "",
        reason_aliases=reported.reason_aliases if reported else (),
        needs=_needs(steps),
        notices=(*notices, *_differing(worlds), *_earlier(first)),
    )
    return trace if first.answer is None else _answering(trace, first.answer)


def _allowed(worlds: tuple[World, ...], steps: tuple[PolicyStep, ...], notices: tuple[Warned, ...]) -> Trace:
    first = worlds[0]
    is_one = len(worlds) == 1 or all(world.answer == first.answer for world in worlds[1:])
    answer = first.answer if is_one else None
    trace = Trace(
        _ALLOW,
        steps,
        first.flow.request,
        caller=first.flow.caller,
        needs=_needs(steps),
        notices=notices if len(worlds) == 1 else (*notices, *_differing(worlds)),
    )
    return trace if answer is None else _answering(trace, answer)


def _answering(trace: Trace, answer: GatewayAnswer) -> Trace:
    return replace(
        trace,
        status=answer.status,
        reason_phrase=answer.reason_phrase,
        headers=answer.headers,
        body=answer.body,
    )


def _needs(steps: tuple[PolicyStep, ...]) -> tuple[str, ...]:
    needs = [need for step in steps for need in step.needs]
    return tuple(dict.fromkeys(needs)) if needs else ()


def _deciding(worlds: tuple[World, ...]) -> tuple[str, ...]:
    """The conditions on which the verdict rests; none when all worlds are undecided for the same other reason."""
    if len({world.verdict for world in worlds}) == 1 and not any(world.is_cut for world in worlds):
        return ()
    return tuple(condition for world in worlds for condition, _ in world.assumed)


def _differing(worlds: tuple[World, ...]) -> tuple[Warned, ...]:
    if len(worlds) == 1:
        return ()
    answers = {(world.answer, _reason(world)) for world in worlds}
    if len(answers) == 1:
        return ()
    conditions = ", ".join(dict.fromkeys(condition for world in worlds for condition, _ in world.assumed))
    shown = words_of(worlds[0].assumed)
    text = f"The verdict is certain, the answer is not: it is the one for {shown} (unknown: {conditions})."
    return (Warned("answer-depends-on-condition", text),)


def _reason(world: World) -> str:
    reported = world.refusal.reported if world.refusal else None
    return reported.reason if reported else ""


def _earlier(world: World) -> tuple[Warned, ...]:
    """A policy that stayed open before the refusal may refuse first, with another answer."""
    if not world.open_steps:
        return ()
    step = world.open_steps[0]
    text = f"{step.policy} comes earlier and could not be decided: it may refuse first, with another answer."
    return (Warned("earlier-policy-undecided", text, step.path),)


def _preflight_notice(worlds: tuple[World, ...], request: GatewayRequest) -> tuple[Warned, ...]:
    if not request.is_preflight or all(world.is_over and world.refusal is None for world in worlds):
        return ()
    text = "A browser's preflight carries neither token nor key, and no cors policy in this text answers it."
    return (Warned("preflight-not-answered", text),)


def after_the_api(step: PolicyStep) -> PolicyStep:
    """A check of the API's answer says nothing about the caller: told, but it decides nothing."""
    told = tuple(
        replace(check, outcome=Outcome.NOT_CHECKED) if check.outcome is Outcome.UNKNOWN else check
        for check in step.checks
    )
    text = "After the API has answered, this policy may still put another answer in its place."
    warnings = (*step.warnings, Warned("answer-may-change", text))
    return replace(step, verdict=Verdict.ALLOW, checks=told, needs=(), warnings=warnings)
