"""What may leave this server: which URLs and which addresses. Pure: nothing here resolves or connects.

Sources: reference security.md section 2; OWASP SSRF prevention; WHATWG URL (host parsing).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Literal
from unicodedata import normalize
from urllib.parse import SplitResult, urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from console.adapters.addresses import Address, is_internal, is_public, never_networks, parse_address
from console.adapters.allow_list import AllowEntry, parse_allow, warnings_for
from console.core.exchange import Failure, FailureKind

__all__ = [
    "AllowEntry",
    "EgressPolicy",
    "Target",
    "check_address",
    "check_secret",
    "check_secret_at",
    "check_target",
    "check_url",
    "parse_allow",
    "read_target",
    "warnings_for",
]

MAX_URL = 4096
DEFAULT_PORTS = frozenset({80, 443, 8080, 8443})
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class EgressPolicy:
    """The deployment's rules. Times are seconds, `max_body_bytes` counts a body raw and inflated.

    `mode`: "public" (the Internet and the allow list), "allowlist" (only the list), "proxy" (everything
    through `proxy`, which then judges addresses). `ca_bundle` is a PEM file trusted beside the usual roots.
    `own_addresses` and `own_names` are this server's: they are refused even when public and wherever they lead.
    `call_s` is how long an API may take to answer a call, None for as long as any other far side (`deadline_s`).
    """

    mode: Literal["public", "allowlist", "proxy"] = "public"
    allow: tuple[AllowEntry, ...] = ()
    ports: frozenset[int] = DEFAULT_PORTS
    ca_bundle: str | None = None
    proxy: str | None = None
    own_addresses: frozenset[Address] = frozenset()
    own_names: frozenset[str] = frozenset()
    max_body_bytes: int = 1_000_000
    deadline_s: float = 20
    call_s: float | None = None
    connect_s: float = 5
    dns_s: float = 3

    def __post_init__(self) -> None:
        if self.mode not in ("public", "allowlist", "proxy"):
            raise ValueError(f"The egress mode {self.mode!r} is unknown; use public, allowlist or proxy.")
        if (self.mode == "proxy") != bool(self.proxy):
            raise ValueError("The egress mode proxy and a proxy URL go together; one of them is missing.")

    @property
    def longest_call_s(self) -> float:
        return self.deadline_s if self.call_s is None else self.call_s

    def names(self, host: str, port: int) -> bool:
        """Whether the allow list has this host name with this port."""
        return any(entry.has_name(host, port) for entry in self.allow)

    def may_get_secrets(self, target: "Target") -> bool:
        """Whether what goes there is encrypted, or the administrator listed the host for plain http."""
        if target.scheme == "https":
            return True
        listed = (entry for entry in self.allow if entry.may_be_http)
        address = target.address
        return any(
            entry.has_name(target.host, target.port)
            or (address is not None and entry.has_address(address, target.port))
            for entry in listed
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that was taken apart.

    `host` is lower case, without brackets; `path` is path and query, starting with /;
    `address` is set when the host is an IP literal.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None = None

    @property
    def netloc_host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def origin(self) -> str:
        """scheme://host:port, the port always written."""
        return f"{self.scheme}://{self.netloc_host}:{self.port}"


def check_url(policy: EgressPolicy, url: str) -> Target | Failure:
    """The target of a URL this server may call, or why not.

    Addresses that a name leads to are judged by `check_address`, after the look-up.
    """
    target = read_target(url)
    return target if isinstance(target, Failure) else check_target(policy, target)


def check_target(policy: EgressPolicy, target: Target) -> Target | Failure:
    """The same of a URL that was taken apart."""
    if target.address is not None:
        return check_address(policy, target, target.address) or target
    if target.host in policy.own_names and not policy.names(target.host, target.port):
        return _refused("never", _OWN_NAME_TEXT)
    if policy.mode == "allowlist" and not _may_be_listed(policy, target):
        return _not_listed()
    if not policy.names(target.host, target.port) and not _is_port_open(policy, target.port):
        return _closed_port(policy, target.port)
    return target


def check_secret(policy: EgressPolicy, url: str) -> Failure | None:
    """Why no token, key or credential is sent to a URL; None when it may be."""
    target = read_target(url)
    return target if isinstance(target, Failure) else check_secret_at(policy, target)


def check_secret_at(policy: EgressPolicy, target: Target) -> Failure | None:
    """The same of a URL that was taken apart."""
    return None if policy.may_get_secrets(target) else _refused("scheme", CLEARTEXT_TEXT)


def check_address(policy: EgressPolicy, target: Target, address: Address) -> Failure | None:
    """None when this address may be connected to for this target; a refusal never shows the address."""
    port = target.port
    listed = [entry for entry in policy.allow if entry.has_address(address, port)]
    never = never_networks(address, own=policy.own_addresses)
    if never and not any(entry.is_within(network) for entry in listed for network in never):
        return _refused("never", _NEVER_TEXT)
    if listed:
        return None
    is_named = policy.names(target.host, port)
    if is_named and (is_internal(address) or is_public(address)):
        return None
    if not is_public(address):
        return _refused("address", _INSIDE_TEXT)
    if policy.mode == "allowlist":
        return _not_listed()
    return None if port in policy.ports else _closed_port(policy, port)


def read_target(url: str) -> Target | Failure:
    """Takes a URL apart strictly: what could be read in two ways is refused. No rule about places applies."""
    if len(url) > MAX_URL:
        return _refused("url", f"The URL has {len(url)} characters; at most {MAX_URL} are sent.")
    if _AMBIGUOUS.search(url):
        return _refused("url", "The URL holds a blank, a control character or a backslash; remove it.")
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return _refused("url", _NOT_A_URL)
    if split.scheme not in ("http", "https"):
        return _refused("scheme", "Only http and https URLs are called; this one has another scheme.")
    if "@" in split.netloc:
        return _refused("userinfo", "The URL holds credentials; put credentials in the header fields.")
    host = split.hostname or ""
    if not host:
        return _refused("url", _NOT_A_URL)
    problem = _host_problem(host)
    if problem or port == 0:
        return _refused("host", problem or "Port 0 cannot be called.")
    if _host_as_sent(url) != host:
        return _refused("url", f"The host can be read in two ways. {_NOT_A_URL}")
    default = 443 if split.scheme == "https" else 80
    spelled = str(IPv6Address(host)) if ":" in host else host
    return Target(split.scheme, spelled, port or default, _path(split), parse_address(host))


CLEARTEXT_TEXT = (
    "The address is plain http, so everybody on the way could read a token, key or credential; none is sent there. "
    "Write it with https. The console's administrator can list the host as an exception (CONSOLE_EGRESS_ALLOW, "
    "http://host:port)."
)
_NOT_A_URL = "This is not a URL that can be called; write it as https://host/path."
_NEVER_TEXT = (
    "The host leads to an address of this server itself, of its own network segment or of a cloud's "
    "credential service; those are never called."
)
_OWN_NAME_TEXT = "The host is a name of this console itself, which it never calls."
_INSIDE_TEXT = (
    "The host leads to an address inside a private or reserved network; the console's administrator can "
    "allow it (CONSOLE_EGRESS_ALLOW)."
)


def _refused(rule: str, detail: str) -> Failure:
    return Failure(FailureKind.BLOCKED_ADDRESS, detail, rule)


def _not_listed() -> Failure:
    return _refused("not_listed", "This console calls only the hosts and ports that its administrator listed.")


def _closed_port(policy: EgressPolicy, port: int) -> Failure:
    open_ports = ", ".join(str(number) for number in sorted(policy.ports))
    return _refused("port", f"Port {port} is not allowed; this console calls {open_ports}, and listed hosts.")


def _is_port_open(policy: EgressPolicy, port: int) -> bool:
    """An entry for a range may open the port, which only the address will tell."""
    by_range = (entry for entry in policy.allow if entry.network is not None)
    return port in policy.ports or any(entry.port == port for entry in by_range)


def _may_be_listed(policy: EgressPolicy, target: Target) -> bool:
    by_range = any(entry.network is not None and entry.port == target.port for entry in policy.allow)
    return by_range or policy.names(target.host, target.port)


def _host_problem(host: str) -> str:
    """Why the host is refused, else "". One that ends in a number must be a dotted quad (WHATWG URL)."""
    if not host.isascii():
        return "The host has letters outside ASCII; give its punycode form (xn--…)."
    if "%" in host:
        return "The host holds a percent sign or a zone id; write the plain name or address."
    if ":" in host:
        return "" if parse_address(host) else "The address in brackets is not an IPv6 address."
    if host.endswith("."):
        return "The host ends in a dot; leave the dot out."
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return "" if _is_dotted_quad(host) else "The host is a number; write four numbers with dots."
    if len(host) > 253 or not all(_is_label(label) for label in labels):
        return "The host is not a valid name: letters, digits and hyphens, with single dots between."
    return ""


def _is_dotted_quad(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _is_label(label: str) -> bool:
    if not _LABEL.fullmatch(label):
        return False
    return not label.startswith("xn--") or _is_punycode(label[4:])


def _is_punycode(text: str) -> bool:
    try:
        decoded = text.encode("ascii").decode("punycode")
    except (UnicodeError, IndexError, OverflowError):
        return False
    is_stable = normalize("NFKC", decoded) == decoded and all(char.isprintable() for char in decoded)
    return is_stable and not decoded.isascii() and decoded.encode("punycode").decode("ascii") == text


def _host_as_sent(url: str) -> str:
    """The host as the sending library reads it, which must agree with ours; "" when it reads none."""
    try:
        return (parse_url(url).host or "").strip("[]").lower()
    except LocationParseError:
        return ""


def _path(split: SplitResult) -> str:
    path = split.path or "/"
    return f"{path}?{split.query}" if split.query else path
