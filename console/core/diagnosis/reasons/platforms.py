"""What a platform's own silence means: an answer without a word, in the shape that one of its guards gives."""

import re

from console.core.diagnosis.reading import Reading
from console.core.diagnosis.reasons.base import Reason
from console.core.diagnosis.terms import Confidence
from console.core.issuers import host_of

_SIGN_IN = re.compile(r"/(?:authori[sz]e|login|log-in|signin|sign-in|sso|saml2?|oauth2/start)\b", re.I)
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


def _sent_to_sign_in(reading: Reading) -> str:
    """A page for people guards the path: it sends whoever has no session to a sign-in, and reads no bearer token."""
    target = reading.answer.headers.get("location", "")
    is_sent_on = reading.answer.status in {302, 303, 307} and _SIGN_IN.search(target) is not None
    if not is_sent_on or reading.authorization is None or reading.is_at_token_endpoint:
        return ""
    return f"A call with a token was sent on to {target.split('?')[0]}."


REASONS = (
    Reason(
        "other-authentication-layer",
        "What sends a program to a page for signing in looks for a session of a person, and not for a token.",
        _sent_to_sign_in,
    ),
    Reason(
        "client-not-allowed",
        "The authentication in front of an App Service answers so where the client is not among the allowed ones.",
        _refused_without_a_word,
        confidence=Confidence.POSSIBLE,
    ),
)
