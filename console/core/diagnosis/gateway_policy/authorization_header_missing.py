"""The client sent no token at all."""

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.matching import by_phrase, certain, likely, weakened
from console.core.diagnosis.mends import with_bearer
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.request_facts import leaves
from console.core.diagnosis.terms import Stage
from console.core.diagnosis.token_place import token_elsewhere
from console.core.owner import Owner


def match(reading: Reading) -> Match | None:
    found = _found(reading)
    # A token in another place is the same fault, told more exactly.
    return weakened(found) if found and token_elsewhere(reading) else found


def _found(reading: Reading) -> Match | None:
    if reading.answer.status not in {400, 401, 403, None} or reading.is_at_token_endpoint or reading.token_was_read:
        return None
    said = by_phrase("authorization-header-missing")(reading)
    if reading.request_headers is None or (not reading.request_headers and reading.token is not None):
        return said if reading.token is None else None
    if reading.authorization is not None:
        return weakened(said) if said else None
    if (reading.policy and reading.policy.passes("token-present")) or _is_other_refusal(reading):
        return None
    who = Owner.API_OWNER if _is_described_wrongly(reading) else None
    if said is None and _names_another(reading):
        return None
    why = "The request has no Authorization header."
    asks = said or reading.answer.challenge("Bearer")
    if reading.policy and not asks and not reading.policy.failed("token-present"):
        found = likely(why, "Authorization absent", who=who)
        return weakened(found) if reading.policy.facts.verdict == "reject" else found
    is_asked = asks or reading.answer.status == 401
    return certain(why, "Authorization absent", who=who) if is_asked else likely(why, "Authorization absent", who=who)


def _is_other_refusal(reading: Reading) -> bool:
    """A refusal that speaks of a key, an address or the like needs no token to be explained."""
    if reading.answer.status == 401:
        return reading.answer.challenge("AzureApiManagementKey") is not None
    return reading.phrase("authorization-header-missing") is None and reading.answer.status is not None


def _names_another(reading: Reading) -> bool:
    """Whether the far side gives a reason, and it is another one."""
    said = any(one.where == "said" and one.cause != "api-error" for one in reading.phrases)
    return said or any(one.is_telling for one in reading.messages)


def _is_described_wrongly(reading: Reading) -> bool:
    """An OpenAPI document that lists Authorization as a header parameter: tools must ignore that (OpenAPI 3)."""
    facts = leaves(reading)
    return ("name", "Authorization") in facts and ("in", "header") in facts


CAUSE = Cause(
    slug="authorization-header-missing",
    stage=Stage.GATEWAY_POLICY,
    title="No token sent",
    what="The client sent no token.",
    do="Send the header Authorization: Bearer, one blank, and the access token.",
    who=Owner.INTEGRATOR,
    match=match,
    mend=with_bearer,
)
