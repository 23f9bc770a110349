"""A client assertion as it is shown and kept: with a step of a token request, and in evidence."""

from typing import Any

import msgspec


class DecodedAssertion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A decoded client assertion (RFC 7523), signature left out."""

    header: dict[str, Any] = {}
    claims: dict[str, Any] = {}
