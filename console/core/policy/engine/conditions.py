"""Conditions of choose/when, as far as they can be known without running C#."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from console.core.policy.csharp import Evaluated, evaluate
from console.core.policy.engine.model import Flow
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.text.expressions import static_text
from console.core.policy.token.matching import is_placeholder

_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})
_MEMBER = re.compile(r'context\.LastError\??\.(Source|Reason|Section|PolicyId)\s*(==|!=)\s*"([^"\\]*)"')
_STATUS = re.compile(r"context\.Response\??\.StatusCode\s*(==|!=|>=|<=|>|<)\s*(\d{3})")
_THERE = re.compile(r"context\.LastError\s*(==|!=)\s*null")
# What stands for each letter of what is withheld: an expression that gives the same for both does not tell it.
_MARKS = ("A", "b")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastError:
    """What an on-error section can read of the refusal. `reasons` has all names that gateways were seen to use."""

    source: str
    reasons: tuple[str, ...]
    section: str
    policy_id: str
    status: int | None


def resolved(text: str, flow: Flow) -> str:
    """The text, or what it gives when it is an expression that reads only literals, known variables and the call."""
    if not text.startswith(("@(", "@{")):
        return text
    static = static_text(text, flow.variables)
    if static is not None:
        return static
    if any(secret in text for secret in flow.values.secrets):
        return text  # what it makes of a secret is masked nowhere
    told = _told(text, flow)
    return told if isinstance(told, str) else text


def truth(condition: str, flow: Flow, error: LastError | None = None) -> bool | None:
    """Whether the condition holds; None when only the gateway's runtime knows."""
    text = condition.strip()
    if text.startswith(("@(", "@{")):
        static = static_text(text, flow.variables)
        text = text if static is None else static.strip()
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    told = _told(text, flow)
    if isinstance(told, bool):
        return told
    if error is None or not (text.startswith("@(") and text.endswith(")")):
        return None
    return _joined(text[2:-1].strip(), error)


def _told(expression: str, flow: Flow) -> Any:
    """What an expression gives by method and headers of the call alone; None when it needs more, or throws.

    A header that is not there may have been left out of what is known of the call. Variables are not handed over: the
    gateway knows their types, and here they are texts. Nor is the address, which policies see otherwise than the
    caller wrote it.
    """
    if not expression.startswith(("@(", "@{")) or "Request" not in expression:
        return None
    request = flow.request
    if any(is_placeholder(text) for pair in request.headers for text in pair):
        return _given(expression, {"method": request.method}, flow)  # a policy wrote what only the gateway knows
    withheld = tuple(one for one in request.withheld if one and one not in expression)  # what stands in it, it knows
    marks = _MARKS if withheld else ("",)
    headers = [_headers(request, withheld, mark) for mark in marks]
    told = [_given(expression, {"method": request.method, "some_headers": one}, flow) for one in headers]
    return told[0] if all((type(one), one) == (type(told[0]), told[0]) for one in told) else None


def _given(expression: str, parts: dict[str, Any], flow: Flow) -> Any:
    outcome = evaluate(expression, parts, flow.purse)
    return outcome.value if isinstance(outcome, Evaluated) else None


def _headers(request: GatewayRequest, withheld: tuple[str, ...], mark: str) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for name, value in request.headers:
        headers.setdefault(name.lower(), []).append(_marked(value, withheld, mark))
    return headers


def _marked(text: str, withheld: tuple[str, ...], mark: str) -> str:
    for secret in withheld:
        text = text.replace(secret, mark * len(secret))
    return text


def _joined(text: str, error: LastError) -> bool | None:
    """A single comparison, or several with only && or only || between them; nothing else is understood."""
    if "&&" in text and "||" in text:
        return None
    is_all = "&&" in text
    parts = [_term(part.strip(), error) for part in text.replace("||", "&&").split("&&")]
    decisive = not is_all
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _term(text: str, error: LastError) -> bool | None:
    if found := _THERE.fullmatch(text):
        return found[1] == "!="
    if (found := _STATUS.fullmatch(text)) and error.status is not None:
        return _COMPARE[found[1]](error.status, int(found[2]))
    if found := _MEMBER.fullmatch(text):
        return _member(found, error)
    return None


def _member(found: re.Match[str], error: LastError) -> bool | None:
    name, sign, wanted = found.groups()
    if name == "Reason" and len(error.reasons) > 1 and wanted in error.reasons:
        return None  # gateways were seen to use either name
    actual = {
        "Source": error.source, "Reason": error.reasons[0] if error.reasons else "",
        "Section": error.section, "PolicyId": error.policy_id,
    }[name]  # fmt: skip
    return _COMPARE[sign](actual, wanted)
