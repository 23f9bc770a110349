"""Break it, or mend it: a fault of the sandbox, a fresh token and the call in one press."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from console.core.call import ApiCall, CallProblem
from console.services import practice, variables
from console.services.opening import OpenProfile
from console.web.forms.calls import MAX_FILE, CallForm
from console.web.pages.composing import typed
from console.web.pages.profile_page import Happened, chosen, page_context
from console.web.partials import render
from console.web.request import ActorRequest
from console.web.uploads import takes_files


@takes_files(MAX_FILE)
@require_http_methods(["GET", "POST"])
def practise(request: ActorRequest, profile_id: str) -> HttpResponse:
    """The answer is the profile's page. The call is that of its form; the home page has none and sends a first one."""
    if request.method == "GET":
        return redirect("profile", profile_id)
    opened = chosen(request, "use", profile_id)
    form = CallForm(typed(request, opened), request.FILES) if "method" in request.POST else None
    call = _call(opened, form) if form is not None and form.is_valid() else None
    if form is not None and form.errors:
        return _page(request, opened, Happened(forms={"call": form}))
    code = None if "mend" in request.POST else request.POST.get("fault", "")
    done = practice.practise(opened, code, call=call)
    if form is not None and done.sent and done.sent.problem:
        form.add_error(done.sent.problem.field, f"{done.sent.problem.what} {done.sent.problem.do}")
    happened = Happened(done.obtained, sent=done.sent, forms={"call": form} if form is not None else {})
    return _page(request, done.opened, happened)


def _call(opened: OpenProfile, form: CallForm) -> ApiCall | None:
    """None without a path, and where it cannot be sent as it was typed, which the form then says."""
    if not form.cleaned_data["path"]:
        return None
    call = variables.call_for(opened, form.to_draft(), form.to_upload())
    if isinstance(call, CallProblem):
        form.add_error(call.field, f"{call.what} {call.do}")
        return None
    return call


def _page(request: ActorRequest, opened: OpenProfile, happened: Happened) -> HttpResponse:
    form = happened.forms.get("call")
    status = 422 if form is not None and form.errors else 200
    context = {**page_context(request, opened, happened), "is_practised": True}
    return render(request, "profiles/detail.html", context, partial="call", status=status)
