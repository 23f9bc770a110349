"""A `requests` session whose every request goes through the guarded transport, for libraries that want a session."""

from collections.abc import Mapping
from io import BytesIO

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from console.adapters.transport import Transport
from console.core.exchange import Exchange, Purpose, Request

Session = requests.Session

# The transport frames the request itself, and reads no other content encoding than those it asks for.
_OURS = frozenset({"content-length", "connection", "accept-encoding"})


def guarded_session(transport: Transport) -> Session:
    """Nothing from the environment, no redirects, and only what the transport lets out."""
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()  # the transport has its own; some of these it refuses to have set
    session.max_redirects = 0
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Bridge(transport))
    return session


class _Bridge(BaseAdapter):
    def __init__(self, transport: Transport) -> None:
        super().__init__()
        self._transport = transport

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 (requests' signature, to the end)
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: ARG002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else (request.body or b"")
        headers = tuple((name, value) for name, value in request.headers.items() if name.lower() not in _OURS)
        sent = Request(request.method or "GET", request.url or "", headers, bytes(body))
        return _answer(request, self._transport.send(sent, purpose=Purpose.METADATA, carries_secret=bool(body)))

    def close(self) -> None:
        """The transport keeps no connections."""


def _answer(request: requests.PreparedRequest, exchange: Exchange) -> requests.Response:
    if exchange.failure is not None or exchange.response is None:
        detail = exchange.failure.detail if exchange.failure else "no answer"
        raise requests.ConnectionError(detail, request=request)
    answer = requests.Response()
    answer.status_code = exchange.response.status
    answer.reason = exchange.response.reason
    answer.headers = CaseInsensitiveDict(
        {name: value for name, value in exchange.response.headers if name.lower() != "content-encoding"}
    )
    answer.raw = BytesIO(exchange.response.body)
    answer.encoding = requests.utils.get_encoding_from_headers(answer.headers)
    answer.url = request.url or ""
    answer.request = request
    return answer
