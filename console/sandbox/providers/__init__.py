"""The providers that the sandbox plays beside the Entra-shaped one, each below its own path segment."""

from dataclasses import replace

from console.sandbox.answers import text_response
from console.sandbox.providers import maskinporten, tokenx
from console.sandbox.providers.base import Answered, PlayedProvider, ProviderVisit

PLAYED: tuple[PlayedProvider, ...] = (maskinporten.PROVIDER, tokenx.PROVIDER)
_BY_SEGMENT = {one.segment: one for one in PLAYED}


def is_played(segment: str) -> bool:
    """Whether the first path segment below a workspace is one of theirs."""
    return segment in _BY_SEGMENT


def answer(visit: ProviderVisit) -> Answered:
    """The answer of the provider that the request reached; what it has not, it refuses in its own shape."""
    provider = _BY_SEGMENT[visit.segment]
    endpoint = provider.endpoints.get(visit.path)
    if endpoint is None:
        return provider.refuse(visit, 404, "There is no such endpoint"), visit.state
    method = "GET" if visit.request.method == "HEAD" else visit.request.method
    if method in endpoint.methods:
        fault = visit.fault
        hindered = fault.token_answer if fault is not None and visit.path == "/token" else None
        answered = hindered(visit.request, visit.now, visit.state.entropy) if hindered is not None else None
        return (answered, visit.state) if answered is not None else endpoint.answer(visit)
    allow = (("Allow", ", ".join((*endpoint.methods, "OPTIONS"))),)
    if method == "OPTIONS":
        return text_response(200, "", now=visit.now, headers=allow), visit.state
    refused = provider.refuse(visit, 405, f"Method {visit.request.method[:20]} is not allowed")
    return replace(refused, headers=(*refused.headers, *allow)), visit.state
