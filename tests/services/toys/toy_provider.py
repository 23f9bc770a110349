"""A provider that is nothing like Entra: its address is a setting, its scopes are free, MSAL knows nothing of it."""

from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.providers.base import Provider, ScopeForm
from console.core.providers.belief import issuer_difference, issuer_failure


def locate(settings: Settings, sandbox_base: str) -> Place:
    issuer = settings.get("issuer", "")
    return Place(
        issuer=issuer,
        metadata_url=f"{issuer}/.well-known/oauth-authorization-server",
        token_endpoint=f"{issuer}/token",
        authorization_endpoint=f"{issuer}/authorize",
        revocation_endpoint=f"{issuer}/revoke",
        device_authorization_endpoint=f"{issuer}/device_authorization",
        accepted_issuers=(issuer,),
    )


def believes(metadata: Metadata, place: Place):
    return issuer_failure(place, issuer_difference(place.issuer, metadata.issuer))


PROVIDER = Provider(
    code="toy",
    title="Toy provider",
    settings=(Setting("issuer", "Issuer", help="Its URL, as its metadata names it."),),
    grants=("toy_device", "authorization_code", "device_code", "client_credentials"),
    client_auths=("client_secret_post",),
    locate=locate,
    destination=lambda settings: f"toy {settings.get('issuer', '')}",
    believes=believes,
    scope_form=ScopeForm(help="Words with blanks between them.", is_required=False),
)
