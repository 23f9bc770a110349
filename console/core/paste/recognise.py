"""What a person pasted. An ordered tuple of small recognisers; the first that answers wins."""

from collections.abc import Callable

from console.core.defect import Defect, PartName
from console.core.paste.har import MAX_CHARACTERS as MAX_ARCHIVE
from console.core.paste.recognisers import (
    address,
    archive,
    beside_policy,
    decoded,
    gateway,
    hints,
    json_object,
    lines,
    messages,
    sensitive,
    token_alone,
    token_error_text,
)
from console.core.paste.recognisers.base import (
    MAX_CHARACTERS,
    FoundExchange,
    FoundToken,
    Paste,
    PastedKind,
    Problem,
    RecognisedPaste,
)
from console.core.tokens.cleaning import is_legal
from console.core.tokens.parse import MAX_CHARACTERS as MAX_TOKEN
from console.core.tokens.parse import parse
from console.core.tokens.token import Token, TokenKind

__all__ = ["RECOGNISERS", "FoundExchange", "FoundToken", "PastedKind", "Problem", "RecognisedPaste", "recognise"]

Recogniser = Callable[[Paste], RecognisedPaste | None]

# A kind that can be told for certain comes before one that is told by its words.
RECOGNISERS: tuple[Recogniser, ...] = (
    token_alone.empty,
    archive.har,
    sensitive.private_key,
    decoded.decoded,
    gateway.trace,
    gateway.log_rows,
    json_object.json_object,
    hints.document,
    token_alone.saml,
    messages.http_message,
    messages.command,
    lines.www_authenticate,
    lines.cookie,
    messages.header_lines,
    token_alone.paseto,
    address.url,
    messages.form,
    token_alone.token,
    sensitive.secret,
    token_error_text.token_error_text,
    gateway.certain_log,
    token_alone.tokens,
    token_alone.opaque,
    gateway.log_text,
    decoded.inside,
    hints.web_page,
    hints.settings,
    hints.hint,
)


def recognise(text: str) -> RecognisedPaste:
    """What was pasted, and the tokens and failed exchanges in it. Never raises, for any text."""
    if len(text) > MAX_TOKEN and (refusal := _too_large(text)):
        return refusal
    paste = Paste(text)
    if _is_bare(paste.text) and (pasted := token_alone.token(paste)):
        return pasted
    found = next((pasted for recogniser in RECOGNISERS if (pasted := recogniser(paste))), None) or hints.hint(paste)
    return beside_policy.with_policy(paste, found, recognise)


def _is_bare(text: str) -> bool:
    """Whether it is a compact token without any wrapping: the usual paste, which no other recogniser knows."""
    return text.startswith("eyJ") and text.count(".") in (2, 4) and is_legal(text)


def _too_large(text: str) -> RecognisedPaste | None:
    """A single token beyond 256 KB, a text beyond 400 KB, a HAR beyond 20 MB; None for what may be read."""
    if is_legal(text.strip()):
        return token_alone.too_large(parse(text))
    if len(text) <= MAX_CHARACTERS:
        return None
    is_archive = text.lstrip("\ufeff \t\r\n").startswith("{") and '"log"' in text[:10_000] and '"entries"' in text
    if is_archive and len(text) <= MAX_ARCHIVE:
        return None
    limit, name = (MAX_ARCHIVE, "20 MB, a HAR file") if is_archive else (MAX_CHARACTERS, "400 KB")
    message = f"The text has {len(text)} characters; the limit is {limit} ({name}), so nothing of it was read."
    defect = Defect("too-large", PartName.TOKEN, message)
    return token_alone.too_large(Token(TokenKind.TOO_LARGE, "", defects=(defect,)))
