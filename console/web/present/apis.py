"""An Api as the pages show it."""

from typing import Any

from console.core.actor import Actor, Role
from console.core.api import Api


def api_row(api: Api, actor: Actor) -> dict[str, Any]:
    return {
        "id": api.id,
        "name": api.name,
        "base_url": api.base_url,
        "is_published": api.is_published,
        "is_mine": api.owner_id == actor.user_id,
    }


def api_view(api: Api, actor: Actor) -> dict[str, Any]:
    return {
        **api_row(api, actor),
        "can_manage": api.owner_id == actor.user_id or actor.has(Role.ADMIN),
        "can_publish": actor.has(Role.ADMIN),
        "policy": api.policy,
        "facts": [
            {"label": "Base URL", "value": api.base_url, "is_code": True},
            {"label": "Subscription key header", "value": api.subscription_key_header, "is_code": True},
            {"label": "OpenID configuration", "value": api.metadata_url or "not given", "is_code": True},
        ],
        "expectation": _expectation_rows(api),
    }


def _expectation_rows(api: Api) -> list[dict[str, Any]]:
    wanted = api.expectation
    rows = [
        ("Audiences (aud)", wanted.audiences),
        ("Issuers (iss)", wanted.issuers),
        ("Clients (azp or appid)", wanted.authorized_parties),
        ("Roles", wanted.roles),
        ("Scopes (scp)", wanted.scopes),
        ("Tenant (tid)", (wanted.tenant,) if wanted.tenant else ()),
        ("Token version", (wanted.token_version,) if wanted.token_version else ()),
        ("Algorithms", wanted.algorithms),
    ]
    said = [
        {"label": label, "value": ", ".join(values) or "the API does not say", "is_code": bool(values)}
        for label, values in rows
    ]
    return [*said, {"label": "Clock leeway", "value": f"{wanted.leeway_s} s"}]
