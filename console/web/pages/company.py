"""Signing in with a company account: the form prepares it, the answering page carries the link that leaves."""

from functools import cached_property
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.services import company
from console.web import company_proof
from console.web.partials import render


class GuardedProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """allauth's provider with metadata read and checked by the console: allauth's own reading crashes on oddities."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return company.metadata(self.get_provider().server_url)


# allauth makes its adapter from the provider class and offers no setting for it.
OpenIDConnectProvider.oauth2_adapter_class = GuardedProvider


@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Signs in, or (`process=connect`) links the account to who is signed in here, after a fresh proof."""
    name = _name(provider_id)
    process = request.POST.get("process") or request.GET.get("process") or AuthProcess.LOGIN
    if process == AuthProcess.CONNECT:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    elif process != AuthProcess.LOGIN:
        raise Http404
    return _leave(request, OAuth2LoginView.adapter_view(GuardedProvider(request, provider_id))(request), name)


@login_not_required
@require_http_methods(["GET"])
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider sends the browser back here; the answer redirects to a clean address."""
    _name(provider_id)
    answered: HttpResponse = OAuth2CallbackView.adapter_view(GuardedProvider(request, provider_id))(request)
    return answered


@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """For who signs in with the company account: a fresh sign-in there proves who is here."""
    name, provider_id = company_proof.provider_of(request.user), company.provider_id()
    if not name or provider_id is None:
        raise Http404
    going_on = get_next_redirect_url(request) or reverse("start")
    if request.method == "GET":
        return render(request, "sign_in/prove_company.html", {"provider_name": name, "next": going_on})
    provider = GuardedProvider(request, provider_id).get_provider()
    asked = dict(company_proof.ASKED)
    data = {company_proof.KEY: True}
    answered = provider.redirect(request, process=AuthProcess.REDIRECT, next_url=going_on, data=data, auth_params=asked)
    return _leave(request, answered, name)


@require_http_methods(["GET", "POST"])
def connections(request: HttpRequest) -> HttpResponse:
    """Which company account signs this person in. Not there where no company sign-in is set up."""
    if not company.name():
        raise Http404
    answered: HttpResponse = social.connections(request)
    return answered


def _leave(request: HttpRequest, answered: HttpResponse, name: str) -> HttpResponse:
    """allauth answers a form with a redirect to the provider, which Chromium's form-action rule would block."""
    target = answered.headers.get("Location", "")
    if request.method != "POST" or not target.startswith(("https://", "http://")):
        return answered
    return render(request, "sign_in/leave.html", {"url": target, "provider_name": name})


def _name(provider_id: str) -> str:
    """What people call the provider; raises Http404 for one that is not configured."""
    name = company.name_of(provider_id)
    if name is None:
        raise Http404
    return name
