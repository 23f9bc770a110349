"""The page of a sign-in link. Looking at it uses nothing up: previews and scanners spend a GET."""

from ipaddress import ip_address

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.services import sign_in
from console.web.partials import render


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET explains and shows a button; POST signs in (a second factor, where one is set up, is still asked for)."""
    is_here = _is_same_machine(request)
    if request.method == "POST":
        person = sign_in.use_link(token, is_same_machine=is_here)
        answer: HttpResponse = perform_login(request, person, redirect_url=reverse("start"))
        return answer
    found = sign_in.peek_link(token, is_same_machine=is_here)
    context = {
        "action_url": request.path,
        "login_url": reverse("account_login"),
        "is_spent": found is None,
        "email": found.email if found else "",
        "expires_text": _life(found.life_s) if found else "",
    }
    return render(request, "sign_in/link.html", context, status=200 if found else 404)


def _life(life_s: int) -> str:
    """ "for 10 more minutes", "for 23 more hours"."""
    hours, minutes = life_s // 3600, max(1, life_s // 60)
    if hours >= 2:
        return f"for {hours} more hours"
    return f"for {minutes} more minute{'s' if minutes > 1 else ''}"


def _is_same_machine(request: HttpRequest) -> bool:
    """Whether the browser runs where the console does; with a proxy between that cannot be known."""
    address = request.META.get("REMOTE_ADDR", "")
    return bool(address) and ip_address(address).is_loopback and "X-Forwarded-For" not in request.headers
