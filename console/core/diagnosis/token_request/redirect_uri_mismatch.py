"""redirect_uri differs from the registered one or between the two legs."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import in_own_words, named
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import redirect_uri_sent
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    found = named("redirect-uri-mismatch")(reading)
    if found is None:
        return None
    sent = redirect_uri_sent(reading)
    registered = reading.fact("registered_redirect_uris", "redirect_uris", "registered_redirect_uri")
    known = registered if isinstance(registered, list) else [registered] if registered else []
    told = f"Sent: {sent}; registered: {', '.join(map(str, known))}." if sent and known else ""
    return in_own_words(found, told)


CAUSE = Cause(
    slug="redirect-uri-mismatch",
    stage=Stage.TOKEN_REQUEST,
    title="Redirect URI not registered",
    what="The redirect URI of the request is not the registered one.",
    do="Register the redirect URI exactly as it is sent.",
    who=Owner.INTEGRATOR,
    match=match,
)
