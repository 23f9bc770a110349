"""PyPI's `oidc-provider-mock` as the tests start it: what makes it different, seen by plain `requests`."""

from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest

pytestmark = pytest.mark.enable_socket


def granted(peer, client):
    fields = {"client_id": client.id, "response_type": "code", "redirect_uri": client.redirect_uri}
    query = urlencode({**fields, "scope": "openid", "state": "s", "nonce": "n"})
    landed = peer.sign_in(f"{peer.metadata['authorization_endpoint']}?{query}", "mira")
    code = parse_qs(urlsplit(landed).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect_uri}
    answer = peer.web().post(peer.metadata["token_endpoint"], data=form, auth=(client.id, client.secret))
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_its_access_token_is_opaque_and_its_id_token_has_no_kid(oidc_provider_mock):
    client = oidc_provider_mock.register()
    tokens = granted(oidc_provider_mock, client)
    assert "." not in tokens["access_token"]
    assert "kid" not in jwt.get_unverified_header(tokens["id_token"])
    key = jwt.PyJWK(oidc_provider_mock.web().get(oidc_provider_mock.metadata["jwks_uri"]).json()["keys"][0], "RS256")
    claims = jwt.decode(tokens["id_token"], key.key, ["RS256"], audience=client.id, issuer=oidc_provider_mock.issuer)
    assert (claims["sub"], claims["nonce"]) == ("mira", "n")


def test_a_refresh_token_works_and_client_credentials_do_not(oidc_provider_mock):
    client = oidc_provider_mock.register()
    proof = (client.id, client.secret)
    form = {"grant_type": "refresh_token", "refresh_token": granted(oidc_provider_mock, client)["refresh_token"]}
    endpoint = oidc_provider_mock.metadata["token_endpoint"]
    assert oidc_provider_mock.web().post(endpoint, data=form, auth=proof).status_code == 200
    refused = oidc_provider_mock.web().post(endpoint, data={"grant_type": "client_credentials"}, auth=proof)
    assert (refused.status_code, refused.json()["error"]) == (400, "unsupported_grant_type")


def test_without_a_registration_nobody_is_served(oidc_provider_mock):
    form = {"grant_type": "refresh_token", "refresh_token": "any"}
    refused = oidc_provider_mock.web().post(
        oidc_provider_mock.metadata["token_endpoint"], data=form, auth=("no", "one")
    )
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
