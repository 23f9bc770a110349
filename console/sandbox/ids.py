"""Identifiers that look random, made by hashing what the caller passed in: no randomness here."""

import base64
import hashlib


def digest(*parts: str) -> bytes:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).digest()


def hash_of(text: str) -> str:
    """SHA-256 in hex: how secrets and subscription keys are kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def guid(*parts: str) -> str:
    """A GUID with the version and variant bits of a random one."""
    text = digest(*parts)[:16].hex()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def opaque(*parts: str, size: int = 16) -> str:
    """URL-safe text of `size` bytes, at most 32."""
    return base64.urlsafe_b64encode(digest(*parts)[:size]).rstrip(b"=").decode()
