"""The assertion by which a client proves itself (RFC 7523 sections 2.2 and 3), in the style of its profile."""

from collections.abc import Callable

from console.core.credential import Certificate, SigningKey
from console.core.oauth.assertion import Json, chain_of, sign
from console.core.oauth.assertion_style import AssertionStyle
from console.core.oauth.fresh import Fresh
from console.core.oauth.habits import AssertionAudience, KeyName


def header(credential: Certificate | SigningKey, style: AssertionStyle) -> Json:
    """The JOSE header: `alg`, `typ` unless there is to be none, and what names the key. Thumbprints have no padding."""
    typed = {"typ": style.typ} if style.typ else {}
    names = {name.value: _name(credential, name, style) for name in style.key_names}
    return {"alg": style.alg, **typed, **names}


def _name(credential: Certificate | SigningKey, name: KeyName, style: AssertionStyle) -> object:
    if name is KeyName.KID:
        return style.kid or (credential.facts.kid if isinstance(credential, SigningKey) else "")
    if isinstance(credential, SigningKey):
        raise ValueError("A key without certificate is named by its kid alone.")
    named = {KeyName.X5T: credential.facts.x5t, KeyName.X5T_S256: credential.facts.x5t_s256}
    return named[name].rstrip("=") if name in named else list(chain_of(credential.chain_pem))


def audience(style: AssertionStyle, *, issuer: str, endpoint: str) -> str | list[str]:
    """What stands in `aud`; the endpoint where the issuer is to be named and is not known ("")."""
    if style.audience is AssertionAudience.TOKEN_ENDPOINT or not issuer:
        return endpoint
    return [issuer, endpoint] if style.audience is AssertionAudience.BOTH else issuer


def build(
    credential: Certificate | SigningKey,
    style: AssertionStyle,
    *,
    client_id: str,
    audience: str | list[str],
    fresh: Fresh,
    alter_header: Callable[[Json], Json],
) -> str:
    """The signed assertion; `fresh.jti` must not have been used before.

    `alter_header` changes what is shown (a fault of the sandbox); the signature stays the one of the style's algorithm.
    Raises ValueError where `assertion_style.misfit` has something to say.
    """
    now = fresh.now
    claims = {
        "aud": audience, "iss": client_id, "sub": client_id, "jti": fresh.jti,
        "nbf": now, "iat": now, "exp": now + style.lifetime_s,
    }  # fmt: skip
    return sign(credential, alter_header(header(credential, style)), claims, style.alg)
