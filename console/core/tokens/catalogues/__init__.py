"""All catalogues of claims, and the one that speaks for a token: its provider's words first, then the standards'."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.core.tokens.catalogues import (
    auth0,
    entra,
    entra_external,
    header,
    idporten,
    keycloak,
    maskinporten,
    okta,
    openid,
    rfc7519,
    rfc9068,
    tokenx,
)
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Claims

# The first provider that recognises a token speaks for it; what all share comes last.
CATALOGUES: tuple[Catalogue, ...] = (
    maskinporten.CATALOGUE,
    tokenx.CATALOGUE,
    idporten.CATALOGUE,
    entra_external.CATALOGUE,
    entra.CATALOGUE,
    keycloak.CATALOGUE,
    auth0.CATALOGUE,
    okta.CATALOGUE,
    rfc7519.CATALOGUE,
    rfc9068.CATALOGUE,
    openid.CATALOGUE,
)
_STANDARDS = tuple(catalogue for catalogue in CATALOGUES if catalogue.recognises is None)
# Names that no standard knows are explained by whoever is most likely to have written them.
_ELSEWHERE = (entra.CATALOGUE, *(catalogue for catalogue in CATALOGUES if catalogue.recognises is not None))


@dataclass(frozen=True, slots=True)
class Known:
    """An entry, and the title of the catalogue it stands in. `is_foreign`: that provider did not make the token."""

    claim: ClaimMeaning
    source: str
    is_foreign: bool = False

    @property
    def meaning(self) -> str:
        return f"At {self.source}: {self.claim.meaning}" if self.is_foreign else self.claim.meaning


def _entries(catalogues: Iterable[Catalogue], is_foreign: bool = False) -> dict[str, Known]:
    """The first catalogue that knows a name explains it."""
    found: dict[str, Known] = {}
    for catalogue in catalogues:
        for claim in catalogue.claims:
            found.setdefault(claim.name, Known(claim, catalogue.title, is_foreign))
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the claims of one token mean. `provider` is None when nobody here knows who made it.

    `others` explain names that neither the provider nor a standard knows.
    """

    provider: Catalogue | None
    entries: dict[str, Known]
    others: dict[str, Known] = field(default_factory=dict)

    def find(self, name: str) -> Known | None:
        """The entry for a claim; None when no catalogue knows the name."""
        known = self.entries.get(name)
        if known is None and self.provider is not None:
            known = next((Known(claim, self.provider.title) for claim in self.provider.prefixes
                          if name.startswith(claim.name)), None)  # fmt: skip
        return known or self.others.get(name)


_FOREIGN = _entries(_ELSEWHERE, is_foreign=True)
_NOBODY = Vocabulary(None, _entries(_STANDARDS), _FOREIGN)
_BY_PROVIDER = {
    catalogue.code: Vocabulary(catalogue, _entries((catalogue, *_STANDARDS)), _FOREIGN)
    for catalogue in CATALOGUES
    if catalogue.recognises is not None
}
HEADER = Vocabulary(header.CATALOGUE, _entries((header.CATALOGUE,)))


def vocabulary_of(claims: Claims) -> Vocabulary:
    """The vocabulary of the provider that made a token, judged by its claims; never raises."""
    for catalogue in CATALOGUES:
        if catalogue.recognises is not None and catalogue.recognises(claims):
            return _BY_PROVIDER[catalogue.code]
    return _NOBODY
