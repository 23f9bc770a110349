"""What is known of the metadata a policy names: the sandbox's own, what was given or fetched before, or fetched now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.adapters import clock
from console.core.actor import Actor
from console.core.policy.engine.model import MetadataView
from console.services import budget, keys, wiring
from console.services.keys import FoundKeys
from console.services.own_sandbox import OwnSandbox

MAX_FETCHED = 8  # addresses of one policy in one go; a real one names one or two


@dataclass(frozen=True, slots=True)
class KnownMetadata:
    """One address. `view` is None when nothing is known; `source` says where it is from, `problem` why it is missing.

    `fetched_at` is epoch seconds, None for what was not fetched.
    """

    url: str
    view: MetadataView | None = None
    source: str = ""
    fetched_at: int | None = None
    problem: str = ""


def known(own: OwnSandbox, addresses: Iterable[str], *, given: Mapping[str, MetadataView]) -> dict[str, KnownMetadata]:
    """By address, without any network: what was given by hand first, then the sandbox's own, then what is stored."""
    wanted = dict.fromkeys(addresses)
    played = own.metadata() if wanted else {}
    kept = keys.stored_all(url for url in wanted if url not in given and url not in played)
    return {url: _known(url, given, played, kept.get(url)) for url in wanted}


def fetch(actor: Actor, addresses: Iterable[str]) -> dict[str, str]:
    """Fetches and stores metadata and keys of these addresses, on command; the problems, by address.

    Addresses of the sandbox need no fetching and are left out.
    """
    own = OwnSandbox(actor)
    played = own.metadata()
    wanted = [url for url in addresses if url not in played]
    transport, now = wiring.transport_for(own), clock.now()
    problems = {}
    with budget.calling(actor, units=len(wanted[:MAX_FETCHED])):
        for url in wanted[:MAX_FETCHED]:
            found = keys.refresh(url, transport=transport, now=now)
            if found.problem:
                problems[url] = found.problem
            elif not found.issuer:
                problems[url] = "The metadata names no issuer."
    for url in wanted[MAX_FETCHED:]:
        problems[url] = f"Not fetched: only the first {MAX_FETCHED} addresses of a policy are."
    return problems


def _known(
    url: str, given: Mapping[str, MetadataView], own: Mapping[str, MetadataView], kept: FoundKeys | None
) -> KnownMetadata:
    if url in given:
        return KnownMetadata(url, given[url], "given by hand")
    if url in own:
        return KnownMetadata(url, own[url], "of your sandbox")
    if kept is None:
        return KnownMetadata(url, problem="Nothing is stored of it yet.")
    if not kept.issuer:  # fetched before issuers were kept: the keys alone would make every issuer wrong
        return KnownMetadata(url, problem="Only its keys are stored, not the issuer it names: fetch it again.")
    return KnownMetadata(url, MetadataView(kept.issuer, kept.keyset), "fetched", kept.fetched_at)
