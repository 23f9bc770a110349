"""An OAuth 2.0 and OpenID Connect provider without habits of its own: what the standards say, strictly."""

from console.sandbox.answers import json_response
from console.sandbox.dpop import ALGORITHMS as PROOF_ALGORITHMS
from console.sandbox.ids import guid
from console.sandbox.keys import jwks
from console.sandbox.people import MadeUpPerson
from console.sandbox.providers.base import PlayedEndpoint, PlayedProvider, ProviderVisit
from console.sandbox.providers.generic import device
from console.sandbox.providers.generic.grants import client_credentials, device_code, token_exchange
from console.sandbox.providers.oauth import about_tokens, errors, logout, pushed, sign_in, token_endpoint, userinfo
from console.sandbox.providers.oauth.authorization import MODES
from console.sandbox.providers.oauth.client_auth import ALGORITHMS, BASIC, KEY, NONE, POST, SELF_SIGNED
from console.sandbox.providers.oauth.grants import authorization_code, refresh_token
from console.sandbox.providers.oauth.rules import Minting, Part, Rules, by
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered

SEGMENT = "generic"
CODE, REFRESH, OWN = "authorization_code", "refresh_token", "client_credentials"
METHODS = (BASIC, POST, KEY, SELF_SIGNED, NONE)


def _person_claims(person: MadeUpPerson, _client: OAuthClient, scopes: tuple[str, ...]) -> Part:
    named = {"name": person.name, "given_name": person.given_name, "family_name": person.family_name}
    return {
        "sub": guid(SEGMENT, person.id),
        **({**named, "preferred_username": person.username} if "profile" in scopes else {}),
        **({"email": person.username, "email_verified": False} if "email" in scopes else {}),
    }


def _id_claims(_visit: ProviderVisit, minting: Minting) -> Part:
    scopes = tuple(minting.authorization.scope.split())
    return _person_claims(minting.person, minting.client, scopes) if minting.person is not None else {}


def _access_claims(visit: ProviderVisit, minting: Minting) -> Part:
    """RFC 9068 section 2.2: sub is the client's id where there is no person; aud the issuer without a resource."""
    audience = minting.audience or (visit.issuer,)
    person = minting.person
    who: Part = {"sub": minting.client.id if person is None else guid(SEGMENT, person.id)}
    if person is not None:
        who |= {"auth_time": minting.authorization.at, "acr": minting.authorization.detail("acr") or None}
    return {**who, **(minting.subject or {}), "aud": list(audience) if len(audience) > 1 else audience[0]}


RULES = Rules(
    segment=SEGMENT,
    title="the generic provider",
    clients=lambda registered: registered.generic,
    grants={
        CODE: authorization_code.answer,
        REFRESH: refresh_token.answer,
        OWN: client_credentials.answer,
        device_code.GRANT_TYPE: device_code.answer,
        token_exchange.GRANT_TYPE: token_exchange.answer,
    },
    access_claims=_access_claims,
    id_claims=_id_claims,
    person_claims=_person_claims,
    access_type="at+jwt",
    levels=(),
    access_s=3600,
    refresh_s=14 * 86_400,
    authorization_s=0,
    pushed_s=60,
    pushed_prefix="urn:ietf:params:oauth:request_uri:",
    assertion_life_s=3600,  # as long as common libraries make them; RFC 7523 leaves it to the server
    skew_s=30,
    names_endpoint=True,
    needs_pkce=False,
    needs_openid=False,
    demands_nonce=True,
    guards_introspection=False,
    gives_refresh=lambda _client, scopes: "offline_access" in scopes,
)


def _metadata(visit: ProviderVisit) -> Answered:
    """OpenID Connect Discovery 1.0 and RFC 8414: the same document."""
    issuer = visit.issuer
    document = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "pushed_authorization_request_endpoint": f"{issuer}/par",
        "device_authorization_endpoint": f"{issuer}/device_authorization",
        "introspection_endpoint": f"{issuer}/introspect",
        "revocation_endpoint": f"{issuer}/revoke",
        "end_session_endpoint": f"{issuer}/logout",
        "response_types_supported": ["code"],
        "response_modes_supported": list(MODES),
        "grant_types_supported": list(RULES.grants),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": list(METHODS),
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "introspection_endpoint_auth_methods_supported": list(METHODS),
        "introspection_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "revocation_endpoint_auth_methods_supported": list(METHODS),
        "revocation_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "dpop_signing_alg_values_supported": list(PROOF_ALGORITHMS),
        "tls_client_certificate_bound_access_tokens": True,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": ["sub", "name", "given_name", "family_name", "preferred_username", "email", "auth_time"],
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
    return json_response(200, document, now=visit.now), visit.state


def _keys(visit: ProviderVisit) -> Answered:
    return json_response(200, jwks(visit.keys, issuer=None), now=visit.now), visit.state


PROVIDER = PlayedProvider(
    SEGMENT,
    "Generic OAuth 2.0 and OpenID Connect",
    {
        "/.well-known/openid-configuration": PlayedEndpoint(("GET",), _metadata),
        "/.well-known/oauth-authorization-server": PlayedEndpoint(("GET",), _metadata),
        "/authorize": PlayedEndpoint(("GET", "POST"), by(sign_in.answer, RULES)),
        "/par": PlayedEndpoint(("POST",), by(pushed.answer, RULES)),
        "/token": PlayedEndpoint(("POST",), by(token_endpoint.answer, RULES)),
        "/jwks": PlayedEndpoint(("GET",), _keys),
        "/userinfo": PlayedEndpoint(("GET", "POST"), by(userinfo.answer, RULES)),
        "/device_authorization": PlayedEndpoint(("POST",), by(device.begin, RULES)),
        "/device": PlayedEndpoint(("GET", "POST"), by(device.page, RULES)),
        "/introspect": PlayedEndpoint(("POST",), by(about_tokens.introspect, RULES)),
        "/revoke": PlayedEndpoint(("POST",), by(about_tokens.revoke_token, RULES)),
        "/logout": PlayedEndpoint(("GET", "POST"), by(logout.answer, RULES)),
    },
    errors.refuse,
)
