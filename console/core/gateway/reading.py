"""What token policies share: reading their attributes, and the caller in a token that passed."""

from console.core.gateway.document import Element
from console.core.gateway.matching import claim_texts, is_placeholder
from console.core.gateway.policies.base import Identity
from console.core.tokens.token import Token


def identity_of(token: Token) -> Identity:
    """Who calls, in v2 words (azp) or v1 words (appid)."""
    claims = token.claims or {}
    roles, scopes = claims.get("roles"), token.text_claim("scp")
    return Identity(
        client_id=token.text_claim("azp") or token.text_claim("appid") or "",
        tenant=token.text_claim("tid") or "",
        subject=token.text_claim("sub") or "",
        roles=claim_texts(roles, separator=None) if roles is not None else (),
        scopes=tuple(scopes.split()) if scopes else (),
        version=token.text_claim("ver") or "",
    )


def texts(element: Element | None, name: str) -> tuple[str, ...]:
    """The texts of the children of this name; empty without an element."""
    return tuple(child.text for child in element.all(name)) if element else ()


def integer(element: Element, name: str, default: int, unreadable: list[str]) -> int:
    """A whole number; the default when absent, or when it cannot be read and is added to `unreadable`."""
    text = element.attribute(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    unreadable.append(f"{name}: {text}" if is_placeholder(text) else f"{name}: a whole number")
    return default


def boolean(element: Element, name: str, unreadable: list[str]) -> bool:
    """true or false; true when absent, or when it cannot be read and is added to `unreadable`."""
    text = element.attribute(name)
    if text is None or text in ("true", "1"):
        return True
    if text in ("false", "0"):
        return False
    unreadable.append(f"{name}: {text}" if is_placeholder(text) else f"{name}: true or false")
    return True
