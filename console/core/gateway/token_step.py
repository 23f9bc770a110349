"""From the judgement of a token policy to its step: its answer, and the call as it goes on."""

from dataclasses import dataclass, replace

from console.core.gateway.answers import Answer
from console.core.gateway.document import Element
from console.core.gateway.matching import is_placeholder
from console.core.gateway.policies.base import Flow, GatewayCheck, Step, Verdict, Warned
from console.core.gateway.reading import Number, identity_of, number
from console.core.gateway.steps import step
from console.core.tokens.token import Token


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a token policy answers when it refuses. `message` None: the failure's own."""

    status: Number
    message: str | None
    output_variable: str = ""

    @property
    def is_open(self) -> bool:
        """Whether part of the answer is only known at run time."""
        return self.status.value is None or (self.message is not None and is_placeholder(self.message))


@dataclass(frozen=True, slots=True)
class Judgement:
    """`token` is None when there was none to judge."""

    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()
    token: Token | None = None


def read_refusal(element: Element) -> Refusal:
    return Refusal(
        number(element, "failed-validation-httpcode", 401),
        element.attribute("failed-validation-error-message"),
        element.attribute("output-token-variable-name") or "",
    )


def finish(
    name: str, judged: Judgement, refusal: Refusal, flow: Flow, *, default: str | None = None
) -> tuple[Step, Flow]:
    """The step, and the call after it. `default` is the message of a policy that does not tell its failures."""
    message = default if refusal.message is None else refusal.message
    warnings = tuple(dict.fromkeys(judged.warnings))
    done = step(name, judged.checks, status=refusal.status.value or 401, message=message, warnings=warnings)
    if done.verdict is Verdict.REJECT and refusal.is_open:
        done = _with_open_answer(done, refusal)
    # The variable holds an object that no text stands for; a value of the same name from before is gone.
    variables = {key: value for key, value in flow.variables.items() if key != refusal.output_variable}
    after = replace(flow, variables=variables) if refusal.output_variable else flow
    if done.verdict is Verdict.ALLOW and judged.token is not None:
        return done, replace(after, identity=identity_of(judged.token))
    return done, after


def _with_open_answer(done: Step, refusal: Refusal) -> Step:
    text = "The status or the text of this refusal is only known at run time."
    unknown: tuple[str, ...] = (refusal.status.need,) if refusal.status.value is None else ()
    if refusal.message is not None and is_placeholder(refusal.message):
        unknown += (f"failed-validation-error-message: {refusal.message}",)
    return replace(
        done,
        answer=Answer(refusal.status.value, None),
        warnings=(*done.warnings, Warned("unconfirmed-body", text)),
        needs=tuple(dict.fromkeys((*done.needs, *unknown))),
    )
