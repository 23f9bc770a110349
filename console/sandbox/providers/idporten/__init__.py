"""ID-porten as the sandbox plays it: citizens sign in at a level; codes with PKCE, and tokens that live two minutes.

Its texts of refusals are published nowhere: codes are those of the standards.
"""

from console.sandbox.answers import json_response
from console.sandbox.dpop import ALGORITHMS as PROOF_ALGORITHMS
from console.sandbox.ids import opaque
from console.sandbox.keys import jwks
from console.sandbox.people import MadeUpPerson
from console.sandbox.providers.base import PlayedEndpoint, PlayedProvider, ProviderVisit
from console.sandbox.providers.maskinporten.details import organisation
from console.sandbox.providers.oauth import about_tokens, errors, logout, pushed, sign_in, token_endpoint, userinfo
from console.sandbox.providers.oauth.authorization import MODES
from console.sandbox.providers.oauth.client_auth import ALGORITHMS, BASIC, KEY, NONE, POST
from console.sandbox.providers.oauth.grants import authorization_code, refresh_token
from console.sandbox.providers.oauth.rules import Minting, Part, Rules, by
from console.sandbox.registered import OAuthClient
from console.sandbox.routes import Answered

SEGMENT, LOGIN = "idporten", "login.idporten"
LEVELS = (
    ("idporten-loa-low", "low"),
    ("idporten-loa-substantial", "substantial (MinID)"),
    ("idporten-loa-high", "high (BankID)"),
)
CODE, REFRESH = "authorization_code", "refresh_token"


def _subject(client: OAuthClient, person: MadeUpPerson) -> str:
    """Pairwise: another one for each client."""
    return f"{opaque('idporten', client.id, person.id, size=32)}="


def _person_claims(person: MadeUpPerson, client: OAuthClient, _scopes: tuple[str, ...]) -> Part:
    return {"sub": _subject(client, person), **({"pid": person.pid} if person.pid else {})}


def _who(minting: Minting) -> Part:
    person = minting.person
    return _person_claims(person, minting.client, ()) if person is not None else {}


def _id_claims(_visit: ProviderVisit, minting: Minting) -> Part:
    return {**_who(minting), "amr": ["TestID"], "locale": "nb"}


def _access_claims(_visit: ProviderVisit, minting: Minting) -> Part:
    """`aud` only where a resource was asked for: it has nothing to do with that of the ID token."""
    audience: object = list(minting.audience) if len(minting.audience) > 1 else next(iter(minting.audience), None)
    return {
        **_who(minting),
        "acr": minting.authorization.detail("acr") or None,
        "amr": "TestID",
        "client_amr": minting.client.method,
        "consumer": organisation(minting.client.organisation) if minting.client.organisation else None,
        "token_type": "Bearer",
        "aud": audience,
    }


RULES = Rules(
    segment=SEGMENT,
    title="ID-porten",
    clients=lambda registered: registered.idporten,
    grants={CODE: authorization_code.answer, REFRESH: refresh_token.answer},
    access_claims=_access_claims,
    id_claims=_id_claims,
    person_claims=_person_claims,
    access_type="",
    levels=LEVELS,
    access_s=120,
    refresh_s=600,
    authorization_s=7200,
    pushed_s=120,
    pushed_prefix="urn:idporten:",
    assertion_life_s=120,
    skew_s=10,
    names_endpoint=False,
    needs_pkce=True,
    needs_openid=True,
    demands_nonce=False,
    guards_introspection=True,
    gives_refresh=lambda client, _scopes: not client.is_public,
)


def _metadata(visit: ProviderVisit) -> Answered:
    """OpenID Connect Discovery 1.0; people are sent to another address than programs."""
    people = f"{visit.base}/{LOGIN}"
    document = {
        "issuer": visit.issuer,
        "authorization_endpoint": f"{people}/authorize",
        "end_session_endpoint": f"{people}/logout",
        "pushed_authorization_request_endpoint": f"{visit.issuer}/par",
        "token_endpoint": f"{visit.issuer}/token",
        "userinfo_endpoint": f"{visit.issuer}/userinfo",
        "introspection_endpoint": f"{visit.issuer}/introspect",
        "revocation_endpoint": f"{visit.issuer}/revoke",
        "jwks_uri": f"{visit.issuer}/jwks.json",
        "response_types_supported": ["code"],
        "response_modes_supported": list(MODES),
        "grant_types_supported": list(RULES.grants),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [BASIC, POST, KEY, NONE],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "dpop_signing_alg_values_supported": list(PROOF_ALGORITHMS),
        "acr_values_supported": [code for code, _ in LEVELS],
        "scopes_supported": ["openid", "profile"],
        "ui_locales_supported": ["nb", "nn", "en", "se"],
        "prompt_values_supported": ["login"],
        "claims_supported": ["sub", "pid", "acr", "amr", "auth_time", "nonce", "sid", "locale"],
        "authorization_response_iss_parameter_supported": True,
    }
    return json_response(200, document, now=visit.now), visit.state


def _keys(visit: ProviderVisit) -> Answered:
    return json_response(200, jwks(visit.keys, issuer=None), now=visit.now), visit.state


PROVIDER = PlayedProvider(
    SEGMENT,
    RULES.title,
    {
        "/.well-known/openid-configuration": PlayedEndpoint(("GET",), _metadata),
        "/authorize": PlayedEndpoint(("GET", "POST"), by(sign_in.answer, RULES)),
        "/par": PlayedEndpoint(("POST",), by(pushed.answer, RULES)),
        "/token": PlayedEndpoint(("POST",), by(token_endpoint.answer, RULES)),
        "/jwks.json": PlayedEndpoint(("GET",), _keys),
        "/userinfo": PlayedEndpoint(("GET", "POST"), by(userinfo.answer, RULES)),
        "/introspect": PlayedEndpoint(("POST",), by(about_tokens.introspect, RULES)),
        "/revoke": PlayedEndpoint(("POST",), by(about_tokens.revoke_token, RULES)),
        "/logout": PlayedEndpoint(("GET", "POST"), by(logout.answer, RULES)),
    },
    errors.refuse,
    for_people=LOGIN,
    sent_to=("/authorize", "/logout"),
)
