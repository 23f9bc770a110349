"""Where the sandbox is served, and what each of its addresses is called."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from console.core.issuers import METADATA_PATH

_WORKSPACE = re.compile(r"(?P<prefix>.*?/sandbox/[^/]+)(?P<rest>/.*)?", re.DOTALL)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class RequestAddress:
    """A request's URL taken apart. `base` is everything up to and including the workspace; `path` starts with a
    slash.
    """

    base: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class TenantUrls:
    """The addresses of one tenant of the sandbox's identity provider below one base."""

    base: str
    tenant: str

    @property
    def issuer_v2(self) -> str:
        return f"{self.base}/{self.tenant}/v2.0"

    @property
    def issuer_v1(self) -> str:
        return f"{self.base}/sts/{self.tenant}/"

    @property
    def token_endpoint(self) -> str:
        return f"{self.base}/{self.tenant}/oauth2/v2.0/token"

    @property
    def token_endpoint_v1(self) -> str:
        return f"{self.base}/{self.tenant}/oauth2/token"

    def endpoint(self, name: str, *, version: int) -> str:
        """An address of the OAuth endpoints: `token`, `authorize`, `devicecode`, `logout`."""
        return f"{self.base}/{self.tenant}/oauth2{'/v2.0' if version == 2 else ''}/{name}"

    @property
    def device_page(self) -> str:
        """Where a person types the code of a device."""
        return f"{self.base}/{self.tenant}/oauth2/deviceauth"

    @property
    def metadata_v2(self) -> str:
        return f"{self.base}/{self.tenant}/v2.0{METADATA_PATH}"

    @property
    def metadata_v1(self) -> str:
        return f"{self.base}/{self.tenant}{METADATA_PATH}"


@lru_cache(maxsize=128)
def split(url: str) -> RequestAddress:
    """Base and path of a request. Without a `/sandbox/{workspace}` in the path the base is the bare origin."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    origin = f"{parts.scheme}://{host.removesuffix(_DEFAULT_PORTS.get(parts.scheme, ':'))}"
    found = _WORKSPACE.fullmatch(parts.path)
    if found is None:
        return RequestAddress(origin, parts.path or "/", parts.query)
    return RequestAddress(origin + found["prefix"], found["rest"] or "/", parts.query)


def without_scheme(url: str) -> str:
    """An address to compare where http and https are the same place (a proxy may end TLS): default ports dropped
    too.
    """
    parts = urlsplit(url)
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    return f"{host}{parts.path}"


def comparable(url: object) -> str:
    """The same in lower case, since some clients change the case of a path; "" for what is no address."""
    try:
        return without_scheme(url).lower() if isinstance(url, str) else ""
    except ValueError:
        return ""
