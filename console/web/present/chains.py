"""A chain of tokens as a picture, and a table of what each token says."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from console.core.flows.chain import PROVIDER, Hop, chain_picture, participants
from console.core.json.text import shorten
from console.core.tokens.says import TokenSays
from console.services.chains import ChainLink
from console.web.present.comparison import diff_view
from console.web.present.flows import FlowNames, flow_view

SHOWN = 120


def chain_view(links: Sequence[ChainLink], *, key: str = "chain") -> dict[str, Any]:
    """What chain.html needs; `links` has at least one."""
    hops = [_hop(link) for link in links]
    person = next((link.said.name or link.said.who for link in links if link.said and _is_person(link.said)), "")
    below = {f"client-{index}": "asks in turn" for index in range(1, len(links))}
    columns = {
        column: (name, "identity provider" if column.startswith(PROVIDER) else below.get(column, ""))
        for column, name in participants(hops)
    }
    names = FlowNames(hops[0].client, person=person or "the caller", others=columns)
    title = f"On behalf of {shorten(person, 40)}" if person else "A token passed on"
    befores = (None, *(link.said for link in links))
    return {
        "flow": flow_view(chain_picture(hops), names, key=key, title=title),
        "rows": [_row(link, before) for link, before in zip(links, befores, strict=False)],
    }


def _hop(link: ChainLink) -> Hop:
    client = link.profile.name if link.profile else "Whoever was called"
    return Hop(client, link.provider, link.api, link.steps, link.token is not None)


def _is_person(said: TokenSays) -> bool:
    """Whether a token is about somebody else than the client that asked for it."""
    return bool(said.name or (said.who and said.who != said.client))


def _row(link: ChainLink, before: TokenSays | None) -> dict[str, Any]:
    """One token; a value that differs from the token before is new, the person that stays is kept."""
    said, client = link.said, link.profile.name if link.profile else "elsewhere"
    return {
        "name": f"Token of {client}",
        "url": reverse("profile", args=[link.profile.id]) if link.profile else "",
        "is_refused": said is None and bool(link.steps),
        "note": _note(link),
        "cells": _cells(said, before) if said is not None and said.is_readable else [],
        "diff": diff_view(link.change) if link.change is not None else None,
    }


def _note(link: ChainLink) -> str:
    if link.said is None:
        return "It was refused, so there is nothing to read." if link.steps else "There is none at present."
    return "" if link.said.is_readable else "It is opaque: only the provider can say what it holds."


def _cells(said: TokenSays, before: TokenSays | None) -> list[dict[str, str]]:
    was = before if before is not None and before.is_readable else None
    return [
        _cell("For", " ".join(said.audiences), " ".join(was.audiences) if was else None),
        _cell("Person", _who(said), _who(was) if was else None, css="who-user" if _is_person(said) else ""),
        _cell("Acting", _acting(said), _acting(was) if was else None, css="who-app"),
        _cell("May", " ".join(said.scopes), None),
    ]


def _who(said: TokenSays) -> str:
    if not said.who and not said.name:
        return ""
    return (said.name or said.who) if _is_person(said) else "nobody: the application itself"


def _acting(said: TokenSays) -> str:
    return ", for ".join(filter(None, (said.client, *said.acting)))


def _cell(label: str, value: str, before: str | None, *, css: str = "") -> dict[str, str]:
    change = "" if before is None or not value else "kept" if value == before else "new"
    return {"label": label, "value": shorten(value, SHOWN), "change": change, "css": css if value else ""}
