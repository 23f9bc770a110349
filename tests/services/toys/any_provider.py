"""A provider with every endpoint there is, below its issuer; which grants it knows, a test says."""

from dataclasses import replace

from console.core.oauth.place import Place
from console.core.oauth.setting import Settings
from tests.services.toys import toy_provider


def locate(settings: Settings, sandbox_base: str) -> Place:
    issuer = settings.get("issuer", "")
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/openid-configuration",
        token_endpoint=f"{issuer}/token",
        jwks_uri=f"{issuer}/jwks",
        authorization_endpoint=f"{issuer}/authorize",
        device_authorization_endpoint=f"{issuer}/device_authorization",
        introspection_endpoint=f"{issuer}/introspect",
        revocation_endpoint=f"{issuer}/revoke",
        pushed_authorization_request_endpoint=f"{issuer}/par",
        accepted_issuers=(issuer,),
    )


def knowing(*grants: str):
    return replace(
        toy_provider.PROVIDER,
        code="any",
        title="Any provider",
        grants=grants,
        client_auths=("private_key_jwt", "client_secret_post"),
        locate=locate,
        destination=lambda settings: f"any {settings.get('issuer', '')}",
    )
