"""How long this session lasts: asked by the pages' script, which warns before the end and goes on after it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from console.web.middleware import left_s


@login_not_required
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in ("" for nobody), for how many seconds more, and the value that forms carry against forgery.

    A GET only looks; a POST counts as being here. Other origins read neither.
    """
    return JsonResponse(
        {
            "email": "" if request.user.is_anonymous else request.user.email,
            "left_s": left_s(request),
            "csrf": get_token(request),
        }
    )
