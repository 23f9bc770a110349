"""What one page of the reference holds, whichever catalogue it comes from."""

import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9_.-]+")


class EntryKind(StrEnum):
    """A catalogue, in the order in which they are shown; the value stands in addresses."""

    CAUSES = "causes"
    CODES = "codes"
    MESSAGES = "messages"
    CHECKS = "checks"
    CLAIMS = "claims"
    GRANTS = "grants"
    CLIENT_AUTHENTICATION = "client-authentication"
    PROVIDERS = "providers"
    PARAMETERS = "parameters"
    HEADERS = "response-headers"
    POLICIES = "policies"
    WARNINGS = "policy-warnings"
    READINGS = "policy-readings"
    FAULTS = "sandbox-faults"


class FactLine(NamedTuple):
    """One value of a fact; `note` says when it holds or whose word it is, "" where there is nothing to say."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """`lines` are never empty. `is_code`: they are written as they are sent or printed."""

    label: str
    lines: tuple[FactLine, ...]
    is_code: bool = False


class Related(NamedTuple):
    """Another entry. `how` ends the sentence "this one ..." from either side, "" where that it is named says all."""

    kind: EntryKind
    slug: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """`name` is what the world writes (a code, a claim), "" where there is only a title; `slug` is it in an address.
    `summary` is one more sentence, "" where title and facts say all.

    `group` is what the entry stands under in the list of its kind. `is_confirmed` is false where no source of whoever
    it is about was read. `words` are further ones by which it is found.
    """

    kind: EntryKind
    slug: str
    name: str
    title: str
    summary: str
    facts: tuple[Fact, ...] = ()
    sources: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    group: str = ""
    is_confirmed: bool = True
    words: str = ""


def slug_of(name: str) -> str:
    """A name as it stands in an address: as it is written, with a hyphen for what an address cannot hold."""
    return _NOT_IN_ADDRESS.sub("-", name).strip("-.") or "-"


def headed(module: str) -> str:
    """What heads the file of an entry: its first paragraph; "" where the interpreter strips it, or there is no such."""
    found = sys.modules.get(module)
    first = (found.__doc__ or "").strip().split("\n\n")[0] if found else ""
    return " ".join(first.replace("`", "").split())


def fact(label: str, *texts: str, is_code: bool = False) -> tuple[Fact, ...]:
    """A fact of these values; none where there is none, or they are empty."""
    lines = tuple(FactLine(text) for text in texts if text)
    return (Fact(label, lines, is_code),) if lines else ()
