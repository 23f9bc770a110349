"""What was read from a pasted hand-over: the form's values, and each of them with the line it was read from."""

from typing import Any

from console.core.api import Api
from console.core.client_auth import CLIENT_AUTHS, client_auths_of
from console.core.credential import CredentialKind
from console.core.paste.handover import Handover
from console.core.profile_checks.settings import every_setting
from console.core.providers import provider_of

_LABELS = {
    "provider": "Provider",
    "client_id": "Client ID",
    "tenant": "Tenant",
    "scope": "Scope",
    "assertion_kid": "Key ID (kid)",
    "api_base_url": "Base URL of the API",
    "secret": "Client secret",
    "key": "Subscription key",
}
_SEALED = "found; kept sealed until you save the profile"
# A certificate may take the place of the one, and not every API has the other.
_INSTEAD = {
    "secret": "it is entered on the profile’s page",
    "key": "it is entered on the profile’s page",
    "api_base_url": "choose the API below, or later",
}
_NOT_NEEDED = frozenset({"secret", "key"})
_NOTHING = "Nothing of a registration was found in this text"
_PASTE_AGAIN = "Paste a text that labels its values, such as “Client ID: …”, or fill in the form below."


def form_values(read: Handover, apis: list[Api]) -> dict[str, Any]:
    """Initial values of the profile form; what was not found is left out."""
    values: dict[str, Any] = {
        "name": read.name,
        **_shown_settings(read),
        **({} if read.named else {"tenant": read.tenant}),
        "environment": read.environment,
        "client_id": read.client_id,
        "scope": read.scope,
        "provider": provider_of(read.provider).choice_of(read.settings) if read.provider else None,
        "api_id": next((api.id for api in apis if read.base_url and _covers(api.base_url, read.base_url)), None),
    }
    return {name: value for name, value in values.items() if value}


def api_values(read: Handover) -> dict[str, Any]:
    """Initial values of the form for an API that is not here yet; empty when the text names none."""
    if not read.base_url:
        return {}
    return {"makes_api": True, "api_name": read.name, "api_base_url": read.base_url}


def handover_view(read: Handover) -> dict[str, Any]:
    """How many parts were found, what is to be done, one row for each, and the sentences about what was doubtful.

    The provider is a part where the text names one: nobody is told that it is missing, because the form has one.
    """
    found = {
        **({"provider": provider_of(read.provider).title_of(read.settings)} if read.provider else {}),
        "client_id": read.client_id,
        **({} if read.named else {"tenant": read.tenant}),
        **_shown_settings(read),
        "scope": read.scope,
        "api_base_url": read.base_url,
        **({"secret": _SEALED if read.client_secret else ""} if _may_have_secret(read) else {}),
        "key": _SEALED if read.subscription_key else "",
    }
    count = sum(map(bool, found.values()))
    return {
        "title": f"{count} of {len(found)} parts were found" if count else _NOTHING,
        "to_do": _to_do(read) if count else _PASTE_AGAIN,
        "rows": [_row(name, value, read) for name, value in found.items()],
        "notes": read.notes,
    }


def _to_do(read: Handover) -> str:
    missing = [what for what, value in (("a name", read.name), ("the client ID", read.client_id)) if not value]
    return f"{'Enter ' + ' and '.join(missing) + ', correct' if missing else 'Correct'} what is wrong below, and save."


def _may_have_secret(read: Handover) -> bool:
    """Not where the provider that was named takes none: nobody is to look for what there is not."""
    taken = client_auths_of(provider_of(read.provider).client_auths) if read.provider else CLIENT_AUTHS
    return bool(read.client_secret) or any(CredentialKind.SECRET in auth.credentials for auth in taken)


def _shown_settings(read: Handover) -> dict[str, str]:
    """What was found of the settings; the variant stands in the provider's own name."""
    variant = provider_of(read.provider).variant if read.provider else None
    return {name: value for name, value in read.other_settings.items() if variant is None or name != variant.name}


def _row(name: str, value: str, read: Handover) -> dict[str, Any]:
    tone = "pass" if value else "unknown" if name in _NOT_NEEDED else "warning"
    is_named = bool(value) and name not in (*_NOT_NEEDED, "provider")
    return {
        "label": _LABELS.get(name) or _setting_label(name),
        "value": value or f"not found in the text: {_INSTEAD.get(name, 'enter it below')}",
        "is_found": bool(value),
        "tone": tone,
        "line": read.lines.get(name, ""),
        "kind": "mono" if is_named else "",
    }


def _setting_label(name: str) -> str:
    """What people call a setting of a provider or grant."""
    return next((setting.label for setting in every_setting() if setting.name == name), name)


def _covers(base_url: str, found: str) -> bool:
    return f"{found.rstrip('/')}/".startswith(f"{base_url}/")
