"""Who may do what with a profile, an API or a case: the panel on its page, and the page of its forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.core.access import Access, Kind
from console.core.errors import NotAllowed, NotFound
from console.services import sharing
from console.web.forms.sharing import GiveForm, RightForm, subject_of
from console.web.partials import render
from console.web.present.sharing import access_view, give_form, page_of
from console.web.request import ActorRequest


def panel(request: ActorRequest, access: Access, *, form: GiveForm | None = None) -> dict[str, Any]:
    """What components/access.html shows on an object's page."""
    suggested = sharing.suggested(request.actor) if access.held.may("manage") else []
    return access_view(access, request.actor, suggested=suggested, form=form)


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest, *, kind: Kind, **of: str) -> HttpResponse:
    """The panel by itself; a POST gives, changes or takes a right, and leads back to the object's page."""
    object_id = of[f"{kind}_id"]
    if request.method == "GET":
        return _page(request, sharing.access(request.actor, kind, object_id))
    if "subject" in request.POST:
        return _changed(request, kind, object_id)
    form = give_form(kind, request.POST)
    access = sharing.access(request.actor, kind, object_id, "manage")
    if form.is_valid() and _given(request, access, form):
        return _back(request, kind, object_id)
    return _page(request, access, form=form)


def _given(request: ActorRequest, access: Access, form: GiveForm) -> bool:
    """Whether the right was given; what speaks against it is told in the form."""
    kind, object_id, right = access.kind, access.object_id, form.right_given()
    try:
        subject = sharing.named(request.actor, kind, object_id, form.cleaned_data["who"])
        sharing.give(request.actor, kind, object_id, subject, right=right, reveals_token=form.reveals())
    except NotAllowed as refusal:
        form.add_error("who", f"{refusal.what} {refusal.why} {refusal.do}")
        return False
    messages.success(request, f"{subject.name} may {right} it from now on.")
    return True


def _changed(request: ActorRequest, kind: Kind, object_id: str) -> HttpResponse:
    """Another right for who has one, or none any more."""
    subject = subject_of(request.POST["subject"])
    form = RightForm(request.POST, with_token=True)
    if subject is None or ("take" not in request.POST and not form.is_valid()):
        sharing.access(request.actor, kind, object_id, "manage")
        messages.error(request, "Nothing was changed: choose view, use or manage.")
    elif "take" in request.POST:
        sharing.take(request.actor, kind, object_id, subject)
        messages.success(request, "The right is taken away.")
    else:
        sharing.change(request.actor, kind, object_id, subject, right=form.right_given(), reveals_token=form.reveals())
        messages.success(request, "The right is changed.")
    return _back(request, kind, object_id)


def _back(request: ActorRequest, kind: Kind, object_id: str) -> HttpResponse:
    """To the object's page, or to the first page for who has just given it up."""
    try:
        access = sharing.access(request.actor, kind, object_id)
    except NotFound:
        return redirect("start")
    return redirect(f"{page_of(access)}#access")


def _page(request: ActorRequest, access: Access, *, form: GiveForm | None = None) -> HttpResponse:
    context = {"access": panel(request, access, form=form)}
    return render(request, "sharing/index.html", context, status=422 if form and form.errors else 200)
