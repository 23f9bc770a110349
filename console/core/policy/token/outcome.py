"""From the judgement of a token policy to its step: its answer, and the call as it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.model import Flow, GatewayCheck, PolicyStep, Verdict, Warned
from console.core.policy.text.document import Element
from console.core.policy.text.values import Values
from console.core.policy.token.attributes import Number
from console.core.policy.token.inline_keys import holds_secret
from console.core.policy.token.matching import is_placeholder
from console.core.policy.token.step_of_checks import step
from console.core.policy.token.token_policy import TokenPolicy
from console.core.tokens.token import Token

_ALLOW, _REJECT = Verdict.ALLOW, Verdict.REJECT  # a member of an enum takes longer to look up than a name
_KEY_LISTS = frozenset({"issuer-signing-keys", "decryption-keys"})
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class PolicyRefusal:
    """What a token policy answers when it refuses. `message` None: the failure's own."""

    status: Number
    message: str | None
    output_variable: str = ""

    @property
    def is_open(self) -> bool:
        """Whether part of the answer is only known at run time."""
        return self.status.value is None or (self.message is not None and is_placeholder(self.message))


class Judgement(Struct, frozen=True):
    """`token` is None when there was none to judge."""

    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()
    token: Token | None = None


def _may_be_kept(element: Element, values: Values) -> bool:
    """Whether what is read from a policy may outlive the call: no key, token or filled-in value can be in it."""
    if values.named_values or values.expressions or values.variables or element.attribute("token-value") is not None:
        return False
    return not any(map(_is_secret, element.children))


def kept_rules(
    element: Element, values: Values, kind: type[R], *, read: Callable[[Element], R], read_once: Callable[[Element], R]
) -> R:
    """What `read` makes of an element. What was read once stays with the element, unless it may hold a secret;
    `read_once` is `read` behind a memo by the element's text.
    """
    kept = element.kept
    if isinstance(kept, kind):
        return kept
    if not _may_be_kept(element, values):
        return read(element)
    rules = read_once(element)
    element.keep(rules)
    return rules


def _is_secret(child: Element) -> bool:
    return child.name in _KEY_LISTS and holds_secret(child)


def refusal_of(policy: TokenPolicy) -> PolicyRefusal:
    return PolicyRefusal(policy.status, policy.attribute("failed-validation-error-message"), policy.output_variable)


def finish(
    name: str, judged: Judgement, refusal: PolicyRefusal, flow: Flow, *, default: str | None = None
) -> tuple[PolicyStep, Flow]:
    """The step, and the call after it. `default` is the message of a policy that does not tell its failures."""
    message = default if refusal.message is None else refusal.message
    warnings = tuple(dict.fromkeys(judged.warnings)) if judged.warnings else ()
    done = step(name, judged.checks, status=refusal.status.value or 401, message=message, warnings=warnings)
    if done.verdict is _REJECT and refusal.is_open:
        done = _with_open_answer(done, refusal)
    if refusal.output_variable:
        # It holds an object that no text stands for; a value of the same name from before is gone.
        flow = flow.without_variable(refusal.output_variable)
        if done.verdict is not Verdict.REJECT and judged.token is not None:
            flow = replace(flow, tokens={**flow.tokens, refusal.output_variable: judged.token})
    if done.verdict is _ALLOW and judged.token is not None:
        return done, replace(flow, caller=judged.token)
    return done, flow


def _with_open_answer(done: PolicyStep, refusal: PolicyRefusal) -> PolicyStep:
    text = "The status or the text of this refusal is only known at run time."
    unknown: tuple[str, ...] = (refusal.status.need,) if refusal.status.value is None else ()
    if refusal.message is not None and is_placeholder(refusal.message):
        unknown += (f"failed-validation-error-message: {refusal.message}",)
    return replace(
        done,
        answer=GatewayAnswer(refusal.status.value, None),
        warnings=(*done.warnings, Warned("unconfirmed-body", text)),
        needs=tuple(dict.fromkeys((*done.needs, *unknown))),
    )
