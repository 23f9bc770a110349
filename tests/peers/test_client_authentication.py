"""The console proves its clients to npm `oidc-provider`: every way that this server takes, through the services.

The server is strict and nobody here wrote it: what it accepts, was made as the specifications say.
"""

import json

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from console.core.credential import Secret
from console.core.errors import NotAllowed
from console.core.profile import ProfileDraft
from console.services import client_keys, profiles, tokens
from tests.adapters.test_keyfiles import EC_KEY, KEY, _key_pem
from tests.peers import JWT_API
from tests.services.builders import person

pytestmark = [pytest.mark.enable_socket, pytest.mark.django_db]

AWKWARD = "a:b+c%d e&=?#-0123456789"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def peer(oidc_provider, settings):
    oidc_provider.open_to(settings)
    return oidc_provider


def profile_for(actor, peer, client, **settings):
    chosen = {
        "environment": "outside",
        "issuer": peer.issuer,
        "token_endpoint": peer.metadata["token_endpoint"],
        "jwks_uri": peer.metadata["jwks_uri"],
        "resource": JWT_API,
        **settings,
    }
    draft = ProfileDraft(
        name="peer",
        environment="",
        provider="generic",
        settings=chosen,
        client_id=client.id,
        grant="client_credentials",
        scope="orders.read",
        api_id=None,
    )
    return profiles.create(actor, draft)


def token_of(obtained):
    assert obtained.response is not None, (obtained.error, obtained.failure)
    return obtained.token.claims


def key_set(actor, profile):
    return client_keys.public_key_set(actor, profile.id)


class Unregistered:
    """A client whose registration comes later, for it needs the key that is made with the profile."""

    id = "not yet"


def renamed(actor, profile, client, **settings):
    """The profile as the registered client; a key stays, because its destination does."""
    draft = profiles.draft_of(profile)
    kept = {**draft.settings, **settings}
    from dataclasses import replace

    changed = replace(draft, client_id=client.id, settings=kept)
    return profiles.update(actor, profile.id, changed, expected_version=profile.version)[0]


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_a_secret_in_the_form_or_in_the_header(actor, peer, method):
    client = peer.register(method)
    profile = profile_for(actor, peer, client, client_auth=method)
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    obtained = tokens.obtain(actor, profile.id)
    assert token_of(obtained)["client_id"] == client.id
    (step,) = obtained.steps
    has_header = any(name == "Authorization" for name, _ in step.request.headers)
    assert has_header == (method == "client_secret_basic")
    assert client.secret not in str(step.request.headers) + step.request.body.decode()


@pytest.mark.parametrize("alg", ["PS256", "RS256"])
@pytest.mark.parametrize("audience", ["issuer", "token_endpoint", "both"])
def test_an_assertion_of_an_rsa_key(actor, peer, alg, audience):
    profile = profile_for(actor, peer, Unregistered, assertion_alg=alg, assertion_audience=audience)
    client_keys.upload_key(actor, profile.id, _key_pem(KEY), None, kid="rsa-1")
    client = peer.register("private_key_jwt", jwks=key_set(actor, profile), token_endpoint_auth_signing_alg=alg)
    renamed(actor, profile, client)
    obtained = tokens.obtain(actor, profile.id)
    assert token_of(obtained)["client_id"] == client.id
    shown = obtained.steps[0].assertion
    wanted = {"issuer": peer.issuer, "token_endpoint": peer.metadata["token_endpoint"]}
    assert shown.claims["aud"] == wanted.get(audience, list(wanted.values()))
    assert (shown.header["alg"], shown.header["kid"]) == (alg, "rsa-1")


@pytest.mark.parametrize("typ", ["", "none", "client-authentication+jwt"])
def test_an_assertion_of_a_key_made_here(actor, peer, typ):
    profile = profile_for(actor, peer, Unregistered, assertion_typ=typ)
    client_keys.make_key(actor, profile.id, alg="ES256")
    client = peer.register("private_key_jwt", jwks=key_set(actor, profile), token_endpoint_auth_signing_alg="ES256")
    renamed(actor, profile, client)
    assert token_of(tokens.obtain(actor, profile.id))["client_id"] == client.id


def test_an_assertion_that_names_its_certificate_is_taken_too(actor, peer):
    profile = profile_for(actor, peer, Unregistered)
    profiles.make_certificate(actor, profile.id, days=30)
    client = peer.register("private_key_jwt", jwks=key_set(actor, profile), token_endpoint_auth_signing_alg="PS256")
    renamed(actor, profile, client)
    obtained = tokens.obtain(actor, profile.id)
    assert token_of(obtained)["client_id"] == client.id
    assert "x5t#S256" in obtained.steps[0].assertion.header


def test_another_key_than_the_registered_is_refused(actor, peer):
    profile = profile_for(actor, peer, Unregistered)
    client_keys.upload_key(actor, profile.id, _key_pem(EC_KEY), None)
    client = peer.register("private_key_jwt", jwks=key_set(actor, profile), token_endpoint_auth_signing_alg="ES256")
    renamed(actor, profile, client)
    client_keys.make_key(actor, profile.id, alg="ES256")
    assert tokens.obtain(actor, profile.id).error.error == "invalid_client"


@pytest.mark.parametrize("needs_nonce", [False, True])
def test_a_token_is_bound_to_a_key_with_a_nonce_where_the_server_wants_one(actor, peer, needs_nonce):
    profile = profile_for(actor, peer, Unregistered, dpop="ES256")
    client_keys.make_key(actor, profile.id, alg="ES256")
    client = peer.register(
        "private_key_jwt",
        jwks=key_set(actor, profile),
        token_endpoint_auth_signing_alg="ES256",
        needs_dpop_nonce=needs_nonce,
    )
    renamed(actor, profile, client)
    obtained = tokens.obtain(actor, profile.id)
    claims = token_of(obtained)
    assert (obtained.token_type, list(claims["cnf"])) == ("DPoP", ["jkt"])
    assert [step.response.status for step in obtained.steps] == ([400, 200] if needs_nonce else [200])
    proofs = [step.proof for step in obtained.steps]
    assert [("nonce" in proof.claims) for proof in proofs] == ([False, True] if needs_nonce else [False])
    assert all("ath" not in proof.claims for proof in proofs)
    ids = [step.assertion.claims["jti"] for step in obtained.steps] + [proof.claims["jti"] for proof in proofs]
    assert len(set(ids)) == len(ids)  # a new assertion and a new proof each time
    for step in obtained.steps:
        assert dict(step.request.headers)["DPoP"] == "<token>"
    fresh = token_of(tokens.obtain(actor, profile.id, wants_fresh=True))
    assert fresh["cnf"] == claims["cnf"]  # the key stays with the profile


def certificate_files(peer, common_name):
    issued = peer.authority.issue_cert("client.example", common_name=common_name)
    chain = [blob.bytes() for blob in issued.cert_chain_pems]
    return [issued.private_key_pem.bytes(), b"".join(chain)], chain[0]


def with_certificate(actor, peer, profile, files):
    uploaded = profiles.upload_certificate(actor, profile.id, files, None)
    assert uploaded.problem is None


MUTUAL = {"client_auth": "tls_client_auth"}


def subject_of(pem):
    return load_pem_x509_certificate(pem).subject.rfc4514_string()


def test_mutual_tls_with_a_certificate_of_an_authority_and_a_token_bound_to_it(actor, peer):
    files, leaf = certificate_files(peer, "orders client")
    client = peer.register(
        "tls_client_auth", tls_client_auth_san_dns="client.example", tls_client_certificate_bound_access_tokens=True
    )
    profile = profile_for(
        actor, peer, client, **MUTUAL, mtls_token_endpoint=peer.metadata["mtls_endpoint_aliases"]["token_endpoint"]
    )
    with_certificate(actor, peer, profile, files)
    obtained = tokens.obtain(actor, profile.id)
    facts = profiles.open_profile(actor, "view", profile.id).credential.certificate
    assert token_of(obtained)["cnf"] == {"x5t#S256": facts.x5t_s256}
    (step,) = obtained.steps
    assert step.request.url.startswith(peer.mtls)
    assert step.request.client_certificate == facts.x5t_s256
    assert dict(pair.split("=") for pair in step.request.body.decode().split("&"))["client_id"] == client.id
    assert load_pem_x509_certificate(leaf).public_bytes(Encoding.DER)


def test_mutual_tls_with_a_self_signed_certificate(actor, peer):
    profile = profile_for(
        actor,
        peer,
        Unregistered,
        client_auth="self_signed_tls_client_auth",
        mtls_token_endpoint=peer.metadata["mtls_endpoint_aliases"]["token_endpoint"],
    )
    profiles.make_certificate(actor, profile.id, days=30)
    client = peer.register("self_signed_tls_client_auth", jwks=key_set(actor, profile))
    renamed(actor, profile, client)
    assert token_of(tokens.obtain(actor, profile.id))["client_id"] == client.id


def test_at_the_door_without_certificates_the_client_is_not_known(actor, peer):
    files, _ = certificate_files(peer, "orders client")
    client = peer.register("tls_client_auth", tls_client_auth_san_dns="client.example")
    profile = profile_for(actor, peer, client, **MUTUAL)
    with_certificate(actor, peer, profile, files)
    assert tokens.obtain(actor, profile.id).error.error == "invalid_client"


def test_the_address_of_mutual_tls_is_part_of_what_a_certificate_is_bound_to(actor, peer):
    client = peer.register("tls_client_auth", tls_client_auth_san_dns="client.example")
    profile = profile_for(actor, peer, client, **MUTUAL)
    with_certificate(actor, peer, profile, certificate_files(peer, "c")[0])
    moved = renamed(actor, profile, client, mtls_token_endpoint="https://elsewhere.example/token")
    assert moved.credential.kind.value == "none"
    with pytest.raises(NotAllowed):
        tokens.obtain(actor, profile.id)


def test_a_proof_by_an_algorithm_that_the_server_does_not_know_is_told(actor, peer):
    client = peer.register("client_secret_post")
    profile = profile_for(actor, peer, client, dpop="RS256")
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    obtained = tokens.obtain(actor, profile.id)
    assert (obtained.error.error, len(obtained.steps)) == ("invalid_dpop_proof", 1)


def test_a_secret_that_the_server_does_not_know_is_told_as_such_however_it_is_spelled(actor, peer):
    client = peer.register("client_secret_basic")
    profile = profile_for(actor, peer, client, client_auth="client_secret_basic")
    profiles.replace_secret(actor, profile.id, Secret(AWKWARD))
    obtained = tokens.obtain(actor, profile.id)
    assert obtained.error.error == "invalid_client"
    kept = json.dumps([[*step.request.headers, step.response.headers] for step in obtained.steps])
    assert AWKWARD not in kept
    assert "a%3Ab" not in kept


def test_a_certificate_of_another_authority_is_refused(actor, peer):
    stranger = trustme.CA().issue_cert("client.example", common_name="x")
    files = [stranger.private_key_pem.bytes(), b"".join(blob.bytes() for blob in stranger.cert_chain_pems)]
    client = peer.register("tls_client_auth", tls_client_auth_san_dns="client.example")
    profile = profile_for(
        actor, peer, client, **MUTUAL, mtls_token_endpoint=peer.metadata["mtls_endpoint_aliases"]["token_endpoint"]
    )
    with_certificate(actor, peer, profile, files)
    assert tokens.obtain(actor, profile.id).error.error == "invalid_client"
