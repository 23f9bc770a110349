"""A URL, or what an authorization endpoint sent back in one: tokens, a code, an error."""

import re

from console.core.paste import evidence
from console.core.paste.recognisers.base import FoundExchange, Paste, PastedKind, Problem, RecognisedPaste
from console.core.paste.recognisers.collecting import Collector
from console.core.paste.seen import pairs_of
from console.core.redaction.redact import redact_text, redact_url

TOKEN_NOTE = "A token in a URL ends in histories and logs: send it in the Authorization header."
CODE_NOTE = "The URL holds an authorization code, which is not shown: it works once and for some minutes only."
SAML_NOTE = "The URL holds a SAML message, which is not read."
PLAIN_NOTE = "This is a URL without a token, a code or an error in it."
REQUEST_NOTE = "This is a request to an authorization endpoint; what it sends back would tell more."
_URL = re.compile(r"<?[a-z][a-z0-9+.-]{1,40}://[^\s<>\"]+>?", re.IGNORECASE)
_PARAMETERS = re.compile(r"(?:/[^\s?#]*)?[?#][^\s\"{}<>]+")
_TELLING = frozenset({"access_token", "id_token", "code", "error", "token", "samlresponse"})


def url(paste: Paste) -> RecognisedPaste | None:
    """One URL, or the query or fragment of one that is an authorization answer (RFC 6749 section 4)."""
    text = paste.text.strip("\"'<>")
    fields = _fields(text)
    is_part = _PARAMETERS.fullmatch(text) is not None and bool(_TELLING & fields.keys())
    if not _URL.fullmatch(text) and not is_part:
        return None
    collector = Collector()
    collector.url(text)
    notes = [TOKEN_NOTE] if not collector.is_empty else []
    if fields.get("code"):
        notes.append(CODE_NOTE)
    if "samlresponse" in fields or "samlrequest" in fields:
        notes.append(SAML_NOTE)
    if fields.get("error"):
        collector.add(_refusal(text, fields))
    if not notes and collector.is_empty:
        notes.append(REQUEST_NOTE if "client_id" in fields and "response_type" in fields else PLAIN_NOTE)
    return collector.found(PastedKind.URL, *notes)


def _fields(text: str) -> dict[str, str]:
    rest, _, fragment = text.partition("#")
    found = {**pairs_of(rest.partition("?")[2]), **pairs_of(fragment.lstrip("/?"))}
    return {name.lower(): value for name, value in found.items()}


def _refusal(text: str, fields: dict[str, str]) -> FoundExchange:
    names = ("error", "error_description", "error_uri", "error_subcode", "suberror", "state")
    error = {name: redact_text(fields[name]) for name in names if fields.get(name)}
    shown = redact_url(text).partition("?")[0].partition("#")[0]
    return FoundExchange(Problem.SIGN_IN_REFUSED, evidence.of_token_error(error), url=shown)
