"""What must be new for each step of a grant, made outside of the core."""

from dataclasses import dataclass

from console.core.credential import Secret


@dataclass(frozen=True, slots=True)
class Fresh:
    """`now` is epoch seconds. `jti`, `state` and `nonce` are unguessable texts, `verifier` one for PKCE (RFC 7636).

    A grant that needs one of them again later keeps it (see `grants.base`).
    """

    now: int
    jti: str
    state: str
    nonce: str
    verifier: Secret
