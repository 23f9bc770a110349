"""The reference in words: what each kind is, lists by page, entries with their links."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from console.core.checks import BY_CODE
from console.core.diagnosis import cause_by_slug
from console.core.redaction.redact import redact_text
from console.core.reference.catalogue import EntryLink, Reference
from console.core.reference.entry import EntryKind, ReferenceEntry, slug_of
from console.core.reference.messages import HOW, PRINTED_BY_OTHERS
from console.services.reference import PAGE, catalogue

TITLES: dict[EntryKind, tuple[str, str]] = {
    EntryKind.CAUSES: ("Causes", "Why an attempt fails: what it means, what to do, who must do it."),
    EntryKind.CODES: ("Error codes", "What providers answer: AADSTS numbers, and the errors of the others."),
    EntryKind.MESSAGES: ("Messages of software", "What validators, gateways, servers and libraries print."),
    EntryKind.CHECKS: ("Checks of a token", "Each rule by which a token is judged, with its source."),
    EntryKind.CLAIMS: ("Claims and header fields", "What each means, to the standards and to each provider."),
    EntryKind.GRANTS: ("Grants", "The ways to a token, step by step."),
    EntryKind.CLIENT_AUTHENTICATION: ("Client authentication", "How a client proves itself to a token endpoint."),
    EntryKind.PROVIDERS: ("Providers", "Addresses, grants, credentials, scopes and words of each."),
    EntryKind.PARAMETERS: ("Request parameters", "What each parameter of a request or its answer is for."),
    EntryKind.HEADERS: ("Response headers", "What each header of an answer is for."),
    EntryKind.POLICIES: ("Policy elements", "What the gateway obeys: attributes, sections, what it does."),
    EntryKind.WARNINGS: ("Policy warnings", "What is unwise in a policy, and why."),
    EntryKind.READINGS: (
        "Unconfirmed gateway behaviour",
        "What no source settles, and what this console takes it for.",
    ),
    EntryKind.FAULTS: ("Sandbox faults", "How the sandbox can misbehave on purpose."),
}
_CODE = re.compile(r"\b(?:AADSTS\d{4,9}|MP-\d{3}|IDX\d{5})\b")
# Kinds whose entries people know by what is written, not by what it means.
_CALLED_BY_NAME = {
    EntryKind.CODES,
    EntryKind.MESSAGES,
    EntryKind.CLAIMS,
    EntryKind.PARAMETERS,
    EntryKind.HEADERS,
    EntryKind.POLICIES,
}
_COLUMNS = (("about", "Says"), ("cause", "Cause"))
# How two kinds hang together, where it is a sentence of its own.
_HOW = {
    frozenset({EntryKind.CAUSES, EntryKind.PROVIDERS}): "What to do there",
    frozenset({EntryKind.CLAIMS, EntryKind.PROVIDERS}): "Means there",
}
_LEADING = {EntryKind.CODES, EntryKind.MESSAGES, EntryKind.FAULTS}  # kinds that lead to a cause
SURENESS = [*HOW.values(), PRINTED_BY_OTHERS]
LONG = 60  # characters; a longer word on how two entries hang together is said for each
SHOWN, FEW = 12, 4  # entries that are named at once, the rest is folded; so few more are not
UNCONFIRMED = {
    EntryKind.CODES: "No source of the provider’s own, or of its users, was read for this text.",
    EntryKind.MESSAGES: "The wording was not read again in the source of this software.",
    EntryKind.READINGS: "Nobody has confirmed which it is; the policy page lets you choose.",
}
SHOWN_ANEW = 2_000  # characters of a search that are written back into its field


def cause_url(slug: str) -> str:
    """The page of a cause; "" for one that the catalogue no longer knows."""
    return reference_url(EntryKind.CAUSES, slug) if cause_by_slug(slug) is not None else ""


@lru_cache(maxsize=64)
def check_url(code: str) -> str:
    """The page of a check of a token; "" for what is found by others than these."""
    return reference_url(EntryKind.CHECKS, code) if code in BY_CODE else ""


def code_links(texts: Iterable[str]) -> list[dict[str, str]]:
    """The codes in the facts of a cause that have a page, each once: name and url."""
    names = dict.fromkeys(name for text in texts for name in _CODE.findall(text))
    found = (catalogue().entry(kind, name) for name in names for kind in (EntryKind.CODES, EntryKind.MESSAGES))
    return [{"name": one.name, "url": reference_url(one.kind, one.slug)} for one in found if one is not None]


def reference_url(kind: EntryKind, name: str) -> str:
    """The page of an entry, by what the world calls it; whether there is one is not looked up."""
    return f"{_list_url(kind)}{slug_of(name)}/"


@cache
def _list_url(kind: EntryKind) -> str:
    return reverse("reference-kind", args=(kind,))


def kinds_view(catalogue: Reference) -> list[dict[str, Any]]:
    """Each kind that has entries, with how many."""
    return [
        {"title": TITLES[kind][0], "about": TITLES[kind][1], "count": len(entries), "url": _list_url(kind)}
        for kind, entries in catalogue.by_kind.items()
        if entries
    ]


def found_view(text: str, entries: tuple[ReferenceEntry, ...]) -> dict[str, Any]:
    """`shown` is what was searched for, to stand in the field again: "" where it may hold something secret."""
    kept = text.strip()[:SHOWN_ANEW]
    is_harmless = redact_text(kept) == kept
    return {
        "shown": kept if is_harmless else "",
        "is_harmless": is_harmless,
        "is_empty": not text.strip(),
        "rows": [_found(entry) for entry in entries],
    }


def _found(entry: ReferenceEntry) -> dict[str, str]:
    row = _row(entry, catalogue() if entry.kind in _LEADING else None)
    return row | {"about": row["about"] or entry.summary, "kind": TITLES[entry.kind][0], "group": entry.group}


def list_view(catalogue: Reference, kind: EntryKind, *, group: str, first: str) -> dict[str, Any]:
    """A page of a kind, by group; `group` and `first` name what no entry has: then it is all, from the beginning."""
    entries = list(catalogue.by_kind[kind].values())
    groups = list(dict.fromkeys(entry.group for entry in entries if entry.group))
    group = next((one for one in groups if slug_of(one) == group), "")
    wanted = [entry for one in (groups or [""]) if group in ("", one) for entry in entries if entry.group == one]
    start = next((number for number, entry in enumerate(wanted) if entry.slug == first), 0)
    shown = wanted[start : start + PAGE]
    before, after = max(0, start - PAGE), start + PAGE
    return {
        "title": TITLES[kind][0],
        "about": TITLES[kind][1],
        "url": _list_url(kind),
        "count": len(wanted),
        "span": f"{start + 1}–{start + len(shown)}" if len(shown) < len(wanted) else "",
        "group": group,
        "groups": [{"title": one, "query": urlencode({"group": slug_of(one)})} for one in groups]
        if len(groups) > 1
        else [],
        "sections": _sections(shown, catalogue if kind in _LEADING else None),
        "earlier": _query(group, wanted[before]) if start else "",
        "later": _query(group, wanted[after]) if after < len(wanted) else "",
    }


def _query(group: str, first: ReferenceEntry) -> str:
    return urlencode({**({"group": slug_of(group)} if group else {}), "from": first.slug})


def _sections(entries: Iterable[ReferenceEntry], catalogue: Reference | None) -> list[dict[str, Any]]:
    """Entries under the group that they share, in their order."""
    sections: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        row = _row(entry, catalogue)
        sections.setdefault(entry.group, []).append(row if row["is_code"] or not catalogue else row | {"about": ""})
    return [{"title": title, "table": _table(rows)} for title, rows in sections.items()]


def entry_view(entry: ReferenceEntry, links: dict[EntryKind, tuple[EntryLink, ...]]) -> dict[str, Any]:
    """What entry.html needs. Facts that only repeat the summary or the title are left out."""
    said = {entry.title, entry.summary}
    facts = [fact for fact in entry.facts if {line.text for line in fact.lines} - said or fact.is_code]
    heading = _heading(entry)
    return {
        "kind": TITLES[entry.kind][0],
        "kind_url": _list_url(entry.kind),
        "group": entry.group,
        "heading": heading,
        "name": "" if entry.name in heading else entry.name,
        "summary": entry.summary if entry.summary != entry.title else "",
        "facts": facts,
        "unconfirmed": "" if entry.is_confirmed else UNCONFIRMED.get(entry.kind, "This is not confirmed."),
        "sources": entry.sources,
        "links": [_links(entry.kind, kind, of_kind) for kind, of_kind in links.items()],
    }


def _heading(entry: ReferenceEntry) -> str:
    """What the world calls it, and what that means."""
    if entry.kind not in _CALLED_BY_NAME or not entry.name or entry.name in entry.title:
        return entry.title
    return f"{entry.name}: {entry.title}"


def _links(of: EntryKind, kind: EntryKind, links: tuple[EntryLink, ...]) -> dict[str, Any]:
    """The surest first. How all hang together is said once where it is the same."""
    hows = {link.how for link in links}
    is_same = len(hows) == 1 and len(links[0].how) < LONG
    causes_of = catalogue() if kind in _LEADING and of is not EntryKind.CAUSES else None
    rows = [_row(link.entry, causes_of) | {"how": "" if is_same else link.how} for link in links]
    if kind is EntryKind.PROVIDERS:
        rows = [row | {"about": ""} for row in rows]
    if kind is EntryKind.MESSAGES:
        rows = [
            row | {"about": link.entry.title if row["is_code"] else link.entry.group}
            for row, link in zip(rows, links, strict=True)
        ]
        rows.sort(key=lambda row: SURENESS.index(row["how"]) if row["how"] in SURENESS else 0)
    shown = SHOWN if len(rows) > SHOWN + FEW else len(rows)
    how = _HOW.get(frozenset({of, kind}), "How")
    return {
        "title": TITLES[kind][0],
        "id": kind.value,
        "count": len(links),
        "how": links[0].how if is_same else "",
        "table": _table(rows[:shown], how),
        "more": _table(rows[shown:], how) if rows[shown:] else None,
        "more_count": len(rows) - shown,
    }


def _table(rows: list[dict[str, str]], how: str = "") -> dict[str, Any]:
    """Rows, and which columns have anything to say."""
    columns = [(name, label) for name, label in (*_COLUMNS, ("how", how)) if any(row.get(name) for row in rows)]
    cells = [{**row, "cells": [(label, row.get(name, "")) for name, label in columns]} for row in rows]
    return {"columns": [label for _, label in columns], "rows": cells}


def _row(entry: ReferenceEntry, catalogue: Reference | None = None) -> dict[str, str]:
    """`label` is what the world writes, else the title. With a catalogue `cause` is what it leads to."""
    is_named = entry.kind in _CALLED_BY_NAME and bool(entry.name)
    about = entry.title.removeprefix(entry.name).lstrip(": ") if is_named else entry.summary
    return {
        "url": reference_url(entry.kind, entry.slug),
        "label": entry.name if is_named else entry.title,
        "is_code": "1" if is_named else "",
        "about": "" if about == entry.title and not is_named else about,
        "cause": _causes(entry, catalogue) if catalogue else "",
    }


def _causes(entry: ReferenceEntry, catalogue: Reference) -> str:
    """The cause that it names first, and whether there are others."""
    named = [catalogue.entry(one.kind, one.slug) for one in entry.related if one.kind is EntryKind.CAUSES]
    titles = [cause.title for cause in named if cause is not None]
    return f"{titles[0]}{', or another' if len(titles) > 1 else ''}" if titles else ""
