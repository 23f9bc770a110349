"""Groups of people: for administrators. What is sent needs a fresh proof of who sends it, as for people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from console.core.errors import NotAllowed, Stale
from console.core.whole_number import whole_number
from console.services import company_groups, groups, people
from console.web import proof
from console.web.forms.people import GroupForm, MemberForm
from console.web.long_lists import list_page
from console.web.partials import render
from console.web.present.groups import group_row, group_view
from console.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Lists groups; a POST makes one more."""
    form = GroupForm(_proven(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = groups.make(request.actor, form.cleaned_data["name"])
        except Stale as taken:
            form.add_error("name", f"{taken.what} {taken.do}")
        else:
            messages.success(request, "The group is made. Put people into it.")
            return redirect("group", made.id)
    claimed = company_groups.names()
    made_here = groups.list_groups(request.actor)
    found = list_page(request, made_here, lambda one: one.name, url=reverse("groups"))
    context = {
        "list": found,
        "groups": [group_row(one, claimed) for one in found.rows],
        "form": form,
        "claim": company_groups.claim(),
        "missing": [] if found.words else sorted(claimed - {one.name for one in made_here}),
    }
    is_refused = form.errors or found.form.errors
    return render(request, "groups/index.html", context, status=422 if is_refused else 200)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, group_id: str) -> HttpResponse:
    """One group; a POST gives it another name."""
    sent = _proven(request)
    opened = groups.open_group(request.actor, group_id)
    form = GroupForm(sent, initial={"name": opened.group.name})
    if request.method == "POST" and form.is_valid():
        try:
            groups.rename(request.actor, group_id, form.cleaned_data["name"])
        except (Stale, NotAllowed) as refusal:
            form.add_error("name", f"{refusal.what} {refusal.do}")
        else:
            messages.success(request, "The group has its new name.")
            return redirect("group", group_id)
    return _page(request, group_id, form=form)


@require_POST
def members(request: ActorRequest, group_id: str) -> HttpResponse:
    """Puts somebody in by their address or name, or takes somebody out."""
    form = MemberForm(_proven(request))
    groups.open_group(request.actor, group_id)
    if (person_id := whole_number(request.POST.get("out", ""), digits=18)) is not None:
        groups.remove(request.actor, group_id, person_id)
        messages.success(request, "Taken out. What is shared with the group is closed to them from now on.")
        return redirect("group", group_id)
    if form.is_valid():
        try:
            email = groups.add_called(request.actor, group_id, form.cleaned_data["person"])
        except NotAllowed as refusal:
            form.add_error("person", f"{refusal.what} {refusal.do}")
        else:
            messages.success(request, f"{email} is in the group now.")
            return redirect("group", group_id)
    return _page(request, group_id, member_form=form)


@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, group_id: str) -> HttpResponse:
    _proven(request)
    opened = groups.open_group(request.actor, group_id)
    if request.method == "POST":
        groups.delete(request.actor, group_id)
        messages.success(request, "The group is deleted, with what was shared with it.")
        return redirect("groups")
    return render(request, "groups/delete.html", {"group": group_view(opened)})


def _proven(request: ActorRequest) -> dict[str, str] | None:
    """What was sent, after a proof of who sends it; None for who only looks. For administrators."""
    people.must_administer(request.actor)
    if request.method != "POST":
        return None
    proof.demand(request)
    return request.POST.dict()


def _page(
    request: ActorRequest, group_id: str, *, form: GroupForm | None = None, member_form: MemberForm | None = None
) -> HttpResponse:
    opened = groups.open_group(request.actor, group_id)
    context = {
        "group": group_view(opened),
        "form": form or GroupForm(initial={"name": opened.group.name}),
        "member_form": member_form or MemberForm(),
        "known": [one.email for one in people.list_people(request.actor) if one.is_active],
    }
    is_refused = (form is not None and form.errors) or (member_form is not None and member_form.errors)
    return render(request, "groups/detail.html", context, status=422 if is_refused else 200)
