"""No client_secret or client_assertion in a request that needs one."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_code, by_phrase, likely
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import CREDENTIALS, hides_credential, sent_headers
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if found := by_code("client-credential-missing")(reading):
        return found
    is_call = not reading.is_at_token_endpoint and not (reading.is_text_only and reading.answer.status is None)
    if reading.codes or hides_credential(reading) or is_call:
        return None
    sends_nothing = (
        reading.params and not any(reading.params.get(name) for name in CREDENTIALS) and not _sends_header(reading)
    )
    if reading.error == "invalid_client" and sends_nothing and reading.grant == "client_credentials":
        return likely("The request has neither client_secret nor client_assertion.", "invalid_client")
    if reading.evidence.token_request and reading.fact("credential") in ("none", "missing") and sends_nothing:
        return answered("The profile holds no credential.", "credential: none")
    return by_phrase("client-credential-missing")(reading) or _of_header(reading)


def _of_header(reading: Reading) -> Match | None:
    """The Authorization header that a token endpoint misses holds the client's own name and secret.

    An invalid request is an API's answer too, and a token is none of the client's own.
    """
    if not reading.is_at_token_endpoint or reading.error == "invalid_request":
        return None
    found = by_phrase("authorization-header-missing")(reading)
    return found if found and any("authorization" in fact.lower() for fact in found.facts) else None


def _sends_header(reading: Reading) -> bool:
    return "authorization" in (sent_headers(reading) or {})


CAUSE = Cause(
    slug="client-credential-missing",
    stage=Stage.CREDENTIAL,
    title="No credential sent",
    what="The token request carries no credential of the client.",
    do="Enter the client secret or the certificate of this profile; check that the variable that holds it is not "
    "empty.",
    who=Owner.INTEGRATOR,
    match=match,
)
