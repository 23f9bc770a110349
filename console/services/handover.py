"""What is secret in a pasted hand-over travels sealed through the form, until the profile it belongs to is saved."""

from typing import Any

import msgspec

from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.core.handover import Handover, read_handover
from console.services import profiles
from console.store import vault


def read(text: str) -> Handover:
    """What a mail or token URL says; nothing is stored, nothing is sent."""
    return read_handover(text)


def seal_found(actor: Actor, found: Handover) -> str:
    """The secrets of a hand-over, sealed for this person; "" when there is none."""
    secrets = {
        name: value.reveal()
        for name, value in (("secret", found.client_secret), ("key", found.subscription_key))
        if value is not None
    }
    return vault.seal(msgspec.json.encode(secrets), row=_row(actor)) if secrets else ""


def keep_found(actor: Actor, profile_id: str, sealed: str) -> list[str]:
    """Stores sealed secrets with the profile that was made; gives what was stored, or why it was not."""
    if not sealed:
        return []
    try:
        secrets: dict[str, Any] = msgspec.json.decode(vault.open_sealed(sealed, row=_row(actor)))
    except (Misconfigured, msgspec.DecodeError):
        return ["What was found in the pasted text could not be opened again: enter it by hand."]
    if "secret" in secrets:
        profiles.replace_secret(actor, profile_id, Secret(secrets["secret"]))
    if "key" in secrets:
        profiles.replace_subscription_key(actor, profile_id, Secret(secrets["key"]))
    words = {"secret": "client secret", "key": "subscription key"}
    return [f"Stored from the pasted text: {', '.join(words[name] for name in secrets)}."]


def _row(actor: Actor) -> str:
    return f"hand-over|{actor.user_id}|found"
