"""Signing keys and federated assertions on a profile's page: entered, shown by facts, public halves given away."""

import html
import json
import re
from dataclasses import replace

import pytest

from console.core import providers
from console.core.api import Api
from console.core.credential import CredentialKind
from console.services import apis, profiles
from tests.adapters.test_keyfiles import EC_KEY
from tests.core.tokens.keys_for_tests import private_jwk
from tests.services.builders import person
from tests.services.test_profiles import draft
from tests.web.people import seen, signed_in

pytestmark = pytest.mark.django_db
TEXT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2s4cyJ9.c2lnbmF0dXJl"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def profile(actor):
    return profiles.create(actor, draft())


@pytest.fixture
def keyed(monkeypatch):
    """The provider takes keys by their kid, as most do."""
    from console.core.oauth.habits import AssertionHabits

    changed = tuple(replace(one, assertion=AssertionHabits()) for one in providers.PROVIDERS)
    monkeypatch.setattr(providers, "PROVIDERS", changed)


def post(actor, profile, form, data):
    client = signed_in(actor)
    return client.post(
        f"/profiles/{profile.id}/{form}/", {**data, "seen": seen(client, profile.id, form)}, follow=True
    ).content.decode()


def kind(actor, profile):
    return profiles.open_profile(actor, "view", profile.id).credential.kind


def test_the_key_that_is_offered_first_is_one_that_the_provider_takes(actor):
    made = profiles.create(
        actor,
        replace(
            draft(), provider="maskinporten", grant="jwt_bearer", scope="ks:read", settings={"environment": "test"}
        ),
    )
    page = signed_in(actor).get(f"/profiles/{made.id}/").content.decode()
    options = re.search(r'<select name="alg".*?</select>', page, re.S)[0]
    assert re.findall(r'value="(\w+)"', options) == ["RS256", "RS384", "RS512", "ES256", "PS256", "ES384"]
    assert options.count("(this provider is not known to take it)") == 3


def test_before_there_is_a_credential_it_is_asked_for_where_a_token_would_be_and_no_secret_where_none_is_taken(actor):
    api = apis.create(actor, Api(id="", owner_id=0, name="Kept", base_url="https://kept.example"))
    settings = {"environment": "test"}
    asked = replace(draft(), provider="maskinporten", grant="jwt_bearer", scope="ks:read", settings=settings)
    asked = replace(asked, api_id=api.id)
    made, client = profiles.create(actor, asked), signed_in(actor)
    page = client.get(f"/profiles/{made.id}/").content.decode()
    assert 'No token without a credential: <a href="#credential">enter it first</a>' in page
    assert 'A token needs a credential first: <a href="#credential">enter it</a>.' in page
    assert "on the way" not in page
    refused = client.post(f"/profiles/{made.id}/token/").content.decode()
    assert "Make a signing key or a certificate on the profile's page" in html.unescape(refused)
    assert "Enter the client secret" not in refused


def test_a_public_client_is_not_told_that_a_credential_is_missing(actor):
    settings = {"environment": "test", "client_auth": "none"}
    asked = replace(draft(), provider="idporten", grant="authorization_code", scope="openid", settings=settings)
    page = signed_in(actor).get(f"/profiles/{profiles.create(actor, asked).id}/").content.decode()
    assert "no credential needed" in page and "no credential yet" not in page
    listed = signed_in(actor).get("/profiles/").content.decode()
    assert "no credential needed" in listed and "no credential yet" not in listed


def test_a_key_is_made_and_its_public_half_stands_on_the_page(actor, profile, keyed):
    page = post(actor, profile, "key/new", {"alg": "ES256", "kid": "my-key", "ends_on": "2097-05-31"})
    assert "A signing key is made. Register its public half at the provider" in page
    public = json.loads(re.search(r'<pre[^>]+id="public-key"[^>]*>(.*?)</pre>', page, re.S)[1].replace("&quot;", '"'))
    assert (public["kty"], public["kid"], public["alg"], "d" in public) == ("EC", "my-key", "ES256", False)
    answer = signed_in(actor).get(f"/profiles/{profile.id}/jwks.json")
    assert answer["Content-Type"] == "application/jwk-set+json"
    assert json.loads(answer.content) == {"keys": [public]}


def test_a_pasted_key_is_stored_and_never_written_back(actor, profile, keyed):
    text = json.dumps(private_jwk(EC_KEY, kid="pasted"))
    page = post(actor, profile, "key", {"key_text": text, "passphrase": "", "kid": "", "ends_on": ""})
    assert "pasted" in page and json.loads(text)["d"] not in page
    assert kind(actor, profile) is CredentialKind.KEY


@pytest.mark.parametrize(
    ("form", "data", "told"),
    [
        ("key", {"key_text": ""}, "Choose a key file, or paste the key: one of the two."),
        ("key", {"key_text": "no key"}, "This is not a PFX file, and not a PEM or JWK file either."),
        ("key", {"key_text": "x", "kid": "with blank in it"}, "A key ID has letters, digits and signs, without blanks"),
        ("key/new", {"alg": "HS256"}, "“HS256” is not offered here."),
        ("key/new", {"alg": "ES256", "ends_on": "31.05.2027"}, "Enter the day as year-month-day, for example"),
        ("key/new", {"alg": "ES256", "ends_on": "9999-12-31"}, "A signing key is made."),
        ("assertion", {}, "Paste the assertion, or enter the path of a file: one of the two."),
        ("assertion", {"assertion": TEXT, "assertion_path": "/x"}, "one of the two."),
        ("assertion", {"assertion": "my secret text"}, "This is no assertion: one has three parts with dots"),
        ("assertion", {"assertion_path": "/etc/passwd"}, "The administrator of this console allows no folder"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(actor, profile, keyed, form, data, told):
    page = post(actor, profile, form, data)
    assert told in page.replace("&#x27;", "'")
    assert data.get("assertion") is None or data["assertion"] not in page


def test_an_assertion_that_was_wrapped_in_a_mail_is_joined(actor, profile):
    page = post(actor, profile, "assertion", {"assertion": f" {TEXT[:20]}\n {TEXT[20:]} "})
    assert "https://k8s" in page and TEXT not in page
    assert kind(actor, profile) is CredentialKind.ASSERTION


def test_where_the_provider_takes_no_bare_key_none_is_offered(actor, profile):
    page = signed_in(actor).get(f"/profiles/{profile.id}/").content.decode()
    assert 'id="save-secret"' in page and 'id="save-assertion"' in page
    assert 'id="make-key"' not in page and 'id="save-key"' not in page


def test_no_id_stands_twice_on_the_page(actor, profile, keyed):
    page = signed_in(actor).get(f"/profiles/{profile.id}/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(one for one in set(ids) if ids.count(one) > 1) == []
