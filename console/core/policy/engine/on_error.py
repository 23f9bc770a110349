"""The on-error section after a refusal: it may change the answer's status, headers and body, never the reason."""

import dataclasses
from collections.abc import Callable

from msgspec.structs import replace

from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.conditions import LastError
from console.core.policy.engine.model import PolicyStep, Verdict, Warned
from console.core.policy.engine.response_edits import EDITS, edited
from console.core.policy.engine.runner import run_policy, with_known_values
from console.core.policy.engine.worlds import DocumentPlace, World
from console.core.policy.policies import BY_NAME, ENDINGS, mock_response, return_response
from console.core.policy.text.document import Element

SECTION = "on-error"
SOURCES = {"subscription-key": "authorization"}


def last_error(refusal: PolicyStep) -> LastError:
    """What the section can read of a refusal."""
    reported = refusal.reported
    return LastError(
        source=SOURCES.get(refusal.policy, refusal.policy),
        reasons=tuple(one for one in (reported.reason, *reported.reason_aliases) if one) if reported else (),
        section=refusal.path.partition("/")[0] if "/" in refusal.path else "inbound",
        policy_id=refusal.id,
        status=refusal.answer.status if refusal.answer else None,
    )


def leaf(element: Element, world: World, place: DocumentPlace) -> tuple[PolicyStep, Callable[[PolicyStep], World]]:
    """One policy of the section. `is_over` begins anew here: it tells that the section itself has answered."""
    element = with_known_values(element, world.flow, world.error)
    changed = _answer(element, world.answer or GatewayAnswer(None, None, ()))
    ends = element.name in ENDINGS
    if not ends and element.name not in EDITS:
        return _other(element, world, place)
    step = PolicyStep(
        element.name, "", Verdict.ALLOW, answer=changed, warnings=_warnings(element, world.answer, changed)
    )
    if world.is_over:
        return step, lambda _: world
    return step, lambda _: replace(world, answer=changed, error=_with_status(world.error, changed.status), is_over=ends)


def _with_status(error: LastError | None, status: int | None) -> LastError | None:
    """What later policies of the section read as the answer's status."""
    return error if error is None or error.status == status else dataclasses.replace(error, status=status)


def _other(element: Element, world: World, place: DocumentPlace) -> tuple[PolicyStep, Callable[[PolicyStep], World]]:
    policy = BY_NAME.get(element.name)
    if policy is not None and SECTION not in policy.sections:
        text = f"{element.name} is documented for the inbound section only; it is not run in on-error here."
        return PolicyStep(element.name, "", Verdict.ALLOW, warnings=(Warned("wrong-section", text),)), lambda _: world
    step, flow = run_policy(element, world.flow, section=SECTION, path=place.path)
    return replace(step, verdict=Verdict.ALLOW), lambda _: replace(world, flow=flow)


def _answer(element: Element, answer: GatewayAnswer) -> GatewayAnswer:
    if element.name == return_response.NAME:
        return return_response.answer_of(element)
    if element.name == mock_response.NAME:
        return GatewayAnswer(mock_response.status_of(element).value, None, ())
    return edited(answer, element)


def _warnings(element: Element, before: GatewayAnswer | None, after: GatewayAnswer) -> tuple[Warned, ...]:
    if before is not None and (before.status, before.body) == (after.status, after.body):
        return ()
    text = f"The on-error section changes the answer ({element.name}): the policy's own status or message is not seen."
    return (Warned("on-error-overrides", text),)
