"""Signing in with a company account: the form prepares it, the answering page carries the link that leaves."""

from functools import cached_property
from typing import Any

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from console.services import sign_in
from console.web.partials import render


class GuardedProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """allauth's provider with metadata read and checked by the console: allauth's own reading crashes on oddities."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return sign_in.company_metadata(self.get_provider().server_url)


# allauth makes its adapter from the provider class and offers no setting for it.
OpenIDConnectProvider.oauth2_adapter_class = GuardedProvider


@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth answers the form with a redirect to the provider, which Chromium's form-action rule would block."""
    name = _name(provider_id)
    answered: HttpResponse = OAuth2LoginView.adapter_view(GuardedProvider(request, provider_id))(request)
    target = answered.headers.get("Location", "")
    if request.method != "POST" or not target.startswith(("https://", "http://")):
        return answered
    return render(request, "sign_in/leave.html", {"url": target, "provider_name": name})


@login_not_required
@require_http_methods(["GET"])
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider sends the browser back here; the answer redirects to a clean address."""
    _name(provider_id)
    answered: HttpResponse = OAuth2CallbackView.adapter_view(GuardedProvider(request, provider_id))(request)
    return answered


def _name(provider_id: str) -> str:
    """What people call the provider; raises Http404 for one that is not configured."""
    openid_connect: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    apps: list[dict[str, Any]] = openid_connect["APPS"]
    for app in apps:
        if app["provider_id"] == provider_id:
            return str(app["name"])
    raise Http404
