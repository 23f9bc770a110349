"""Authorization servers that nobody here wrote, as the far side of end-to-end tests: real https on loopback.

Two session-wide fixtures start on first use; a test that uses one is marked `enable_socket`.

    def test_something(oidc_provider, settings):         # npm `oidc-provider`: strict, knows nearly everything
        oidc_provider.open_to(settings)                  # the console's guard lets it through, as an operator would
        client = oidc_provider.register("private_key_jwt", jwks=..., token_endpoint_auth_signing_alg="PS256")
        client.id, client.secret                         # secret is "" where the method has none
        oidc_provider.issuer, oidc_provider.metadata["token_endpoint"]

`register` takes any member of RFC 7591 and gives a client of that test alone: every grant, `redirect_uris` of its own
(`http://` allowed), PAR demanded by `require_pushed_authorization_requests=True`, DPoP's nonce by
`needs_dpop_nonce=True`, certificate-bound tokens by `tls_client_certificate_bound_access_tokens=True`. Access tokens
are opaque, and a JWT (RS256, at+jwt) where `resource=JWT_API` is asked for. A refresh token comes with scope
`offline_access` and `prompt=consent`, and rotates.

The person's pages: `oidc_provider.sign_in(url, "mira")` walks through them as a browser without scripts would and gives
the address it was sent back to. In a real browser (context option `ignore_https_errors`) they are the fields
`input[name=login]` and `input[name=password]` (anything) and the button "Sign-in", then the button "Continue".
`oidc_provider.authority` makes client certificates that the server's second door (`mtls`) believes.

`oidc_provider_mock` (PyPI) has opaque access tokens and ID tokens without `kid`; only code and refresh. It has the same
members; its page has a field `sub` and the buttons "Authorize" and "Deny".
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import trustme

from tests import npm

JWT_API, OPAQUE_API = "urn:peer:jwt", "urn:peer:opaque"  # for `resource`; any other is refused with invalid_target
ODD_ID, ODD_SECRET = "odd:id", "a:b+c%2F d&e=f~'\""  # a client of client_secret_basic that is always there
ALL_GRANTS = (
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:device_code",
)


@dataclass(frozen=True)
class RegisteredClient:
    """One client of one test. `secret` is "" where its method has none."""

    id: str
    secret: str
    redirect_uri: str


@dataclass
class Peer:
    """One running server. `url` is its issuer; `mtls` its second door, which asks for a certificate ("" = none)."""

    url: str
    mtls: str
    authority: trustme.CA
    ca_bundle: Path

    @property
    def issuer(self) -> str:
        return self.url

    @cached_property
    def ports(self) -> list[int]:
        return [int(origin.rpartition(":")[2]) for origin in (self.url, self.mtls) if origin]

    @cached_property
    def metadata(self) -> Any:
        return self.web().get(f"{self.url}/.well-known/openid-configuration").json()

    def web(self) -> requests.Session:
        """A client without cookies that believes the server's authority."""
        session = requests.Session()
        session.trust_env, session.verify = False, str(self.ca_bundle)
        return session

    def open_to(self, settings: Any) -> None:
        """Opens the console's guard for this server alone; with an API: `far_sides.allow(settings, peer, api)`."""
        from tests import far_sides  # it has the services, which wait for Django's set-up

        far_sides.allow(settings, self)

    def register(self, method: str = "client_secret_basic", **members: Any) -> RegisteredClient:
        """A client with this `token_endpoint_auth_method`; further members of RFC 7591 as named."""
        asked = {
            "redirect_uris": ["https://client.example/back/"],
            "response_types": ["code"],
            "grant_types": list(ALL_GRANTS),
            **members,
            "token_endpoint_auth_method": method,
        }
        answer = self.web().post(self.metadata["registration_endpoint"], json=asked)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return RegisteredClient(made["client_id"], made.get("client_secret", ""), asked["redirect_uris"][0])

    def sign_in(self, url: str, login: str) -> str:
        """Opens this address and answers every form on the way: where the person is sent when they leave this server.

        A page without a form (device: "Success", or an error) ends the walk too; then its text is given.
        """
        session = self.web()
        answer = session.get(url, allow_redirects=False)
        while True:
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["Location"])
                if not target.startswith(self.url):
                    return target
                answer = session.get(target, allow_redirects=False)
            elif "<form" in answer.text:
                action, fields = _form_of(answer, login)
                answer = session.post(action, data=fields, allow_redirects=False)
            else:
                return answer.text


def _form_of(page: requests.Response, login: str) -> tuple[str, dict[str, str]]:
    """The first form of a page as it is sent: its action, its fields with what a person types."""
    form = page.text.partition("<form")[2].partition("</form>")[0]
    action = re.search(r'action="([^"]*)"', form.partition(">")[0])
    typed = {"login": login, "sub": login, "password": "any"}
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name[1]] = typed.get(name[1], unescape(value[1]) if value else "")
    return urljoin(page.url, unescape(action[1]) if action else ""), fields


def _running(command: list[str], told: dict[str, str], *, cwd: Path, authority: trustme.CA) -> Iterator[Peer]:
    """Starts a server, waits for the line that says it listens, and ends it afterwards; no clock is asked."""
    with tempfile.TemporaryDirectory(prefix="peer-") as folder, (Path(folder) / "log").open("w+b") as log:
        bundle = Path(folder) / "authority.pem"
        bundle.write_bytes(authority.cert_pem.bytes())
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=cwd, stdin=pipe, stdout=pipe, stderr=log, text=True) as server:
            assert server.stdin
            assert server.stdout
            try:
                server.stdin.write(json.dumps(told))
                server.stdin.close()
                line = server.stdout.readline()
                assert line, f"{command} ended: {Path(log.name).read_text()[-2000:]}"
                said = json.loads(line)
                yield Peer(said["issuer"], said.get("mtls", ""), authority, bundle)
            finally:
                server.kill()


@pytest.fixture(scope="session")
def oidc_provider() -> Iterator[Peer]:
    """npm `oidc-provider`; see this module."""
    if reason := npm.why_missing():
        pytest.skip(reason)
    authority = trustme.CA()
    own = authority.issue_cert("127.0.0.1")
    told = {
        "key": own.private_key_pem.bytes().decode(),
        "certificate": "".join(blob.bytes().decode() for blob in own.cert_chain_pems),
        "authority": authority.cert_pem.bytes().decode(),
    }
    command = ["node", str(npm.HERE / "authorization_server.js")]
    yield from _running(command, told, cwd=npm.installed(), authority=authority)


@pytest.fixture(scope="session")
def oidc_provider_mock() -> Iterator[Peer]:
    """PyPI's `oidc-provider-mock`; see this module."""
    authority = trustme.CA()
    told = {"chain": authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.bytes().decode()}
    here = Path(__file__).parent
    command = [sys.executable, str(here / "oidc_provider_mock_server.py")]
    yield from _running(command, told, cwd=here, authority=authority)
