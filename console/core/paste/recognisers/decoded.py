"""The claims of a token without the token: what a decoder showed, what a program printed, an introspection's answer."""

from console.core.paste.decoded import DecodedText, decoded_in, decoded_inside
from console.core.paste.recognisers.base import FoundToken, Paste, PastedKind, RecognisedPaste
from console.core.tokens import base64url
from console.core.tokens.decoded import decoded_token

DECODED_NOTE = (
    "These are the claims of a token, decoded elsewhere: what they say is judged, but nobody can tell from them "
    "whether the token was signed. Paste the token itself for that."
)
PART_NOTE = "This is the payload of a token alone: the part between its two dots."
INSIDE_NOTE = "The claims were found inside a longer text; the rest was left out."
INTROSPECTION_NOTE = "This is the answer of an introspection endpoint (RFC 7662): what the issuer says of a token."
INACTIVE_NOTE = (
    "This is the answer of an introspection endpoint (RFC 7662), and active is false: the token is expired, revoked or "
    "not one of this issuer, or the API that asked may not know. The issuer does not say which."
)
EXCERPT_NOTE = "More may stand in the token itself, so what is absent here is left undecided."
_LEFT_OUT = (
    "No number stands behind {names}, so that was left out: times of tokens are seconds since 1970. Paste the token "
    "itself to have them judged."
)


def decoded(paste: Paste) -> RecognisedPaste | None:
    """Claims, and nothing beside them but what names them."""
    if isinstance(paste.value, dict) and paste.value.get("active") is False:
        return RecognisedPaste(PastedKind.UNKNOWN, (INACTIVE_NOTE,))
    found = decoded_in(paste.text)
    notes: tuple[str, ...] = ()
    if found is None and (inner := _payload(paste.word)):
        found, notes = decoded_in(inner), (PART_NOTE,)
    return _of(found, *notes) if found is not None else None


def inside(paste: Paste) -> RecognisedPaste | None:
    """Claims within a text of no other kind, such as a question."""
    found = decoded_inside(paste.text)
    return _of(found, INSIDE_NOTE) if found is not None else None


def _of(found: DecodedText, *notes: str) -> RecognisedPaste:
    token = decoded_token(found.header, found.claims, is_excerpt=found.is_excerpt)
    return RecognisedPaste(PastedKind.DECODED, (*notes, *_notes(found)), (FoundToken("", token),))


def _notes(found: DecodedText) -> tuple[str, ...]:
    kind = INTROSPECTION_NOTE if found.is_introspected else DECODED_NOTE
    excerpt = (EXCERPT_NOTE,) if found.is_excerpt else ()
    left_out = (_LEFT_OUT.format(names=", ".join(dict.fromkeys(found.left_out))),) if found.left_out else ()
    return (kind, *excerpt, *left_out)


def _payload(word: str) -> str:
    """The text in a word that begins as an object does in base64url; "" for any other."""
    if not word.startswith(("eyJ", "ewo", "eyAi", "ew0K")) or "." in word:
        return ""
    raw = base64url.decode(word).raw
    return raw.decode("utf-8", "replace") if raw else ""
