"""What a profile can prove to hold, beside the token that may be bound to it (RFC 7800 section 3.1)."""

from collections.abc import Mapping

from console.core.tokens.token import Token
from console.services import proof_keys
from console.services.opening import OpenProfile


def of_token(opened: OpenProfile, token: Token) -> Mapping[str, str]:
    """Thumbprints by the member of cnf that names them. Nothing is opened for a token that is bound to nothing."""
    confirmed = (token.claims or {}).get("cnf")
    if not isinstance(confirmed, dict):
        return {}
    held: dict[str, str] = {}
    if (certificate := opened.profile.credential.certificate) is not None:
        held["x5t#S256"] = certificate.x5t_s256
    if "jkt" in confirmed and (key := proof_keys.held_by(opened)) is not None:
        held["jkt"] = key.facts.thumbprint
    return held
