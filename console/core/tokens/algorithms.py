"""The algorithms of JSON Web Signature (RFC 7518 section 3) as PyJWT has them, each by its name in `alg`."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jwt.algorithms import Algorithm


@lru_cache(maxsize=1)
def jws_algorithms() -> "dict[str, Algorithm]":
    """Every one that is known here. Its package brings HTTP and TLS along, which most tokens are read without."""
    from jwt.algorithms import get_default_algorithms

    return get_default_algorithms()
