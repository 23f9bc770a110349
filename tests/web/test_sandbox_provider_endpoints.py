"""The sandbox's further providers over HTTP: metadata that can be followed, headers that arrive, people who sign in."""

from io import BytesIO
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from console.adapters import clock
from console.sandbox.providers import PLAYED
from console.sandbox.providers.samples import sample_secret
from console.services import sandbox, sandbox_workspace
from console.web.application import SandboxFirst
from tests.sandbox.builders import key_pair
from tests.sandbox.people import Page
from tests.services.builders import with_samples

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def place(actor):
    return f"/sandbox/{sandbox.workspace(actor).segment}"


DOCUMENTS = [(one.segment, path) for one in PLAYED for path in one.metadata_paths]


@pytest.mark.parametrize(("segment", "path"), DOCUMENTS)
def test_every_address_that_a_metadata_document_names_answers(stranger, place, segment, path):
    published = stranger.get(f"{place}/{segment}{path}").json()
    assert published["issuer"].rstrip("/") == f"http://testserver{place}/{segment}"
    named = {name: url for name, url in published.items() if name.endswith(("_endpoint", "_uri"))}
    assert {"token_endpoint", "jwks_uri"} <= named.keys()
    for name, url in named.items():
        method = (
            stranger.get if name in ("authorization_endpoint", "jwks_uri", "end_session_endpoint") else stranger.post
        )
        answer = method(url.removeprefix("http://testserver"))
        assert answer.status_code in (200, 400, 401), name
        assert "X-Console-Withheld" not in answer.headers, name


@pytest.mark.parametrize("segment", [one.segment for one in PLAYED if "oauth-authorization" in one.metadata_paths[-1]])
@pytest.mark.parametrize("end", ["", "/"])
def test_metadata_is_also_where_rfc_8414_puts_it(stranger, place, segment, end):
    suffix = "/.well-known/oauth-authorization-server"
    inserted = stranger.get(f"{suffix}{place}/{segment}{end}")
    assert inserted.json() == stranger.get(f"{place}/{segment}{suffix}").json()
    assert stranger.get(f"{suffix}/elsewhere").status_code == 404


def test_the_application_before_django_finds_it_there_too(place):
    told = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/.well-known/oauth-authorization-server{place}/tokenx",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    SandboxFirst(lambda *_: [])(environ, lambda status, headers: told.update(status=status))
    assert told["status"].startswith("200")


def _own(actor, method: str, provider: str = "generic") -> dict[str, str]:
    state = sandbox.workspace(actor).state
    client = next(one for one in getattr(state.registered, provider) if one.method == method)
    seed = sandbox_workspace.installation().seed
    return {"client_id": client.id, "client_secret": sample_secret(seed, provider, method)}


def test_the_servers_nonce_and_its_challenge_arrive(stranger, actor, place):
    form = {"grant_type": "client_credentials", **_own(actor, "client_secret_post")}
    path = f"{place}/generic/token"
    assert stranger.post(path, urlencode(form), content_type=FORM).status_code == 200
    from tests.sandbox.providers.test_generic import proof

    sent = proof(url=f"http://testserver{path}", iat=clock.now())
    answer = stranger.post(path, urlencode(form), content_type=FORM, headers={"DPoP": sent})
    assert answer.json()["error"] == "use_dpop_nonce", answer.content
    assert answer.headers["DPoP-Nonce"]
    refused = stranger.get(f"{place}/generic/userinfo", headers={"Authorization": "DPoP x"})
    assert refused.headers["WWW-Authenticate"].startswith("DPoP realm=")


def test_a_certificate_is_what_the_server_was_shown_and_never_what_a_header_says(stranger, actor, place):
    from console.services import sandbox_providers
    from console.services.sandbox_providers import ClientPlace

    client_id = _own(actor, "self_signed_tls_client_auth")["client_id"]
    pem = key_pair("client").certificate_pem
    assert sandbox_providers.register_certificate(actor, ClientPlace("generic", client_id), pem.encode()) == ""
    form = urlencode({"grant_type": "client_credentials", "client_id": client_id})
    path = f"{place}/generic/token"
    assert stranger.post(path, form, content_type=FORM, **{"console.client_certificate": pem}).status_code == 200
    encoded = pem.replace("\n", "")
    for name in ("Client-Cert", "X-SSL-Cert", "X-ARR-ClientCert", "Console.Client-Certificate"):
        assert stranger.post(path, form, content_type=FORM, headers={name: encoded}).status_code == 401


@pytest.mark.parametrize(
    ("provider", "button"), [("idporten", "Kari Nordmann, high (BankID)"), ("generic", "Kari Nordmann")]
)
def test_a_person_signs_in_and_the_client_gets_tokens(stranger, actor, place, provider, button):
    own = _own(actor, "client_secret_post", provider)
    back = "http://testserver/back/"
    asked = {
        "response_type": "code",
        "client_id": own["client_id"],
        "redirect_uri": back,
        "scope": "openid",
        "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    document = stranger.get(f"{place}/{provider}/.well-known/openid-configuration").json()
    path = document["authorization_endpoint"].removeprefix("http://testserver")
    page = stranger.get(path, asked)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    url, fields = Page(f"http://testserver{path}", page.content.decode(), 200).form(button)
    sent = stranger.post(url.removeprefix("http://testserver"), urlencode(fields), content_type=FORM)
    assert sent.status_code == 303
    answered = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
    assert (answered["state"], answered["iss"]) == ("s", document["issuer"])
    form = {
        **own,
        "grant_type": "authorization_code",
        "code": answered["code"],
        "redirect_uri": back,
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    }
    answer = stranger.post(f"{place}/{provider}/token", urlencode(form), content_type=FORM)
    assert answer.status_code == 200, answer.content
    assert answer.json().keys() >= {"access_token", "id_token"}
    again = stranger.post(f"{place}/{provider}/token", urlencode(form), content_type=FORM)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert not stranger.cookies
