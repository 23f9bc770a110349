"""Mutual TLS against `demo --https`: a client proves itself by its certificate, and its token is its alone."""

import re

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from console.adapters import clock, keyfiles
from tests.ports import free_port
from tests.test_demo import Demo, environment_of
from tests.test_stock_msal import Person

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def somebody(tmp_path, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):  # they override verify=
        monkeypatch.delenv(name, raising=False)
    demo = Demo(environment_of(tmp_path), free_port(), "--https")
    told = demo.wait_until_ready().told
    yield Person(re.search(r"Trust this authority[^:]*: (\S+)", told).group(1), demo.link)
    demo.stop()


def made(folder, name: str) -> tuple[str, tuple[str, str]]:
    """A self-signed certificate in PEM, and the files that requests wants."""
    certificate = keyfiles.make_certificate(name, days=30, now=clock.now())
    key = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_text(certificate.chain_pem)
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate.chain_pem, (str(files[0]), str(files[1]))


def test_a_client_with_its_certificate_gets_a_token_and_calls_with_it(somebody, tmp_path):
    pem, own = made(tmp_path, "own")
    _, other = made(tmp_path, "other")
    page = somebody.sandbox()
    base = re.search(r"https://localhost:\d+/sandbox/[\w-]+", page).group()
    generic = page.partition('id="provider-generic"')[2]
    client_id = re.search(r'<option value="([0-9a-f-]{36})">Sample app with a certificate in TLS<', generic).group(1)
    address = f"{somebody.base}/sandbox/-/providers/generic/"
    somebody.submit(address, files={"file": ("own.pem", pem)}, client=client_id, certificate="1")

    form = {"grant_type": "client_credentials", "client_id": client_id}
    verify = somebody.web.verify

    def token(cert=None):
        return requests.post(f"{base}/generic/token", data=form, verify=verify, cert=cert)

    answer = token(own)
    assert answer.status_code == 200, answer.text
    assert token().json()["error"] == token(other).json()["error"] == "invalid_client"

    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    url = f"{base}/gateway/partners/orders"
    statuses = [requests.get(url, headers=bearer, verify=verify, cert=one).status_code for one in (own, other, None)]
    assert statuses == [200, 401, 401]
    assert somebody.web.get(f"{somebody.base}/sandbox/").status_code == 200  # pages ask nobody for a certificate
