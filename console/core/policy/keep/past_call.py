"""A call that was sent, as a policy can judge it again: header and claims are on record, the signature is not."""

from console.core.evidence import Evidence
from console.core.json.text import json_text
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.keep.samples import Sample
from console.core.policy.keep.tokens_in_text import STAND_IN
from console.core.redaction.names import TOKEN
from console.core.tokens import base64url

REFUSED = (401, 403)


def as_sample(evidence: Evidence, *, id: str, name: str) -> Sample | None:
    """The call as a row that expects what the API answered; None when its token cannot be put together again.

    The signature is taken as valid unless it was found wrong, or its key unknown, when the call was sent.
    """
    sent = evidence.request
    if sent is None or evidence.now is None or not sent.url:
        return None
    token = _token(evidence)
    if token is None and any(TOKEN in value for _, value in sent.headers):
        return None
    headers = tuple((key, value.replace(TOKEN, token or "")) for key, value in sent.headers)
    status = evidence.response.status if evidence.response else None
    return Sample(
        id=id,
        name=name,
        request=GatewayRequest(sent.method, sent.url, headers),
        rule=None,
        expects=Verdict.REJECT if status in REFUSED else Verdict.ALLOW,
        reason="",
        judged_at=evidence.now,
        is_verified=token is not None and not _was_unproven(evidence),
    )


def _token(evidence: Evidence) -> str | None:
    if evidence.token_header is None or evidence.token_claims is None:
        return None
    parts = (base64url.encode(json_text(part).encode()) for part in (evidence.token_header, evidence.token_claims))
    return ".".join((*parts, STAND_IN))


def _was_unproven(evidence: Evidence) -> bool:
    found = evidence.profile.get("signing_key")
    is_unknown = isinstance(found, dict) and found.get("kid_known") is False
    return is_unknown or evidence.signature in ("invalid", "absent")
