"""What a platform's own silence means: an answer without a word, in the shape that one of its guards gives."""

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.terms import Confidence
from console.core.issuers import host_of

_APP_SERVICE = ("azurewebsites.net", "azurecontainerapps.io")


def _refused_without_a_word(reading: Reading) -> str:
    """The authentication in front of an App Service let the token pass as valid (no 401) and refused its client."""
    url = reading.evidence.request.url if reading.evidence.request else ""
    is_silent = reading.answer.status == 403 and not reading.answer.body_text and not reading.answer.challenges
    is_sent = reading.authorization is not None
    is_hosted = host_of(url).endswith(_APP_SERVICE)
    return (
        f"{host_of(url)} answered 403 without a body to a call with a token."
        if is_silent and is_sent and is_hosted
        else ""
    )


REASONS = (
    Reason(
        "client-not-allowed",
        "The authentication in front of an App Service answers so where the client is not among the allowed ones.",
        _refused_without_a_word,
        confidence=Confidence.POSSIBLE,
    ),
)
