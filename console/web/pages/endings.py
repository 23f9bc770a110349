"""What ends: the page, a date that somebody types, reminders, and the calendar at an address of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from console.core.errors import Busy, Stale
from console.services import calendar_feeds, endings, mail, profiles, reminders
from console.web.forms.endings import EndDateForm
from console.web.partials import render
from console.web.present.calendar import calendar_text, etag_of
from console.web.present.endings import date_view, ends_view, feed_view
from console.web.proof import demand
from console.web.request import ActorRequest

NOTHING_THERE = "There is no calendar at this address.\n"


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "POST"])
def date_of(request: ActorRequest, profile_id: str, *, kind: str) -> HttpResponse:
    """When the stored credential ends, or the subscription key: `kind` is "credential" or "subscription-key"."""
    profile = profiles.open_profile(request.actor, "manage", profile_id)
    view = date_view(profile, kind, request.now)
    back = "ends" if request.GET.get("from") == "ends" else "profile"
    typed_in = request.POST if request.method == "POST" else None
    form = EndDateForm(typed_in, initial={"ends_on": view["day"], "version": view["version"]})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            if kind == "credential":
                endings.date_credential(request.actor, profile_id, typed["ends_on"], version=typed["version"])
            else:
                endings.date_subscription_key(request.actor, profile_id, typed["ends_on"], set_at=typed["version"])
        except Stale as refusal:
            form.add_stale(refusal, version=view["version"])
        else:
            messages.success(request, "The date is kept." if typed["ends_on"] else "The date is forgotten.")
            return redirect("ends") if back == "ends" else redirect("profile", profile_id)
    context = {"form": form, "profile": profile, "end": view, "kind": kind, "back": back}
    return render(request, "endings/date.html", context, status=422 if form.errors else 200)


@require_POST
def switch_reminders(request: ActorRequest) -> HttpResponse:
    is_on = request.POST.get("on") == "1"
    reminders.switch(request.actor, is_on=is_on)
    messages.success(request, "You are reminded by mail." if is_on else "You are not reminded by mail any more.")
    return redirect("ends")


@require_http_methods(["GET", "POST"])
def make_address(request: ActorRequest) -> HttpResponse:
    """The new address is on the page that answers, and nowhere else ever. A GET comes back from the proof."""
    if request.method == "GET":
        return redirect("ends")
    demand(request)
    return _page(request, address=calendar_feeds.make(request.actor))


@require_POST
def take_back_address(request: ActorRequest) -> HttpResponse:
    calendar_feeds.take_back(request.actor)
    messages.success(request, "The calendar address is taken back: it opens nothing any more.")
    return redirect("ends")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """For calendar programs: no session, no page; an unknown address, one taken back, and a closed account's look the
    same.
    """
    try:
        found = calendar_feeds.read(token, address=request.META.get("console.client", ""))
    except Busy as refusal:
        refused = HttpResponse(f"{refusal.what} {refusal.do}\n", status=429, content_type="text/plain; charset=utf-8")
        refused.headers["Retry-After"] = str(refusal.wait_s)
        return _quiet(refused)
    if found is None:
        return _quiet(HttpResponse(NOTHING_THERE, status=404, content_type="text/plain; charset=utf-8"))
    content = calendar_text(found)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="what-ends.ics"'
    answer.headers["ETag"] = etag_of(content)
    return _quiet(get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer)


def _quiet(response: HttpResponseBase) -> HttpResponseBase:
    """The address goes nowhere with a referrer, into no store on the way and into no search."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: ActorRequest, *, address: str = "") -> HttpResponse:
    context = {
        "ends": ends_view(endings.of_actor(request.actor), request.now),
        "feed": feed_view(calendar_feeds.of_actor(request.actor), request.now),
        "address": address,
        "reminds": reminders.are_on(request.actor),
        "has_mail": mail.is_set_up(),
    }
    return render(request, "endings/index.html", context)
