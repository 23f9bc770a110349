"""Redirect addresses of a client registration: which may be registered, and which one a request names."""

import re
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from console.sandbox.state import CONSOLE

MOST, LONGEST = 20, 256
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OUTSIDE = re.compile(r"[^\x21-\x7e]|[\"'<>\\^`{|}]")  # what no URI holds (RFC 3986 section 2)
# RFC 8252 section 7.1 wants a reversed domain name for an app's own scheme; MSAL's is its client id.
_OWN_SCHEME = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+|msal[0-9a-f-]{36}")


def problem(uri: str) -> str:
    """Why an address may not be registered, one sentence for people; "" when it may."""
    placed = uri.removeprefix(CONSOLE) if uri.startswith(f"{CONSOLE}/") else uri
    if placed != uri:
        uri = f"https://console.example{placed}"
    if not uri or len(uri) > LONGEST:
        return f"A redirect address has 1 to {LONGEST} characters."
    if _OUTSIDE.search(uri):
        return "A redirect address is written in printable ASCII, without blanks, quotation marks or brackets."
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018 (raises for a port that is none)
    except ValueError:
        return "That is no address."
    return _problem_of_parts(parts.scheme, parts.netloc, "#" in uri, "*" in uri)


def _problem_of_parts(scheme: str, netloc: str, has_fragment: bool, has_wildcard: bool) -> str:
    if has_fragment or has_wildcard or "@" in netloc:
        return "A redirect address has no fragment, no wildcard and no user name: it is compared letter by letter."
    if scheme == "https":
        return "" if netloc else "The address names no host."
    if scheme == "http":
        is_loopback = _without_port(netloc) in LOOPBACK
        return "" if is_loopback else "Plain http is for this machine alone: localhost, 127.0.0.1 or [::1]."
    if _OWN_SCHEME.fullmatch(scheme):
        return ""
    return "Write a whole address that begins with https://, or an app's own scheme such as com.example.app://."


class Redirected(Protocol):
    """A client of whatever provider."""

    @property
    def redirect_uris(self) -> tuple[str, ...]: ...


def find(client: Redirected, asked: str, *, console: str) -> str:
    """The registered address that the request names, as it asked for it; "" for none.

    Letter by letter (RFC 9700 section 2.1), but for the port of a loopback address (RFC 8252 section 7.3). `console` is
    the origin under which the console is asked.
    """
    known = [placed(uri, console=console) for uri in client.redirect_uris]
    if asked in known:
        return asked
    loose = _without_loopback_port(asked)
    is_known = loose != "" and any(_without_loopback_port(one) == loose for one in known)
    return asked if is_known else ""


def placed(uri: str, *, console: str) -> str:
    """The address with the console's origin in it."""
    return console + uri.removeprefix(CONSOLE) if uri.startswith(f"{CONSOLE}/") else uri


def unplaced(uri: str, *, console: str) -> str:
    """The opposite of `placed`, so that an address of the console stays true wherever it is served."""
    return CONSOLE + uri.removeprefix(console) if uri.startswith(f"{console}/") else uri


def is_near(uri: str, *, console: str) -> bool:
    """Whether it leads to the console itself or to the person's own machine."""
    parts = urlsplit(uri)
    return uri.startswith(f"{console}/") or (parts.scheme == "http" and _without_port(parts.netloc) in LOOPBACK)


def extended(uri: str, values: dict[str, str], *, by: str = "?") -> str:
    """The address with these values in its query, or with `by` "#" in its fragment."""
    joint = "&" if by == "?" and "?" in uri else by
    return f"{uri}{joint}{urlencode(values)}"


def _without_loopback_port(uri: str) -> str:
    """A loopback address without its port; "" for any other."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return ""
    host = _without_port(parts.netloc)
    if parts.scheme != "http" or host not in LOOPBACK or "#" in uri:
        return ""
    return uri.replace(f"//{parts.netloc}", f"//{host}", 1) if port is not None else uri


def _without_port(netloc: str) -> str:
    host, colon, port = netloc.rpartition(":")
    return host if colon and port.isdigit() else netloc
