"""Where the time of one call goes, noted as it happens: a clock reading at each border and nothing else."""

from console.adapters import clock
from console.core.exchange import Timings


class Laps:
    """The parts of one round trip. A part is noted when it has ended; what never ended, or was not there, stays None.

    Behind a proxy the name, the connection and TLS are partly the proxy's, so none of them is told of the far side.
    """

    __slots__ = ("_answered_at", "_body_us", "_connect_us", "_dns_us", "_first_byte_us", "_is_proxied", "_ready_at",
                 "_tls_us")  # fmt: skip

    def __init__(self, *, is_proxied: bool = False) -> None:
        self._is_proxied = is_proxied
        self._dns_us: int | None = None
        self._connect_us: int | None = None
        self._tls_us: int | None = None
        self._first_byte_us: int | None = None
        self._body_us: int | None = None
        self._ready_at = self._answered_at = 0.0

    def looked_up(self, since: float) -> None:
        """A name was looked up, which began at that moment of the monotonic clock."""
        self._dns_us = _us(since)

    def connected(self, since: float) -> None:
        """A connection stands, the tries at other addresses before it included."""
        self._connect_us = _us(since)
        self._ready_at = clock.monotonic()

    def secured(self) -> None:
        """TLS stands over the connection."""
        self._tls_us = _us(self._ready_at)
        self.ready()

    def ready(self) -> None:
        """From now on the request is sent."""
        self._ready_at = clock.monotonic()

    def answered(self) -> None:
        """The head of the answer is here."""
        self._answered_at = clock.monotonic()
        if self._ready_at:
            self._first_byte_us = round((self._answered_at - self._ready_at) * 1_000_000)

    def read(self) -> None:
        """The body was read, whole or as far as it came."""
        self._body_us = _us(self._answered_at)

    def timings(self) -> Timings:
        if self._is_proxied:
            return Timings(first_byte_us=self._first_byte_us, body_us=self._body_us)
        return Timings(self._dns_us, self._connect_us, self._tls_us, self._first_byte_us, self._body_us)


def _us(since: float) -> int:
    return round((clock.monotonic() - since) * 1_000_000)
