"""The sandbox's page in parts: each tab has an address of its own."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class SandboxTab:
    """`places` are the anchors in it, where one that ends with - stands for all that begin so: older links name them
    without the tab.
    """

    code: str
    title: str
    places: tuple[str, ...]


FAULTS = SandboxTab("faults", "Faults", ("faults-title", "fault-"))
CLIENTS = SandboxTab("clients", "Clients and people", ("clients-title", "people-title"))
ADDRESSES = SandboxTab("addresses", "Addresses and APIs", ("addresses-title", "apis-title"))
PROVIDERS = SandboxTab("providers", "Further providers", ("providers", "provider-"))
POLICIES = SandboxTab("policies", "Policies", ("policies-title", "policy-"))
TABS = (FAULTS, CLIENTS, ADDRESSES, PROVIDERS, POLICIES)


def tab_of(code: str, *, provider: str = "") -> SandboxTab:
    """The tab with this code; without one that of the provider that is named, else the first."""
    return next((tab for tab in TABS if tab.code == code), PROVIDERS if provider else FAULTS)


def tab_url(tab: SandboxTab, place: str = "") -> str:
    query = "" if tab is FAULTS else f"?tab={tab.code}"
    return f"{reverse('sandbox')}{query}{'#' if place else ''}{place}"


def tabs_view(current: SandboxTab) -> list[dict[str, Any]]:
    return [
        {"title": tab.title, "url": tab_url(tab), "is_current": tab is current, "places": " ".join(tab.places)}
        for tab in TABS
    ]
