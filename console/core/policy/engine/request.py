"""The call as the gateway sees it, and the changes policies make to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote_plus, urlencode

from console.core.exchange import Header

MADE_UP_URL = "https://gateway.example/api"  # stands for an address that nobody has told


@dataclass(frozen=True, slots=True, repr=False)
class GatewayRequest:
    """A call that reached the gateway. `url` is absolute; `client_ip` is None when nobody knows it.

    `client_certificate` is the PEM text of the caller's certificate, "" for a caller without one, None when nobody
    knows. `is_as_received`: it is told as the gateway received it, not as a client sent it, so the address is what the
    gateway saw, and headers that are not there were not sent, but for those that clients add by themselves. `context`
    are further parts of what expressions read, as `csharp.gateway` takes them. `withheld` are parts of headers that
    whoever wrote the policy, or reads what came of it, may not learn: no expression is told them.
    """

    method: str
    url: str
    headers: tuple[Header, ...] = ()
    client_ip: str | None = None
    client_certificate: str | None = None
    withheld: tuple[str, ...] = ()
    is_as_received: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)

    def header_values(self, name: str) -> tuple[str, ...]:
        """All values of a header, compared without case, in order; empty when absent."""
        wanted = name.lower()
        return tuple([value for key, value in self.headers if key.lower() == wanted])

    def query_values(self, name: str) -> tuple[str, ...]:
        """All values of a query parameter, names compared without case as the gateway does; empty when absent."""
        wanted = name.lower()
        return tuple(unquote_plus(part.partition("=")[2]) for part in self._parts() if _name_of(part).lower() == wanted)

    def with_header(self, name: str, values: tuple[str, ...]) -> "GatewayRequest":
        """The same call with this header holding just these values; no value removes it."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept + tuple((name, value) for value in values))

    def with_query(self, name: str, values: tuple[str, ...]) -> "GatewayRequest":
        """The same call with this query parameter holding just these values; no value removes it. The others stay as
        they are written.
        """
        left_out = name.lower()
        kept = [part for part in self._parts() if _name_of(part).lower() != left_out]
        # What came as JSON may hold half of a surrogate pair, which UTF-8 alone does not write.
        new = [urlencode([(name, value)], errors="surrogatepass") for value in values]
        query = "&".join((*kept, *new))
        address = self.url.partition("#")[0].partition("?")[0]
        return replace(self, url=f"{address}?{query}" if query else address)

    @property
    def is_preflight(self) -> bool:
        """Whether a browser asks for permission first (Fetch standard, CORS-preflight request)."""
        if self.method.upper() != "OPTIONS":
            return False
        return bool(self.header_values("Origin") and self.header_values("Access-Control-Request-Method"))

    def _parts(self) -> list[str]:
        """The parameters of the query as they are written."""
        return list(filter(None, self.url.partition("#")[0].partition("?")[2].split("&")))

    def __repr__(self) -> str:
        return f"GatewayRequest({self.method}, …)"


def secret_part(token: str) -> str:
    """What makes it a token: of a signed one its signature, so that its claims can be asked; of any other all of it."""
    return token.rpartition(".")[2] if token.count(".") == 2 else token


def _name_of(parameter: str) -> str:
    name = parameter.partition("=")[0]
    return unquote_plus(name) if "%" in name or "+" in name else name
