"""A wrong secret value: other application, old value still loaded, typo."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import bare, by_code, by_phrase, possible, weakened
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import sent_headers
from console.core.diagnosis.secret_shape import is_encoded_wrongly, looks_like_id
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

_OF_ANY_CLIENT = "no client authentication included"  # what RFC 6749 section 5.2 says of every invalid_client


def match(reading: Reading) -> Match | None:
    if found := by_code("client-secret-invalid")(reading):
        return found
    if reading.codes or not reading.is_at_token_endpoint:
        return None
    found = by_phrase("client-secret-invalid")(reading)
    is_about_client = reading.phrase("client-id-wrong") is not None
    if found is None and reading.error == "invalid_client" and _sends_secret(reading) and not is_about_client:
        found = bare("The token endpoint answered invalid_client to a request with a client secret.", "invalid_client")
    is_unsaid = not reading.description or _OF_ANY_CLIENT in reading.description.lower()
    if found is None and reading.error == "invalid_client" and is_unsaid and not reading.params:
        found = possible("The token endpoint answered invalid_client.", "invalid_client")
    explained = looks_like_id(reading) or is_encoded_wrongly(reading)
    return weakened(found) if found and explained else found


def _sends_secret(reading: Reading) -> bool:
    sent = (sent_headers(reading) or {}).get("authorization", "")
    return "client_secret" in reading.params or sent.startswith("Basic")


CAUSE = Cause(
    slug="client-secret-invalid",
    stage=Stage.CREDENTIAL,
    title="Client secret not accepted",
    what="The client secret is not one of the secrets of this client.",
    do="Copy the client secret anew, or create a new one; check that it belongs to this client id.",
    who=Owner.INTEGRATOR,
    match=match,
)
