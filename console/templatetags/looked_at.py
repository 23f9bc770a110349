"""Which thing the page at hand is about, for what can be done with it."""

from typing import Any

from django import template

register = template.Library()
_NAMES = (("attempt_id", "attempt"), ("profile_id", "profile"), ("api_id", "api"), ("case_id", "case"))


@register.simple_tag(takes_context=True)
def looked_at(context: dict[str, Any]) -> str:
    """As "profile:<id>", "" where it is about none, and on the page that is told by its address."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return ""
    if match.url_name == "find":
        return str(context.get("here") or "")
    return next((f"{kind}:{match.kwargs[name]}" for name, kind in _NAMES if match.kwargs.get(name)), "")
