"""The token endpoint answered with something that is not a token response (HTML, missing members, wrong types)."""

from console.core.diagnosis.answer import is_html
from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import answered, by_kind, by_phrase
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

KINDS = {
    "not_json": "The answer of the token endpoint is not JSON.",
    "not_a_token_response": "The answer of the token endpoint is JSON, but lacks what a token response must have.",
}


def match(reading: Reading) -> Match | None:
    if not reading.is_at_token_endpoint or reading.codes:
        return None
    if refused := by_kind("bad_id_token")(reading):
        return refused
    kind = (reading.token_error or {}).get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return answered(KINDS[kind], kind)
    response = reading.evidence.response
    if response and response.failure in {"too_large", "bad_http"}:
        return answered(f"The token endpoint sent no readable answer. {response.detail}".strip(), response.failure)
    if response and reading.answer.is_success and is_html(reading.answer.body_text, reading.answer.headers):
        return answered("The token endpoint answered with an HTML page.", "HTML page")
    if (
        response
        and reading.answer.is_success
        and isinstance(response.body, dict)
        and "access_token" not in response.body
    ):
        return answered("The answer of the token endpoint has no access_token.", "access_token")
    return by_phrase("token-response-malformed")(reading)


CAUSE = Cause(
    slug="token-response-malformed",
    stage=Stage.TOKEN_REQUEST,
    title="No token response",
    what="The token endpoint answered with something that is not a token response.",
    do="Compare the address with the token endpoint in the metadata; a proxy or sign-in page may stand in between.",
    asked="Say whether this answer is yours: it is not one of a token endpoint. A proxy or a sign-in "
    "page may stand in between.",
    who=Owner.IDENTITY_PROVIDER,
    match=match,
)
