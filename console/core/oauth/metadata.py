"""Reads an issuer's discovery document (OpenID Connect Discovery section 3, RFC 8414 section 3.2), tolerantly."""

from dataclasses import dataclass, field
from typing import Any

from console.core.exchange import Response
from console.core.json import strict as strict_json
from console.core.oauth.token_errors import looks_like_web_page

MAX_BYTES = 512 * 1024
_USUAL = (
    "It usually stands at {issuer}/.well-known/openid-configuration, the issuer written as tokens name it, tenant or "
    "realm included."
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was published. Members that are absent are ""; `body` is the whole document."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    authorization_endpoint: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnreadableDocument:
    """Why an answer is not the document that was asked for; `detail` is sentences for people."""

    detail: str


def read_metadata(response: Response) -> Metadata | UnreadableDocument:
    """The discovery document in an answer. A member of a wrong type makes it unreadable, an absent one does not."""
    fields = _document(response, "discovery document", advice=_USUAL)
    if isinstance(fields, UnreadableDocument):
        return fields
    names = ("issuer", "token_endpoint", "jwks_uri", "authorization_endpoint")
    wrong = [name for name in names if not isinstance(fields.get(name, ""), str)]
    if wrong:
        return UnreadableDocument(f"The discovery document gives {', '.join(wrong)} as something else than a text.")
    if not any(fields.get(name) for name in names):
        return UnreadableDocument(f"No discovery document here: the JSON names no issuer and no endpoint. {_USUAL}")
    issuer, token_endpoint, jwks_uri, authorization_endpoint = (fields.get(name, "") for name in names)
    return Metadata(issuer, token_endpoint, jwks_uri, authorization_endpoint, fields)


def read_key_document(response: Response) -> str | UnreadableDocument:
    """The text of a key set (RFC 7517 section 5) in an answer: a JSON object with a list `keys`, not yet judged."""
    fields = _document(response, "key set", advice="The discovery document's jwks_uri says where it is.")
    if isinstance(fields, UnreadableDocument):
        return fields
    if not isinstance(fields.get("keys"), list):
        return UnreadableDocument("No key set here: the JSON has no list named keys.")
    return response.body.decode("utf-8")


def _document(response: Response, what: str, *, advice: str) -> dict[str, Any] | UnreadableDocument:
    if 300 <= response.status < 400:
        place = response.header("Location") or "another place"
        return UnreadableDocument(
            f"No {what} here: the answer is a redirect to {place[:200]}; enter that address instead."
        )
    if not 200 <= response.status < 300:
        return UnreadableDocument(f"No {what} here: the answer was HTTP {response.status}. {advice}")
    if response.is_cut or len(response.body) > MAX_BYTES:
        return UnreadableDocument(
            f"The {what} is larger than {MAX_BYTES // 1024} KB or came incomplete, so it is not used."
        )
    if looks_like_web_page(response.headers, response.body):
        return UnreadableDocument(f"No {what} here: the answer is a web page. {advice}")
    reading = strict_json.read(response.body)
    if not reading.is_json or not isinstance(reading.value, dict):
        return UnreadableDocument(f"No {what} here: the answer is not a JSON object. {advice}")
    return reading.value
