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
        "expires_text": f"works for {max(1, found.life_s // 60)} more minutes" if found else "",
    }
    return render(request, "sign_in/link.html", context, status=200 if found else 404)


def _is_same_machine(request: HttpRequest) -> bool:
    """Whether the browser runs where the console does; with a proxy between that cannot be known."""
    address = request.META.get("REMOTE_ADDR", "")
    return bool(address) and ip_address(address).is_loopback and "X-Forwarded-For" not in request.headers
