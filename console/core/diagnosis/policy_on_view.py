"""A policy that stands in the evidence, evaluated when somebody looks: with the claims, the request and the moment that
are there, and without what nobody kept (keys, named values, the caller's address)."""

from typing import Any

from msgspec.structs import replace

from console.core.diagnosis.header_facts import MASKED
from console.core.diagnosis.policy_facts import judged, policy_in
from console.core.evidence import Evidence, EvidenceCheck, EvidencePolicy, EvidenceStep
from console.core.exchange import Header
from console.core.json.text import json_text
from console.core.policy.engine.model import Outcome, Verdict
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.engine.trial import Trial
from console.core.policy.keep.described_call import DescribedCall, as_sent
from console.core.policy.keep.tokens_in_text import STAND_IN
from console.core.policy.text.document import PolicyDocument
from console.core.policy.token.token_policy import inbound_token_policies
from console.core.redaction.names import TOKEN
from console.core.tokens import base64url
from console.core.tokens.token import Token

_USUAL = {"alg": "RS256", "typ": "JWT"}
_IN_THE_CALL = frozenset({"token-present", "scheme"})  # what can be told without the token's claims
_TIMES = frozenset({"expiry", "not-before", "expiration-present"})
_ADDRESSES = ("client_ip", "caller_ip", "callerIpAddress", "CallerIpAddress")


def judged_on_view(evidence: Evidence, token: Token | None, now: int | None) -> EvidencePolicy | None:
    """What the evidence's policy decides; None without one that can be read."""
    policy = policy_in(evidence.policy_xml)
    if policy is None:
        return None
    document = policy.document
    is_valid = evidence.signature == "valid"
    trial = Trial(document, _request(evidence, token, document), now or 0, assumes_signature=is_valid)
    facts = judged(trial, tenant=(token.text_claim("tid") if token else None) or "")
    if token is None or token.claims is None:
        return _without(facts, "the decoded token", keeps=_IN_THE_CALL)
    return facts if now is not None else _without(facts, "the moment of the call", leaves_out=_TIMES)


def _request(evidence: Evidence, token: Token | None, document: PolicyDocument) -> GatewayRequest:
    """The call as it was sent, the token in its place; where no header is on record, as the policy wants it."""
    sent, text = evidence.request, _text(token, evidence.signature)
    address = next((str(evidence.profile[name]) for name in _ADDRESSES if name in evidence.profile), None)
    if sent is None or (not sent.headers and text):
        call = DescribedCall(client_ip=address, is_as_received=False)
        if sent is not None and sent.url:
            call = DescribedCall(sent.method or "GET", sent.url, client_ip=address, is_as_received=False)
        return as_sent(call, text, document)
    named = {(one.attribute("header-name") or "").lower() for one in inbound_token_policies(document)}
    headers = tuple(_with_token(pair, text, named | {"authorization"}) for pair in sent.headers)
    return GatewayRequest(sent.method or "GET", sent.url, headers, address)


def _text(token: Token | None, signature: str | None) -> str:
    """The token put together again with a stand-in for its signature; "" without claims."""
    if token is None or token.claims is None:
        return ""
    last = "" if signature == "absent" else STAND_IN
    return f"{_part(token.header or _USUAL)}.{_part(token.claims)}.{last}"


def _part(value: dict[str, Any]) -> str:
    return base64url.encode(json_text(value).encode())


def _with_token(pair: Header, text: str, places: set[str]) -> Header:
    """A header whose token is masked, with the token in it; `***` elsewhere may stand for any secret."""
    name, value = pair
    has_token = TOKEN in value or name.lower() in places or value.lower().startswith("bearer ")
    return (name, MASKED.sub(lambda _: text, value, count=1)) if text and has_token else pair


def _without(
    facts: EvidencePolicy, need: str, *, keeps: frozenset[str] | None = None, leaves_out: frozenset[str] = frozenset()
) -> EvidencePolicy:
    """The facts without failures that rest on something nobody knows."""

    def is_known(check: EvidenceCheck) -> bool:
        return check.check not in leaves_out and (keeps is None or check.check in keeps)

    steps = tuple(_known(step, [one for one in step.checks if is_known(one)], need) for step in facts.steps)
    if any(step.verdict == Verdict.REJECT for step in steps) or facts.verdict != Verdict.REJECT:
        return replace(facts, steps=steps)
    return replace(facts, verdict=Verdict.UNDECIDED.value, reason="", needs=(need,), steps=steps)


def _known(step: EvidenceStep, checks: list[EvidenceCheck], need: str) -> EvidenceStep:
    if step.demand is None or len(checks) == len(step.checks):
        return step
    if any(check.outcome == Outcome.FAIL for check in checks):
        return replace(step, checks=tuple(checks))
    opened = EvidenceCheck("well-formed", Outcome.UNKNOWN.value, f"It needs {need}.", needs=(need,))
    return replace(step, checks=(*checks, opened), verdict=Verdict.UNDECIDED.value)
