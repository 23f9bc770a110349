"""People: for administrators. What is sent needs a fresh proof of who sends it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.core.errors import Stale
from console.core.whole_number import whole_number
from console.services import mail, people
from console.services.people import Handed, Taken
from console.web import proof
from console.web.forms.people import AddressForm, PersonForm, RolesForm
from console.web.long_lists import list_page
from console.web.partials import render
from console.web.present.people import person_rows, refused_row
from console.web.request import ActorRequest

TAKEN = "Somebody with this e-mail address is here already."
CLOSED = "The account with this address is closed. Open it again in the list instead: its profiles are still there."


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Lists people, `?of=` one of them unfolded; a POST invites one more, by mail or with a link that is shown once."""
    if request.method == "GET":
        return _page(request, open_id=whole_number(request.GET.get("of", ""), digits=18))
    _proven(request)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    made = people.invite(request.actor, form.cleaned_data["email"], roles=form.roles())
    if isinstance(made, Taken):
        form.add_error("email", CLOSED if made.closed_id else TAKEN)
        return _page(request, form=form, open_id=made.closed_id)
    return _page(request, handed=made)


@require_POST
def change(request: ActorRequest, person_id: int) -> HttpResponse:
    """Other roles for one person; the account is opened or closed."""
    _proven(request)
    form = RolesForm(request.POST)
    if not form.is_valid():
        told = [str(error) for errors in form.errors.values() for error in errors]
        chosen = request.POST.getlist("role")
        return _page(request, refused=refused_row(person_id, chosen, told, stays_open="active" in request.POST))
    people.set_roles(request.actor, person_id, roles=form.roles(), is_active="active" in request.POST)
    messages.success(request, "Saved.")
    return redirect(f"{reverse('people')}?of={person_id}#person-{person_id}")


@require_POST
def link(request: ActorRequest, person_id: int) -> HttpResponse:
    """Another sign-in link for one person, by mail or shown once."""
    _proven(request)
    return _page(request, handed=people.new_link(request.actor, person_id))


@require_http_methods(["GET", "POST"])
def address(request: ActorRequest, person_id: int) -> HttpResponse:
    """Another address for one person; the old one is told."""
    person = people.open_person(request.actor, person_id)
    if request.method == "POST":
        proof.demand(request)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"email": person.email})
    if form.is_valid():
        try:
            people.change_address(request.actor, person_id, form.cleaned_data["email"])
        except Stale as taken:
            form.add_error("email", taken.what)
        else:
            messages.success(request, "The address is changed. Sign-in links of before have ended.")
            return redirect("people")
    context = {"form": form, "person": person, "has_mail": mail.is_set_up()}
    return render(request, "people/address.html", context, status=422 if form.errors else 200)


def _proven(request: ActorRequest) -> None:
    people.must_administer(request.actor)
    proof.demand(request)


def _page(
    request: ActorRequest,
    *,
    form: PersonForm | None = None,
    handed: Handed | None = None,
    open_id: int | None = None,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    """`open_id` is whose row is unfolded; `refused` (of refused_row) what could not be saved in one, then unfolded."""
    open_id = refused["id"] if refused else open_id
    found = list_page(
        request,
        people.list_people(request.actor),
        lambda one: f"{one.email} {one.display_name}",
        url=reverse("people"),
        holding=(lambda one: one.id == open_id) if open_id else None,
    )
    context: dict[str, Any] = {
        "list": found,
        "people": person_rows(found.rows, refused),
        "form": form or PersonForm(),
        "handed": handed,
        "open_id": open_id,
        "has_mail": mail.is_set_up(),
    }
    is_refused = refused or (form and form.errors) or found.form.errors
    return render(request, "people/index.html", context, status=422 if is_refused else 200)
