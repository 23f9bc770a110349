"""Attributes of a policy's element as the gateway reads them: whole numbers, booleans, and the texts of children."""

from dataclasses import dataclass

from console.core.policy.text.element import Element
from console.core.policy.token.matching import is_placeholder

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


def texts(element: Element | None, name: str) -> tuple[str, ...]:
    """The texts of the children of this name; empty without an element."""
    return tuple(child.text for child in element.all(name)) if element else ()


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
