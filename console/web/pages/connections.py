"""Connections of a profile: made, authorized, handed on, renewed, let go."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.errors import NotFound
from console.core.oauth import step_up
from console.services import authorizations, connections, disconnecting, login_links, opening, tokens
from console.services.opening import OpenProfile
from console.web.forms.connections import ConnectionEditForm, ConnectionForm, LoginLinkForm, initial_of
from console.web.pages import sharing
from console.web.pages.authorizations import begun
from console.web.partials import render
from console.web.present.connections import connection_view, link_rows
from console.web.present.tokens import obtained_view
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, profile_id: str) -> HttpResponse:
    opened = opening.of_profile(request.actor, "use", profile_id)
    form = ConnectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = connections.make(request.actor, profile_id, form.cleaned_data["name"])
        return redirect("connection", made.id)
    context = {"form": form, "profile": opened.profile}
    return render(request, "connections/new.html", context, status=422 if form.errors else 200)


@require_GET
def detail(request: ActorRequest, connection_id: str) -> HttpResponse:
    return _page(request, opening.of_connection(request.actor, "view", connection_id))


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, connection_id: str) -> HttpResponse:
    connection = opening.connection_of(opening.of_connection(request.actor, "manage", connection_id))
    data = request.POST if request.method == "POST" else None
    form = ConnectionEditForm(data, initial=initial_of(connection.name, connection.named))
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        connections.rename(request.actor, connection_id, name=written["name"], named=written["named"])
        messages.success(request, "Saved.")
        return redirect("connection", connection_id)
    context = {"form": form, "connection": connection}
    return render(request, "connections/edit.html", context, status=422 if form.errors else 200)


@require_POST
def authorize(request: ActorRequest, connection_id: str) -> HttpResponse:
    """Prepares a sign-in in this browser, or on another device, where that is the profile's grant.

    It may be a stronger or fresher one than the profile's, as an API or the provider asked for.
    """
    wanted = step_up.read({name: request.POST.get(name, "") for name in step_up.NAMES})
    return begun(authorizations.begin(request.actor, connection_id, wanted, is_guided="guided" in request.POST))


@require_POST
def link(request: ActorRequest, connection_id: str) -> HttpResponse:
    """A link for somebody without an account, shown once."""
    opened = opening.of_connection(request.actor, "manage", connection_id)
    form = LoginLinkForm(request.POST)
    if not form.is_valid():
        return _page(request, opened, link_form=form)
    written = form.cleaned_data
    token = login_links.make(request.actor, connection_id, meant_for=written["meant_for"], life_s=written["life_s"])
    return _page(request, opened, link=request.build_absolute_uri(reverse("login-link", args=[token])))


@require_POST
def revoke_link(request: ActorRequest, connection_id: str, link_id: str) -> HttpResponse:
    if login_links.revoke(request.actor, connection_id, link_id):
        messages.success(request, "The link does not work any more.")
    else:
        messages.warning(request, "The link was done or taken back already.")
    return redirect(f"{reverse('connection', args=[connection_id])}#links")


@require_POST
def refresh(request: ActorRequest, connection_id: str) -> HttpResponse:
    """A new token now; what came of it stands on the page."""
    opened = opening.of_connection(request.actor, "use", connection_id)
    obtained = tokens.obtain_for(opened, wants_fresh=True)
    if obtained.access_token is not None:
        messages.success(request, "A new token is kept.")
    elif obtained.is_under_way:
        messages.info(request, "Another request renews it at this moment.")
    else:
        messages.error(request, "There is no new token. The page and the history say why.")
    return redirect("connection", connection_id)


@require_http_methods(["GET", "POST"])
def disconnect(request: ActorRequest, connection_id: str) -> HttpResponse:
    """Forgets the tokens, here and where the provider takes them back."""
    opened = opening.of_connection(request.actor, "manage", connection_id)
    if request.method == "POST":
        told = disconnecting.disconnect(request.actor, connection_id)
        messages.success(request, f"Disconnected. {told}")
        return redirect("connection", connection_id)
    return render(request, "connections/disconnect.html", {"connection": opening.connection_of(opened)})


@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, connection_id: str) -> HttpResponse:
    opened = opening.of_connection(request.actor, "manage", connection_id)
    if request.method == "POST":
        connections.delete(request.actor, connection_id)
        messages.success(request, "The connection and its tokens are deleted.")
        try:
            opening.of_profile(request.actor, "view", opened.profile.id)
        except NotFound:
            return redirect("profiles")
        return redirect("profile", opened.profile.id)
    return render(request, "connections/delete.html", {"connection": opening.connection_of(opened)})


@require_POST
def delete_anothers(request: ActorRequest, profile_id: str, connection_id: str) -> HttpResponse:
    """By who manages the profile that it uses."""
    connections.delete_of_profile(request.actor, profile_id, connection_id)
    messages.success(request, "The connection and its tokens are deleted.")
    return redirect("profile", profile_id)


def _page(
    request: ActorRequest, opened: OpenProfile, *, link: str = "", link_form: LoginLinkForm | None = None
) -> HttpResponse:
    """`link` is shown once."""
    connection, held = opening.connection_of(opened), opened.connection
    may_use, manages = bool(held and held.may("use")), bool(held and held.may("manage"))
    obtained = tokens.stored(opened) if may_use else None
    context: dict[str, Any] = {
        "connection": connection_view(opened, connection, request.now),
        "profile": opened.profile,
        "token": obtained_view(obtained, is_revealed=False) if obtained else None,
        "can_reveal": False,
        "can_use": may_use,
        "can_manage": manages,
        "links": link_rows(login_links.list_links(request.actor, connection.id), request.now) if manages else [],
        "link": link,
        "link_form": link_form or LoginLinkForm(),
        "access": sharing.panel(request, opened.access),
    }
    return render(request, "connections/detail.html", context, status=422 if link_form else 200)
