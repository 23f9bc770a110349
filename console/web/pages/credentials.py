"""A profile's credential and subscription key: written, replaced, removed; never shown."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from console.core.credential import Secret
from console.services import client_keys, opening, profiles, shown_destination
from console.services.shown_destination import Elsewhere
from console.web import held_form
from console.web.forms.credentials import CertificateFileForm, MakeCertificateForm, SecretForm, SubscriptionKeyForm
from console.web.pages.profile_page import Happened, bound_to, page_context
from console.web.partials import render
from console.web.request import ActorRequest

MAX_KEY_FILE = 65_536
View = Callable[[ActorRequest, str], HttpResponse]


def told_when_moved(view: View) -> View:
    """Where the profile leads elsewhere than the page showed, the form comes back, with what was typed sealed in it."""

    @wraps(view)
    def told(request: ActorRequest, profile_id: str) -> HttpResponse:
        try:
            return view(request, profile_id)
        except Elsewhere as refusal:
            return _moved(request, profile_id, refusal)

    return told


@sensitive_post_parameters()
@require_POST
@told_when_moved
def secret(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = SecretForm(request.POST)
    if not form.is_valid():
        return again(request, profile_id, secret=form)
    typed = form.cleaned_data
    profiles.replace_secret(
        request.actor, profile_id, Secret(typed["secret"]), seen=seen_in(request), ends_at=typed["secret_ends_on"]
    )
    messages.success(request, "The client secret is stored, encrypted. It will not be shown again.")
    return redirect("profile", profile_id)


@sensitive_post_parameters()
@require_POST
@told_when_moved
def key_file(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = CertificateFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return again(request, profile_id, key_file=form)
    names = ("key_file", "certificate_file")
    files = [form.cleaned_data[name].read(MAX_KEY_FILE + 1) for name in names if form.cleaned_data[name]]
    passphrase = form.cleaned_data["passphrase"] or None
    read = profiles.upload_certificate(request.actor, profile_id, files, passphrase, seen=seen_in(request))
    if problem := read.problem:
        form.add_error("passphrase" if "password" in problem.code else "key_file", f"{problem.what} {problem.do}")
        return again(request, profile_id, key_file=form)
    for note in read.notes:
        messages.warning(request, note)
    messages.success(request, "The certificate and its key are stored, encrypted.")
    return redirect("profile", profile_id)


@require_POST
@told_when_moved
def make_certificate(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = MakeCertificateForm(request.POST)
    if not form.is_valid():
        return again(request, profile_id, make_certificate=form)
    profiles.make_certificate(request.actor, profile_id, days=form.cleaned_data["days"], seen=seen_in(request))
    messages.success(request, "A key pair and certificate are made. Upload the .cer file to your app registration.")
    return redirect("profile", profile_id)


@require_GET
def certificate(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The public certificate (DER), for the app registration."""
    profile = profiles.open_profile(request.actor, "view", profile_id)
    response = HttpResponse(
        client_keys.public_certificate(request.actor, profile_id), content_type="application/pkix-cert"
    )
    name = slugify(profile.name)[:60] or "certificate"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.cer"'
    return response


@require_POST
def discard(request: ActorRequest, profile_id: str) -> HttpResponse:
    profiles.discard_credential(request.actor, profile_id)
    messages.success(request, "The credential is removed.")
    return redirect("profile", profile_id)


@sensitive_post_parameters()
@require_POST
@told_when_moved
def subscription_key(request: ActorRequest, profile_id: str) -> HttpResponse:
    if "remove" in request.POST:
        profiles.replace_subscription_key(request.actor, profile_id, None)
        messages.success(request, "The subscription key is removed.")
        return redirect("profile", profile_id)
    form = SubscriptionKeyForm(request.POST)
    if not form.is_valid():
        return again(request, profile_id, subscription_key=form)
    key = Secret(form.cleaned_data["subscription_key"])
    profiles.replace_subscription_key(
        request.actor, profile_id, key, seen=seen_in(request), ends_at=form.cleaned_data["subscription_key_ends_on"]
    )
    messages.success(request, "The subscription key is stored, encrypted.")
    return redirect("profile", profile_id)


def seen_in(request: ActorRequest) -> str:
    """The destination that the page showed; "", which names none, where the form does not say."""
    return request.POST.get("seen", "")


def again(request: ActorRequest, profile_id: str, **forms: Form) -> HttpResponse:
    """The form with its errors. It carries the destination of now, so whoever saw another one is told of that first."""
    opened = opening.of_profile(request.actor, "manage", profile_id)
    context = page_context(request, opened, Happened(forms=forms))
    where = bound_to(opened)["key" if "subscription_key" in forms else "credential"]
    shown_destination.require_seen(profile_id, where, seen=seen_in(request))
    return render(request, "profiles/detail.html", context, partial="credential", status=422)


def _moved(request: ActorRequest, profile_id: str, refusal: Elsewhere) -> HttpResponse:
    """Nothing was kept. What was typed can be sent once more, for the destination that stands beside it."""
    opened = opening.of_profile(request.actor, "manage", profile_id)
    context = page_context(request, opened, Happened())
    api, is_key = context["api"], "subscription_key" in request.POST
    where = (api.base_url if api else "") if is_key else profiles.place_of(opened.own, opened.profile).token_endpoint
    again = held_form.context_of(request, instead={"seen": context["seen"]["key" if is_key else "credential"]})
    context["elsewhere"] = {"refusal": refusal, "where": where, **again}
    return render(request, "profiles/detail.html", context, partial="credential", status=422)
