"""One view, page or fragment: the same URL and context; htmx only picks the partial (= element id = hx-target)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from console.core.json.text import visible_halves


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The page, or only its partial when htmx asks for it."""
    name = f"{template}#{partial}" if partial and getattr(request, "htmx", False) else template
    response = HttpResponse(_encoded(render_to_string(name, context, request)), status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def _encoded(page: str) -> bytes:
    """Half a surrogate pair, which JSON may hold and UTF-8 may not, is shown as its number: it costs nobody a page."""
    try:
        return page.encode()
    except UnicodeEncodeError:
        return visible_halves(page).encode()
