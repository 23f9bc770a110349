"""The company's provider of sign-ins, where one is set up."""

from typing import Any

from django.conf import settings

from console.adapters import discovery
from console.core.errors import Unavailable
from console.services import wiring


def name() -> str:
    """What people call it; "" when there is none."""
    return str(_apps()[0]["name"]) if _apps() else ""


def name_of(provider_id: str) -> str | None:
    """What people call the provider with that id; None for one that is not set up."""
    return next((str(app["name"]) for app in _apps() if app["provider_id"] == provider_id), None)


def provider_id() -> str | None:
    """The id of the one in use; None when there is none."""
    return str(_apps()[0]["provider_id"]) if _apps() else None


def metadata(url: str) -> dict[str, Any]:
    """The discovery document of the company's provider, through the guard; raises Unavailable with the reason."""
    found = discovery.fetch_metadata(url, wiring.outside())
    if found.value is None or not (found.value.authorization_endpoint and found.value.token_endpoint):
        raise Unavailable(
            "The company's sign-in could not be asked.",
            why=found.problem or "Its discovery document lacks the endpoints that sign-in needs.",
            do="Sign in with your password, or try again later.",
            who="The console's administrator can check CONSOLE_OIDC_ISSUER and CONSOLE_EGRESS_ALLOW.",
        )
    return found.value.body


def _apps() -> list[dict[str, Any]]:
    openid_connect: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    apps: list[dict[str, Any]] = openid_connect["APPS"]
    return apps
