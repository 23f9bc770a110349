"""What the frame of a page shows: the sections this person may open, and who is signed in."""

from dataclasses import dataclass
from functools import cache
from html import escape

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.template import Context
from django.urls import get_urlconf, reverse
from django.utils.safestring import SafeString

from console.adapters import clock
from console.core.actor import Actor, Role
from console.core.cases.listing import MANY_NEWS
from console.services import company
from console.services.case_queue import unseen_count
from console.web import choosing
from console.web.middleware import left_s

register = template.Library()

_CASES = "Cases"
_SECTIONS = (
    ("Home", "start"),
    ("Profiles", "profiles"),
    ("APIs", "apis"),
    ("Inspect", "inspect"),
    ("Policy", "policy"),
    ("Calls", "calls"),
    (_CASES, "cases"),
)
# Pages that lie in a section and not below its address.
_ALSO = {"profiles": ("/import/", "/connections/"), "inspect": ("/triage/",)}
_SANDBOX = ("Sandbox", "sandbox")
_REFERENCE = ("Reference", "reference")
_PEOPLE = ("People", "people")


@dataclass(frozen=True, slots=True)
class Section:
    """A link of the main navigation; `is_current` when the page lies in that section."""

    label: str
    url: str
    is_current: bool


def sections(context: Context) -> tuple[Section, ...]:
    """The main navigation; empty when nobody is signed in, or without a request (a crash page)."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or choosing.is_asked(request):
        return ()
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    home = _address("start", urlconf)
    links = ((label, _address(name, urlconf), _ALSO.get(name, ())) for label, name in _offered(actor))
    return tuple(
        Section(label, url, is_current=_is_within(request.path, url, home) or request.path.startswith(also))
        for label, url, also in links
    )


def _is_within(path: str, url: str, home: str) -> bool:
    return path == url if url == home else path.startswith(url)


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The sections as links; "" when there are none."""
    links = "".join(_link(one, _news(context) if one.label == _CASES else 0) for one in sections(context))
    return SafeString(f'<nav aria-label="Main">{links}</nav>' if links else "")


def _news(context: Context) -> int:
    """How many cases have something that this person has not seen. One query; none where the database does not work."""
    actor = signed_in(context)
    try:
        return unseen_count(actor) if actor is not None else 0
    except DatabaseError:
        return 0


def _link(section: Section, news: int = 0) -> str:
    mark = ' aria-current="page"' if section.is_current else ""
    return f'<a href="{escape(section.url)}"{mark}>{escape(section.label)}{_count(news)}</a>'


def _count(news: int) -> str:
    shown = f"{MANY_NEWS - 1}+" if news >= MANY_NEWS else str(news)
    return f' <span class="count">{shown}<span class="visually-hidden"> with news</span></span>' if news else ""


@cache
def _address(name: str, urlconf: str) -> str:
    return reverse(name, urlconf)


@register.simple_tag(takes_context=True)
def signed_in(context: Context) -> Actor | None:
    """Whoever is signed in; None for nobody, or without a request."""
    actor = getattr(context.get("request"), "actor", None)
    return actor if isinstance(actor, Actor) else None


@register.simple_tag(takes_context=True)
def session_left(context: Context) -> int:
    """For how many seconds more the session lasts without use; 0 for nobody."""
    request = context.get("request")
    return left_s(request) if request and hasattr(request, "session") and hasattr(request, "user") else 0


@register.simple_tag
def server_now() -> int:
    """Epoch seconds, by which the page tells how far off the browser's clock is."""
    return clock.now()


@register.simple_tag
def company_sign_in() -> str:
    """What the company's sign-in is called; "" where none is set up."""
    return company.name()


def _offered(actor: Actor) -> list[tuple[str, str]]:
    shown = list(_SECTIONS)
    if settings.CONSOLE_SANDBOX:
        shown.append(_SANDBOX)
    shown.append(_REFERENCE)
    if actor.has(Role.ADMIN):
        shown.append(_PEOPLE)
    return shown
