"""Microsoft Entra ID in its national clouds (entra.md sections 3.5, 6.1 and 6.2)."""

from console.core.exchange import Failure
from console.core.issuers import ENTRA_HOSTS, host_of
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers import entra_clouds, entra_shape
from console.core.providers.advice import entra as entra_advice
from console.core.providers.base import Provider
from console.core.providers.belief import issuer_failure, token_endpoint_problem
from console.core.providers.default_scope import SCOPE_FORM, api_of_scope, scope_problem
from console.core.providers.entra_clouds import CLOUDS
from console.core.providers.entra_issuer import issuer_problem

SETTINGS = (
    Setting(
        "cloud",
        "Cloud",
        choices=tuple((code, title) for code, (title, _) in CLOUDS.items()),
        is_variant=True,
    ),
    Setting(
        "tenant",
        "Tenant",
        help="Directory (tenant) ID: a GUID, or a verified domain of the tenant.",
        shape=SettingShape.TENANT,
    ),
)


def locate(settings: Settings, sandbox_base: str = "") -> Place:  # noqa: ARG001 (it is no sandbox)
    """A cloud that is not in the table has no address, so that nothing can be sent there."""
    return entra_clouds.place(settings.get("cloud", ""), settings.get("tenant", ""))


def destination(settings: Settings) -> str:
    return f"{PROVIDER.code} {locate(settings).token_endpoint}"


def believes(metadata: Metadata, place: Place) -> Failure | None:
    """Hosts of one cloud may name each other, and an issuer may have one of the documented forms."""
    refused = token_endpoint_problem(metadata, place, entra_clouds.FAMILIES)
    return refused or issuer_failure(place, issuer_problem(place.msal_authority, metadata.issuer))


def owns(address: str) -> bool:
    return host_of(address) in ENTRA_HOSTS


PROVIDER = Provider(
    code="entra",
    title="Microsoft Entra ID",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "on_behalf_of", "password"),
    client_auths=("private_key_jwt", "client_secret_post", "federated_assertion"),
    locate=locate,
    destination=destination,
    believes=believes,
    scope_form=SCOPE_FORM,
    scope_problem=scope_problem,
    api_of_scope=api_of_scope,
    expects=entra_shape.expects,
    owns=owns,
    assertion=entra_shape.ASSERTION,
    words=entra_shape.WORDS,
    advice=entra_advice.ADVICE,
    help=entra_shape.HELP,
    labels=entra_shape.LABELS,
)
