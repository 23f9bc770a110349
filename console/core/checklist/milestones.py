"""What was done once stays done: evidence that still counts, and what to say when a step fails after it went well."""

from dataclasses import replace

from console.core.checklist.evidence import SeenAttempt
from console.core.checklist.steps import ChecklistFacts, ChecklistStep, StepState


def with_todays_settings(facts: ChecklistFacts, seen: SeenAttempt | None) -> SeenAttempt | None:
    """The token attempt, unless credential, client, scope or provider changed after it."""
    profile = facts.profile
    if seen is None or profile is None or not seen.is_of(profile, facts.token_endpoint):
        return None
    set_at = profile.credential.set_at
    return None if set_at is not None and seen.at < set_at else seen


def to_todays_address(facts: ChecklistFacts, seen: SeenAttempt | None) -> SeenAttempt | None:
    """The call, unless the Api moved after it."""
    return seen if seen is not None and facts.api is not None and seen.is_to(facts.api) else None


def sticking(step: ChecklistStep, facts: ChecklistFacts, mended: SeenAttempt | None) -> ChecklistStep:
    """What was done once stays done, with what has gone wrong since; a refusal that is mended is told as such."""
    milestone = {
        "client": facts.token_given,
        "token": facts.token_given,
        "accepted": facts.call_answered,
        "call": facts.call_answered,
    }.get(step.code)
    if milestone is None or step.state is StepState.DONE:
        return _called_again(step, mended) if step.code == "call" and mended is not None else step
    text = "A token was obtained" if milestone is facts.token_given else f"The call {milestone.ended}"
    done = replace(step, state=StepState.DONE, evidence=(milestone.shown(text),))
    worse = next((one for one in step.evidence if (one.time or 0) > milestone.at), None)
    if step.state is not StepState.FAILED or worse is None:
        return replace(done, why="", do="", who=None)
    return replace(done, since=worse)


def _called_again(step: ChecklistStep, mended: SeenAttempt) -> ChecklistStep:
    why = "A token that passes the checks was obtained since; it was not sent yet."
    shown = (mended.shown(f"The call {mended.ended}"),)
    return replace(step, evidence=shown, why=why, do="Send the call again.")
