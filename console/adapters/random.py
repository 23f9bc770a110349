"""The only source of randomness for ids and tokens; everybody else is given them."""

import base64
import secrets
import uuid


def new_id() -> str:
    """A random UUID as text of 36 characters."""
    return str(uuid.uuid4())


def token(size_bytes: int = 32) -> str:
    """An unguessable text of `size_bytes` random bytes, base64url without padding."""
    return secrets.token_urlsafe(size_bytes)


def below(limit: int) -> int:
    """A random whole number from 0 to one less than `limit`."""
    return secrets.randbelow(limit)


def label() -> str:
    """An unguessable text of 16 small letters and digits (80 bits): the same however a client spells its case."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
