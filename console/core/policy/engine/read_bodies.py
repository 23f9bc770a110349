"""A body that an expression reads without keeping it is gone for later ones.

Microsoft Learn, "API Management policy expressions", IMessageBody: As<T>() uses the original stream and renders it
unavailable, unless preserveContent is true. What a later reading gives is not documented.
"""

import re

from msgspec.structs import replace

from console.core.policy.engine.model import Flow
from console.core.policy.text.document import Element
from console.core.policy.text.element import walk

_SPENDS = re.compile(
    r"\.\s*+As(?:FormUrlEncodedContent)?+\s*+(?:<[^<>()]{1,80}+>)?+\s*+\(\s*+(?:preserveContent\s*+:\s*+)?+(?:false\s*+)?+\)"
)


def after_reading(text: str, flow: Flow) -> Flow:
    """The call after an expression that may have read its body."""
    if "body" not in flow.context or "Request" not in text or not _SPENDS.search(text):
        return flow
    return replace(flow, context={name: one for name, one in flow.context.items() if name != "body"})


def after_policy(element: Element, flow: Flow) -> Flow:
    """The same after all expressions of a policy."""
    if "body" not in flow.context or element.is_plain:
        return flow
    for one in walk((element,)):
        for text in (one.text, *(value for _, value in one.attributes)):
            if text.startswith(("@(", "@{")):
                flow = after_reading(text, flow)
    return flow
