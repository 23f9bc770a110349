"""What an integrator needs to call an Api, in words."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from console.core.grants import grant_of
from console.core.oauth.words import scopes_listed
from console.core.profile_checks.ways_in import WayIn
from console.core.providers import provider_of
from console.services.developer_page import DeveloperPage
from console.web.present.api_operations import operation_groups
from console.web.present.snippets import FEWEST_ROWS, MOST_ROWS

NOT_SAID = "the API does not say"
KEY = {
    True: "asked for, in the header {header}: its owner gives you one",
    False: "not asked for",
    None: "if its gateway asks for one, it goes into the header {header}",
}


def developers_view(page: DeveloperPage, address: str) -> dict[str, Any]:
    """What apis/developers.html needs. `address` is that of the page."""
    api, caller = page.api, page.callers[0].value if page.callers else None
    return {
        "api": {"id": api.id, "name": api.name, "is_published": api.is_published, "count": api.operation_count},
        "can_manage": page.held.may("manage"),
        "owner": "" if page.held.is_own else page.held.owner,
        "lead": _lead(page),
        "facts": _facts(page),
        "ways": [_way(api.id, one, page) for one in page.ways],
        "profiles": [
            {"name": one.value.name, "url": f"{reverse('profile', args=[one.value.id])}#call"} for one in page.callers
        ],
        "caller": caller,
        "can_make": page.can_make,
        "groups": operation_groups(page.operations, caller),
        "example": page.example.key if page.example else "",
        "snippets": [
            {
                "code": one.snippet.code,
                "title": one.snippet.title,
                "text": one.text,
                "rows": min(max(one.text.count("\n") + 1, FEWEST_ROWS), MOST_ROWS),
            }
            for one in page.snippets
        ],
        "address": address,
    }


def _lead(page: DeveloperPage) -> str:
    """The whole of it in one sentence. Addresses and scopes stand below it, each in a line of its own."""
    key = " and a subscription key" if page.needs_key else ""
    return f"Get a token by {page.ways[0].grant}, and send it as a Bearer token{key} to the base URL."


def _facts(page: DeveloperPage) -> list[dict[str, Any]]:
    api, wanted = page.api, page.api.expectation
    provider = provider_of(page.source.provider).title if page.source.provider else ""
    rows = [
        ("Base URL", api.base_url, True),
        ("Subscription key", KEY[page.needs_key].format(header=api.subscription_key_header), False),
        ("Provider", provider or NOT_SAID, False),
        ("Issuer", page.source.issuer or NOT_SAID, bool(page.source.issuer)),
        ("OpenID configuration", api.metadata_url or NOT_SAID, bool(api.metadata_url)),
        ("Audience", " or ".join(wanted.audiences) or NOT_SAID, bool(wanted.audiences)),
    ]
    if wanted.authorized_parties:
        rows.append(("Clients", "only those that its owner lets in: have yours added", False))
    return [{"label": label, "value": value, "is_code": is_code} for label, value, is_code in rows]


def _way(api_id: str, way: WayIn, page: DeveloperPage) -> dict[str, Any]:
    query = urlencode({"api": api_id, "grant": way.grant, "fill": "1"})
    return {
        "title": way.title,
        "grant": way.grant,
        "url": f"{reverse('profile-new')}?{query}",
        "facts": [
            {"label": "Grant", "value": way.grant, "note": grant_of(way.grant).title, "is_code": True},
            {"label": "Scope", "value": way.scope or NOT_SAID, "is_code": bool(way.scope)},
            {"label": "Granted", "value": _granted(way, page), "is_code": False},
        ],
    }


def _granted(way: WayIn, page: DeveloperPage) -> str:
    if not way.granted:
        return NOT_SAID
    kind = "role" if way.is_role else "scope"
    first = f"the {kind}" if len(way.granted) == 1 else f"one of the {kind}s"
    by = "by an administrator of the tenant" if page.source.is_like_entra and way.is_role else "to your client"
    return f"{first} {scopes_listed(way.granted)}, {by}"
