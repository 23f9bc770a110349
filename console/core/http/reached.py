"""What a look at an address showed, before any request: its name, a connection, a certificate."""

from dataclasses import dataclass

from console.core.exchange import Failure, FailureKind


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """What a server showed while the connection was made. Times are epoch seconds.

    `chain` holds the subjects up to the trusted root, the server's first; only the server's where the rest is not told.
    """

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: int
    not_after: int
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReachedPlace:
    """One place and how far a look came. `failure` is None when it came as far as it was to.

    `purpose` says what the place is for, "" before somebody fills it in. `addresses` are the public ones that the name
    leads to, `hidden_addresses` counts those inside, which are not shown. `protocol` and `certificate` are those of
    TLS, "" and None without it. `is_local`: the embedded sandbox answers in this process. `is_proxied`: a proxy of this
    deployment looks names up and connects. `is_plain`: the address is plain http.
    """

    host: str
    port: int
    purpose: str = ""
    failure: Failure | None = None
    addresses: tuple[str, ...] = ()
    hidden_addresses: int = 0
    elapsed_ms: int = 0
    protocol: str = ""
    certificate: ServerCertificate | None = None
    is_local: bool = False
    is_proxied: bool = False
    is_plain: bool = False

    @property
    def is_of_name(self) -> bool:
        """Whether a failure is about the name or the address alone: no connection was tried."""
        failure = self.failure
        if failure is None:
            return False
        is_slow = failure.kind is FailureKind.TIMEOUT and failure.rule == "dns"
        return is_slow or failure.kind in (FailureKind.DNS, FailureKind.BLOCKED_ADDRESS)
