"""Where a client that shows a certificate asks for its tokens (RFC 8705 section 5)."""

from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings, SettingShape

SETTING = Setting(
    "mtls_token_endpoint",
    "Token endpoint for mutual TLS",
    help="Only where the provider has another address for clients with a certificate (mtls_endpoint_aliases).",
    shape=SettingShape.URL,
    is_required=False,
    max_length=500,
    when=("client_auth", ("tls_client_auth", "self_signed_tls_client_auth")),
)


def alias(settings: Settings, place: Place, endpoint: str) -> str:
    """Where a request for this endpoint goes when a certificate is shown: the address that was typed for it, if any."""
    return settings.get(SETTING.name, "") or endpoint if endpoint == place.token_endpoint else endpoint


def destination(settings: Settings, of_provider: str) -> str:
    """What a credential is bound to: with the address of mutual TLS, where one was typed."""
    typed = settings.get(SETTING.name, "")
    return f"{of_provider} and {typed}" if typed else of_provider
