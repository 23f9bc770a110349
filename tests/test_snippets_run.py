"""Snippets are run as they are copied, against `demo --https`: real sockets and TLS, by secret and by certificate."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import load_pem_x509_certificates

from console.adapters import clock, keyfiles
from console.core.credential import CredentialSummary
from console.core.exchange import Request
from console.core.profile import Profile
from console.core.providers import provider_of
from console.core.redaction.redact import Redactor
from console.core.snippets import snippet_of
from console.core.snippets.base import TokenWay
from console.core.snippets.hidden import call_of
from console.core.snippets.made import make
from console.core.snippets.recipes import recipes
from tests import npm
from tests.test_stock_msal import visitor  # noqa: F401 (a fixture)

pytestmark = pytest.mark.enable_socket
TOKEN = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.abcdefghijkl"


@dataclass
class Client:
    """A client of the sandbox with both credentials, and the files of one of them."""

    id: str
    secret: str
    subscription_key: str
    key_file: str
    certificate_file: str
    token: str
    authority: str
    scope: str
    ca: str

    @property
    def environment(self):
        """Everything a snippet may want, and no more of this process than what runs it."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "CLIENT_SECRET": self.secret,
            "OCP_APIM_SUBSCRIPTION_KEY": self.subscription_key,
            "CLIENT_KEY_FILE": self.key_file,
            "CLIENT_CERTIFICATE_FILE": self.certificate_file,
            **dict.fromkeys(("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), self.ca),
        }

    def snippet(self, code, way, *, note='it\'s "100%" $HOME `id` é'):
        base, _, tenant = self.authority.rpartition("/")
        profile = Profile(
            "p", 1, "A profile", "test", "sandbox", {"tenant": tenant}, self.id, "client_credentials", self.scope, None,
            False, CredentialSummary(), 1,
        )  # fmt: skip
        found = recipes(profile, provider_of("sandbox").locate(profile.settings, base))
        key = ("Ocp-Apim-Subscription-Key", self.subscription_key)
        headers = (("Authorization", f"Bearer {TOKEN}"), key, ("X-Note", note))
        request = Request("GET", f"{base}/gateway/orders/orders?top=1&filter=a%20b", headers)
        made = make(snippet_of(code), call_of(Redactor(()).request(request)), found, way)
        assert made.problem == ""
        assert self.secret not in made.text
        assert self.subscription_key not in made.text
        return made.text


@pytest.fixture(scope="module")
def client(visitor, tmp_path_factory):  # noqa: F811 (the fixture)
    """Its certificate is registered; it has a token of its own for the placeholder."""
    client_id, secret = visitor.register_client("Runs snippets")
    certificate = keyfiles.make_certificate("snippets", days=30, now=clock.now())
    page = f"{visitor.base}/sandbox/-/clients/{client_id}/"
    visitor.submit(page, files={"file": ("c.pem", certificate.chain_pem)}, certificate="1")
    pem = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    folder = tmp_path_factory.mktemp("files")
    (folder / "key.pem").write_bytes(pem.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_text(certificate.chain_pem)
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = visitor.web.post(f"{visitor.authority()}/oauth2/v2.0/token", data={**form, "scope": visitor.scope()})
    token = answer.json()["access_token"]
    files = (str(folder / "key.pem"), str(folder / "certificate.pem"))
    page = visitor.submit(f"{visitor.base}/sandbox/-/key/")
    key = re.sub("<[^>]+>", "", re.search(r'id="made-key">(.*?)</span>', page, re.DOTALL)[1]).strip()
    return Client(client_id, secret, key, *files, token, visitor.authority(), visitor.scope(), visitor.web.verify)


def run(command, text, client, **more):
    environment = {**client.environment, **more}
    folder = npm.installed() if command[0] == "node" else None  # MSAL for Node is found from where it runs
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=120, check=False, env=environment, cwd=folder
    )


ways = pytest.mark.parametrize("way", list(TokenWay))
without_node = pytest.mark.skipif(npm.why_missing() != "", reason=npm.why_missing() or "node is there")
programs = pytest.mark.parametrize(
    ("code", "command"),
    [
        ("curl-bash", ["bash"]),
        ("python", [sys.executable, "-"]),
        pytest.param("javascript", ["node", "--input-type=module", "-"], marks=without_node),
    ],
)


@ways
@programs
def test_a_snippet_gets_the_answer_of_the_api(client, way, code, command):
    more = {"ACCESS_TOKEN": client.token} if way is TokenWay.PLACEHOLDER else {}
    done = run(command, client.snippet(code, way), client, **more)
    assert '"orders"' in done.stdout, (done.stdout, done.stderr)
    assert done.returncode == 0


@programs
def test_a_wrong_secret_is_told_in_the_providers_words(client, code, command):
    done = run(command, client.snippet(code, TokenWay.SECRET), client, CLIENT_SECRET="wrong")
    assert "AADSTS7000215" in done.stderr
    assert (done.returncode != 0, '"orders"' in done.stdout) == (True, False)


@pytest.mark.skipif(shutil.which("javac") is None, reason="javac not installed (apt-get install default-jdk-headless)")
@pytest.mark.parametrize("way", [TokenWay.PLACEHOLDER, TokenWay.SECRET])
def test_the_java_of_a_call_gets_the_answer_too(client, way, tmp_path):
    """MSAL4J, which is not here, would know none of the sandbox's authorities: the form is posted."""
    trusted = [pkcs12.PKCS12Certificate(one, b"ca") for one in load_pem_x509_certificates(Path(client.ca).read_bytes())]
    store = pkcs12.serialize_java_truststore(trusted, BestAvailableEncryption(b"changeit"))
    (tmp_path / "trusted.p12").write_bytes(store)
    (tmp_path / "Call.java").write_text(client.snippet("java", way, note='it\'s "100%" ${HOME} \\u0022'), "utf-8")
    options = (f"trustStore={tmp_path / 'trusted.p12'}", "trustStorePassword=changeit", "trustStoreType=PKCS12")
    command = ["java", *(f"-Djavax.net.ssl.{one}" for one in options), str(tmp_path / "Call.java")]
    more = {"ACCESS_TOKEN": client.token} if way is TokenWay.PLACEHOLDER else {}
    done = run(command, "", client, **more)
    assert '"orders"' in done.stdout, (done.stdout, done.stderr)
