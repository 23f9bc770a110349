"""Who called, as rows tell it by an address, an id or a name: counted, and never shown."""

import re
from ipaddress import ip_address

_ADDRESS = re.compile(
    r"(?<![\w.:%])(?:\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,39}(?![\w:]))"
)
_PORT = re.compile(r"([^:]*|\[[^\]]*\]):\d{1,5}")


def caller_of(text: str) -> str:
    """Without the port that a connection had, and of several addresses the first: 10.0.0.1:4711 is 10.0.0.1."""
    first = text.split(",", 1)[0].strip() if "," in text else text
    if ":" not in first or len(first) > _LONGEST:
        return first
    found = _PORT.fullmatch(first)
    return found[1].strip("[]") if found else first


_LONGEST = 300


def without_addresses(text: str) -> str:
    """The text with [address] in place of each network address: it says who somebody is."""
    return _ADDRESS.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    try:
        ip_address(found[0].rstrip("."))
    except ValueError:
        return found[0]
    return "[address]"
