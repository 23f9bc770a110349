"""Calls of other tools, read and kept as saved requests of a profile. Nothing is sent, and no destination accepted."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import msgspec

from console.core.actor import Actor
from console.core.api import Api
from console.core.call_imports.fitting import FittedCall, fit
from console.core.call_imports.model import CallImport, ImportedCall
from console.core.call_imports.read import again, read_calls, read_files
from console.core.errors import NotAllowed
from console.core.held import Held
from console.core.profile import Profile
from console.services import budget, profiles, saved_requests, wiring
from console.services.opening import OpenProfile
from console.store.saved_requests import RequestRecord

MAX_CARRIED = 1_500_000  # characters of an import that goes through a page


@dataclass(frozen=True, slots=True)
class FittedImport:
    """`fitted` are its calls below the Api of the profile they are to be kept with; empty without a profile."""

    found: CallImport
    fitted: tuple[FittedCall, ...] = ()


def read(actor: Actor, text: str, files: Collection[tuple[str, bytes]] = ()) -> CallImport:
    """What a text or files hold, without secrets; nothing is kept. Raises Busy."""
    with budget.thinking(actor, len(text) + sum(len(raw) for _, raw in files)):
        return read_files(files) if files else read_calls(text)


def carried(found: CallImport) -> str:
    """An import as a page carries it until its calls are picked."""
    return msgspec.json.encode(replace(found, problems=(), problem_count=0)).decode()


def taken_up(actor: Actor, text: str) -> CallImport | None:
    """What a page carried, bounded and without secrets whatever came back; None for what is none. Raises Busy."""
    with budget.thinking(actor, len(text)):
        try:
            found = msgspec.json.decode(text[:MAX_CARRIED], type=CallImport)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return None
        return again(found)


def takers(actor: Actor) -> list[Held[Profile]]:
    """Profiles that calls may be kept with: with an Api, and the actor's to use."""
    return [one for one in profiles.list_held(actor) if one.value.api_id and one.may("use")]


def fitted(opened: OpenProfile, found: CallImport) -> FittedImport:
    """Each call as a request below the base URL of the profile's Api. Raises NotAllowed for a profile without one."""
    api, longest_s = _api_of(opened), wiring.longest_call_s()
    return FittedImport(found, tuple(fit(one, api, longest_s=longest_s) for one in found.calls))


def keep(opened: OpenProfile, found: CallImport, picked: Collection[int]) -> list[RequestRecord]:
    """Keeps the picked calls (by their place) under names of their own: none takes the place of a saved one.

    Gives them in their order; those that cannot be kept are passed over. Raises NotAllowed, Busy; then nothing is kept.
    """
    ready = [one for number, one in enumerate(fitted(opened, found).fitted) if number in picked and one.draft]
    often = Counter(one.call.name for one in ready)
    drafts = [(_name(one.call, is_one=often[one.call.name] == 1), one.draft) for one in ready if one.draft]
    return saved_requests.add(opened, drafts) if drafts else []


def _name(call: ImportedCall, *, is_one: bool) -> str:
    """With the folder that it stood in, where several calls have the name."""
    folder = call.folder.rpartition(" › ")[2]
    return call.name if is_one or not folder else f"{folder} › {call.name}"


def _api_of(opened: OpenProfile) -> Api:
    if opened.api is None:
        raise NotAllowed(
            "This profile has no API, so there is nothing a call could be sent to.",
            do="Choose an API in the profile, then import again.",
            who="Whoever manages the profile can do this.",
        )
    return opened.api
