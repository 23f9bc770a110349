"""The only source of randomness for ids and tokens; everybody else is given them."""

import base64
import secrets
import uuid


def new_id() -> str:
    """A random UUID as text of 36 characters."""
    return str(uuid.uuid4())


def ordered_id(now_us: int) -> str:
    """A UUID that sorts by when it was made: what belongs to one second has an order (RFC 9562 section 5.7).

    `now_us` is microseconds since the epoch. 62 bits are random.
    """
    milliseconds, microseconds = divmod(now_us, 1000)
    fraction = microseconds * 4096 // 1000  # the 12 bits of section 6.2, method 3
    value = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def token(size_bytes: int = 32) -> str:
    """An unguessable text of `size_bytes` random bytes, base64url without padding."""
    return secrets.token_urlsafe(size_bytes)


def below(limit: int) -> int:
    """A random whole number from 0 to one less than `limit`."""
    return secrets.randbelow(limit)


def label() -> str:
    """An unguessable text of 16 small letters and digits (80 bits): the same however a client spells its case."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()
