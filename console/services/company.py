"""The company's provider of sign-ins, where one is set up."""

from typing import Any

from django.conf import settings


def name() -> str:
    """What people call it; "" when there is none."""
    return str(_apps()[0]["name"]) if _apps() else ""


def name_of(provider_id: str) -> str | None:
    """What people call the provider with that id; None for one that is not set up."""
    return next((str(app["name"]) for app in _apps() if app["provider_id"] == provider_id), None)


def provider_id() -> str | None:
    """The id of the one in use; None when there is none."""
    return str(_apps()[0]["provider_id"]) if _apps() else None


def _apps() -> list[dict[str, Any]]:
    openid_connect: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    apps: list[dict[str, Any]] = openid_connect["APPS"]
    return apps
