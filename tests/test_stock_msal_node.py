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
from tests.sandbox.people import CHALLENGE, VERIFIER
from tests.test_stock_msal import someone, visitor  # noqa: F401 (fixtures)

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(npm.why_missing() != "", reason=npm.why_missing() or "node is there"),
]


class NodeClient:
    """An application of MSAL for Node in a process of its own; it trusts the demo's authority, as operators do."""

    def __init__(self, someone, **made):  # noqa: F811 (the fixture)
        self.process = subprocess.Popen(
            ["node", str(npm.HERE / "msal_client.js")],
            cwd=npm.installed(),
            env={**os.environ, "NODE_EXTRA_CA_CERTS": someone.web.verify},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say({"authority": someone.authority(), **made})

    def _say(self, value):
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        assert line, "node ended"
        return json.loads(line)

    def call(self, name, **asked):
        self._say({"call": name, **asked})
        return self.hear()

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


@pytest.fixture
def node(someone):  # noqa: F811 (the fixture)
    """Makes applications; each is ended with the test."""
    made = []

    def client(**how):
        made.append(NodeClient(someone, **how))
        return made[-1]

    yield client
    for one in made:
        one.end()


def certificate_of(someone, client_id):  # noqa: F811 (the fixture)
    """A certificate that is registered for the client, in the form that MSAL for Node takes."""
    certificate = keyfiles.make_certificate("stock", days=30, now=clock.now())
    page = f"{someone.base}/sandbox/-/clients/{client_id}/"
    someone.submit(page, files={"file": ("stock.pem", certificate.chain_pem)}, certificate="1")
    key = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    thumbprint = load_pem_x509_certificate(certificate.chain_pem.encode()).fingerprint(SHA256()).hex()
    return {"key": pem, "thumbprint": thumbprint, "chain": certificate.chain_pem}


def is_token(got):
    return (got.get("accessToken") or "").count(".") == 2


def test_msal_for_node_gets_a_token_with_a_secret_and_with_a_certificate(someone, node):  # noqa: F811 (the fixture)
    client_id, secret = someone.register_client("Stock client")
    for proof in ({"secret": secret}, {"certificate": certificate_of(someone, client_id)}):
        got = node(clientId=client_id, **proof).call("client", scopes=[someone.scope()])
        assert is_token(got), got


def test_msal_for_node_gets_a_token_whatever_the_letter_case_of_its_authority(someone, node):  # noqa: F811
    client_id, secret = someone.register_client("Stock client")
    head, segment, tenant = someone.authority().rsplit("/", 2)
    for spelled in (f"{head}/{segment.upper()}/{tenant}", f"{head}/{segment}/{tenant.upper()}"):
        got = node(clientId=client_id, secret=secret, authority=spelled).call("client", scopes=[someone.scope()])
        assert is_token(got), got


def test_msal_for_node_tells_entras_error_for_a_wrong_secret_and_for_an_unknown_tenant(someone, node):  # noqa: F811
    client_id, _ = someone.register_client("Stock client")
    refused = node(clientId=client_id, secret="wrong").call("client", scopes=[someone.scope()])
    assert refused["errorCode"] == "invalid_client"
    assert "AADSTS7000215" in refused["errorMessage"]
    elsewhere = f"{someone.authority().rpartition('/')[0]}/11111111-2222-4333-8444-555555555555"
    unknown = node(clientId=client_id, secret="x", authority=elsewhere).call("client", scopes=[someone.scope()])
    assert not is_token(unknown)
    assert unknown["errorCode"], unknown


@pytest.mark.parametrize("proof", ["secret", "certificate", "none"])
def test_msal_for_node_signs_a_person_in_and_refreshes(someone, node, proof):  # noqa: F811 (the fixture)
    client_id, secret = someone.register_client("Stock client")
    made = {"secret": {"secret": secret}, "none": {}}.get(proof)
    if made is None:
        made = {"certificate": certificate_of(someone, client_id)}
    someone.sign_in_settings(client_id, is_public="on" if proof == "none" else "")
    application, back = node(clientId=client_id, **made), f"{someone.base}/back/"
    asked = {"scopes": [someone.delegated()], "redirectUri": back}
    pkce = {"codeChallenge": CHALLENGE, "codeChallengeMethod": "S256"}
    address = application.call("address", **asked, **pkce, state="s", nonce="n")["url"]
    told = someone.walk(address, "Kari Nordmann", "Allow")
    own = {"codeVerifier": VERIFIER, "nonce": "n", "state": "s"}
    redeemed = {**asked, **own, "code": told["code"], "returned": told}
    got = application.call("code", **redeemed)
    assert is_token(got), got
    assert got["idTokenClaims"]["preferred_username"] == "kari.nordmann@sandbox.example"
    again = application.call("silent", scopes=asked["scopes"])
    assert is_token(again) and again["accessToken"] != got["accessToken"], again
    replayed = application.call("code", **redeemed)
    assert "AADSTS54005" in replayed["errorMessage"]


def test_msal_for_node_gets_a_token_for_a_device(someone, node):  # noqa: F811 (the fixture)
    client_id, _ = someone.register_client("Stock device")
    someone.sign_in_settings(client_id, is_public="on")
    application = node(clientId=client_id)
    told = application.call("device", scopes=[someone.delegated()])
    someone.walk(told["verificationUri"], "Go on", "Ola Hansen", "Allow", user_code=told["userCode"])
    got = application.hear()
    assert is_token(got), got


@pytest.mark.parametrize("proof", ["secret", "certificate"])
def test_msal_for_node_calls_on_behalf_of_a_person(someone, node, proof):  # noqa: F811 (the fixture)
    client_id, secret = someone.register_client("Stock client")
    assertion = someone.token_of_person(client_id, secret)
    api_id, api_secret = someone.api_as_client()
    made = {"secret": api_secret} if proof == "secret" else {"certificate": certificate_of(someone, api_id)}
    application = node(clientId=api_id, **made)
    asked = {"oboAssertion": assertion, "scopes": [someone.delegated(1)], "skipCache": True}
    someone.sign_in_settings(api_id, consent="")
    refused = application.call("behalf", **asked)
    assert "AADSTS65001" in refused["errorMessage"], refused
    someone.sign_in_settings(api_id, consent=someone.api_id(1))
    got = application.call("behalf", **asked)
    assert is_token(got), got
