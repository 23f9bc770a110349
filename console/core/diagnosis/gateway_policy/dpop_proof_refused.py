"""A token that is bound to a key goes with a proof of that key (RFC 9449), and that proof is missing or refused."""

import re

from console.core.diagnosis.base import Cause, Match
from console.core.diagnosis.header_facts import split_scheme
from console.core.diagnosis.matching import answered, likely
from console.core.diagnosis.proof_facts import time_of_proof
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Stage
from console.core.owner import Owner

SCHEME = "DPoP"
_NONCE = re.compile(r"\buse_dpop_nonce\b")
_CODE = re.compile(r"\binvalid_dpop_proof\b")
_PROOF = r"dpop[ _-]?(?:proof|header|jwt)s?"
_KEY = r"dpop[ _-]?(?:key|binding|signature)(?: (?:binding|thumbprint))?"  # to have none may be as it should
_WRONG = r"(?:missing|mismatch|(?:in|not )valid|malformed|do(?:es)? not match|wrong|reused|replay)"
_SAID = re.compile(
    rf"(?<!\bno )\b{_PROOF}\b(?: is| was)? (?:required|expected)\b|\b{_PROOF}\b[^\n.\"]{{0,80}}\b{_WRONG}"
    rf"|\b(?:missing|invalid|malformed|no)\b (?:\w{{1,20}} )?{_PROOF}\b(?! (?:is |was )?(?:required|needed|expected))"
    rf"|\binvalid {_KEY}\b|\b{_KEY}(?: is| was)? (?:mismatch|(?:in|not )valid|wrong|do(?:es)? not match)",
    re.IGNORECASE,
)
_HTU = re.compile(r"\bhtu\b")
_ADDRESS = (
    "Let htu be the address of the request without its query, as the server takes it: where a proxy stands before the "
    "server, let that hand on scheme and host as they were sent."
)
_AT_TOKEN_ENDPOINT = (
    "Send with the request a new proof in the header DPoP, signed by the key that the token is to be bound to, with "
    "htm POST and the address of the token endpoint as htu."
)
_AGAIN = "Send the request again with the value of the header DPoP-Nonce as nonce of a new proof."
_PROVE = (
    "Send the token with the scheme DPoP, and with each request a new proof in the header DPoP: signed by the key "
    "that the token is bound to, with htm and htu of that request and ath of the token."
)


def match(reading: Reading) -> Match | None:
    if time_of_proof(reading):
        return None  # the clock is its cause
    if found := _NONCE.search(reading.said):
        # In a log it may be the first of two answers, of which the second was good.
        sure = likely if reading.is_text_only else answered
        return sure("The proof must bear a nonce that the server gives (RFC 9449 section 8).", found[0], do=_AGAIN)
    if found := _CODE.search(reading.said):
        return answered("The proof of the key (DPoP) was refused (RFC 9449 section 5).", found[0], do=_advice(reading))
    if found := _SAID.search(reading.said):
        return likely(f'The answer or log says: "{found[0]}".', found[0], do=_advice(reading))
    return _of_challenge(reading)


def _advice(reading: Reading) -> str:
    """What to do about the part that is named, else about all that a request for a token proves; "" at an API."""
    if _HTU.search(reading.said):
        return _ADDRESS
    return _AT_TOKEN_ENDPOINT if reading.is_at_token_endpoint else ""


def _of_challenge(reading: Reading) -> Match | None:
    """What asks for DPoP and for no bearer token takes none."""
    asked = [one.scheme for one in reading.answer.challenges]
    used, _ = split_scheme(reading.authorization or "")
    if not asked or any(scheme.lower() != SCHEME.lower() for scheme in asked) or used.lower() == SCHEME.lower():
        return None
    return likely("The answer asks for DPoP alone: it takes no token without a proof of its key.", asked[0])


CAUSE = Cause(
    slug="dpop-proof-refused",
    stage=Stage.GATEWAY_POLICY,
    title="Proof of the token's key (DPoP) missing or refused",
    what="The token is, or is to be, bound to a key; the proof that the caller has that key is missing or was refused.",
    do=_PROVE,
    who=Owner.INTEGRATOR,
    match=match,
)
