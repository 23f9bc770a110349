"""The call as the gateway sees it, and the changes policies make to it."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from console.core.exchange import Header


@dataclass(frozen=True, slots=True, repr=False)
class GatewayRequest:
    """A call that reached the gateway. `url` is absolute; `client_ip` is None when nobody knows it."""

    method: str
    url: str
    headers: tuple[Header, ...] = ()
    client_ip: str | None = None

    def header_values(self, name: str) -> tuple[str, ...]:
        """All values of a header, compared without case, in order; empty when absent."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    def query_values(self, name: str) -> tuple[str, ...]:
        """All values of a query parameter, names compared without case as the gateway does; empty when absent."""
        pairs = parse_qsl(urlsplit(self.url).query, keep_blank_values=True)
        return tuple(value for key, value in pairs if key.lower() == name.lower())

    def with_header(self, name: str, values: tuple[str, ...]) -> "GatewayRequest":
        """The same call with this header holding just these values; no value removes it."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept + tuple((name, value) for value in values))

    def __repr__(self) -> str:
        return f"GatewayRequest({self.method}, …)"
