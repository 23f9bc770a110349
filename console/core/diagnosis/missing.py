"""What evidence would settle a diagnosis that is open."""

from console.core.diagnosis.base import RankedCause
from console.core.diagnosis.reading import Reading
from console.core.diagnosis.terms import Answerer, Confidence


def missing_evidence(reading: Reading, causes: tuple[RankedCause, ...]) -> tuple[str, ...]:
    """What to bring; empty when a cause is found for certain or nothing is wrong."""
    if causes and causes[0].confidence is not Confidence.POSSIBLE:
        return ()
    if reading.answer.is_success and not causes:
        return ()
    if reading.is_at_token_endpoint:
        return _of_token_request(reading)
    return tuple(_of_call(reading))


def _of_token_request(reading: Reading) -> tuple[str, ...]:
    if reading.token_error is None and not reading.answer.failure and reading.token is None:
        return ("the answer of the token endpoint",)
    return () if reading.codes else ("the error code in the answer of the token endpoint",)


def _of_call(reading: Reading) -> list[str]:
    has_answer = reading.answer.status is not None or reading.answer.failure or reading.said
    wanted = [] if has_answer else ["the answer of the API, with its headers"]
    if reading.answer.status in {400, 401, 403, None}:
        if reading.token is None:
            wanted.append("the decoded token")
        elif not _is_demand_known(reading):
            wanted.append("what the API expects: audiences, issuers, roles or scopes")
        if reading.token is not None and reading.evidence.signature is None:
            wanted.append("whether the signature verifies")
        if reading.token is not None and reading.now is None:
            wanted.append("the time of the attempt")
        if reading.request_headers is None:
            wanted.append("the request as it was sent, with its headers")
        if has_answer and not reading.said:
            wanted.append("the log of the API for this call")
        wanted += _of_policy(reading)
    return wanted


def _is_demand_known(reading: Reading) -> bool:
    expected = reading.expectation
    is_in_policy = reading.policy is not None and bool(reading.policy.counting_all().demands)
    return bool(expected.audiences or expected.issuers or is_in_policy)


def _of_policy(reading: Reading) -> list[str]:
    """What a policy leaves open; or that one which lets the call pass is not all that the gateway runs."""
    policy = reading.policy
    if policy is None:
        return []
    if policy.facts.verdict == "allow" and reading.answer.answered_by is Answerer.GATEWAY:
        return ["the other policies of the gateway, of its products and parent scopes: this one lets the call pass"]
    return [f"what {one} gives at run time, which the policy leaves open" for one in policy.open_values]
