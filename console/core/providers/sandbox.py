"""The identity provider of the embedded sandbox: shaped like Entra, under one base URL."""

import re

from console.core.exchange import Failure
from console.core.issuers import read_issuer
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape
from console.core.providers import entra_shape
from console.core.providers.advice import entra as entra_advice
from console.core.providers.base import SANDBOX, Provider
from console.core.providers.belief import issuer_failure, token_endpoint_problem
from console.core.providers.default_scope import SCOPE_FORM, api_of_scope, scope_problem
from console.core.providers.entra_issuer import own_issuer_problem

_ENDPOINT = re.compile(r"^https?://(?!login\.)[^/]+/(?:.+/)?[^/]+/oauth2/(?:v2\.0/)?token$")
SETTINGS = (
    Setting(
        "tenant",
        "Tenant",
        help="The tenant's ID: a GUID, as the sandbox's page shows it.",
        shape=SettingShape.TENANT_ID,
    ),
)


def locate(settings: Settings, sandbox_base: str) -> Place:
    """The endpoints of a tenant of the sandbox; `sandbox_base` ends with the workspace's path segment."""
    return entra_shape.played_place(sandbox_base, settings.get("tenant", ""))


def destination(settings: Settings) -> str:
    """The sandbox counts as one place, whatever address it is served under."""
    return f"{PROVIDER.code} {locate(settings, SANDBOX).token_endpoint}"


def believes(metadata: Metadata, place: Place) -> Failure | None:
    refused = token_endpoint_problem(metadata, place)
    return refused or issuer_failure(place, own_issuer_problem(place.msal_authority, metadata.issuer))


def owns(address: str) -> bool:
    """Servers on hosts of their own whose addresses are shaped like Entra's, of which this sandbox is one."""
    return read_issuer(address).provider == "sandbox" or bool(_ENDPOINT.search(address))


PROVIDER = Provider(
    code="sandbox",
    title="Sandbox of this console",
    settings=SETTINGS,
    grants=("client_credentials", "authorization_code", "refresh_token", "device_code", "on_behalf_of", "password"),
    client_auths=("private_key_jwt", "client_secret_post"),
    locate=locate,
    destination=destination,
    believes=believes,
    scope_form=SCOPE_FORM,
    scope_problem=scope_problem,
    api_of_scope=api_of_scope,
    expects=entra_shape.expects,
    assertion=entra_shape.ASSERTION,
    owns=owns,
    words=entra_shape.WORDS,
    advice=entra_advice.ADVICE,
    labels=entra_shape.LABELS,
    is_played=lambda settings: True,  # noqa: ARG005 (whatever its settings are)
)
