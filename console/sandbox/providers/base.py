"""What a played provider is, and a request that reached one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.core.exchange import Request, Response
from console.sandbox.faults.base import Fault
from console.sandbox.keys import SandboxKeys
from console.sandbox.routes import Answered
from console.sandbox.state import State


@dataclass(frozen=True, slots=True)
class ProviderVisit:
    """A request below a provider's address. `base` is the workspace's, `segment` the provider's, `path` what follows.

    `called` is the segment that was asked: another one where people are sent to another address than programs.

    `bases` are further ones under which the same workspace is served; `state.entropy` is fresh. `fault` is the active
    one where it is this provider's.
    """

    request: Request
    base: str
    segment: str
    path: str
    query: str
    state: State
    keys: SandboxKeys
    now: int
    fault: Fault | None = None
    bases: tuple[str, ...] = ()
    called: str = ""

    @property
    def certificate(self) -> str:
        """What the client has shown in TLS, in PEM; "" for none."""
        return self.request.client_certificate

    @property
    def console(self) -> str:
        """The address of the console that serves the sandbox, without a slash at its end."""
        return self.base.rpartition("/sandbox/")[0]

    @property
    def issuer(self) -> str:
        """Without a slash at its end."""
        return f"{self.base}/{self.segment}"

    @property
    def issuers(self) -> tuple[str, ...]:
        """This issuer, and as it is called under the other bases."""
        return tuple(dict.fromkeys(f"{base}/{self.segment}" for base in (self.base, *self.bases)))


@dataclass(frozen=True, slots=True)
class PlayedEndpoint:
    """HEAD is answered where GET is."""

    methods: tuple[str, ...]
    answer: Callable[[ProviderVisit], Answered]


@dataclass(frozen=True, slots=True)
class PlayedProvider:
    """`endpoints` by path; `refuse(visit, status, text)` says no to a path or a method in the provider's shape.

    `issuer_end` is what its issuer ends with after the segment. `for_people` is a further segment for the addresses
    that people are sent to, "" for none; those are `sent_to`.
    """

    segment: str
    title: str
    endpoints: Mapping[str, PlayedEndpoint]
    refuse: Callable[[ProviderVisit, int, str], Response]
    for_people: str = ""
    issuer_end: str = ""
    sent_to: tuple[str, ...] = ()

    @property
    def metadata_paths(self) -> tuple[str, ...]:
        return tuple(path for path in self.endpoints if path.startswith("/.well-known/"))
