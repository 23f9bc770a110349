"""What tests of the network share: policies that reach the misbehaving server, name services that answer as told."""

import socket
from dataclasses import replace
from typing import Any

from console.adapters.egress import EgressPolicy, parse_allow
from console.adapters.transport import Transport
from console.core.exchange import Exchange, Failure, Request
from tests.vectors.bad_input.faultserver import FaultServer

DEADLINE_S = 0.5  # for faults that would last for ever and of which nothing need arrive; the others: end_when_dripped


def port_of(server: FaultServer) -> int:
    return server.server_address[1]


def policy_for(server: FaultServer, **changes: Any) -> EgressPolicy:
    """The address of the server is listed, as an operator would; nothing else of this machine is."""
    policy = EgressPolicy(allow=parse_allow(f"http://127.0.0.1:{port_of(server)}"), ca_bundle=server.ca_pem)
    return replace(policy, **changes)


def transport_for(server: FaultServer, resolver: Any = None, **changes: Any) -> Transport:
    return Transport(policy_for(server, **changes), resolver=resolver or Resolver({"localhost": [["127.0.0.1"]]}))


class Resolver:
    """A name service: for each name the answers of its look-ups in turn, the last one for ever. Counts look-ups."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = {name: list(turns) for name, turns in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: Any) -> list[Any]:
        name = host.rstrip(".")
        self.asked.append(name)
        turns = self.answers.get(name)
        if not turns:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [_info(address, port) for address in addresses]


def _info(address: str, port: int) -> Any:
    if ":" in address:
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))


class FaultyProvider(Transport):
    """Reaches the provider variants of the misbehaving server, whose metadata URL lacks the /v2.0 of Entra.

    It speaks plain http, and counts as one that is answered in this process.
    """

    def answers_locally(self, url: str) -> bool:
        return True

    def send(self, request: Request, **limits: Any) -> Exchange:
        return super().send(replace(request, url=request.url.replace("/v2.0/.well-known", "/.well-known")), **limits)


def refusal(checked: object) -> Failure:
    assert isinstance(checked, Failure), f"not refused: {checked}"
    return checked
