"""exists-action of set-header and set-query-parameter: override (the default), skip, append or delete."""

from console.core.gateway.document import Element


def applied(element: Element, before: tuple[str, ...]) -> tuple[str, ...]:
    """The values after the element, from those before it."""
    action = element.attribute("exists-action") or "override"
    values = tuple(value.text for value in element.all("value"))
    if action == "delete":
        return ()
    if action == "skip" and before:
        return before
    return before + values if action == "append" else values
