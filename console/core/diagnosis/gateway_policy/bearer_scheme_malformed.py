"""Scheme and token are not 'Bearer', one blank, token: scheme missing, doubled or run together."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import scheme_fault, split_scheme
from console.core.diagnosis.matching import by_phrase, certain, likely
from console.core.diagnosis.mends import with_bearer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    if reading.is_at_token_endpoint or reading.answer.is_success or reading.authorization is None:
        return None if reading.request_headers is not None else by_phrase("bearer-scheme-malformed")(reading)
    if fault := scheme_fault(reading.authorization):
        is_accepted = reading.policy is not None and reading.policy.passes("token-present", "scheme")
        return likely(fault, "Authorization header") if is_accepted else certain(fault, "Authorization header")
    scheme, _ = split_scheme(reading.authorization)
    is_compared = scheme != "Bearer" and scheme.lower() == "bearer" and reading.phrase("bearer-scheme-malformed")
    if is_compared:  # RFC 9110 section 11.1: letter case is no difference, yet this server makes one
        return likely(f"The scheme is written {scheme}; the far side looks for the word Bearer.", scheme)
    asks_bearer = reading.answer.challenge("Bearer") is not None or reading.answer.gateway_message != ""
    is_other = scheme.lower() in {"token", "jwt", "oauth", "basic", "apikey", "digest"}
    if asks_bearer and is_other and not reading.answer.challenge(scheme) and reading.answer.status == 401:
        return likely(f"The scheme is {scheme}; the far side asks for Bearer.", scheme)
    return None


CAUSE = Cause(
    slug="bearer-scheme-malformed",
    stage=Stage.GATEWAY_POLICY,
    title="Bearer header malformed",
    what="The Authorization header is not the word Bearer, one blank, and the token.",
    do="Write Authorization: Bearer, one blank, and the token, each once.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=with_bearer,
)
