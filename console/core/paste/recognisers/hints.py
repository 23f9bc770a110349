"""What is no token and has its own place: named, with the way to that place."""

from console.core.paste import evidence
from console.core.paste.recognisers.base import FoundExchange, Paste, PastedKind, Problem, RecognisedPaste

UNKNOWN_NOTE = (
    "Nothing here is recognised as a token. Paste the token itself, or the whole line or response it came in."
)
_POLICY_NOTE = "This is a gateway policy: paste it where the API is described, and tokens are judged by it."
_KEYS_NOTE = "These are public signing keys (JWKS): they say nothing alone, but a token can be checked against them."
_METADATA_NOTE = "This is the metadata of an issuer: it names the issuer and where its signing keys are."
_CERTIFICATE_NOTE = "This is a certificate (public): it names a key, but is no token."
_OWN_NOTE = (
    "This is what somebody wrote or did (source code, settings, a command or a question), and no server answers in it: "
    "paste what came of it too, the answer, the error or the log."
)
_WEB_PAGE_NOTE = "This is a web page: a proxy, a sign-in page or a wrong address may have answered instead of the API."
_PAGE_STARTS = ("<!doctype html", "<html")


def web_page(paste: Paste) -> RecognisedPaste | None:
    """A page that came where an answer in JSON was expected; the diagnosis reads it as what was received."""
    if not paste.text[:200].lower().startswith(_PAGE_STARTS):
        return None
    received = FoundExchange(Problem.REPORTED, evidence.of_text(paste.text))
    return RecognisedPaste(PastedKind.WEB_PAGE, (_WEB_PAGE_NOTE,), exchanges=(received,))


def hint(paste: Paste) -> RecognisedPaste:
    """Always answers: the last recogniser."""
    return RecognisedPaste(PastedKind.UNKNOWN, (_note(paste),))


def _note(paste: Paste) -> str:
    text, value = paste.text, paste.value
    start = text[:200].lower()
    if start.startswith(("<policies", "<inbound", "<validate-", "<fragment")):
        return _POLICY_NOTE
    if "-----BEGIN CERTIFICATE-----" in text:
        return _CERTIFICATE_NOTE
    if isinstance(value, dict) and isinstance(value.get("keys"), list):
        return _KEYS_NOTE
    if isinstance(value, dict) and "issuer" in value and "jwks_uri" in value:
        return _METADATA_NOTE
    return UNKNOWN_NOTE if paste.heard.strip() else _OWN_NOTE
