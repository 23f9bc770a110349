"""What was read from a pasted hand-over, as the form's values and as sentences."""

from typing import Any

from console.core.api import Api
from console.core.handover import Handover


def form_values(read: Handover, apis: list[Api]) -> dict[str, Any]:
    """Initial values of the profile form; what was not found is left out."""
    values: dict[str, Any] = {
        "tenant": read.tenant,
        "client_id": read.client_id,
        "scope": read.scope,
        "provider": f"entra:{read.cloud}" if read.cloud else None,
        "api_id": next((api.id for api in apis if read.base_url and _covers(api.base_url, read.base_url)), None),
    }
    return {name: value for name, value in values.items() if value}


def handover_notes(read: Handover, values: dict[str, Any]) -> list[dict[str, str]]:
    """What was found, what is kept sealed until the profile is saved, and what is still missing."""
    notes = [_note("notice", note) for note in read.notes]
    for secret, word in ((read.client_secret, "client secret"), (read.subscription_key, "subscription key")):
        if secret is not None:
            notes.append(_note("pass", f"A {word} was found. It is kept sealed and stored when you save the profile."))
    if read.base_url and "api_id" not in values:
        notes.append(_note("warning", f"The base URL {read.base_url} belongs to no API here yet: make an API for it."))
    wanted = {"tenant": "tenant", "client_id": "client ID", "scope": "scope"}
    if missing := [label for name, label in wanted.items() if name not in values]:
        notes.append(_note("warning", f"Not found in the text: {', '.join(missing)}."))
    return notes


def _note(tone: str, text: str) -> dict[str, str]:
    return {"tone": tone, "text": text}


def _covers(base_url: str, found: str) -> bool:
    return f"{found.rstrip('/')}/".startswith(f"{base_url}/")
