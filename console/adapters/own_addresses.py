"""The addresses and names of this server, which its users must not make it call."""

import ipaddress
import pathlib
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from console.adapters.addresses import Address, parse_address

_IPV4_TABLE = pathlib.Path("/proc/net/fib_trie")
_IPV6_TABLE = pathlib.Path("/proc/net/if_inet6")


def own_addresses() -> frozenset[Address]:
    """Addresses of all interfaces (Linux) and of the host name; a table that cannot be read adds nothing.

    An address that a router or load balancer in front translates is not known here: see `own_names`.
    """
    texts = read_ipv4_table(_text_of(_IPV4_TABLE)) | read_ipv6_table(_text_of(_IPV6_TABLE)) | _of_host_name()
    found = (parse_address(text.partition("%")[0]) for text in texts)
    return frozenset(address for address in found if address is not None)


def own_names(public_url: str, hosts: Iterable[str]) -> frozenset[str]:
    """The names under which the console is served: of its public URL, and of the hosts it answers to.

    A pattern (`*`, `.corp.example`) names no host of its own. Addresses and `localhost` are left to the rules on
    addresses.
    """
    given = (urlsplit(public_url).hostname or "", *(host.strip("[]").lower() for host in hosts))
    return frozenset(host for host in given if _is_name(host))


def _is_name(host: str) -> bool:
    is_pattern = host.startswith((".", "*"))
    return bool(host) and not is_pattern and host != "localhost" and parse_address(host) is None


def own_literals(public_url: str, hosts: Iterable[str]) -> frozenset[Address]:
    """The addresses among what `own_names` is given: a console may be served under one that a router translates."""
    given = (urlsplit(public_url).hostname or "", *(host.strip("[]") for host in hosts))
    return frozenset(address for address in map(parse_address, given) if address is not None)


def read_ipv4_table(text: str) -> set[str]:
    """The addresses marked `/32 host LOCAL` in the text of /proc/net/fib_trie."""
    found, last = set(), ""
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("|--"):
            last = stripped.removeprefix("|--").strip()
        elif stripped.startswith("/32 host LOCAL"):
            found.add(last)
    return found


def read_ipv6_table(text: str) -> set[str]:
    """The addresses in the text of /proc/net/if_inet6: 32 hexadecimal digits at the start of each line."""
    digits = (line.split(maxsplit=1)[0] for line in text.splitlines() if line.strip())
    return {str(ipaddress.IPv6Address(bytes.fromhex(word))) for word in digits if len(word) == 32}


def _text_of(path: pathlib.Path) -> str:
    try:
        return path.read_text("ascii", "replace")
    except OSError:
        return ""


def _of_host_name() -> set[str]:
    try:
        return {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()
