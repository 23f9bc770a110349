"""What is secret in a pasted hand-over travels sealed through the form, until the profile it belongs to is saved."""

from dataclasses import replace
from typing import Any

import msgspec
from django.conf import settings

from console.core.actor import Actor
from console.core.api import Api
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.core.paste.handover import Handover, read_handover
from console.core.profile import Profile, ProfileDraft
from console.services import apis, profiles, sandbox
from console.store import vault


def read(actor: Actor, text: str) -> Handover:
    """What a mail or token URL says; nothing is stored, nothing is sent."""
    return read_handover(text, sandbox=sandbox.workspace(actor).base if settings.CONSOLE_SANDBOX else "")


def make_profile(actor: Actor, draft: ProfileDraft, *, api: Api | None, sealed: str) -> tuple[Profile, list[str]]:
    """A profile with what was found for it: the secrets, and its Api where that is new here. Notes are for people."""
    made = apis.create(actor, api) if api is not None else None
    profile = profiles.create(actor, replace(draft, api_id=made.id) if made else draft)
    notes = [f"The API {made.name} is made with it."] if made else []
    return profile, [*notes, *keep_found(actor, profile.id, sealed)]


def seal_found(actor: Actor, found: Handover) -> str:
    """The secrets of a hand-over, sealed for this person; "" when there is none."""
    return seal(actor, secret=found.client_secret, key=found.subscription_key)


def seal(actor: Actor, *, secret: Secret | None = None, key: Secret | None = None) -> str:
    """Secrets that travel through a page of this person until a profile is saved; "" when there is none."""
    secrets = {name: value.reveal() for name, value in (("secret", secret), ("key", key)) if value is not None}
    return vault.seal(msgspec.json.encode(secrets), row=_row(actor)) if secrets else ""


def keep_found(actor: Actor, profile_id: str, sealed: str) -> list[str]:
    """Stores sealed secrets with the profile that was made; gives what was stored, or why it was not."""
    if not sealed:
        return []
    try:
        secrets: dict[str, Any] = msgspec.json.decode(vault.open_sealed(sealed, row=_row(actor)))
    except (Misconfigured, msgspec.DecodeError):
        return ["The secrets that came along could not be opened again: enter them by hand."]
    if "secret" in secrets:
        profiles.replace_secret(actor, profile_id, Secret(secrets["secret"]))
    if "key" in secrets:
        profiles.replace_subscription_key(actor, profile_id, Secret(secrets["key"]))
    words = {"secret": "client secret", "key": "subscription key"}
    return [f"Stored with it: {', '.join(words[name] for name in secrets)}."]


def _row(actor: Actor) -> str:
    return f"hand-over|{actor.user_id}|found"
