"""A profile's signing key and federated assertion: made, replaced; the public half is given away, nothing else."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from console.core.credential import CredentialSummary, Secret
from console.services import client_keys
from console.web.forms.client_keys import AssertionForm, MakeKeyForm, SigningKeyForm
from console.web.pages.credentials import MAX_KEY_FILE, again, seen_in, told_when_moved
from console.web.request import ActorRequest

_REGISTER = "Register its public half at the provider: it stands below."


@require_POST
@told_when_moved
def make_key(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = MakeKeyForm(request.POST)
    if not form.is_valid():
        return again(request, profile_id, make_key=form)
    typed = form.cleaned_data
    client_keys.make_key(
        request.actor,
        profile_id,
        alg=typed["alg"],
        kid=typed["kid"],
        ends_at=typed["ends_on"],
        seen=seen_in(request),
    )
    messages.success(request, f"A signing key is made. {_REGISTER}")
    return redirect("profile", profile_id)


@sensitive_post_parameters()
@require_POST
@told_when_moved
def signing_key(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = SigningKeyForm(request.POST, request.FILES)
    if not form.is_valid():
        return again(request, profile_id, signing_key=form)
    typed = form.cleaned_data
    kept = client_keys.upload_key(
        request.actor,
        profile_id,
        form.key(MAX_KEY_FILE + 1),
        typed["passphrase"] or None,
        kid=typed["kid"],
        ends_at=typed["ends_on"],
        seen=seen_in(request),
    )
    if not isinstance(kept, CredentialSummary):
        where = "passphrase" if "password" in kept.code else "key_file" if typed["key_file"] else "key_text"
        form.add_error(where, f"{kept.what} {kept.do}")
        return again(request, profile_id, signing_key=form)
    messages.success(request, f"The signing key is stored, encrypted. {_REGISTER}")
    return redirect("profile", profile_id)


@require_GET
def public_keys(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The public key set (RFC 7517), to register at the provider."""
    answer = JsonResponse(client_keys.public_key_set(request.actor, profile_id), json_dumps_params={"indent": 2})
    answer.headers["Content-Type"] = "application/jwk-set+json"
    answer.headers["Content-Disposition"] = 'attachment; filename="jwks.json"'
    return answer


@sensitive_post_parameters()
@require_POST
@told_when_moved
def assertion(request: ActorRequest, profile_id: str) -> HttpResponse:
    form = AssertionForm(request.POST)
    if not form.is_valid():
        return again(request, profile_id, assertion=form)
    text, path = form.cleaned_data["assertion"], form.cleaned_data["assertion_path"]
    if text:
        client_keys.keep_assertion(request.actor, profile_id, Secret(text), seen=seen_in(request))
        messages.success(request, "The federated assertion is stored, encrypted. It will not be shown again.")
        return redirect("profile", profile_id)
    kept = client_keys.keep_assertion_file(request.actor, profile_id, path, seen=seen_in(request))
    if not isinstance(kept, CredentialSummary):
        form.add_error("assertion_path", f"{kept.what} {kept.why} {kept.do}")
        return again(request, profile_id, assertion=form)
    messages.success(request, "The path is stored. The assertion is read from there each time it is needed.")
    return redirect("profile", profile_id)
