"""A form that cannot be taken now (signed out, too old, no proof yet) comes back with all that was typed.

What was typed may be a secret: it stands in no session, address or cookie, and not in clear in the page. It travels
sealed in one hidden field of the answer to the very request that brought it, for the same address alone, and is opened
when that form is sent again by somebody who may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from console.core.errors import Stale
from console.services import held
from console.web import typed_fields
from console.web.partials import render

FIELD = "held_form"
TEMPLATE = "errors/held.html"
NOT_KEPT = {"csrfmiddlewaretoken", FIELD}
NOT_HELD = ("/accounts/", "/sign-in/")  # signing in itself: passwords are typed again


@dataclass(frozen=True, slots=True)
class Typed:
    """`sealed` is "" when it is too large to come back; `shown` are (label, what comes along), `files` names.

    `takes_files` is false where the page itself must be opened to choose a file again.
    """

    sealed: str
    shown: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    takes_files: bool = True


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this console sent the form, as the browser says it: no other site's text is carried on."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def can_hold(request: HttpRequest) -> bool:
    is_form = request.method == "POST" and not request.path.startswith(NOT_HELD)
    return is_form and is_from_here(request)


def page(request: HttpRequest, reason: str, *, status: int = 401, way_url: str = "") -> HttpResponse:
    """The form again. `reason`: "signed-out", "old" (of another session) or "proof" (then `way_url` is where)."""
    way = f"{way_url or reverse('account_login')}?next={reverse('go-back')}"
    return render(request, TEMPLATE, {**context_of(request), "reason": reason, "way_url": way}, status=status)


def context_of(request: HttpRequest, *, instead: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What components/held_form.html needs to send the form of this request once more.

    `instead` are fields of our own that change: what a page showed, where it now shows something else.
    """
    return {"typed": _typed(request, instead or {}), "action_url": request.get_full_path(), "field": FIELD}


def take(request: HttpRequest) -> None:
    """Puts what was held back in place of the form that carried it; raises Stale when it cannot be opened."""
    if request.method != "POST" or not (sealed := _carried(request)):
        return
    opened = held.open_form(sealed, path=request.path, person=request.user.pk)
    if opened is None:
        raise Stale(
            "What was typed could not be brought back.",
            why="It is kept for twelve hours, for the page and the person that it was typed by.",
            do="Open the page again and type it anew.",
            who="You can do this.",
        )
    request.FILES  # noqa: B018 (reads the form that carried it, so that it is not read later in place of this one)
    typed = QueryDict(opened, mutable=True)
    typed.setlist("csrfmiddlewaretoken", request.POST.getlist("csrfmiddlewaretoken"))
    request.POST = typed  # type: ignore[assignment]  # settable in WSGIRequest
    request.was_held = True  # type: ignore[attr-defined]


def _typed(request: HttpRequest, instead: Mapping[str, str]) -> Typed:
    try:
        sent, files = request.POST, tuple(request.FILES)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return Typed("", (), ())
    takes_files = not _reads_late(request)
    if sealed := sent.get(FIELD, ""):
        return Typed(sealed, (), files, takes_files)
    kept = sent.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    for name in instead:
        kept.pop(name, None)
    texts = ((name, "".join(kept.getlist(name))) for name in kept)
    shown = tuple(one for name, text in texts if text and (one := typed_fields.told(name, text)) is not None)
    kept.update(instead)
    sealed = held.seal_form(kept.urlencode(), path=request.path, person=_who_typed(request))
    is_small = len(sealed) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 4096
    return Typed(sealed if is_small else "", shown, files, takes_files)


def _who_typed(request: HttpRequest) -> int | None:
    """Who is signed in, or was until this request; None when the session is gone altogether."""
    known: int | None = getattr(request, "signed_out_person", None) or request.user.pk
    return known


def _reads_late(request: HttpRequest) -> bool:
    """Whether the view sets its own limits before the body is read, as for large files."""
    return bool(request.resolver_match and getattr(request.resolver_match.func, "csrf_exempt", False))


def _carried(request: HttpRequest) -> str:
    """What the form carries sealed. Of a view that sets its own limits only a form without files is looked into."""
    if not _reads_late(request):  # the check against forged forms has read it already
        return str(request.POST.get(FIELD, ""))
    if request.content_type != "application/x-www-form-urlencoded":
        return ""
    try:
        has_one = FIELD.encode() in request.body  # as every browser writes the name; most forms are read once only
        return str(QueryDict(request.body).get(FIELD, "")) if has_one else ""
    except (RequestDataTooBig, TooManyFieldsSent):  # the view answers that in words
        return ""
