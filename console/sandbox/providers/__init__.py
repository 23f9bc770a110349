"""The providers that the sandbox plays beside the Entra-shaped one, each below its own path segment."""

import re
from dataclasses import replace

from console.sandbox.answers import text_response
from console.sandbox.providers import generic, idporten, maskinporten, tokenx
from console.sandbox.providers.base import PlayedProvider, ProviderVisit
from console.sandbox.routes import Answered, Visit, route

PLAYED: tuple[PlayedProvider, ...] = (
    maskinporten.PROVIDER,
    tokenx.PROVIDER,
    idporten.PROVIDER,
    generic.PROVIDER,
)
_BY_SEGMENT = {name: one for one in PLAYED for name in (one.segment, one.for_people) if name}


def _answer(visit: Visit, found: "re.Match[str]") -> Answered:
    """The answer of the provider that the request reached; what it has not, it refuses in its own shape."""
    provider, path = _BY_SEGMENT[found["segment"]], found["path"] or "/"
    here = _at_provider(visit, provider.segment, path, called=found["segment"])
    is_here = here.called == provider.segment or path in provider.sent_to
    endpoint = provider.endpoints.get(path) if is_here else None
    if endpoint is None:
        return provider.refuse(here, 404, "There is no such endpoint"), here.state
    method = "GET" if visit.request.method == "HEAD" else visit.request.method
    if method in endpoint.methods:
        return endpoint.answer(here)
    allow = (("Allow", ", ".join((*endpoint.methods, "OPTIONS"))),)
    if method == "OPTIONS":
        return text_response(200, "", now=visit.now, headers=allow), here.state
    refused = provider.refuse(here, 405, f"Method {method[:20]} is not allowed")
    return replace(refused, headers=(*refused.headers, *allow)), here.state


def _at_provider(visit: Visit, segment: str, path: str, *, called: str) -> ProviderVisit:
    address = visit.address
    return ProviderVisit(
        visit.request,
        address.base,
        segment,
        path,
        address.query,
        visit.world,
        visit.keys,
        visit.now,
        visit.fault_of(segment),
        visit.bases,
        called,
    )


ROUTES = (route(f"/(?P<segment>{'|'.join(map(re.escape, _BY_SEGMENT))})(?P<path>/.*)?", _answer),)
