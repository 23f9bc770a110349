"""What token policies share: reading their attributes, and the caller in a token that passed."""

from dataclasses import dataclass

from console.core.policy.engine.model import Identity, Warned
from console.core.policy.text.document import Element
from console.core.policy.token.matching import claim_texts, is_placeholder
from console.core.tokens.token import Token

LARGEST = 2**31 - 1  # what the gateway's own kind of number holds


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean attribute. `value` None: not to be read here, and `need` says what is missing."""

    value: bool | None
    need: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number. `value` None: not to be read here, and `need` says what is missing."""

    value: int | None
    need: str = ""


ALWAYS = Flag(True)
NOTHING = Number(0)


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


def rests_on(switch: str, text: str) -> Warned:
    """The warning of an outcome that rests on a reading which nobody has confirmed."""
    return Warned("unconfirmed-behaviour", text, switch=switch)


def number(element: Element, name: str, default: int) -> Number:
    """A whole number that is not negative and at most LARGEST; the default when absent."""
    text = element.attribute(name)
    if text is None:
        return Number(default)
    if not (text.isascii() and text.isdigit()):
        return Number(None, f"{name}: {text if is_placeholder(text) else 'a whole number'}")
    digits = text.lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        return Number(None, f"{name}: a number up to {LARGEST}")
    return Number(int(digits))


def flag(element: Element, name: str) -> Flag:
    """A boolean; true when absent. The value of an expression may be written True or False."""
    text = element.attribute(name)
    if text is None or text.lower() in ("true", "1"):
        return Flag(True)
    if text.lower() in ("false", "0"):
        return Flag(False)
    return Flag(None, f"{name}: {text if is_placeholder(text) else 'true or false'}")


def integer(element: Element, name: str, default: int, unreadable: list[str]) -> int:
    """A whole number; the default when absent, or when it cannot be read and is added to `unreadable`."""
    read = number(element, name, default)
    if read.value is None:
        unreadable.append(read.need)
        return default
    return read.value
