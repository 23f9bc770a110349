"""Ways in beside the sign-in page: a link that works once, the choice that follows it, a forgotten password."""

from ipaddress import ip_address

from allauth.account.utils import perform_login
from allauth.account.views import password_reset
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from console.services import company, mail, sign_in
from console.web import choosing
from console.web.partials import render
from console.web.request import ActorRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET explains and shows a button, and spends nothing: previews and scanners spend a GET.

    POST signs in; a second factor, where one is set up, is still asked for.
    """
    is_here = _is_same_machine(request)
    if request.method == "POST":
        arrival = sign_in.use_link(token, is_same_machine=is_here)
        answer: HttpResponse = perform_login(request, arrival.person, redirect_url=reverse("start"))
        if arrival.must_choose:
            choosing.require(request, arrival.person.pk)
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


@require_GET
def choose(request: ActorRequest) -> HttpResponse:
    """The step between a link and the first page: a passkey, a password, or the company's sign-in."""
    if not choosing.is_due(request):
        return redirect("start")
    return render(request, "sign_in/choose.html", {"company": company.name(), "email": request.actor.email})


@require_GET
def go_back(request: ActorRequest) -> HttpResponse:
    """After signing in, or proving who one is, in a tab of its own: the work waits in the other one."""
    return render(request, "sign_in/go_back.html", {"email": request.actor.email})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: HttpRequest) -> HttpResponse:
    """A link by mail; where no mail is set up, the page says who can help instead."""
    if mail.is_set_up():
        answer: HttpResponse = password_reset(request)
        return answer
    return render(request, "sign_in/no_mail.html", {"login_url": reverse("account_login")})


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
