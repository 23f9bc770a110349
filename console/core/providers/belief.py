"""Whether a discovery document may be followed with a credential: the same place, and the issuer that was asked for.

RFC 8414 section 3.3 wants the issuer identical; which others a provider documents, it says itself.
"""

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from console.core.exchange import Failure, FailureKind
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place

Parts = tuple[str, str, str]  # scheme, host with a port that is not the usual one, path


def token_endpoint_problem(metadata: Metadata, place: Place, families: Iterable[frozenset[str]] = ()) -> Failure | None:
    """Refuses a token endpoint of another origin. Hosts of one family name each other, over https at its usual port."""
    own, there = urlsplit(place.token_endpoint), _split(metadata.token_endpoint)
    is_usual = all(one.scheme == "https" and _port(one) == 443 for one in (own, there))
    is_family = is_usual and any({own.hostname, there.hostname} <= family for family in families)
    if is_family or _origin(own) == _origin(there):
        return None
    detail = (
        f"The discovery document at {_origin(own)} names a token endpoint at another place ({_origin(there)}), so "
        "the credential was not sent."
    )
    return Failure(FailureKind.BLOCKED_ADDRESS, detail, "token_endpoint")


def own_place_problem(metadata: Metadata, place: Place) -> Failure | None:
    """The plain rule: the token endpoint where it was expected, the issuer identical."""
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_difference(place.issuer, metadata.issuer))


def issuer_failure(place: Place, difference: str) -> Failure | None:
    """`difference` is the end of a sentence; None for ""."""
    if not difference:
        return None
    own = _origin(urlsplit(place.token_endpoint))
    detail = (
        f"The discovery document at {own} is not believed, so the credential was not sent: {difference}. "
        "Both must be the same, character for character (RFC 8414 section 3.3)."
    )
    return Failure(FailureKind.BLOCKED_ADDRESS, detail, "issuer")


def issuer_difference(expected: str, issuer: str) -> str:
    """What differs, as the end of a sentence; "" when they are identical."""
    if not issuer:
        return "it names no issuer"
    if issuer == expected:
        return ""
    shown = f"it names the issuer {issuer[:200]}, and {expected[:200]} was asked for"
    own, there = parts_of(expected), parts_of(issuer)
    if issuer.rstrip("/") == expected:
        return f"{shown}: they differ in the slash at the end"
    if issuer.lower() == expected.lower():
        return f"{shown}: they differ in upper and lower case"
    if own is not None and there is not None and own[1] == there[1]:
        return f"{shown}: the host is the same, and the path is another, so it may be another tenant"
    return f"{shown}: the host is another"


def parts_of(url: str) -> Parts | None:
    """None for what is no plain URL."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    if not split.hostname or "@" in split.netloc or split.query or split.fragment:
        return None
    usual = port is None or port == {"https": 443, "http": 80}.get(split.scheme)
    return split.scheme, split.hostname if usual else f"{split.hostname}:{port}", split.path


def _split(url: str) -> SplitResult:
    """What is no URL (`http://[`, a port of letters) as one without a host, which is nobody's origin."""
    try:
        split = urlsplit(url)
        _ = split.port  # read here, where its error is caught
        return split
    except ValueError:
        return urlsplit("no-address:")


def _origin(split: SplitResult) -> str:
    """scheme://host:port, the port always written."""
    host = split.hostname or ""
    return f"{split.scheme}://{f'[{host}]' if ':' in host else host}:{_port(split)}"


def _port(split: SplitResult) -> int:
    return split.port or (443 if split.scheme == "https" else 80)
