"""The deployment's list of internal hosts that may be called on purpose."""

import re
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network

from console.adapters.addresses import NEVER, Address, Network
from console.core.whole_number import whole_number

MAX_ENTRIES = 1000
MOST_TOLD = 10  # entries that cannot be read, at one start
CLEARTEXT = "http://"
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_WIDE = {4: 16, 6: 32}  # a shorter prefix than this opens more than one site


@dataclass(frozen=True, slots=True)
class AllowEntry:
    """One host name, or one network, with its port. Exactly one of `name` and `network` is set.

    `may_be_http`: tokens, keys and credentials may go there unencrypted.
    """

    port: int
    name: str = ""
    network: Network | None = None
    may_be_http: bool = False

    def has_name(self, host: str, port: int) -> bool:
        return bool(self.name) and self.name == host and self.port == port

    def has_address(self, address: Address, port: int) -> bool:
        network = self.network
        return network is not None and self.port == port and address in network

    def is_within(self, network: Network) -> bool:
        """Whether this entry names (part of) that network, rather than a range that merely includes it."""
        mine = self.network
        return mine is not None and mine.version == network.version and mine.subnet_of(network)  # type: ignore[arg-type]  # same version


def parse_allow(text: str) -> tuple[AllowEntry, ...]:
    """Entries of `api.corp.example:443, 10.20.0.0/16:8443, [fd12::/48]:443, http://old.corp.example:8080`.

    One that starts with http:// may be sent tokens, keys and credentials in the clear.
    ValueError with a sentence for people about each entry that cannot be read.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MAX_ENTRIES:
        raise ValueError(f"The allow list has {len(parts)} entries; at most {MAX_ENTRIES} are taken.")
    found, wrong = list[AllowEntry](), list[str]()
    for part in parts:
        try:
            entry = _entry(part.removeprefix(CLEARTEXT))
        except ValueError as problem:
            wrong.append(str(problem))
        else:
            found.append(replace(entry, may_be_http=part.startswith(CLEARTEXT)))
    if wrong:
        more = f" {len(wrong) - MOST_TOLD} more cannot be read either." if len(wrong) > MOST_TOLD else ""
        raise ValueError(" ".join(wrong[:MOST_TOLD]) + more)
    return tuple(found)


def warnings_for(entries: tuple[AllowEntry, ...]) -> tuple[str, ...]:
    """Sentences about entries that open more than an operator may have meant."""
    found = []
    for entry in entries:
        network = entry.network
        if network is None:
            continue
        if network.prefixlen < _WIDE[network.version]:
            found.append(f"The allow-list range {network} is wide; name the hosts, or a smaller range.")
        if any(entry.is_within(never) for never in NEVER) and not network.is_loopback:
            found.append(f"The allow-list entry {network} opens addresses where clouds keep this server's credentials.")
    return tuple(found)


def _entry(part: str) -> AllowEntry:
    if "://" in part:
        raise ValueError(f"The allow-list entry {part!r} has a scheme; write host:port.")
    host, colon, port_text = part.rpartition(":")
    if not colon or not port_text or "]" in port_text:
        raise ValueError(f"The allow-list entry {part!r} has no port; write host:port, for example {part}:443.")
    port = whole_number(port_text, digits=5)
    if port is None or not 1 <= port <= 65535:
        raise ValueError(f"The port of the allow-list entry {part!r} is not a number from 1 to 65535.")
    bracketed = host.startswith("[") and host.endswith("]")
    if ":" in host and not bracketed:
        raise ValueError(f"The IPv6 address of {part!r} must stand in brackets: [{host}]:{port}.")
    bare = host[1:-1] if bracketed else host
    if bracketed or "/" in bare or _looks_numeric(bare):
        return AllowEntry(port, network=_network(bare, part))
    if "*" in bare:
        raise ValueError(f"The allow-list entry {part!r} has a wildcard; list each host by its name.")
    if not _NAME.fullmatch(bare.lower()):
        raise ValueError(f"The allow-list entry {part!r} is neither a host name nor an address.")
    return AllowEntry(port, name=bare.lower())


def _looks_numeric(host: str) -> bool:
    return host.rpartition(".")[2].isdigit()


def _network(text: str, part: str) -> Network:
    try:
        return ip_network(text) if "/" in text else ip_network(ip_address(text))
    except ValueError as problem:
        raise ValueError(f"The range of the allow-list entry {part!r} is not one: {problem}.") from None
