"""The texts of an attempt: what far sides and logs wrote, and what people observed or configured."""

from console.core.diagnosis.answer import ReadAnswer
from console.core.diagnosis.flatten import flat
from console.core.evidence import Evidence

MAX_PART = 32_000  # characters of one text that are searched; telling lines stand at the beginning
MAX_LOG = 65_536  # of what was pasted: of a longer log its beginning and its end, where it broke off


def said_text(evidence: Evidence, answer: ReadAnswer) -> str:
    """Everything that a far side wrote in its answer, one text a line, the provider's own error first."""
    parts = [
        answer.gateway_message,
        flat(evidence.token_error or {}),
        "\n".join(f"{name}: {value}" for name, value in answer.headers.items()),
        evidence.response.detail if evidence.response else "",
        answer.body_text,
    ]
    return "\n".join(part[:MAX_PART] for part in parts if part)


def log_text(evidence: Evidence) -> str:
    """What was pasted of logs and far sides, among it lines that people wrote; "" when nothing was."""
    pasted, half = evidence.pasted or "", MAX_LOG // 2
    return pasted if len(pasted) <= MAX_LOG else f"{pasted[:half]}\n{pasted[-half:]}"


def is_only_text(evidence: Evidence) -> bool:
    """Whether nothing was given but words of a far side or a log: no token, no request, no settings, no policy."""
    one = evidence
    given = (one.token_claims, one.token_header, one.token_request, one.request, one.policy, one.policy_xml)
    return not any(given) and one.expectations is None and not one.profile
