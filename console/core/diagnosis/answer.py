"""Who answered, and how that is known (apim.md sections 3 and 8)."""

from dataclasses import dataclass
from typing import Any

from console.core.challenge import Challenge, parse_challenges
from console.core.diagnosis.flatten import flat
from console.core.diagnosis.terms import Answerer
from console.core.evidence import Evidence, EvidenceResponse
from console.core.exchange import FailureKind, Header

_OWN_REFUSALS = frozenset({FailureKind.BLOCKED_ADDRESS, FailureKind.BUSY})
ANSWERERS = {
    Answerer.GATEWAY: "the gateway",
    Answerer.BACKEND: "the API behind the gateway",
    Answerer.IDENTITY_PROVIDER: "the identity provider",
    Answerer.PROXY: "a server in between",
    Answerer.CONSOLE: "this console",
    Answerer.NOBODY: "nobody",
    Answerer.UNKNOWN: "not known",
}
_GATEWAY_TEXTS = ("Azure AD JWT", "subscription key", "JWT not present")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The answer taken apart. `status` None without one; `gateway_message` is the message of a gateway-shaped body.

    `failure` is "" when an answer came. Header names are in lower case, repeated headers
    are joined.
    """

    answered_by: Answerer
    how_known: str
    status: int | None
    failure: str
    headers: dict[str, str]
    body: Any
    body_text: str
    gateway_message: str
    challenges: tuple[Challenge, ...]

    def challenge(self, scheme: str) -> Challenge | None:
        return next((one for one in self.challenges if one.is_scheme(scheme)), None)

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_html(self) -> bool:
        return is_html(self.body_text, self.headers)


def read_answer(evidence: Evidence) -> ReadAnswer:
    response = evidence.response or EvidenceResponse()
    headers = combined(response.headers)
    body_text = response.body if isinstance(response.body, str) else flat(response.body)
    challenges = _challenges(response.headers)
    message = _gateway_message(response.body)
    answer = ReadAnswer(
        Answerer.UNKNOWN,
        "Nothing tells who answered.",
        response.status,
        response.failure,
        headers,
        response.body,
        body_text,
        message,
        challenges,
    )
    answered_by, how_known = _who(evidence, answer, response)
    return ReadAnswer(
        answered_by,
        how_known,
        response.status,
        response.failure,
        headers,
        response.body,
        body_text,
        message,
        challenges,
    )


def combined(headers: tuple[Header, ...]) -> dict[str, str]:
    """By name in lower case; the values of a repeated one joined with commas (RFC 9110 section 5.3)."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def _challenges(headers: tuple[Header, ...]) -> tuple[Challenge, ...]:
    """Of every WWW-Authenticate header, each read for itself: one that is cut off does not swallow the next."""
    values = (value for name, value in headers if name.lower() == "www-authenticate")
    return tuple(challenge for value in values for challenge in parse_challenges(value))


def is_html(body: str, headers: dict[str, str]) -> bool:
    start = body.lstrip()[:200].lower()
    return start.startswith(("<!doctype html", "<html")) or "text/html" in headers.get("content-type", "").lower()


def _gateway_message(body: Any) -> str:
    """The message of a body in the gateway's own shape, {"statusCode", "message"}; "" for any other body."""
    if isinstance(body, dict) and set(body) == {"statusCode", "message"} and isinstance(body["message"], str):
        return body["message"]
    return ""


def _who(evidence: Evidence, answer: ReadAnswer, response: EvidenceResponse) -> tuple[Answerer, str]:
    if response.no_answer:
        return _nobody(answer, response)
    if evidence.token_error is not None or (evidence.token_request and evidence.request is None):
        return _provider(evidence)
    if answer.challenge("AzureApiManagementKey"):
        return Answerer.GATEWAY, "The challenge AzureApiManagementKey is written by the gateway only."
    if answer.gateway_message or any(text in answer.body_text for text in _GATEWAY_TEXTS):
        return Answerer.GATEWAY, "The body has the gateway's own shape (statusCode, message)."
    logged = _logged_backend(evidence)
    if logged is not None:
        return logged
    if answer.status is not None and answer.status >= 400 and answer.is_html:
        via = f" It passed through {answer.headers['via']}." if "via" in answer.headers else ""
        return Answerer.PROXY, f"The answer is an HTML error page, which neither gateway nor API writes.{via}"
    if answer.challenge("Bearer"):
        return Answerer.BACKEND, "The Bearer challenge is written by an API, not by the gateway itself."
    if answer.status is not None and answer.body_text:
        return Answerer.BACKEND, "The answer has none of the gateway's marks."
    return Answerer.UNKNOWN, "Nothing tells who answered."


def _nobody(answer: ReadAnswer, response: EvidenceResponse) -> tuple[Answerer, str]:
    if answer.failure in _OWN_REFUSALS:
        return Answerer.CONSOLE, f"This console did not send the request. {response.detail}".strip()
    return Answerer.NOBODY, f"No complete answer came. {response.detail}".strip()


def _provider(evidence: Evidence) -> tuple[Answerer, str]:
    endpoint = evidence.token_request.endpoint if evidence.token_request else ""
    at = f" of {endpoint.split('?')[0]}" if endpoint else ""
    return Answerer.IDENTITY_PROVIDER, f"It is the answer of the token endpoint{at}."


def _logged_backend(evidence: Evidence) -> tuple[Answerer, str] | None:
    logged = evidence.profile.get("BackendResponseCode", evidence.profile.get("backendResponseCode"))
    if logged is None:
        return None
    if logged in (0, "", "0"):
        return Answerer.GATEWAY, "The gateway's log has no BackendResponseCode: the call never reached the backend."
    return Answerer.BACKEND, f"The gateway's log says that the backend answered {logged}."
