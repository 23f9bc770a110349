"""Looks up, on demand, what an issuer publishes about itself; nothing of it is stored, nothing secret is sent."""

from dataclasses import dataclass

from console.adapters import discovery
from console.core.actor import Actor
from console.core.finding import Finding
from console.core.oauth import lookup
from console.core.oauth.metadata import Metadata
from console.services import budget, wiring
from console.services.integrators import must_integrate
from console.services.own_sandbox import OwnSandbox


@dataclass(frozen=True, slots=True)
class TriedAddress:
    """`problem` is "" for the document that is used."""

    url: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FoundMetadata:
    """`settings` are what the document fills in, empty when none may be followed; `problem` says why in one sentence.

    `findings` are of the document that is used, or of the last one that speaks for another issuer.
    """

    tried: tuple[TriedAddress, ...] = ()
    settings: dict[str, str] | None = None
    findings: tuple[Finding, ...] = ()
    problem: str = ""

    def filled(self) -> dict[str, str]:
        """Every setting that a document fills in: one that it does not name is emptied, so that no old one stays."""
        return {name: self.settings.get(name, "") for name in lookup.FILLED} if self.settings else {}


def look_up(actor: Actor, typed: str) -> FoundMetadata:
    """Tries both forms of address; the first document that names the issuer asked for is used. Raises Busy."""
    must_integrate(actor)
    asked = lookup.places_of(typed)
    if asked.problem:
        return FoundMetadata(problem=asked.problem)
    transport = wiring.transport_for(OwnSandbox(actor))
    tried: list[TriedAddress] = []
    findings: tuple[Finding, ...] = ()
    with budget.calling(actor, units=len(asked.urls)):
        for url in asked.urls:
            found = discovery.fetch_metadata(url, transport)
            if found.value is None:
                tried.append(TriedAddress(url, found.problem))
                continue
            findings = lookup.lint(asked, found.value)
            if lookup.is_issuer(asked, found.value.issuer):
                return FoundMetadata((*tried, TriedAddress(url)), lookup.settings_of(found.value, url), findings)
            tried.append(TriedAddress(url, _other_issuer(found.value)))
    return FoundMetadata(tuple(tried), None, findings, _nothing(asked, findings))


def _other_issuer(metadata: Metadata) -> str:
    return f"It speaks for the issuer {metadata.issuer[:200] or '(none)'}, so it is not followed."


def _nothing(asked: lookup.MetadataPlaces, findings: tuple[Finding, ...]) -> str:
    if findings:
        return f"What was found speaks for another issuer than {asked.issuer}, so nothing was filled in."
    return f"No metadata of {asked.issuer} was found; type its addresses by hand, as its documents show them."
