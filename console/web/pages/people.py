"""People and the audit trail: for administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from console.services import people
from console.web.forms.people import PersonForm, RolesForm
from console.web.partials import render
from console.web.present.people import audit_rows, person_rows
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Lists people; a POST invites one more and shows the invitation's link once."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    link = ""
    if request.method == "POST" and form.is_valid():
        invited = people.invite(request.actor, form.cleaned_data["email"], roles=form.roles())
        if invited is None:
            form.add_error("email", "Somebody with this e-mail address is here already.")
        else:
            link, form = invited, PersonForm()
    context = {"people": person_rows(people.list_people(request.actor)), "form": form, "link": link}
    return render(request, "people/index.html", context, status=422 if form.errors else 200)


@require_POST
def change(request: ActorRequest, person_id: int) -> HttpResponse:
    """New roles, or another sign-in link, for one person."""
    if "link" in request.POST:
        link = people.new_link(request.actor, person_id)
        rows = person_rows(people.list_people(request.actor))
        return render(request, "people/index.html", {"people": rows, "form": PersonForm(), "link": link})
    form = RolesForm(request.POST)
    if form.is_valid():
        people.set_roles(request.actor, person_id, roles=form.roles(), is_active="active" in request.POST)
        messages.success(request, "Saved.")
    return redirect("people")


@require_GET
def audit(request: ActorRequest) -> HttpResponse:
    return render(request, "people/audit.html", {"entries": audit_rows(people.audit_trail(request.actor))})
