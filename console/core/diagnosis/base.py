"""Causes, ranked. A cause reads a Reading of the evidence and says whether, and how surely, it explains
it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from console.core.owner import Owner

if TYPE_CHECKING:
    from console.core.diagnosis.reading import Reading


class Confidence(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Stage(StrEnum):
    """In the order in which an attempt passes them; the earliest stage with a cause ranks first."""

    NETWORK = "network"
    DISCOVERY = "discovery"
    CREDENTIAL = "credential"
    TOKEN_REQUEST = "token-request"
    TOKEN_CONTENT = "token-content"
    SIGNATURE = "signature"
    GATEWAY_POLICY = "gateway-policy"
    SUBSCRIPTION = "subscription"
    AUTHORIZATION = "authorization"
    API = "api"


@dataclass(frozen=True, slots=True)
class Match:
    """Why a cause applies: the facts it rests on, and the sentences for this very attempt."""

    confidence: Confidence
    why: str
    facts: tuple[str, ...]
    do: str = ""  # overrides the cause's own advice when the evidence allows a more exact one
    who: Owner | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry of the catalogue; `slug` and its meaning are those of the taxonomy."""

    slug: str
    stage: Stage
    title: str
    what: str
    do: str
    who: Owner
    match: "Callable[[Reading], Match | None]"


@dataclass(frozen=True, slots=True)
class RankedCause:
    cause: str
    stage: Stage
    confidence: Confidence
    owner: Owner
    what: str
    why: str
    do: str
    who: Owner
    facts: tuple[str, ...]


class Answerer(StrEnum):
    """Who gave the answer that is being explained."""

    GATEWAY = "gateway"
    BACKEND = "backend"
    IDENTITY_PROVIDER = "identity_provider"
    PROXY = "proxy"
    CONSOLE = "console"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`causes` best first, empty when nothing is wrong or nothing decides; `missing` then names what would
    settle it.

    `answered_by` with `how_known` is the first fact. `catalogue_version` is kept beside stored evidence.
    `unread` is one sentence when the evidence was too large to read whole, "" when it was read whole.
    """

    answered_by: Answerer
    how_known: str
    causes: tuple[RankedCause, ...]
    missing: tuple[str, ...]
    catalogue_version: str
    unread: str = ""

    @property
    def primary(self) -> RankedCause | None:
        return self.causes[0] if self.causes else None
