"""What a pasted token is for, where that is known here, and by what else it may be judged with one press."""

from typing import Any

from django.urls import reverse

from console.services.inspection import Inspection
from console.services.token_home import TokenHome

Choice = dict[str, str]


def home_view(found: Inspection) -> dict[str, Any] | None:
    """None where nothing of it is known, or something was chosen. `name` is what it is for, with `url`; `said` and
    `then` are what stands before and after it. `choices` are buttons: `value` as the form's `against` has it, `text`.
    """
    home = found.home
    if home is None:
        return None
    return {**(_offered(home) if home.is_shared else _judged(found)), "choices": _choices(found, home)}


def _judged(found: Inspection) -> dict[str, str]:
    demands = found.measure.demands
    if demands.api is not None and demands.profile is None:
        return _named("This is for", demands.api.name, ": judged by it.", reverse("api", args=[demands.api.id]))
    assert demands.profile is not None  # noqa: S101 (without an Api the profile is what was found)
    then = ": judged by its provider and client alone, because it is for another API." if demands.is_of_client else ""
    name, url = demands.profile.name, reverse("profile", args=[demands.profile.id])
    return _named("It was issued to the client of", name, then or ": judged by that.", url)


def _offered(home: TokenHome) -> dict[str, str]:
    """Several tokens are for several: none of them is taken for all."""
    then = ". The others are for something else, so nothing is judged by it yet."
    if home.apis:
        return _named("The first token is for", home.apis[0].name, then, reverse("api", args=[home.apis[0].id]))
    id_, name = home.profiles[0]
    return _named("The first token was issued to the client of", name, then, reverse("profile", args=[id_]))


def _named(said: str, name: str, then: str, url: str) -> dict[str, str]:
    return {"said": said, "name": name, "then": then, "url": url}


def _choices(found: Inspection, home: TokenHome) -> list[Choice]:
    """What it is judged by now is no choice, but for a client without its Api: that can be judged with it."""
    demands = found.measure.demands
    taken = "" if home.is_shared or demands.api is None else f"api:{demands.api.id}"
    if demands.profile is not None and not demands.is_of_client:
        taken = f"profile:{demands.profile.id}"
    listed = [
        *({"value": f"api:{api.id}", "text": f"Judge by {api.name}"} for api in home.apis),
        *({"value": f"profile:{id_}", "text": f"Judge by {name} and its API"} for id_, name in home.profiles),
    ]
    decode = [] if home.is_shared else [{"value": "decode", "text": "Only decode"}]
    return [one for one in listed if one["value"] != taken] + decode
