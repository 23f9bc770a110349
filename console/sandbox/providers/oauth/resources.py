"""The resources that tokens can be for (RFC 8707): the APIs behind the workspace's own gateway, and any https address.

A real server knows its resources by registration; here whatever is a whole https address is one, so that people can
try the audience of an API of their own.
"""

from urllib.parse import urlsplit

from console.sandbox.providers.base import ProviderVisit

LONGEST = 300


def known_audience(resource: str, visit: ProviderVisit) -> str | None:
    """The audience of a resource; None for what is none: no whole address, or one with a fragment."""
    if not resource.isprintable() or " " in resource or len(resource) > LONGEST or "#" in resource:
        return None
    if resource in {f"{visit.base}/gateway/{api.path}" for api in visit.state.gateway_apis}:
        return resource
    try:
        parts = urlsplit(resource)
    except ValueError:
        return None
    return resource if parts.scheme == "https" and parts.netloc else None
