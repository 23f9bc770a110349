"""Values that only the gateway's runtime knows: their type is not checked."""

from console.core.policy.text.expressions import NAMED_VALUE, is_expression


def is_open(text: str) -> bool:
    """Whether the text is an expression or has a named value in it."""
    return is_expression(text) or NAMED_VALUE.search(text) is not None
