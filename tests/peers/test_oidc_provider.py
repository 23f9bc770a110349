"""npm `oidc-provider` as the tests start it does what they rely on, seen by plain `requests`."""

import base64
import hashlib
import json
import secrets
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import trustme
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from tests.peers import JWT_API, OPAQUE_API

pytestmark = pytest.mark.enable_socket

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def asked(peer, form, *, endpoint="token_endpoint", **more):
    return peer.web().post(peer.metadata[endpoint], data=form, **more)


def by_post(client):
    return {"client_id": client.id, "client_secret": client.secret}


def public_jwk(key, **members):
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**algorithm.to_jwk(key.public_key(), as_dict=True), "use": "sig", **members}


def assertion(client, key, *, audience, alg, jti=None):
    now = int(time.time())
    claims = {"iss": client.id, "sub": client.id, "aud": audience, "iat": now, "exp": now + 60}
    return jwt.encode({**claims, "jti": jti or secrets.token_hex(8)}, key, alg, headers={"kid": "k1"})


def of_token(raw):
    return jwt.decode(raw, options={"verify_signature": False})


def code_request(peer, client, **more):
    verifier = secrets.token_urlsafe(48)
    fields = {
        "client_id": client.id,
        "response_type": "code",
        "redirect_uri": client.redirect_uri,
        "scope": "openid offline_access",
        "prompt": "consent",
        "state": "s",
        "nonce": "n",
        "code_challenge": b64(hashlib.sha256(verifier.encode()).digest()),
        "code_challenge_method": "S256",
        **more,
    }
    return verifier, {name: value for name, value in fields.items() if value}


def came_back(peer, fields):
    landed = peer.sign_in(f"{peer.metadata['authorization_endpoint']}?{urlencode(fields)}", "mira")
    return {name: values[0] for name, values in parse_qs(urlsplit(landed).query).items()}


def exchange(peer, client, code, verifier):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect_uri}
    return asked(peer, {**form, "code_verifier": verifier, **by_post(client)})


def tokens_of_a_person(peer, client, **more):
    verifier, fields = code_request(peer, client, **more)
    answer = exchange(peer, client, came_back(peer, fields)["code"], verifier)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_its_metadata_names_what_is_tried_here(oidc_provider):
    metadata = oidc_provider.metadata
    assert metadata["issuer"] == oidc_provider.issuer
    assert {"client_credentials", "authorization_code", "refresh_token", DEVICE} <= set(
        metadata["grant_types_supported"]
    )
    wanted = {"client_secret_post", "client_secret_basic", "private_key_jwt", "tls_client_auth", "none"}
    assert wanted <= set(metadata["token_endpoint_auth_methods_supported"])
    assert set(metadata["mtls_endpoint_aliases"]) <= set(metadata)
    assert metadata["authorization_response_iss_parameter_supported"] is True


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
def test_client_credentials_with_a_secret(oidc_provider, method):
    client = oidc_provider.register(method)
    form = {"grant_type": "client_credentials", "resource": JWT_API, "scope": "orders.read"}
    proof = {"auth": (client.id, client.secret)} if method.endswith("basic") else {}
    answer = asked(oidc_provider, form if proof else {**form, **by_post(client)}, **proof)
    assert answer.status_code == 200, answer.text
    claims = of_token(answer.json()["access_token"])
    assert (claims["aud"], claims["scope"], claims["client_id"]) == (JWT_API, "orders.read", client.id)
    assert claims["iss"] == oidc_provider.issuer


def test_a_wrong_secret_and_an_unknown_resource_are_refused(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    form = {"grant_type": "client_credentials", **by_post(client)}
    refused = asked(oidc_provider, {**form, "client_secret": "wrong"})
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    refused = asked(oidc_provider, {**form, "resource": "urn:peer:nobody"})
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_target")


@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256"])
def test_private_key_jwt_is_verified_and_its_jti_is_used_once(oidc_provider, alg):
    key = ec.generate_private_key(ec.SECP256R1()) if alg == "ES256" else rsa.generate_private_key(65537, 2048)
    jwks = {"keys": [public_jwk(key, kid="k1", alg=alg)]}
    client = oidc_provider.register("private_key_jwt", jwks=jwks, token_endpoint_auth_signing_alg=alg)
    form = {"grant_type": "client_credentials", "client_id": client.id, "client_assertion_type": ASSERTION}
    form["client_assertion"] = assertion(client, key, audience=oidc_provider.issuer, alg=alg)
    assert asked(oidc_provider, form).status_code == 200
    again = asked(oidc_provider, form)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")


def test_code_with_pkce_and_par_goes_through_its_pages(oidc_provider):
    client = oidc_provider.register("client_secret_post", require_pushed_authorization_requests=True)
    verifier, fields = code_request(oidc_provider, client)
    assert came_back(oidc_provider, fields)["error"] == "invalid_request"  # not pushed

    pushed = asked(oidc_provider, {**fields, **by_post(client)}, endpoint="pushed_authorization_request_endpoint")
    assert pushed.status_code == 201, pushed.text
    back = came_back(oidc_provider, {"client_id": client.id, "request_uri": pushed.json()["request_uri"]})
    assert (back["state"], back["iss"]) == ("s", oidc_provider.issuer)

    tokens = exchange(oidc_provider, client, back["code"], verifier).json()
    signed = of_token(tokens["id_token"])
    assert (signed["sub"], signed["nonce"], signed["aud"]) == ("mira", "n", client.id)
    assert jwt.get_unverified_header(tokens["id_token"])["kid"] == "peer-RS256"


def test_a_wrong_verifier_and_a_used_code_are_refused(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    _, fields = code_request(oidc_provider, client)
    wrong = exchange(oidc_provider, client, came_back(oidc_provider, fields)["code"], "x" * 43)
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    verifier, fields = code_request(oidc_provider, client)
    code = came_back(oidc_provider, fields)["code"]
    assert exchange(oidc_provider, client, code, verifier).status_code == 200
    assert exchange(oidc_provider, client, code, verifier).json()["error"] == "invalid_grant"


def test_a_public_client_needs_no_secret_and_no_less_than_pkce(oidc_provider):
    client = oidc_provider.register("none", redirect_uris=["http://127.0.0.1:8123/back/"])
    verifier, fields = code_request(oidc_provider, client)
    form = {"grant_type": "authorization_code", "redirect_uri": client.redirect_uri, "client_id": client.id}
    answer = asked(oidc_provider, {**form, "code": came_back(oidc_provider, fields)["code"], "code_verifier": verifier})
    assert answer.status_code == 200, answer.text
    _, without = code_request(oidc_provider, client, code_challenge="", code_challenge_method="")
    assert came_back(oidc_provider, without)["error"] == "invalid_request"


def test_refresh_rotates_and_a_used_token_takes_its_family_along(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    first = tokens_of_a_person(oidc_provider, client)["refresh_token"]
    form = {"grant_type": "refresh_token", **by_post(client)}
    second = asked(oidc_provider, {**form, "refresh_token": first}).json()["refresh_token"]
    assert second != first
    assert asked(oidc_provider, {**form, "refresh_token": first}).json()["error"] == "invalid_grant"
    assert asked(oidc_provider, {**form, "refresh_token": second}).json()["error"] == "invalid_grant"


def test_a_token_for_a_person_is_a_jwt_by_resource(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    scope = "openid offline_access orders.read"
    tokens = tokens_of_a_person(oidc_provider, client, resource=JWT_API, scope=scope)
    claims = of_token(tokens["access_token"])
    assert (claims["sub"], claims["aud"], claims["scope"]) == ("mira", JWT_API, "orders.read")


def test_a_device_code_waits_until_the_person_has_allowed_it(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    begun = asked(
        oidc_provider, {**by_post(client), "scope": "openid"}, endpoint="device_authorization_endpoint"
    ).json()
    form = {"grant_type": DEVICE, "device_code": begun["device_code"], **by_post(client)}
    waiting = asked(oidc_provider, form)
    assert (waiting.status_code, waiting.json()["error"]) == (400, "authorization_pending")
    oidc_provider.sign_in(begun["verification_uri_complete"], "mira")
    assert of_token(asked(oidc_provider, form).json()["id_token"])["sub"] == "mira"


def test_introspection_and_revocation_tell_the_truth_about_opaque_tokens(oidc_provider):
    client = oidc_provider.register("client_secret_post")
    form = {"grant_type": "client_credentials", "resource": OPAQUE_API, "scope": "orders.read", **by_post(client)}
    token = {"token": asked(oidc_provider, form).json()["access_token"], **by_post(client)}
    told = asked(oidc_provider, token, endpoint="introspection_endpoint").json()
    assert (told["active"], told["scope"], told["client_id"]) == (True, "orders.read", client.id)
    assert asked(oidc_provider, token, endpoint="revocation_endpoint").status_code == 200
    assert asked(oidc_provider, token, endpoint="introspection_endpoint").json() == {"active": False}

    jwt_token = asked(oidc_provider, {**form, "resource": JWT_API}).json()["access_token"]
    refused = asked(oidc_provider, {**token, "token": jwt_token}, endpoint="introspection_endpoint")
    assert (refused.status_code, refused.json()["error"]) == (400, "unsupported_token_type")


def dpop_proof(peer, key, **more):
    claims = {
        "jti": secrets.token_hex(8),
        "htm": "POST",
        "htu": peer.metadata["token_endpoint"],
        "iat": int(time.time()),
    }
    header = {"typ": "dpop+jwt", "jwk": {k: v for k, v in public_jwk(key).items() if k != "use"}}
    return {"DPoP": jwt.encode({**claims, **more}, key, "ES256", headers=header)}


def test_dpop_binds_the_token_and_a_nonce_is_demanded_where_the_client_says_so(oidc_provider):
    key = ec.generate_private_key(ec.SECP256R1())
    client = oidc_provider.register("client_secret_post", needs_dpop_nonce=True)
    form = {"grant_type": "client_credentials", "resource": JWT_API, **by_post(client)}
    refused = asked(oidc_provider, form, headers=dpop_proof(oidc_provider, key))
    assert (refused.status_code, refused.json()["error"]) == (400, "use_dpop_nonce")
    nonce = refused.headers["DPoP-Nonce"]
    granted = asked(oidc_provider, form, headers=dpop_proof(oidc_provider, key, nonce=nonce)).json()
    members = public_jwk(key)
    wanted = json.dumps({name: members[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    assert granted["token_type"] == "DPoP"
    assert of_token(granted["access_token"])["cnf"]["jkt"] == b64(hashlib.sha256(wanted.encode()).digest())

    carefree = oidc_provider.register("client_secret_post")
    form = {"grant_type": "client_credentials", **by_post(carefree)}
    assert asked(oidc_provider, form, headers=dpop_proof(oidc_provider, key)).json()["token_type"] == "DPoP"


def certificate_of(authority, name, folder):
    made = authority.issue_cert(name)
    path = folder / f"{secrets.token_hex(4)}.pem"
    path.write_bytes(made.private_key_and_cert_chain_pem.bytes())
    return made, load_pem_x509_certificate(made.cert_chain_pems[0].bytes()), str(path)


def at_the_second_door(peer, form, certificate):
    return peer.web().post(peer.metadata["mtls_endpoint_aliases"]["token_endpoint"], data=form, cert=certificate)


def test_tls_client_auth_believes_its_authority_alone_and_binds_the_token(oidc_provider, tmp_path):
    name = "billing.peer.example"
    _, certificate, path = certificate_of(oidc_provider.authority, name, tmp_path)
    members = {"tls_client_auth_san_dns": name, "tls_client_certificate_bound_access_tokens": True}
    client = oidc_provider.register("tls_client_auth", **members)
    form = {"grant_type": "client_credentials", "client_id": client.id, "resource": JWT_API}
    answer = at_the_second_door(oidc_provider, form, path)
    assert answer.status_code == 200, answer.text
    thumbprint = b64(hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest())
    assert of_token(answer.json()["access_token"])["cnf"] == {"x5t#S256": thumbprint}

    _, _, stranger = certificate_of(trustme.CA(), name, tmp_path)
    _, _, other = certificate_of(oidc_provider.authority, "other.peer.example", tmp_path)
    for wrong in (stranger, other, None):
        refused = at_the_second_door(oidc_provider, form, wrong)
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    at_the_first = asked(oidc_provider, form, cert=path)
    assert (at_the_first.status_code, at_the_first.json()["error"]) == (401, "invalid_client")


def test_self_signed_tls_client_auth_believes_the_registered_certificate(oidc_provider, tmp_path):
    made, certificate, path = certificate_of(trustme.CA(), "own.peer.example", tmp_path)
    der = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    key = load_pem_private_key(made.private_key_pem.bytes(), None)
    jwks = {"keys": [public_jwk(key, x5c=[der])]}
    client = oidc_provider.register("self_signed_tls_client_auth", jwks=jwks)
    form = {"grant_type": "client_credentials", "client_id": client.id}
    assert at_the_second_door(oidc_provider, form, path).status_code == 200
    _, _, other = certificate_of(trustme.CA(), "own.peer.example", tmp_path)
    assert at_the_second_door(oidc_provider, form, other).json()["error"] == "invalid_client"
