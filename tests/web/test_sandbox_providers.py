"""Registering keys, certificates and secrets with the sandbox's further providers, from its page."""

import json
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.adapters import clock
from console.core.exchange import Request
from console.sandbox.providers.samples import API, FRONTEND
from console.services import sandbox
from tests.sandbox.builders import FORM, decode, key_pair
from tests.sandbox.providers.builders import public_key, signed
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(client, django_user_model):
    made = with_samples()
    client.force_login(django_user_model.objects.get(id=made.user_id))
    return made


def _send(browser, provider: str, /, **fields):
    return browser.post(f"/sandbox/-/providers/{provider}/", fields)


def _file(content: str, name: str = "key.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def _asked(actor, path: str, form: str):
    space = sandbox.workspace(actor)
    answer = sandbox.answer(space.segment, Request("POST", f"{space.base}{path}", (FORM,), form.encode()))
    return answer, json.loads(answer.body)


def _grant(actor, kid: str) -> str:
    space, now = sandbox.workspace(actor), clock.now()
    side = space.state.registered.maskinporten
    claims = {
        "aud": f"{space.base}/maskinporten/",
        "iss": side.clients[0].id,
        "scope": side.clients[0].scopes[0],
        "iat": now,
        "exp": now + 60,
        "jti": f"{now}",
    }
    return signed(claims, key="client", header={"kid": kid})


def test_a_registered_key_signs_from_then_on(client, actor):
    first = sandbox.workspace(actor).state.registered.maskinporten.clients[0]
    answered = _send(client, "maskinporten", client=first.id, file=_file(public_key("client").jwk), kid="mine", key="1")
    assert answered.status_code == 302
    assert answered["Location"] == "/sandbox/?provider=maskinporten#provider-maskinporten"
    page = client.get(answered["Location"]).content.decode()
    assert "kid mine until" in page
    assert '<details id="provider-maskinporten" open>' in page
    assert '<details id="provider-tokenx">' in page
    grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    answer, body = _asked(actor, "/maskinporten/token", f"grant_type={grant_type}&assertion={_grant(actor, 'mine')}")
    assert answer.status == 200, body
    assert decode(body["access_token"])[1]["client_id"] == first.id


@pytest.mark.parametrize("content", [key_pair("client").certificate_pem, public_key("client").jwk], ids=["PEM", "JWK"])
def test_a_key_without_a_name_is_called_by_its_thumbprint(client, actor, content):
    assert _send(client, "tokenx", client=FRONTEND, file=_file(content), key="1").status_code == 302
    kept = sandbox.workspace(actor).state.registered.tokenx.application(FRONTEND).keys
    assert [len(one.kid) for one in kept] == [43]
    assert sandbox.workspace(actor).state.registered.tokenx.application(API).keys == ()


def test_a_certificate_is_an_enterprises_at_maskinporten_and_shown_in_tls_elsewhere(client, actor):
    pem, thumbprint = key_pair("client").certificate_pem, key_pair("client").x5t_s256
    registered = sandbox.workspace(actor).state.registered
    tls = next(one for one in registered.generic if "tls" in one.method)
    for provider, client_id in (("maskinporten", registered.maskinporten.clients[1].id), ("generic", tls.id)):
        sent = _send(client, provider, client=client_id, file=_file(pem, "own.pem"), certificate="1")
        assert sent.status_code == 302
    registered = sandbox.workspace(actor).state.registered
    assert [one.x5t_s256 for one in registered.maskinporten.certificates] == [thumbprint]
    assert next(one for one in registered.generic if one.id == tls.id).certificates == (thumbprint,)


def test_a_new_secret_is_the_clients_by_name_and_fills_in_a_profile(client, actor):
    made = sandbox.workspace(actor).state.registered.generic[0]
    page = _send(client, "generic", client=made.id, secret="1").text
    assert f'Shown once: the secret of <bdi class="untrusted">{made.name}</bdi>' in page
    handover = re.search(r'name="handover" value="([^"]*)"', page)[1]
    form = client.post("/profiles/hand-over/", {"handover": handover}).context["form"]
    assert (form["provider"].value(), form["client_id"].value()) == ("generic:sandbox", made.id)


def test_a_new_secret_is_shown_once_and_opens_the_provider(client, actor):
    known = sandbox.workspace(actor).state.registered.generic
    own = next(one for one in known if one.method == "client_secret_post")
    page = _send(client, "generic", client=own.id, secret="1").content.decode()
    secret = unescape(re.search(r'id="made-secret">(?:<[^>]+>)*([^<]+)<', page)[1])
    assert "Make a profile with it" not in page
    form = f"grant_type=client_credentials&client_id={own.id}&client_secret={secret}"
    answer, body = _asked(actor, "/generic/token", form)
    assert answer.status == 200, body
    assert secret not in client.get("/sandbox/?tab=providers").content.decode()


WRONG = {
    "nothing": ({"key": "1"}, "Choose a file, or a profile that has a key or a certificate."),
    "no key": ({"key": "1", "file": "rubbish"}, ""),
    "a shared secret": ({"key": "1", "file": '{"kty":"oct","k":"AAAA"}'}, ""),
    "no certificate": ({"certificate": "1", "file": "rubbish"}, "The file holds no certificate."),
    "a kid with a blank": ({"key": "1", "kid": "my key", "file": public_key("client").jwk}, "A key id has"),
}


@pytest.mark.parametrize(("fields", "text"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_registered_is_told_and_what_was_typed_stays(client, actor, fields, text):
    before = sandbox.workspace(actor).state.registered
    chosen = {**fields, "client": FRONTEND}
    if "file" in chosen:
        chosen["file"] = _file(chosen["file"])
    answered = _send(client, "tokenx", **chosen)
    page = unescape(answered.content.decode())
    assert answered.status_code == 422
    assert text in page
    assert f'value="{fields.get("kid", "")}" autocomplete="off"' in page
    assert f'<option value="{FRONTEND}" selected>' in page
    assert sandbox.workspace(actor).state.registered == before


@pytest.mark.parametrize(
    ("provider", "name", "button"),
    [("tokenx", "nobody", "key"), ("nowhere", FRONTEND, "key"), ("tokenx", FRONTEND, "secret")],
)
def test_a_client_that_is_not_there_or_takes_no_such_proof_is_not_found(client, actor, provider, name, button):
    sent = _send(client, provider, client=name, file=_file(public_key("client").jwk), **{button: "1"})
    assert sent.status_code == 404


def test_a_workspace_of_an_earlier_version_gets_the_samples(actor):
    from console.store import sandbox as store

    space = sandbox.workspace(actor)
    text = json.loads(space.kept.state) if space.kept.state != "{}" else {}
    text.setdefault("tenant_id", space.state.tenant_id)
    text.pop("registered", None)
    assert store.save(space.segment, json.dumps(text), expected_version=space.kept.version)
    registered = sandbox.workspace(actor).state.registered
    assert len(registered.maskinporten.clients) == 2
    assert registered == sandbox.samples().state.registered


def test_another_persons_workspace_stays_as_it_is(client, actor):
    other = person("otto@example.com")
    _send(client, "tokenx", client=FRONTEND, file=_file(public_key("client").jwk), key="1")
    assert sandbox.workspace(other).state.registered.tokenx.application(FRONTEND).keys == ()


def test_what_a_profile_signs_with_is_registered_as_the_profile_names_it(client, actor):
    from console.services import client_keys, profiles

    profile = next(one for one in profiles.list_profiles(actor) if one.credential.certificate)
    (own,) = client_keys.public_key_set(actor, profile.id)["keys"]
    assert _send(client, "tokenx", client=FRONTEND, profile=profile.id, key="1").status_code == 302
    (kept,) = sandbox.workspace(actor).state.registered.tokenx.application(FRONTEND).keys
    assert (kept.kid, json.loads(kept.jwk)["n"]) == (own["kid"], own["n"])
