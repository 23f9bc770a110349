"""A profile as the pages show it."""

from typing import Any

from console.core.api import Api
from console.core.oauth.setting import Setting, SettingShape
from console.core.profile import Profile
from console.core.profile_checks.settings import settings_of
from console.core.providers import provider_of
from console.web.present.credentials import (
    credential_rows,
    credential_tone,
    credential_words,
    key_tone,
    key_words,
    kinds_taken,
    public_key_text,
)


def provider_title(profile: Profile) -> str:
    return provider_of(profile.provider).title_of(profile.settings)


def _head(profile: Profile, now: int) -> dict[str, Any]:
    return {
        "id": profile.id,
        "name": profile.name,
        "environment": profile.environment,
        "provider": provider_title(profile),
        "client_id": profile.client_id,
        "credential": credential_words(profile, now),
        "tone": credential_tone(profile, now),
    }


def profile_view(profile: Profile, api: Api | None, now: int, *, passes_on: str = "") -> dict[str, Any]:
    """`passes_on` is the name of the profile whose token this one passes on."""
    return {
        **_head(profile, now),
        "api_name": api.name if api else "",
        "api_id": api.id if api else "",
        "has_lost_api": api is None and profile.api_id is not None,
        "base_url": api.base_url if api else "",
        "key_header": api.subscription_key_header if api else "",
        "has_subscription_key": profile.has_subscription_key,
        "facts": _facts(profile, api, passes_on),
        "kind": profile.credential.kind.value,
        "credential_facts": credential_rows(profile, now),
        "takes": kinds_taken(profile),
        "public_key": public_key_text(profile),
        "is_dated_by_hand": profile.credential.is_dated_by_hand,
        "has_date": profile.credential.ends_at is not None,
        "key_state": key_words(profile, now),
        "key_tone": key_tone(profile, now),
        "key_has_date": profile.subscription_key is not None and profile.subscription_key.ends_at is not None,
        "is_sandbox": provider_of(profile.provider).is_played(profile.settings),
    }


def _facts(profile: Profile, api: Api | None, passes_on: str) -> list[dict[str, Any]]:
    return [
        {"label": "Provider", "value": provider_title(profile)},
        *_settings(profile, passes_on),
        {"label": "Client ID", "value": profile.client_id, "is_code": True},
        {"label": "Scope", "value": profile.scope, "is_code": True},
        {"label": "Grant", "value": profile.grant, "is_code": True},
        {"label": "API", "value": api.name if api else "none", "url": f"/apis/{api.id}/" if api else ""},
        *({"label": "Read on", "value": text} for text in provider_of(profile.provider).help),
    ]


def _settings(profile: Profile, passes_on: str) -> list[dict[str, Any]]:
    """One row for each setting, but for the one that the provider's title tells, and what was left as usual."""
    shown = [one for one in settings_of(profile.provider, profile.grant, profile.settings) if not one.is_variant]
    values = [(one, profile.settings.get(one.name, "")) for one in shown]
    return [_setting(one, value, passes_on) for one, value in values if value or one.is_required]


def _setting(setting: Setting, value: str, passes_on: str) -> dict[str, Any]:
    if setting.shape is SettingShape.TOKEN_SOURCE:
        url = f"/profiles/{value.partition('/')[0]}/" if passes_on else ""
        return {"label": setting.label, "value": passes_on or "not yours to use", "url": url}
    return {"label": setting.label, "value": dict(setting.choices).get(value, value), "is_code": not setting.choices}
