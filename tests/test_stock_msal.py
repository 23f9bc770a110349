"""MSAL for Python, unmodified, against `demo --https`: real sockets and TLS, with a secret and with a certificate."""

import re

import msal
import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from console.adapters import clock, keyfiles
from tests.ports import free_port
from tests.test_demo import Demo, environment_of

pytestmark = pytest.mark.enable_socket


class Person:
    """Somebody in a browser without scripts: forms and links only."""

    def __init__(self, ca: str, link: str) -> None:
        self.web = requests.Session()
        self.web.verify, self.web.trust_env = ca, False
        self.base = link.partition("/sign-in/")[0]
        self.submit(link)

    def submit(self, url, files=None, **fields):
        """Opens a page for its anti-forgery value, then posts the fields."""
        page = self.web.get(url if "/sign-in/" in url else f"{self.base}/sandbox/").text
        fields["csrfmiddlewaretoken"] = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        answer = self.web.post(url, data=fields, files=files, headers={"Referer": url})
        assert answer.status_code == 200, answer.text
        return answer.text

    def register_client(self, name):
        page = self.web.get(f"{self.base}/sandbox/").text
        roles = re.findall(r'name="role" value="([^"]+)" id="id_role', page)
        made = self.submit(f"{self.base}/sandbox/-/clients/", name=name, role=roles)
        return _shown(made, "made-client"), _shown(made, "made-secret")

    def authority(self):
        page = self.web.get(f"{self.base}/sandbox/").text
        return re.search(r"(https://localhost:\d+/sandbox/[\w-]+/[0-9a-f-]{36})/oauth2", page).group(1)

    def scope(self):
        page = self.web.get(f"{self.base}/sandbox/").text
        return re.search(r"api://[0-9a-f-]{36}", page).group() + "/.default"


def _shown(page, element_id):
    return re.sub(r"<[^>]+>", "", re.search(rf'id="{element_id}">(.*?)</span>', page, re.DOTALL).group(1)).strip()


@pytest.fixture(scope="session")
def visitor(tmp_path_factory):
    """Somebody signed in to the one demo that these tests share: each registers a client of its own."""
    demo = Demo(environment_of(tmp_path_factory.mktemp("demo")), free_port(), "--https")
    told = demo.wait_until_ready().told
    yield Person(re.search(r"Trust this authority[^:]*: (\S+)", told).group(1), demo.link)
    demo.stop()


@pytest.fixture
def someone(visitor, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "MSAL_FORCE_REGION"):  # the first two override verify=
        monkeypatch.delenv(name, raising=False)
    yield visitor
    visitor.submit(f"{visitor.base}/sandbox/-/fault/", fault="")


def application(someone, client_id, credential):
    return msal.ConfidentialClientApplication(
        client_id,
        client_credential=credential,
        authority=someone.authority(),
        verify=someone.web.verify,
        instance_discovery=False,
    )


def test_stock_msal_gets_a_token_with_a_secret_and_with_a_certificate(someone):
    client_id, secret = someone.register_client("Stock client")
    by_secret = application(someone, client_id, secret).acquire_token_for_client([someone.scope()])
    assert by_secret.get("access_token", "").count(".") == 2, by_secret

    certificate = keyfiles.make_certificate("stock", days=30, now=clock.now())
    page = f"{someone.base}/sandbox/-/clients/{client_id}/"
    someone.submit(page, files={"file": ("stock.pem", certificate.chain_pem)}, certificate="1")
    key = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    credential = {"private_key": pem, "public_certificate": certificate.chain_pem}
    by_certificate = application(someone, client_id, credential).acquire_token_for_client([someone.scope()])
    assert by_certificate.get("access_token", "").count(".") == 2, by_certificate

    legacy = {"private_key": pem, "thumbprint": certificate.facts.sha1}
    by_thumbprint = application(someone, client_id, legacy).acquire_token_for_client([someone.scope()])
    assert by_thumbprint.get("access_token", "").count(".") == 2, by_thumbprint


def test_a_fault_that_one_worker_is_told_of_is_seen_by_all_at_once(someone):
    client_id, secret = someone.register_client("Stock client")
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": secret,
        "scope": someone.scope(),
    }
    url = f"{someone.authority()}/oauth2/v2.0/token"
    for fault, status in (("", 200), ("provider-slow", 504), ("", 200), ("provider-slow", 504)):
        someone.submit(f"{someone.base}/sandbox/-/fault/", fault=fault)
        fresh = [requests.post(url, data=form, verify=someone.web.verify).status_code for _ in range(10)]  # any worker
        assert fresh == [status] * 10


def test_a_wrong_secret_gets_entras_error(someone):
    client_id, _ = someone.register_client("Stock client")
    refused = application(someone, client_id, "wrong").acquire_token_for_client([someone.scope()])
    assert refused["error"] == "invalid_client"
    assert refused["error_codes"] == [7000215]
