"""What did not decide: what bears on this call comes first and open, a reviewer's advice on the text comes folded."""

from typing import Any

from console.core.policy.engine.model import Warned
from console.core.policy.engine.switches import SWITCHES
from console.core.policy.lint import EXPLAINED
from console.core.reference.entry import EntryKind
from console.services.policies import PolicyAnswer
from console.web.present import words
from console.web.present.reference import reference_url


def warnings_view(answer: PolicyAnswer, *, limit: int) -> dict[str, Any]:
    """`loud` rows, then `advice`, at most `limit` of each and `left_out` more; what rests on a switch is among the
    readings instead."""
    of_call = {(one.code, one.path) for one in answer.trace.warnings} if answer.trace else set()
    loud: list[dict[str, Any]] = []
    advice: list[dict[str, Any]] = []
    for one in answer.warnings:
        if one.switch:
            continue
        (loud if _is_loud(one, is_of_call=(one.code, one.path) in of_call) else advice).append(_row(one))
    left_out = max(0, len(loud) - limit) + max(0, len(advice) - limit)
    return {"loud": loud[:limit], "advice": advice[:limit], "left_out": left_out}


def _is_loud(warned: Warned, *, is_of_call: bool) -> bool:
    """Whether it is never folded away: what the call brings up, and of the text what decides about everybody."""
    told = EXPLAINED.get(warned.code)
    if told is None:
        return is_of_call
    return told.is_decisive or (is_of_call and not told.is_commonplace)


def readings_view(answer: PolicyAnswer) -> list[dict[str, str]]:
    """The unconfirmed behaviour that this verdict rests on, as it is chosen now, and where it comes into play."""
    said: dict[str, str] = {}
    for warned in answer.warnings:
        if warned.switch:
            said.setdefault(warned.switch, warned.text)
    chosen = answer.question.all_switches
    return [
        {
            "field": f"id_switch-{switch.name}",
            "question": switch.question,
            "choice": next((one.label for one in switch.choices if one.value == chosen[switch.name]), ""),
            "here": said[switch.name],
        }
        for switch in SWITCHES
        if switch.name in said
    ]


def _row(warned: Warned) -> dict[str, Any]:
    told = EXPLAINED.get(warned.code)
    return {
        "status": "warning",
        "code": warned.code,
        "url": reference_url(EntryKind.WARNINGS, warned.code) if told else "",
        "what": warned.text,
        "token": warned.path,
        "token_label": "where",
        "api": "",
        "why": told.why if told else "",
        "do": told.do if told else "",
        "who": words.owner(told.who) if told else "",
    }
