"""MSAL for Node, unmodified, against `demo --https`: what builds on it (Azure SDKs, other tools) works then too."""

import json
import os
import subprocess

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from console.adapters import clock, keyfiles
from tests import npm
from tests.test_stock_msal import someone, visitor  # noqa: F401 (fixtures)

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(npm.why_missing() != "", reason=npm.why_missing() or "node is there"),
]


def acquired(someone, **asked):  # noqa: F811 (the fixture)
    """What MSAL for Node gives for a client; it trusts the demo's authority, as an operator would have it."""
    asked = {"authority": someone.authority(), "scope": someone.scope(), **asked}
    done = subprocess.run(
        ["node", str(npm.HERE / "msal_client.js")],
        cwd=npm.installed(),
        env={**os.environ, "NODE_EXTRA_CA_CERTS": someone.web.verify},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_msal_for_node_gets_a_token_with_a_secret_and_with_a_certificate(someone):  # noqa: F811 (the fixture)
    client_id, secret = someone.register_client("Stock client")
    by_secret = acquired(someone, clientId=client_id, secret=secret)
    assert by_secret.get("accessToken", "").count(".") == 2, by_secret

    certificate = keyfiles.make_certificate("stock", days=30, now=clock.now())
    page = f"{someone.base}/sandbox/-/clients/{client_id}/"
    someone.submit(page, files={"file": ("stock.pem", certificate.chain_pem)}, certificate="1")
    key = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    thumbprint = load_pem_x509_certificate(certificate.chain_pem.encode()).fingerprint(SHA256()).hex()
    proof = {"key": pem, "thumbprint": thumbprint, "chain": certificate.chain_pem}
    by_certificate = acquired(someone, clientId=client_id, certificate=proof)
    assert by_certificate.get("accessToken", "").count(".") == 2, by_certificate


def test_msal_for_node_gets_a_token_whatever_the_letter_case_of_its_authority(someone):  # noqa: F811 (the fixture)
    client_id, secret = someone.register_client("Stock client")
    head, segment, tenant = someone.authority().rsplit("/", 2)
    for spelled in (f"{head}/{segment.upper()}/{tenant}", f"{head}/{segment}/{tenant.upper()}"):
        got = acquired(someone, clientId=client_id, secret=secret, authority=spelled)
        assert got.get("accessToken", "").count(".") == 2, got


def test_msal_for_node_tells_entras_error_for_a_wrong_secret_and_for_an_unknown_tenant(someone):  # noqa: F811 (the fixture)
    client_id, _ = someone.register_client("Stock client")
    refused = acquired(someone, clientId=client_id, secret="wrong")
    assert refused["errorCode"] == "invalid_client"
    assert "AADSTS7000215" in refused["errorMessage"]
    elsewhere = f"{someone.authority().rpartition('/')[0]}/11111111-2222-4333-8444-555555555555"
    unknown = acquired(someone, clientId=client_id, secret="x", authority=elsewhere)
    assert "accessToken" not in unknown
    assert unknown["errorCode"], unknown
