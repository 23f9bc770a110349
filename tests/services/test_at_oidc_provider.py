"""The product's own services at npm `oidc-provider`: what it takes and refuses was not bent to fit us."""

from dataclasses import replace

import pytest
import trustme

from console.core.connection import ConnectionStatus
from console.core.credential import Secret
from console.core.grants.base import Wait
from console.services import client_keys, profiles, token_checks, tokens, wiring
from tests.peers import JWT_API, ODD_ID, ODD_SECRET, OPAQUE_API
from tests.services.at_peers import (
    FOR_A_PERSON,
    begun,
    connected,
    obtained,
    opened,
    opened_to,
    profile_at,
    redirect_uri,
    sent_forms,
    signed_in,
)
from tests.services.builders import person
from tests.services.grant_side import came_back, tried

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def peer(oidc_provider, settings):
    opened_to(oidc_provider, settings)
    yield oidc_provider
    wiring.egress_policy.cache_clear()


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_client_credentials_with_a_secret(actor, peer, method):
    client = peer.register(method)
    profile = profile_at(actor, peer, client.id, resource=JWT_API, client_auth=method)
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    found = obtained(actor, profile)
    assert found.token.claims["aud"] == JWT_API
    assert found.token.claims["scope"] == "orders.read"
    assert found.token.header["typ"] == "at+jwt"
    assert ("client_secret" in sent_forms(found)[-1]) is (method == "client_secret_post")
    assert client.secret not in repr([(step.request.body, step.request.headers) for step in found.steps])


def test_an_id_and_a_secret_of_odd_characters_pass_as_basic(actor, peer):
    """RFC 6749 section 2.3.1: both are form-encoded before base64, which most clients forget."""
    profile = profile_at(actor, peer, ODD_ID, client_auth="client_secret_basic")
    profiles.replace_secret(actor, profile.id, Secret(ODD_SECRET))
    assert obtained(actor, profile).response.token_type == "Bearer"


@pytest.mark.parametrize("alg", ["PS256", "RS256", "ES256"])
def test_client_credentials_with_a_signed_assertion(actor, peer, alg):
    profile = profile_at(actor, peer, "not registered yet", resource=JWT_API, client_auth="private_key_jwt")
    client_keys.make_key(actor, profile.id, alg=alg)
    jwks = client_keys.public_key_set(actor, profile.id)
    client = peer.register("private_key_jwt", jwks=jwks, token_endpoint_auth_signing_alg=alg)
    draft = profiles.draft_of(profile)
    named = replace(draft, client_id=client.id, settings={**draft.settings, "assertion_alg": alg})
    profiles.update(actor, profile.id, named, expected_version=profile.version)  # the same destination: the key stays
    found = obtained(actor, profile)
    assert found.token.claims["client_id"] == client.id
    shown = found.steps[-1].assertion
    assert (shown.header["alg"], shown.claims["iss"], shown.claims["sub"]) == (alg, client.id, client.id)


def test_a_person_signs_in_by_a_pushed_request_and_the_connection_refreshes_with_rotation(actor, peer, settings):
    client = peer.register("client_secret_post", redirect_uris=[redirect_uri(settings)],
                           require_pushed_authorization_requests=True)  # fmt: skip
    profile = profile_at(
        actor, peer, client.id, grant="authorization_code", requires_pushed_requests="yes", names_itself="yes",
        client_auth="client_secret_post", **FOR_A_PERSON,
    )  # fmt: skip
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    connection = connected(actor, peer, profile)
    first = tokens.obtain(actor, profile.id, connection_id=connection.id)
    assert (first.token.claims["sub"], first.token.claims["aud"]) == ("mira", JWT_API)

    second = obtained(actor, profile, connection_id=connection.id)
    third = obtained(actor, profile, connection_id=connection.id)
    assert second.token.claims["sub"] == third.token.claims["sub"] == "mira"
    assert len({first.access_token.reveal(), second.access_token.reveal(), third.access_token.reveal()}) == 3
    assert sent_forms(third)[-1]["grant_type"] == ["refresh_token"]


def test_a_person_signs_in_at_a_public_client(actor, peer, settings):
    client = peer.register("none", redirect_uris=[redirect_uri(settings)])
    profile = profile_at(actor, peer, client.id, grant="authorization_code", client_auth="none", **FOR_A_PERSON)
    connection = connected(actor, peer, profile, "sam")
    assert tokens.obtain(actor, profile.id, connection_id=connection.id).token.claims["sub"] == "sam"


def test_who_signed_in_is_known_before_anything_is_kept(actor, peer, settings):
    client = peer.register("client_secret_basic", redirect_uris=[redirect_uri(settings)])
    profile = profile_at(actor, peer, client.id, grant="authorization_code", **FOR_A_PERSON)
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    begun_now = begun(actor, profile)
    found = signed_in(actor, peer, begun_now, "lena")
    assert found.connection.status is ConnectionStatus.NOT_CONNECTED
    assert opened(actor, begun_now).response.id_token is not None


def test_a_device_code_waits_for_the_person_and_gives_their_token(actor, peer):
    client = peer.register("client_secret_basic")
    profile = profile_at(actor, peer, client.id, grant="device_code", scope="openid offline_access")
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    waiting = tried(actor, profile).result.outcome
    assert isinstance(waiting, Wait)
    still = came_back(actor, profile, waiting).result.outcome
    assert isinstance(still, Wait)
    peer.sign_in(still.uri_with_code, "mira")
    got = came_back(actor, profile, still).result
    assert got.response is not None, got.error
    assert got.response.id_token is not None
    assert got.response.refresh_token is not None


def stored_opaque(actor, peer):
    client = peer.register("client_secret_post")
    profile = profile_at(actor, peer, client.id, resource=OPAQUE_API, client_auth="client_secret_post")
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    return client, profile, obtained(actor, profile)


def test_the_provider_is_asked_about_an_opaque_token_and_then_told_to_end_it(actor, peer):
    client, profile, found = stored_opaque(actor, peer)
    told = token_checks.introspect(actor, profile.id).told
    assert told.is_active
    assert (told.members["scope"], told.members["client_id"]) == ("orders.read", client.id)

    assert token_checks.revoke(actor, profile.id).is_revoked
    question = {"token": found.access_token.reveal(), "client_id": client.id, "client_secret": client.secret}
    answer = peer.web().post(peer.metadata["introspection_endpoint"], data=question)
    assert answer.json() == {"active": False}


def test_a_jwt_that_the_provider_does_not_look_into_is_told_in_its_word(actor, peer):
    client = peer.register("client_secret_post")
    profile = profile_at(actor, peer, client.id, resource=JWT_API, client_auth="client_secret_post")
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    obtained(actor, profile)
    assert token_checks.introspect(actor, profile.id).told.error == "unsupported_token_type"


@pytest.mark.parametrize("needs_nonce", [False, True], ids=["without a nonce", "with the server's nonce"])
def test_a_token_is_bound_to_a_key_by_dpop(actor, peer, needs_nonce):
    client = peer.register("client_secret_post", needs_dpop_nonce=needs_nonce)
    profile = profile_at(actor, peer, client.id, resource=JWT_API, client_auth="client_secret_post", dpop="ES256")
    profiles.replace_secret(actor, profile.id, Secret(client.secret))
    found = obtained(actor, profile)
    assert found.response.token_type == "DPoP"
    assert list(found.token.claims["cnf"]) == ["jkt"]
    statuses = [step.response.status for step in found.steps]
    assert statuses == ([400, 200] if needs_nonce else [200])
    again = obtained(actor, profile)
    assert again.token.claims["cnf"] == found.token.claims["cnf"]


def test_a_certificate_of_an_authority_proves_the_client_at_the_servers_other_door_and_binds_the_token(actor, peer):
    made = peer.authority.issue_cert("billing.peer.example")
    client = peer.register(
        "tls_client_auth",
        tls_client_auth_san_dns="billing.peer.example",
        tls_client_certificate_bound_access_tokens=True,
    )
    profile = by_certificate(actor, peer, client, "tls_client_auth", made.private_key_and_cert_chain_pem.bytes())
    found = obtained(actor, profile)
    thumbprint = profiles.open_profile(actor, "view", profile.id).credential.certificate.x5t_s256
    assert found.token.claims["cnf"] == {"x5t#S256": thumbprint.rstrip("=")}
    assert found.steps[-1].request.url == peer.metadata["mtls_endpoint_aliases"]["token_endpoint"]


def test_a_certificate_of_nobody_known_is_refused(actor, peer):
    stranger = trustme.CA().issue_cert("billing.peer.example")
    client = peer.register("tls_client_auth", tls_client_auth_san_dns="billing.peer.example")
    profile = by_certificate(actor, peer, client, "tls_client_auth", stranger.private_key_and_cert_chain_pem.bytes())
    refused = tokens.obtain(actor, profile.id)
    assert (refused.error.status, refused.error.error) == (401, "invalid_client")


def test_a_self_signed_certificate_made_here_proves_the_client_that_registered_it(actor, peer):
    alias = peer.metadata["mtls_endpoint_aliases"]["token_endpoint"]
    profile = profile_at(
        actor, peer, "not registered yet", resource=JWT_API, client_auth="self_signed_tls_client_auth",
        mtls_token_endpoint=alias,
    )  # fmt: skip
    profiles.make_certificate(actor, profile.id, days=30)
    client = peer.register("self_signed_tls_client_auth", jwks=client_keys.public_key_set(actor, profile.id))
    named = replace(profiles.draft_of(profile), client_id=client.id)
    profiles.update(actor, profile.id, named, expected_version=profile.version)
    assert obtained(actor, profile).token.claims["client_id"] == client.id


def by_certificate(actor, peer, client, method, pem):
    alias = peer.metadata["mtls_endpoint_aliases"]["token_endpoint"]
    profile = profile_at(actor, peer, client.id, resource=JWT_API, client_auth=method, mtls_token_endpoint=alias)
    assert profiles.upload_certificate(actor, profile.id, [pem], None).problem is None
    return profile
