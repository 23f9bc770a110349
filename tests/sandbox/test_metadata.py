"""What the sandbox publishes, what it keeps, and where it finds its base."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.core.exchange import Request
from console.core.tokens.keys import read_jwks
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureState, verify
from console.sandbox.defaults import sample_catalogue
from console.sandbox.keys import SandboxKeys, jwks, private_key
from console.sandbox.policy_text import fill
from console.sandbox.registration import certificate_record, put_client, with_secret
from console.sandbox.state import ClientRegistration, dump_state, load_state, with_entropy
from console.sandbox.urls import split
from tests.sandbox.builders import (
    BASE,
    NOW,
    answered,
    assertion,
    assertion_form,
    body_of,
    fresh,
    key_pair,
    keys,
    post_form,
    samples,
    send,
    tenant_url,
    token_for,
)

TENANT = samples().state.tenant_id


def _get(path: str, base: str = BASE, method: str = "GET"):
    return answered(Request(method, f"{base}/{path}"))


@pytest.mark.parametrize(
    ("path", "issuer", "token_endpoint", "keys_at"),
    [
        (
            f"{TENANT}/v2.0/.well-known/openid-configuration",
            f"{tenant_url()}/v2.0",
            f"{tenant_url()}/oauth2/v2.0/token",
            f"{tenant_url()}/discovery/v2.0/keys",
        ),
        (
            f"{TENANT}/.well-known/openid-configuration",
            f"{BASE}/sts/{TENANT}/",
            f"{tenant_url()}/oauth2/token",
            f"{tenant_url()}/discovery/keys",
        ),
    ],
    ids=["v2", "v1"],
)
def test_the_metadata_names_issuer_and_addresses(path, issuer, token_endpoint, keys_at):
    document = body_of(_get(path))
    assert (document["issuer"], document["token_endpoint"], document["jwks_uri"]) == (issuer, token_endpoint, keys_at)
    assert document["authorization_endpoint"].startswith(tenant_url())
    assert _get(keys_at.removeprefix(f"{BASE}/")).status == 200


def test_the_metadata_follows_the_base():
    base = "http://localhost:8000/sandbox/w2"
    assert body_of(_get(f"{TENANT}/v2.0/.well-known/openid-configuration", base))["issuer"] == f"{base}/{TENANT}/v2.0"


def test_the_published_keys_verify_an_issued_token():
    published = body_of(_get(f"{TENANT}/discovery/v2.0/keys"))
    assert set(published["keys"][0]) == {"kty", "use", "kid", "x5t", "n", "e", "issuer"}
    assert verify(parse(token_for()), read_jwks(published)).state is SignatureState.VALID


def test_previous_keys_are_still_published():
    public = private_key(key_pair("client").private_pem).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    published = jwks(SandboxKeys(keys().private_pem, (pem,)), issuer=None)["keys"]
    assert [key["kid"] for key in published] == [keys().kid, SandboxKeys(key_pair("client").private_pem).kid]
    assert "issuer" not in published[0]


def test_keys_do_not_show_the_private_key():
    assert "PRIVATE" not in repr(keys())


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("11111111-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration", "GET", 400),
        (f"{TENANT}/discovery/keys", "POST", 405),
        ("", "GET", 404),
        ("nothing/here", "GET", 404),
    ],
)
def test_other_addresses_and_methods_are_refused(path, method, status):
    assert _get(path, method=method).status == status


@pytest.mark.parametrize(
    ("url", "base", "path"),
    [
        ("https://h.example/sandbox/w1/t/x?a=1", "https://h.example/sandbox/w1", "/t/x"),
        ("https://h.example:443/sandbox/w1/t", "https://h.example/sandbox/w1", "/t"),
        ("http://h.example:80/sandbox/w1", "http://h.example/sandbox/w1", "/"),
        (
            "http://H.example:8000/app/sandbox/w1/gateway/a/sandbox/b",
            "http://h.example:8000/app/sandbox/w1",
            "/gateway/a/sandbox/b",
        ),
        ("https://h.example/t/x", "https://h.example", "/t/x"),
    ],
)
def test_the_base_is_everything_up_to_the_workspace(url, base, path):
    address = split(url)
    assert (address.base, address.path) == (base, path)


def test_a_state_survives_being_kept_without_its_entropy():
    _, used = send(post_form(assertion_form(assertion())))
    text = dump_state(used)
    assert text.isascii()
    assert load_state(text) == replace(used, entropy="")
    assert load_state(text).used_assertions == used.used_assertions
    assert samples().client_secret not in text
    assert samples().subscription_key not in text


def test_a_state_with_another_entropy_is_else_the_same():
    assert with_entropy(fresh(), "another") == replace(fresh(), entropy="another")


def test_a_text_that_is_no_state_is_refused():
    with pytest.raises(msgspec.ValidationError):
        load_state('{"tenant_id": 1}')


def test_samples_depend_on_the_seed_alone():
    assert sample_catalogue("a").state == sample_catalogue("a").state
    assert sample_catalogue("a").state.tenant_id != sample_catalogue("b").state.tenant_id
    assert sample_catalogue("a").client_secret != sample_catalogue("b").client_secret


def test_a_client_is_put_in_place_of_the_one_with_its_id():
    renamed = ClientRegistration(samples().secret_client.id, "Renamed")
    state = put_client(fresh(), renamed)
    assert len(state.clients) == 2
    assert state.client(renamed.id).name == "Renamed"


def test_a_new_secret_works_beside_the_old_one():
    client = with_secret(samples().secret_client, "second", expires_at=NOW + 1)
    assert len({record.id for record in client.secrets}) == 2


def test_a_certificate_is_known_by_both_thumbprints():
    record = certificate_record(key_pair("client").certificate_pem)
    assert (record.x5t, record.x5t_s256) == (key_pair("client").x5t, key_pair("client").x5t_s256)


def test_a_text_without_a_certificate_is_refused():
    with pytest.raises(ValueError, match="no readable certificate"):
        certificate_record("no certificate")


def test_a_certificate_with_an_elliptic_key_is_refused_as_entra_does():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elliptic")])
    moment = datetime.fromtimestamp(NOW, UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment)
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    with pytest.raises(ValueError, match="RSA key of at least 2048 bits"):
        certificate_record(made.public_bytes(serialization.Encoding.PEM).decode())


def test_a_policy_text_is_filled_with_base_and_clients():
    text = fill("<a u='{sandbox}/x'>{sandbox-clients}</a>", base=BASE, state=fresh())
    ids = [client.id for client in fresh().clients]
    assert text == f"<a u='{BASE}/x'><value>{ids[0]}</value><value>{ids[1]}</value></a>"
