"""People and the audit trail: for administrators. What is sent needs a fresh proof of who sends it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.core.errors import Stale
from console.services import mail, people
from console.services.people import Handed, Taken
from console.web import proof
from console.web.forms.people import AddressForm, PersonForm, RolesForm
from console.web.partials import render
from console.web.present.people import audit_rows, person_rows
from console.web.request import ActorRequest

TAKEN = "Somebody with this e-mail address is here already."
CLOSED = "The account with this address is closed. Open it again in the list instead: its profiles are still there."


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Lists people; a POST invites one more, by mail or with a link that is shown once."""
    if request.method == "GET":
        return _page(request)
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
    if form.is_valid():
        people.set_roles(request.actor, person_id, roles=form.roles(), is_active="active" in request.POST)
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Nothing was saved: choose at least one role.")
    return redirect("people")


@require_POST
def link(request: ActorRequest, person_id: int) -> HttpResponse:
    """Another sign-in link for one person, by mail or shown once."""
    _proven(request)
    return _page(request, handed=people.new_link(request.actor, person_id))


@require_POST
def address(request: ActorRequest, person_id: int) -> HttpResponse:
    """Another address for one person; the old one is told."""
    _proven(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, open_id=person_id, address_problem=form.errors.as_data()["email"][0].messages[0])
    try:
        people.change_address(request.actor, person_id, form.cleaned_data["email"])
    except Stale as taken:
        return _page(request, open_id=person_id, address_problem=taken.what)
    messages.success(request, "The address is changed. Links of before no longer work.")
    return redirect("people")


@require_GET
def audit(request: ActorRequest) -> HttpResponse:
    return render(request, "people/audit.html", {"entries": audit_rows(people.audit_trail(request.actor))})


def _proven(request: ActorRequest) -> None:
    people.must_administer(request.actor)
    proof.demand(request)


def _page(
    request: ActorRequest,
    *,
    form: PersonForm | None = None,
    handed: Handed | None = None,
    open_id: int | None = None,
    address_problem: str = "",
) -> HttpResponse:
    """`open_id` is whose row is unfolded."""
    context: dict[str, Any] = {
        "people": person_rows(people.list_people(request.actor)),
        "form": form or PersonForm(),
        "handed": handed,
        "open_id": open_id,
        "address_problem": address_problem,
        "has_mail": mail.is_set_up(),
    }
    is_wrong = bool(address_problem or (form and form.errors))
    return render(request, "people/index.html", context, status=422 if is_wrong else 200)
