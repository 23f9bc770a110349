"""Stock MSAL, unmodified, speaks to the sandbox: only its HTTP client is ours."""

import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import msal
import pytest

from console.core.exchange import Request, Response
from console.sandbox.handler import handle
from console.sandbox.state import State
from tests.sandbox.builders import FORM, decode, fresh, key_pair, keys, samples, scope, tenant_url


@dataclass
class Answer:
    status_code: int
    text: str
    headers: dict[str, str]

    def raise_for_status(self) -> None:
        assert self.status_code < 400


class Wire:
    """What MSAL takes for its HTTP session; it keeps the state between requests."""

    def __init__(self, state: State) -> None:
        self.state, self.count = state, 0

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> Answer:
        return self._send(Request("GET", url, tuple((headers or {}).items())))

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> Answer:
        return self._send(Request("POST", url, (*(headers or {}).items(), FORM), urlencode(data).encode()))

    def close(self) -> None:
        pass

    def _send(self, request: Request) -> Answer:
        self.count += 1
        response, self.state = handle(request, replace(self.state, entropy=str(self.count)), _now(), keys=keys())
        assert isinstance(response, Response)
        return Answer(response.status, response.body.decode(), dict(response.headers))


def _now() -> int:
    """MSAL stamps its assertions with the real time; the sandbox gets the same."""
    return int(time.time())


def _app(client_id: str, credential: Any, wire: Wire) -> msal.ConfidentialClientApplication:
    return msal.ConfidentialClientApplication(
        client_id,
        client_credential=credential,
        authority=tenant_url(),
        http_client=wire,
        instance_discovery=False,
        azure_region=False,
    )


def _certificate(style: str) -> dict[str, str]:
    pair = key_pair("client")
    base = {"private_key": pair.private_pem}
    if style == "PS256":
        return {**base, "public_certificate": pair.certificate_pem}
    return {**base, "thumbprint": urlsafe_b64decode(pair.x5t + "=").hex()}


def test_msal_gets_a_token_with_a_secret():
    app = _app(samples().secret_client.id, samples().client_secret, Wire(fresh()))
    result = app.acquire_token_for_client([scope()])
    assert decode(result["access_token"])[1]["azpacr"] == "1"


@pytest.mark.parametrize("style", ["PS256", "RS256"])
def test_msal_gets_a_token_with_a_certificate(style):
    app = _app(samples().certificate_client.id, _certificate(style), Wire(fresh()))
    result = app.acquire_token_for_client([scope()])
    assert decode(result["access_token"])[1]["azpacr"] == "2", result


def test_msal_hands_on_the_error_with_its_ids():
    app = _app(samples().secret_client.id, "wrong", Wire(fresh()))
    result = app.acquire_token_for_client([scope()])
    assert result["error"] == "invalid_client"
    assert result["error_codes"] == [7000215]
    assert result["correlation_id"] and result["trace_id"]


def test_msal_fails_at_once_for_a_tenant_that_is_not_there():
    wire = Wire(fresh())
    with pytest.raises(ValueError, match="Unable to get authority configuration"):
        msal.ConfidentialClientApplication(
            samples().secret_client.id,
            client_credential="x",
            http_client=wire,
            instance_discovery=False,
            authority=tenant_url().replace(samples().state.tenant_id, "11111111-2222-4333-8444-555555555555"),
        )


def test_an_msal_app_may_send_its_assertion_again_as_at_entra_and_is_told_where_a_fault_forbids_it():
    """MSAL keeps an assertion for nine minutes; for a second scope the same app object sends it again."""
    wire = Wire(fresh())
    app = _app(samples().certificate_client.id, _certificate("PS256"), wire)
    assert "access_token" in app.acquire_token_for_client([scope()])
    assert "access_token" in app.acquire_token_for_client([scope(samples().invoices.id)])
    strict = _app(samples().certificate_client.id, _certificate("PS256"), Wire(fresh("assertion-replayed")))
    assert "already used" in strict.acquire_token_for_client([scope()])["error_description"]
