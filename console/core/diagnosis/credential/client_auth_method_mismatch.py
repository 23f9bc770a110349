"""The client authenticates in another way than it is registered for (none, basic, post, private_key_jwt)."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import likely, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import hides_credential, leaves, sent_headers
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

METHODS = frozenset({"none", "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt"})


def match(reading: Reading) -> Match | None:
    if hides_credential(reading):
        return None
    if reading.error not in {"invalid_client", "unauthorized_client", "invalid_request"} or reading.codes:
        return named("client-auth-method-mismatch")(reading)
    registered = _methods(reading)
    used = _used(reading)
    if used and registered and used not in registered:
        return likely(
            f"The request used {used}; the registration says {' or '.join(sorted(registered))}.",
            used,
            *sorted(registered),
        )
    if len(registered) > 1:
        return likely(f"Two methods are configured: {' and '.join(sorted(registered))}.", *sorted(registered))
    return named("client-auth-method-mismatch")(reading)


def _methods(reading: Reading) -> frozenset[str]:
    named_methods = [
        value
        for name, value in leaves(reading)
        if isinstance(value, str) and "auth" in name.lower() and value in METHODS
    ]
    return frozenset(named_methods)


def _used(reading: Reading) -> str:
    """What the request shows; "" when it is not known."""
    if "client_assertion" in reading.params:
        return "private_key_jwt"
    if "client_secret" in reading.params:
        return "client_secret_post"
    headers = sent_headers(reading)
    if headers and headers.get("authorization", "")[:5].lower() == "basic":
        return "client_secret_basic"
    return "none" if reading.params and headers else ""


CAUSE = Cause(
    slug="client-auth-method-mismatch",
    stage=Stage.CREDENTIAL,
    title="Other client authentication registered",
    what="The client authenticates in another way than it is registered for.",
    do="Use the client authentication that the registration names (token_endpoint_auth_method), or change the "
    "registration.",
    who=Owner.INTEGRATOR,
    match=match,
)
