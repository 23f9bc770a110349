"""What is no token and has its own place: named, with the way to that place."""

from collections.abc import Callable
from typing import Any

from console.core.paste import evidence
from console.core.paste.handover import read_handover
from console.core.paste.recognisers.base import FoundExchange, Paste, PastedKind, Problem, RecognisedPaste

UNKNOWN_NOTE = (
    "Nothing here is recognised as a token. Paste the token itself, or the whole line or response it came in."
)
_KEYS_NOTE = "These are public signing keys (JWKS): they say nothing alone, but a token can be checked against them."
_METADATA_NOTE = "This is the metadata of an issuer: it names the issuer and where its signing keys are."
_RESOURCE_NOTE = (
    "This is the metadata of a protected resource (RFC 9728): it names the API and who may issue tokens for it."
)
_OPENAPI_NOTE = "This is an OpenAPI document: give it to its API here, and its operations become forms for calls."
_REGISTRATION_NOTE = (
    "This is a client's registration (an application object of Microsoft Entra): it says what the client may ask for, "
    "and no server answers in it. Paste the token that it got, or the error."
)
_REQUEST_NOTE = "This is a request to certify a key (PKCS #10): its issuer makes a certificate of it. It is no token."
_CERTIFICATE_NOTE = "This is a certificate (public): it names a key, but is no token."
_OWN_NOTE = (
    "This is what somebody wrote or did (source code, settings, a command or a question), and no server answers in it: "
    "paste what came of it too, the answer, the error or the log."
)
_SETTINGS_NOTE = (
    "These are values that set up a client, and no server answers in them: a new profile is filled in from such a "
    "text. Paste the token that it got, or the answer, to see it judged."
)
_SETTINGS_SECRET_NOTE = (
    "This names a secret among the values that set up a client. It was neither stored nor shown again; if others can "
    "see where it was pasted from, replace it. A new profile is filled in from such a text, and the secret sealed."
)
_LONGEST_SETTINGS = 20_000  # characters
_WEB_PAGE_NOTE = "This is a web page: a proxy, a sign-in page or a wrong address may have answered instead of the API."
_PAGE_STARTS = ("<!doctype html", "<html")


def web_page(paste: Paste) -> RecognisedPaste | None:
    """A page that came where an answer in JSON was expected; the diagnosis reads it as what was received."""
    if not paste.text[:200].lower().startswith(_PAGE_STARTS):
        return None
    received = FoundExchange(Problem.REPORTED, evidence.of_text(paste.text))
    return RecognisedPaste(PastedKind.WEB_PAGE, (_WEB_PAGE_NOTE,), exchanges=(received,))


def document(paste: Paste) -> RecognisedPaste | None:
    """JSON that is told by its members, however much its words sound like an error."""
    value = paste.value
    note = next((note for note, is_one in _DOCUMENTS if is_one(value)), "") if isinstance(value, dict) else ""
    return RecognisedPaste(PastedKind.DOCUMENT, (note,)) if note else None


def _is_keys(value: dict[str, Any]) -> bool:
    keys = value.get("keys")
    return isinstance(keys, list) and all(isinstance(key, dict) for key in keys)


_ENDPOINTS = frozenset({"jwks_uri", "token_endpoint", "authorization_endpoint"})
_OF_REGISTRATIONS = frozenset({"requiredResourceAccess", "passwordCredentials", "appRoles", "signInAudience"})
_DOCUMENTS: tuple[tuple[str, Callable[[dict[str, Any]], bool]], ...] = (
    (_KEYS_NOTE, _is_keys),
    (_METADATA_NOTE, lambda value: "issuer" in value and bool(value.keys() & _ENDPOINTS)),
    (_RESOURCE_NOTE, lambda value: "resource" in value and "authorization_servers" in value),
    (_OPENAPI_NOTE, lambda value: "paths" in value and bool(value.keys() & {"openapi", "swagger"})),
    (_REGISTRATION_NOTE, lambda value: "appId" in value and bool(value.keys() & _OF_REGISTRATIONS)),
)


def settings(paste: Paste) -> RecognisedPaste | None:
    """What somebody is handed, or has in a file, to set up a client: the form of a profile reads it."""
    if len(paste.text) > _LONGEST_SETTINGS:
        return None
    found = read_handover(paste.text)
    if not found.client_id:
        return None
    if found.client_secret is not None or found.subscription_key is not None:
        return RecognisedPaste(PastedKind.SECRET, (_SETTINGS_SECRET_NOTE,), is_sensitive=True)
    return RecognisedPaste(PastedKind.UNKNOWN, (_SETTINGS_NOTE,)) if found.settings or found.scope else None


def hint(paste: Paste) -> RecognisedPaste:
    """Always answers: the last recogniser."""
    return RecognisedPaste(PastedKind.UNKNOWN, (_note(paste),))


def _note(paste: Paste) -> str:
    text = paste.text
    if "-----BEGIN CERTIFICATE-----" in text:
        return _CERTIFICATE_NOTE
    if "-----BEGIN CERTIFICATE REQUEST-----" in text or "-----BEGIN NEW CERTIFICATE REQUEST-----" in text:
        return _REQUEST_NOTE
    return UNKNOWN_NOTE if paste.heard.strip() else _OWN_NOTE
