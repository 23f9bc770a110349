"""Conditions of choose/when, as far as they can be known without running C#."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.core.policy.text.expressions import static_text

_TRUE, _FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})
_MEMBER = re.compile(r'context\.LastError\??\.(Source|Reason|Section|PolicyId)\s*(==|!=)\s*"([^"\\]*)"')
_STATUS = re.compile(r"context\.Response\??\.StatusCode\s*(==|!=|>=|<=|>|<)\s*(\d{3})")
_THERE = re.compile(r"context\.LastError\s*(==|!=)\s*null")
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


def resolved(text: str, variables: Mapping[str, str]) -> str:
    """The text, or what it gives when it is an expression that reads only literals and known variables."""
    if not text.startswith(("@(", "@{")):
        return text
    static = static_text(text, variables)
    return text if static is None else static


def truth(condition: str, variables: Mapping[str, str], error: LastError | None = None) -> bool | None:
    """Whether the condition holds; None when only the gateway's runtime knows."""
    text = resolved(condition.strip(), variables).strip()
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    if error is None or not (text.startswith("@(") and text.endswith(")")):
        return None
    return _joined(text[2:-1].strip(), error)


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
