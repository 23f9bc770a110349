"""A chain of tokens as a picture, and a table of what each token says."""

from collections.abc import Sequence
from typing import Any

from console.core.flows.chain import PROVIDER, ChainLink, TokenSays, chain_picture, participants, what_tokens_say
from console.core.json.text import shorten
from console.web.present.flows import FlowNames, flow_view

SHOWN = 120
_NOBODY = "nobody: an application in its own name"


def chain_view(links: Sequence[ChainLink], *, provider: str, provider_host: str, key: str = "chain") -> dict[str, Any]:
    """What chain.html needs; `links` has at least one."""
    said = what_tokens_say(links)
    person = next((one.person for one in said if one.person), None)
    below = dict.fromkeys(range(1, len(links)), "asks in turn")
    columns = {
        name_key: (provider, provider_host) if name_key == PROVIDER else (name, below.get(index, ""))
        for index, (name_key, name) in enumerate(participants(links))
    }
    names = FlowNames(links[0].client, provider, person=person or links[0].client, others=columns)
    title = f"On behalf of {shorten(person, 40)}" if person else "Tokens passed on"
    return {
        "flow": flow_view(chain_picture(links), names, key=key, title=title),
        "rows": [_row(one, said[index - 1] if index else None) for index, one in enumerate(said)],
    }


def _row(said: TokenSays, before: TokenSays | None) -> dict[str, Any]:
    """One token; a value that differs from the token before is new, the person that stays is kept."""
    return {
        "name": f"Token of {said.client}",
        "is_refused": said.is_refused,
        "is_there": said.is_there,
        "note": _note(said),
        "cells": _cells(said, before) if said.is_readable else [],
    }


def _note(said: TokenSays) -> str:
    if said.is_readable:
        return ""
    if said.is_there:
        return "It is opaque: only the provider can say what it holds."
    return "It was refused, so there is nothing to read." if said.is_refused else "Not asked for yet."


def _cells(said: TokenSays, before: TokenSays | None) -> list[dict[str, str]]:
    was = before if before is not None and before.is_readable else None
    acting = " for ".join((said.acting, *said.actors)) if said.actors else said.acting
    return [
        _cell("For", said.audience, was.audience if was else None),
        _cell("Person", _person(said), _person(was) if was else None, css="who-user" if said.person else ""),
        _cell("Acting", acting, was.acting if was else None, css="who-app"),
        _cell("May", said.may, None),
    ]


def _person(said: TokenSays) -> str:
    return _NOBODY if said.person is None else said.person


def _cell(label: str, value: str, before: str | None, *, css: str = "") -> dict[str, str]:
    change = "" if before is None or not value else "kept" if value == before else "new"
    return {"label": label, "value": shorten(value, SHOWN), "change": change, "css": css if value else ""}
