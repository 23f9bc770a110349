"""Processor time as part of the work budget: whatever a request computes, rendering included, is counted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from console.adapters import clock
from console.services import processor_time
from console.web import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SIGN_OUT = "/accounts/logout/"


class ProcessorTime:
    """Refuses the requests of a person who has used up the processor's share for now; of nobody else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        actor = getattr(request, "actor", None)
        is_leaving = request.path == SIGN_OUT
        if actor is None or is_leaving:
            return self.get_response(request)
        refusal = processor_time.refusal(actor)
        if refusal is not None:
            return errors.refusal_page(request, refusal)
        begun_ms = clock.processor_ms()
        try:
            return self.get_response(request)
        finally:
            processor_time.charge(actor, clock.processor_ms() - begun_ms)
