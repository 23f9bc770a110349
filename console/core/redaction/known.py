"""Values that are known to be secret in this call, in every spelling a far side may echo them in."""

import base64
import html
import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from console.core.credential import Secret
from console.core.redaction.names import MASK, TOKEN

MIN_CHARACTERS = 6
_MIN_ENCODED = 8


def replacements(secrets: Iterable[Secret]) -> list[tuple[str, str]]:
    """(spelling, mask) pairs, longest first so that none is broken by a shorter one. Short secrets are left out."""
    found: dict[str, str] = {}
    for secret in secrets:
        text = secret.reveal()
        if len(text) < MIN_CHARACTERS:
            continue
        mask = TOKEN if text.startswith("eyJ") and text.count(".") in (2, 4) else MASK
        for spelling in _spellings(text):
            found.setdefault(spelling, mask)
        signature = text.rpartition(".")[2]
        if mask == TOKEN and len(signature) >= MIN_CHARACTERS:
            found.setdefault(signature, MASK)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def mask_known(text: str, pairs: list[tuple[str, str]]) -> str:
    """The text with every spelling replaced: one pass each, so the time grows with the text only."""
    for spelling, mask in pairs:
        if spelling in text:
            text = text.replace(spelling, mask)
    return text


def _spellings(text: str) -> set[str]:
    raw = text.encode("utf-8", "surrogatepass")
    percent = quote(raw, safe="")
    spellings = {
        text, percent, _lower_percent(percent), quote(raw), quote_plus(raw), _lower_percent(quote_plus(raw)),
        quote(percent, safe=""), json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1],
        json.dumps(text)[1:-1].replace("/", "\\/"), json.dumps(json.dumps(text)[1:-1])[1:-1],
        html.escape(text), html.escape(text, quote=False), raw.hex(), raw.hex().upper(), _quoted_printable(raw),
        text.encode("utf-16-le", "surrogatepass")[:-1].decode("latin-1"), raw.decode("latin-1"),
    }  # fmt: skip
    return {spelling for spelling in spellings if len(spelling) >= MIN_CHARACTERS} | _base64_spellings(raw)


def _lower_percent(text: str) -> str:
    pieces = text.split("%")
    return "%".join([pieces[0], *(piece[:2].lower() + piece[2:] for piece in pieces[1:])])


def _quoted_printable(raw: bytes) -> str:
    return "".join(chr(code) if 32 < code < 127 and code != 61 else f"={code:02X}" for code in raw)


def _base64_spellings(raw: bytes) -> set[str]:
    """Both alphabets, at each of the three positions it can have inside a longer text (as in Basic credentials).

    Characters that also depend on the neighbouring bytes are left out.
    """
    found: set[str] = set()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        start = (0, 2, 3)[before]
        is_whole = (before + len(raw)) % 3 == 0
        core = encoded[start:] if is_whole else encoded[start:-1]
        found |= {core, core.replace("+", "-").replace("/", "_")}
    whole = base64.b64encode(raw).decode()
    found |= {whole, whole.replace("+", "-").replace("/", "_")}
    return {core for core in found if len(core) >= _MIN_ENCODED}
