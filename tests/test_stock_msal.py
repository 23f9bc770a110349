"""MSAL for Python, unmodified, against `demo --https`: real sockets and TLS, with a secret and with a certificate."""

import re
from urllib.parse import parse_qsl, urlsplit

import msal
import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from console.adapters import clock, keyfiles
from tests.ports import free_port
from tests.sandbox.people import Page
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
        page = self.web.get(url).text if "/sign-in/" in url else self.sandbox()
        fields["csrfmiddlewaretoken"] = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        answer = self.web.post(url, data=fields, files=files, headers={"Referer": url})
        assert answer.status_code == 200, answer.text
        return answer.text

    def sandbox(self):
        """All tabs of its page, one behind the other."""
        tabs = ("faults", "clients", "addresses", "providers", "policies")
        return "".join(self.web.get(f"{self.base}/sandbox/?tab={tab}").text for tab in tabs)

    def register_client(self, name):
        page = self.sandbox()
        roles = re.findall(r'name="role" value="([^"]+)" id="id_role', page)
        made = self.submit(f"{self.base}/sandbox/-/clients/", name=name, role=roles)
        return _shown(made, "made-client"), _shown(made, "made-secret")

    def sign_in_settings(self, client_id, **fields):
        """Saves how people sign in for a client, with the console's own redirect address."""
        fields = {"redirect_uris": f"{self.base}/back/", "sign_in": "1", **fields}
        self.submit(f"{self.base}/sandbox/-/clients/{client_id}/", **{k: v for k, v in fields.items() if v})

    def api_id(self, number=0):
        page = self.sandbox()
        return list(dict.fromkeys(re.findall(r"api://([0-9a-f-]{36})", page)))[number]

    def delegated(self, number=0):
        return f"api://{self.api_id(number)}/access_as_user"

    def api_as_client(self):
        """The first API registered as a client too, with a secret of its own."""
        api_id = self.api_id()
        if f'id="as-client-{api_id}"' in self.sandbox():
            made = self.submit(f"{self.base}/sandbox/-/clients/", name="Orders", client_id=api_id)
        else:
            made = self.submit(f"{self.base}/sandbox/-/clients/{api_id}/", secret="1")
        return api_id, _shown(made, "made-secret")

    def walk(self, url, *buttons, **typed):
        """Presses the buttons of the sandbox's pages, one after the other, in a browser without cookies and scripts.

        Gives what the redirect carries at the end, or the last page.
        """
        browser = requests.Session()
        browser.verify, browser.trust_env = self.web.verify, False
        answer = browser.get(url, allow_redirects=False)
        for button in buttons:
            page = Page(answer.url, answer.text, answer.status_code)
            address, fields = page.form(button, **(typed if button == "Go on" else {}))
            answer = browser.post(address, data=fields, allow_redirects=False)
        location = answer.headers.get("Location")
        return dict(parse_qsl(urlsplit(location).query)) if location else Page(answer.url, answer.text, 200)

    def token_of_person(self, client_id, secret):
        """An access token of a person for the first API, by MSAL."""
        app = application(self, client_id, secret)
        return signed_in(self, app)["access_token"]

    def authority(self):
        page = self.sandbox()
        return re.search(r"(https://localhost:\d+/sandbox/[\w-]+/[0-9a-f-]{36})/oauth2", page).group(1)

    def scope(self):
        page = self.sandbox()
        return re.search(r"api://[0-9a-f-]{36}", page).group() + "/.default"


def _shown(page, element_id):
    return re.sub(r"<[^>]+>", "", re.search(rf'id="{element_id}">(.*?)</span>', page, re.DOTALL).group(1)).strip()


def signed_in(someone, app, who="Kari Nordmann"):
    """What MSAL gives for a whole sign-in with PKCE; the consent is given where it is asked for."""
    flow = begun(someone, app)
    assert "code_challenge=" in flow["auth_uri"]
    back, told = someone.walk(flow["auth_uri"], who, "Allow").form()
    assert back == f"{someone.base}/back/"
    return app.acquire_token_by_auth_code_flow(flow, told)


def begun(someone, app):
    """A sign-in whose answer comes as a form, as MSAL recommends."""
    back = f"{someone.base}/back/"
    return app.initiate_auth_code_flow([someone.delegated()], redirect_uri=back, response_mode="form_post")


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


def public_application(someone, client_id):
    return msal.PublicClientApplication(
        client_id, authority=someone.authority(), verify=someone.web.verify, instance_discovery=False
    )


def proofs(someone, client_id, secret):
    """The client as each kind of application, with what it proves itself by."""
    yield application(someone, client_id, secret)
    certificate = keyfiles.make_certificate("stock", days=30, now=clock.now())
    page = f"{someone.base}/sandbox/-/clients/{client_id}/"
    someone.submit(page, files={"file": ("stock.pem", certificate.chain_pem)}, certificate="1")
    key = load_pem_private_key(certificate.private_key_pem.reveal().encode(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    yield application(someone, client_id, {"private_key": pem, "public_certificate": certificate.chain_pem})


def test_stock_msal_signs_a_person_in_with_pkce_and_refreshes_by_secret_and_by_certificate(someone):
    client_id, secret = someone.register_client("Stock client")
    for number, app in enumerate(proofs(someone, client_id, secret)):
        got = signed_in(someone, app, ("Kari Nordmann", "Ola Hansen")[number])
        assert "access_token" in got, got
        assert got["id_token_claims"]["aud"] == client_id
        (account,) = app.get_accounts()
        assert account["username"] == got["id_token_claims"]["preferred_username"]
        again = app.acquire_token_silent([someone.delegated()], account, force_refresh=True)
        assert again["access_token"] != got["access_token"], again
        reused = app.acquire_token_by_refresh_token(got["refresh_token"], [someone.delegated()])
        assert "it was reused" in reused["error_description"], reused


def test_stock_msal_signs_a_person_in_for_a_public_client(someone):
    client_id, _ = someone.register_client("Stock public client")
    someone.sign_in_settings(client_id, is_public="on")
    app = public_application(someone, client_id)
    got = signed_in(someone, app)
    assert "access_token" in got, got
    assert app.acquire_token_silent([someone.delegated()], app.get_accounts()[0], force_refresh=True)["access_token"]


def test_stock_msal_is_told_when_a_person_says_no(someone):
    client_id, secret = someone.register_client("Stock client")
    app = application(someone, client_id, secret)
    flow = begun(someone, app)
    told = someone.walk(flow["auth_uri"], "Sam Guest", "Deny").form()[1]
    denied = app.acquire_token_by_auth_code_flow(flow, told)
    assert denied["error"] == "access_denied"
    assert "AADSTS65004" in denied["error_description"]


def test_stock_msal_gets_a_token_for_a_device(someone):
    client_id, _ = someone.register_client("Stock device")
    someone.sign_in_settings(client_id, is_public="on")
    app = public_application(someone, client_id)
    flow = app.initiate_device_flow([someone.delegated()])
    pending = app.acquire_token_by_device_flow({**flow, "expires_at": 0})  # asks once
    assert pending["error"] == "authorization_pending", pending
    page = someone.walk(flow["verification_uri"], "Go on", "Kari Nordmann", "Allow", user_code=flow["user_code"])
    assert "The device is signed in" in page.told
    flow["interval"] = 1
    got = app.acquire_token_by_device_flow(flow)
    assert "access_token" in got, got


def test_stock_msal_calls_on_behalf_of_a_person_by_secret_and_by_certificate(someone):
    client_id, secret = someone.register_client("Stock client")
    assertion = someone.token_of_person(client_id, secret)
    api_id, api_secret = someone.api_as_client()
    someone.sign_in_settings(api_id, consent=someone.api_id(1))
    for app in proofs(someone, api_id, api_secret):
        got = app.acquire_token_on_behalf_of(assertion, [someone.delegated(1)])
        assert "access_token" in got, got
    elsewhere = application(someone, client_id, secret).acquire_token_on_behalf_of(assertion, [someone.delegated(1)])
    assert elsewhere["error_codes"] == [500131], elsewhere
