"""Which addresses a server may be made to call by its users, as data with a reason for each.

Sources: IANA special-purpose registries (RFC 6890), the deny table of microsoft-antissrf, cloud vendors'
pages on instance metadata.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Each request asks of its address, and the tables are long. They never change, so neither does what they say of one.
_judged = lru_cache(maxsize=1024)


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part) for part in text.split())


# Never opened by an entry for a name, nor by a range that merely includes them: an entry must name them.
NEVER = _networks(
    # this host and loopback
    "0.0.0.0/8 127.0.0.0/8 ::/128 ::1/128 "
    # link-local, where most clouds keep instance metadata
    "169.254.0.0/16 fe80::/10 "
    # metadata and credential services: AWS, Azure, GCP, OpenStack; ECS; Azure's wire server (a public
    # address); Alibaba; Oracle; AWS over IPv6; GCP over IPv6
    "169.254.169.254/32 169.254.170.2/32 168.63.129.16/32 100.100.100.200/32 192.0.0.192/32 "
    "fd00:ec2::254/128 fd20:ce::254/128 "
    # multicast, reserved, broadcast
    "224.0.0.0/4 240.0.0.0/4 ff00::/8"
)

# What a company uses inside: opened by an entry for a name (for that name and port) or for a range.
INTERNAL = _networks("10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15 fc00::/7")

# Not on the Internet either; only an entry for a range opens them.
SPECIAL = _networks(
    "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24 "
    "198.51.100.0/24 203.0.113.0/24 "
    "::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 "
    "2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fec0::/10"
)

_LAST_32_BITS = _networks("::/96 ::ffff:0:0:0/96 64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")


def parse_address(text: str) -> Address | None:
    """An IP address in its strict spelling; a mapped one (::ffff:a.b.c.d) as IPv4; None when it is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def judged_forms(address: Address) -> tuple[Address, ...]:
    """The address and the IPv4 address inside it (NAT64, 6to4, Teredo, compatible, translated), if any."""
    if isinstance(address, IPv4Address):
        return (address,)
    if any(address in network for network in _LAST_32_BITS):
        return (address, IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return (address, address.sixtofour)
    if address in _TEREDO and address.teredo is not None:
        return (address, address.teredo[1])
    return (address,)


@_judged
def never_networks(address: Address, *, own: frozenset[Address]) -> tuple[Network, ...]:
    """The networks of NEVER, and this server's own addresses as networks of one, that hold the address."""
    found: list[Network] = []
    for form in judged_forms(address):
        found += [network for network in NEVER if form in network]
        found += [ip_network(form)] if form in own else []
    return tuple(found)


@_judged
def is_internal(address: Address) -> bool:
    """Whether the address is of the kind that companies use inside."""
    return any(address in network for network in INTERNAL)


@_judged
def is_public(address: Address) -> bool:
    """Whether the address belongs to the open Internet by every table."""
    tables = (*NEVER, *INTERNAL, *SPECIAL)
    return address.is_global and not any(address in network for network in tables)
