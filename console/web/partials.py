"""One view, page or fragment: the same URL and context; htmx only picks the partial (= element id = hx-target)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The page, or only its partial when htmx asks for it."""
    name = f"{template}#{partial}" if partial and getattr(request, "htmx", False) else template
    response = render_template(request, name, context, status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
