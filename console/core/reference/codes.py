"""Error codes: those of Entra, and the error tables of the other providers."""

import re
from collections import Counter
from collections.abc import Iterator

from console.core.diagnosis.codes import CODES
from console.core.diagnosis.codes.base import CodeExplanation
from console.core.providers import PROVIDERS, entra
from console.core.providers.base import Provider
from console.core.providers.known_error import KnownError
from console.core.reference.entry import EntryKind, Fact, ReferenceEntry, Related, fact, slug_of

RETRY = {
    "no": "Not as it is: the same request fails again.",
    "wait": "Yes, after a while.",
    "sign-in": "Yes, after a new sign-in.",
    "poll": "Yes: it is a normal part of the flow, ask again.",
}
_ANYTHING = re.compile(r"\.(?:\{[\d,]+\}|\*)")
_SIGNS = re.compile(r"\\b|\\|\(\?[:!=]|[()?^$]")
MEANS, MAY_MEAN = "means it", "may mean it: the rest of the answer decides"


def entries() -> tuple[ReferenceEntry, ...]:
    return (*map(_of_entra, CODES), *_of_others())


def _of_entra(row: CodeExplanation) -> ReferenceEntry:
    name = f"AADSTS{row.code}"
    return ReferenceEntry(
        EntryKind.CODES,
        name,
        name,
        row.meaning,
        "",
        facts=_facts(row.meaning, row),
        related=(*_cause(row.cause), Related(EntryKind.PROVIDERS, entra.PROVIDER.code, "answers it")),
        sources=("Microsoft identity platform, error codes",),
        group=entra.PROVIDER.title,
        words=str(row.code),
    )


def _of_others() -> Iterator[ReferenceEntry]:
    taken: Counter[str] = Counter()
    for provider in PROVIDERS:
        for row in provider.errors:
            slug = _slug(provider, row)
            taken[slug] += 1
            yield _of_provider(provider, row, slug if taken[slug] == 1 else f"{slug}-{taken[slug]}")


def is_number(row: KnownError) -> bool:
    """Whether the provider has a code of its own for it, or it is known by its words alone."""
    return row.code[-1:].isdigit()


def _slug(provider: Provider, row: KnownError) -> str:
    if is_number(row):
        return row.code
    parts = (provider.code, "" if row.code.startswith(row.error) else row.error, row.code)
    return slug_of("-".join(filter(None, parts)))


def _of_provider(provider: Provider, row: KnownError, slug: str) -> ReferenceEntry:
    name = row.code if is_number(row) else row.error
    return ReferenceEntry(
        EntryKind.CODES,
        slug,
        name,
        row.meaning,
        "",
        facts=(
            *_facts(row.meaning, row),
            *fact("OAuth error", row.error, is_code=True),
            *fact("Known by the words", "" if is_number(row) else _readable(row.pattern.pattern), is_code=True),
        ),
        related=(*_cause(row.cause), Related(EntryKind.PROVIDERS, provider.code, "answers it")),
        sources=provider.help if row.is_confirmed else (),
        group=provider.title,
        is_confirmed=row.is_confirmed,
        words=f"{row.code} {_readable(row.pattern.pattern)}",
    )


def _readable(pattern: str) -> str:
    """What a text must hold, as people read it; "" where any text does."""
    text = _ANYTHING.sub(" … ", pattern.removeprefix("^"))
    return " ".join(_SIGNS.sub("", text.replace("|", " / ")).split())


def _facts(meaning: str, row: CodeExplanation | KnownError) -> tuple[Fact, ...]:
    return (
        *fact("Means", meaning),
        *fact("What to do", row.do),
        *fact("Who", f"{row.owner.words[:1].upper()}{row.owner.words[1:]}."),
        *fact("Try again?", RETRY[row.retry]),
    )


def _cause(slug: str | None) -> tuple[Related, ...]:
    return (Related(EntryKind.CAUSES, slug, MEANS),) if slug else ()
