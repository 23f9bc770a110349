"""One HTTP round trip, or why there was no answer."""

from dataclasses import dataclass
from enum import StrEnum

from console.core.decoded_assertion import DecodedAssertion

Header = tuple[str, str]


def header(headers: tuple[Header, ...], name: str) -> str | None:
    """The first value of a header, compared without case; None when absent."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """What is sent. Its repr shows only the method: URL, headers and body may carry secrets.

    `client_certificate` is the certificate that was shown while the connection was made, in PEM, and once
    the request is redacted its SHA-256 thumbprint; "" for none.
    `timeout_s` is how many seconds its person gives it, None for as long as the console waits.
    """

    method: str
    url: str
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    client_certificate: str = ""
    timeout_s: int | None = None

    def __repr__(self) -> str:
        return f"Request({self.method}, …)"


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """What came back. `body` is decoded from gzip and cut at the size cap (`is_cut` then); never rendered as HTML.

    `whole_bytes` is how long the body is that is kept beside, where `body` is its beginning or tells of it; else 0.
    """

    status: int
    reason: str = ""
    headers: tuple[Header, ...] = ()
    body: bytes = b""
    is_cut: bool = False
    whole_bytes: int = 0

    @property
    def size_bytes(self) -> int:
        """How long the body is that was kept."""
        return self.whole_bytes or len(self.body)

    def header(self, name: str) -> str | None:
        return header(self.headers, name)

    def __repr__(self) -> str:
        return f"Response({self.status}, {len(self.body)} bytes)"


class FailureKind(StrEnum):
    BLOCKED_ADDRESS = "blocked_address"  # refused by this console's own rules; `rule` names which
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    ENDED_EARLY = "ended_early"
    BAD_HTTP = "bad_http"
    BUSY = "busy"  # too many calls under way from this console


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there was no, or no complete, answer. `detail` is a sentence without internal addresses or secrets.

    `rule` is a stable code below the kind: for BLOCKED_ADDRESS scheme, userinfo, host, port, address, url, header,
    method, and before a credential is sent token_endpoint, issuer, request; for TLS name, expired, unknown_ca,
    not_tls, client_certificate, other; for RESET and BAD_HTTP tls_port;
    for TIMEOUT dns, connect, total, and asked where the call's own timeout ended it before the console's limit;
    for BAD_HTTP encoding, metadata; for REFUSED proxy. Empty when there is nothing to add.
    """

    kind: FailureKind
    detail: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of one round trip went, in microseconds; None for a part that was not measured, or was not there.

    `dns_us` is the look-up of the name, `connect_us` TCP with every address that was tried, `tls_us` the handshake,
    `first_byte_us` from then on until the head of the answer, sending included, `body_us` reading the rest.
    """

    dns_us: int | None = None
    connect_us: int | None = None
    tls_us: int | None = None
    first_byte_us: int | None = None
    body_us: int | None = None


class Purpose(StrEnum):
    """Why a request was sent; the label of its step."""

    METADATA = "metadata"
    KEYS = "keys"
    TOKEN = "token"
    CALL = "call"
    POLL = "poll"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One attempt. Both `response` and `failure` are set when an answer began and broke off.

    `started_at` is epoch seconds, `elapsed_ms` milliseconds. `is_local` is true when the embedded sandbox answered
    in process, `via_proxy` when a configured proxy opened the connection (address pinning is then the proxy's).
    `assertion` is the client assertion that the request carried, decoded, and `subject` the assertion or token that was
    the grant itself (RFC 7523 section 2.1, RFC 8693): redaction leaves nothing of them in the body.
    `proof` is its proof of possession (RFC 9449), decoded likewise.
    `timings` is None where nothing went over a socket, and for what is older than they are.
    """

    request: Request
    response: Response | None
    failure: Failure | None
    started_at: float
    elapsed_ms: int
    purpose: Purpose = Purpose.CALL
    is_local: bool = False
    via_proxy: bool = False
    assertion: DecodedAssertion | None = None
    subject: DecodedAssertion | None = None
    proof: DecodedAssertion | None = None
    timings: Timings | None = None
