"""The context of a profile's page: the same for the page and for every fragment of it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.forms import Form

from console.core.errors import Misconfigured
from console.core.profile import Profile
from console.services import calls, destinations, profiles, sandbox
from console.services.calls import Sent
from console.services.tokens import Obtained
from console.web.forms.calls import CallForm
from console.web.forms.profiles import CertificateFileForm, MakeCertificateForm, SecretForm, SubscriptionKeyForm
from console.web.present.calls import sent_view
from console.web.present.findings import finding_rows
from console.web.present.profiles import profile_view
from console.web.present.sandbox import active_fault
from console.web.present.tokens import obtained_view
from console.web.request import ActorRequest


def page_context(
    request: ActorRequest,
    profile: Profile,
    *,
    obtained: Obtained | None = None,
    is_revealed: bool = False,
    sent: Sent | None = None,
    forms: Mapping[str, Form] | None = None,
) -> dict[str, Any]:
    """`forms` replaces the empty form of that name: secret, key_file, make_certificate, subscription_key, call."""
    forms = forms or {}
    api = profiles.api_of(request.actor, profile)
    local = profiles.local_findings(request.actor, profile, api)
    return {
        "profile": profile_view(profile, api, request.now),
        "api": api,
        "change": destinations.change_of(request.actor, profile),
        "fault": _fault(request, profile),
        "local": finding_rows(
            [finding for finding in local if finding.status not in ("pass", "not_applicable")],
            sides=("entered", "expected"),
        ),
        "token": _token(request, profile, obtained, is_revealed=is_revealed) if obtained else None,
        "call_result": sent_view(sent) if sent else None,
        "secret_form": forms.get("secret") or SecretForm(),
        "key_file_form": forms.get("key_file") or CertificateFileForm(),
        "make_certificate_form": forms.get("make_certificate") or MakeCertificateForm(),
        "subscription_key_form": forms.get("subscription_key") or SubscriptionKeyForm(),
        "call_form": forms.get("call") or CallForm(initial={"method": "GET"}),
    }


def _token(request: ActorRequest, profile: Profile, obtained: Obtained, *, is_revealed: bool) -> dict[str, Any]:
    answer = calls.last_answer(request.actor, profile.id) if obtained.token else None
    return obtained_view(obtained, is_revealed=is_revealed, answer=answer)


def _fault(request: ActorRequest, profile: Profile) -> dict[str, Any] | None:
    """What the sandbox is told to do wrong, for profiles that use it: nobody shall puzzle over their own fault."""
    if profile.provider != "sandbox" or not settings.CONSOLE_SANDBOX:
        return None
    try:
        return active_fault(sandbox.workspace(request.actor).state.fault)
    except Misconfigured:  # the page says already that the key ring does not fit
        return None
