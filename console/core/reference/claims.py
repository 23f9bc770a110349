"""Claims and header fields: what each means, to the standards and to each provider."""

from collections import defaultdict
from collections.abc import Iterator

from console.core.providers import PROVIDERS
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, slug_of
from console.core.tokens.catalogues import CATALOGUES, HEADER
from console.core.tokens.catalogues.base import Catalogue, ClaimMeaning, Presence
from console.core.tokens.claim_families import in_other_version, same_claim

IN_PAYLOAD, IN_HEADER = "Claims", "Header fields"
_PRESENCE = {
    Presence.ALWAYS: "always there",
    Presence.NEVER: "never there",
    Presence.ASKED: "there when the API asks for it as an optional claim",
    Presence.SOMETIMES: "there when there is a value",
}
_Known = list[tuple[Catalogue, ClaimMeaning]]


def entries() -> tuple[ReferenceEntry, ...]:
    """One for each name, whoever explains it; a prefix of names is none."""
    known: dict[str, _Known] = defaultdict(list)
    for catalogue in (*CATALOGUES, HEADER.provider):
        for claim in catalogue.claims if catalogue else ():
            known[claim.name].append((catalogue, claim))  # type: ignore[arg-type]  # None has no claims
    of_providers = {name for provider in PROVIDERS for name in provider.claims}
    return (
        *(_entry(name, all_) for name, all_ in known.items()),
        *map(_of_provider, sorted(of_providers - known.keys())),
    )


def slug_of_claim(name: str) -> str:
    return slug_of(name)


def _entry(name: str, known: _Known) -> ReferenceEntry:
    main = next((one for one in reversed(known) if one[0].recognises is None), known[0])
    sources = dict.fromkeys(catalogue.source for catalogue, _ in known)
    is_header = all(catalogue is HEADER.provider for catalogue, _ in known)
    return ReferenceEntry(
        EntryKind.CLAIMS,
        slug_of_claim(name),
        name,
        main[1].meaning,
        "A field of the token’s header." if is_header else "A claim of the token.",
        facts=(
            Fact("Means", tuple(FactLine(claim.meaning, catalogue.title) for catalogue, claim in known)),
            *fact("Values", *dict.fromkeys(_values(known)), is_code=True),
            *_at_entra(known),
            *fact("Same claim under another name", *same_claim(name), is_code=True),
        ),
        sources=tuple(sources),
        related=_versions(name),
        group=IN_HEADER if is_header else IN_PAYLOAD,
    )


def _of_provider(name: str) -> ReferenceEntry:
    """A claim that only a provider's own entry explains."""
    said = tuple(FactLine(one.claims[name], one.title) for one in PROVIDERS if name in one.claims)
    return ReferenceEntry(
        EntryKind.CLAIMS,
        slug_of_claim(name),
        name,
        said[0].text,
        "A claim of the token.",
        facts=(Fact("Means", said),),
        group=IN_PAYLOAD,
    )


def _versions(name: str) -> tuple[Related, ...]:
    other = in_other_version(name)
    return (
        (Related(EntryKind.CLAIMS, slug_of_claim(other), "says this in tokens of the other version"),) if other else ()
    )


def _values(known: _Known) -> Iterator[str]:
    for _, claim in known:
        yield from (f"{value}: {meaning}" for value, meaning in claim.choices)


def _at_entra(known: _Known) -> tuple[Fact, ...]:
    """Whether tokens of Entra hold it; nothing where no catalogue says."""
    found = next((claim for _, claim in known if claim.v1 or claim.v2), None)
    if found is None:
        return ()
    lines = [
        FactLine(f"Version {version}: {_PRESENCE[presence]}.")
        for version, presence in (("1.0", found.v1), ("2.0", found.v2))
        if presence
    ]
    lines += [FactLine("Only in tokens with a user.")] if not found.app_only else []
    lines += [FactLine("Only in tokens without a user.")] if not found.delegated else []
    lines += [FactLine(found.note)] if found.note else []
    return (Fact("In access tokens of Entra", tuple(lines)),)
