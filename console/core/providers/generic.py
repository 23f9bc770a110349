"""Any OAuth 2.0 or OpenID Connect server: its endpoints from its metadata, or typed by hand (RFC 8414)."""

from console.core.exchange import Failure
from console.core.oauth.lookup import host_elsewhere
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers.base import SANDBOX, Confirmation, Provider, ScopeForm
from console.core.providers.belief import issuer_difference, issuer_failure, token_endpoint_problem
from console.core.providers.played import ENVIRONMENT, HERE, below, environments, is_below, is_played

OUTSIDE = "outside"
_THERE = (ENVIRONMENT, (OUTSIDE,))


def _address(name: str, label: str, told: str = "", *, is_required: bool = False) -> Setting:
    shape = SettingShape.URL
    return Setting(name, label, help=told, is_required=is_required, shape=shape, max_length=500, when=_THERE)


def _promise(name: str, label: str, told: str) -> Setting:
    choices = (("", "Not said"), ("yes", "Yes"))
    return Setting(name, label, help=told, choices=choices, is_required=False, when=_THERE)


ENDPOINTS = (
    _address("token_endpoint", "Token endpoint", "Credentials go there.", is_required=True),
    _address("jwks_uri", "Key set", "Where the keys are that verify tokens (jwks_uri)."),
    _address("authorization_endpoint", "Authorization endpoint", "Where a person signs in."),
    _address("device_authorization_endpoint", "Device authorization endpoint"),
    _address("pushed_authorization_request_endpoint", "Pushed authorization request endpoint"),
    _address("introspection_endpoint", "Introspection endpoint"),
    _address("revocation_endpoint", "Revocation endpoint"),
    _address("end_session_endpoint", "End of session endpoint"),
    _address("metadata_url", "Metadata", "The discovery document that these addresses were read from."),
)
# Where the client proves itself besides: its credential goes there too.
PROVEN_AT = (
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "introspection_endpoint",
    "revocation_endpoint",
)
PROMISES = (
    _promise("names_itself", "Answers name the issuer", "An answer at sign-in without iss is refused (RFC 9207)."),
    _promise("requires_pushed_requests", "Requests must be pushed", "No other way to sign in is taken (RFC 9126)."),
)
SETTINGS = (
    environments((OUTSIDE, "OAuth 2.0 / OpenID Connect"), sandbox="Sandbox, as OAuth 2.0 / OpenID Connect"),
    _address(
        "issuer",
        "Issuer",
        "As tokens name it in iss; its discovery document fills in the addresses below.",
        is_required=True,
    ),
    *ENDPOINTS,
    *PROMISES,
    Setting("accepted_host", "Other hosts", is_required=False, when=_THERE, is_confirmed=True, max_length=1000),
    Setting(
        "resource",
        "Resource",
        help="The API, where the server wants the parameter resource (RFC 8707).",
        is_required=False,
        max_length=500,
    ),
    Setting(
        "audience",
        "Audience",
        help="The API, where the server wants the parameter audience.",
        is_required=False,
        max_length=500,
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    return _played(sandbox_base) if is_played(settings) else _typed(settings)


def _typed(settings: Settings) -> Place:
    issuer = settings.get("issuer", "")
    usual = f"{issuer.rstrip('/')}/.well-known/openid-configuration"

    def at(name: str) -> str:
        return settings.get(name, "")

    return Place(
        issuer=issuer,
        metadata_url=at("metadata_url") or usual,
        token_endpoint=at("token_endpoint"),
        jwks_uri=at("jwks_uri"),
        authorization_endpoint=at("authorization_endpoint"),
        device_authorization_endpoint=at("device_authorization_endpoint"),
        introspection_endpoint=at("introspection_endpoint"),
        revocation_endpoint=at("revocation_endpoint"),
        end_session_endpoint=at("end_session_endpoint"),
        pushed_authorization_request_endpoint=at("pushed_authorization_request_endpoint"),
        accepted_issuers=(issuer,),
        names_itself_in_answers=bool(at("names_itself")),
        requires_pushed_requests=bool(at("requires_pushed_requests")),
    )


def _played(sandbox_base: str) -> Place:
    issuer = below(sandbox_base, "generic")
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{issuer}/token",
        jwks_uri=f"{issuer}/jwks",
        authorization_endpoint=f"{issuer}/authorize",
        device_authorization_endpoint=f"{issuer}/device_authorization",
        introspection_endpoint=f"{issuer}/introspect",
        revocation_endpoint=f"{issuer}/revoke",
        end_session_endpoint=f"{issuer}/logout",
        pushed_authorization_request_endpoint=f"{issuer}/par",
        accepted_issuers=(issuer,),
    )


def destination(settings: Settings) -> str:
    """Another issuer with the same token endpoint is another destination: who vouches for it has changed.

    So is another host at which the client proves itself, beside that of the token endpoint.
    """
    place = locate(settings, SANDBOX)
    beside = {host_elsewhere(place.token_endpoint, settings.get(name, "")) for name in PROVEN_AT} - {""}
    others = "" if is_played(settings) else "".join(f", and {host}" for host in sorted(beside))
    return f"generic {place.token_endpoint} of {place.issuer}{others}"


def believes(metadata: Metadata, place: Place) -> Failure | None:
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, issuer_difference(place.issuer, metadata.issuer))


def owns(address: str) -> bool:
    """Only where the sandbox plays it: no other address is plainly of a server of any kind."""
    return is_below(address, "generic")


def confirms(settings: Settings) -> Confirmation | None:
    """An endpoint where the client proves itself, on another host than the issuer's: credentials go there."""
    named = ("token_endpoint", *PROVEN_AT)
    hosts = {host_elsewhere(settings.get("issuer", ""), settings.get(name, "")) for name in named} - {""}
    if is_played(settings) or not hosts:
        return None
    listed = ", ".join(sorted(hosts))
    return Confirmation(
        "accepted_host",
        listed,
        f"Credentials may go to {listed}, another host than the issuer’s",
        f"An address at which the client proves itself is at {listed}, another host than the issuer’s, and credentials "
        "would go there. Tick the box if the provider’s documents name it; else correct the address.",
    )


def adds(settings: Settings) -> tuple[tuple[str, str], ...]:
    return tuple((name, settings[name]) for name in ("resource", "audience") if settings.get(name))


def reads(address: str) -> dict[str, str]:  # noqa: ARG001 (plainly its own is only the sandbox's)
    return {ENVIRONMENT: HERE}


PROVIDER = Provider(
    code="generic",
    title="OAuth 2.0 / OpenID Connect",
    settings=SETTINGS,
    grants=(
        "client_credentials",
        "authorization_code",
        "refresh_token",
        "device_code",
        "token_exchange",
        "jwt_bearer",
        "password",
        "implicit",
    ),
    client_auths=(
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
        "tls_client_auth",
        "self_signed_tls_client_auth",
        "federated_assertion",
        "none",
    ),
    locate=locate,
    destination=destination,
    believes=believes,
    scope_form=ScopeForm(
        help="As the provider names its scopes, with blanks between them; may be empty.",
        do="Enter scopes with blanks between them, as the provider’s documentation names them.",
        expected="scopes with blanks between them",
        source="RFC 6749 section 3.3",
        is_required=False,
    ),
    scope_problem=lambda grant, scope: (  # noqa: ARG005
        "Scopes are separated by blanks, not by commas or semicolons." if "," in scope or ";" in scope else None
    ),
    adds=adds,
    owns=owns,
    reads=reads,
    confirms=confirms,
    is_looked_up=True,
    is_played=is_played,
    takes_dpop=True,
    help=("The provider’s own documentation; what is standard stands in RFC 6749, RFC 8414 and OpenID Connect Core.",),
    labels={
        "issuer": ("Issuer URL", "Authority", "OIDC issuer", "OIDC_ISSUER"),
        "token_endpoint": ("Token URL", "token_url", "OAuth token URL"),
        "authorization_endpoint": ("Authorization URL", "Authorize URL"),
        "jwks_uri": ("JWKS", "JWKS URL", "jwks"),
        "client_id": ("OIDC_CLIENT_ID",),
    },
)
