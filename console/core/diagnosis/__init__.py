"""Why an attempt failed: causes of the taxonomy, ranked, from the evidence alone."""

from console.core.diagnosis import (
    api,
    authorization,
    credential,
    discovery,
    gateway_policy,
    network,
    signature,
    subscription,
    token_content,
    token_request,
)
from console.core.diagnosis.base import Cause, Diagnosis, Match
from console.core.diagnosis.codes import CodeExplanation, explain_code
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.missing import missing_evidence
from console.core.diagnosis.ranking import rank
from console.core.diagnosis.reading import Reading, read
from console.core.evidence import Evidence

__all__ = ["CATALOGUE_VERSION", "CAUSES", "CodeExplanation", "explain", "explain_code", "read_evidence"]

CATALOGUE_VERSION = "1"

CAUSES: tuple[Cause, ...] = (
    *network.CAUSES,
    *discovery.CAUSES,
    *credential.CAUSES,
    *token_request.CAUSES,
    *token_content.CAUSES,
    *signature.CAUSES,
    *gateway_policy.CAUSES,
    *subscription.CAUSES,
    *authorization.CAUSES,
    *api.CAUSES,
)


def explain(evidence: Evidence, causes: tuple[Cause, ...] = CAUSES) -> Diagnosis:
    """The diagnosis of one attempt; never raises. No causes: nothing is wrong, or `missing` names what would decide."""
    reading = read(evidence)
    found = [(cause, match) for cause in causes if (match := _match(cause, reading))]
    ranked = rank(reading, found)
    return Diagnosis(
        answered_by=reading.answer.answered_by,
        how_known=reading.answer.how_known,
        causes=ranked,
        missing=missing_evidence(reading, ranked),
        catalogue_version=CATALOGUE_VERSION,
        unread=reading.unread,
    )


def _match(cause: Cause, reading: Reading) -> Match | None:
    try:
        return cause.match(reading)
    except Exception:  # noqa: BLE001 the entry runner: a bug in one cause must not hide the others
        return None
