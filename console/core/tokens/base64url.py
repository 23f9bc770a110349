"""base64url without padding (RFC 7515 section 2), strict about the text but showing what can be shown."""

import base64
import binascii

from msgspec import Struct

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STANDARD = bytes.maketrans(b"-_", b"+/")
_PADDING = (b"", b"", b"==", b"=")
_VALUE = {code: index for index, code in enumerate(_ALPHABET)}


class Decoding(Struct, frozen=True, gc=False):
    """`raw` is None when nothing can be decoded. `problems` are defect codes; empty means the text is legal."""

    raw: bytes | None
    problems: tuple[str, ...] = ()


def decode(text: str) -> Decoding:
    """The bytes of one part. Never raises; illegal characters are left out and named as a problem."""
    data = text.encode("ascii", "replace")
    if not data.translate(None, _ALPHABET):
        return _decode_legal(data)
    problems = []
    if b"=" in data:
        problems.append("padding")
        data = data.replace(b"=", b"")
    legal = data.translate(bytes.maketrans(b"+/", b"-_"))
    legal = bytes(code for code in legal if code in _VALUE)
    if legal != data:
        problems.append("not-base64url")
    rest = _decode_legal(legal)
    return Decoding(rest.raw, (*problems, *rest.problems))


def _decode_legal(data: bytes) -> Decoding:
    over = len(data) & 3
    if over == 1:
        cut = data[:-1]
        return Decoding(binascii.a2b_base64(cut.translate(_STANDARD)) if cut else None, ("base64-length",))
    raw = binascii.a2b_base64(data.translate(_STANDARD) + _PADDING[over])
    if over and _VALUE[data[-1]] & (15 if over == 2 else 3):
        return Decoding(raw, ("trailing-bits",))
    return Decoding(raw)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


MESSAGES = {
    "padding": "The {part} ends with padding (=), which a JWS must not have (RFC 7515 section 2).",
    "not-base64url": "The {part} holds characters that base64url does not have; they were left out to show the rest.",
    "base64-length": "The {part} has a length that base64url cannot have: it may be cut off.",
    "trailing-bits": "The {part} has unused bits set at its end, so the same content can be written in two ways.",
}
