"""The request as our middleware leaves it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from console.core.actor import Actor


class ActorRequest(HttpRequest):
    """`actor` is who asks (views behind sign-in always have one), `now` the moment of the request in epoch seconds."""

    actor: Actor
    now: int
    htmx: HtmxDetails
