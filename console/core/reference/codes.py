"""Error codes: those of Entra, and the error tables of the other providers."""

import re
from collections import Counter
from collections.abc import Iterator
from types import FunctionType

from console.core.diagnosis import CAUSES
from console.core.diagnosis.codes import CODES
from console.core.diagnosis.codes.base import CodeExplanation
from console.core.diagnosis.refine import rule_of_code
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
_SLUGS = frozenset(cause.slug for cause in CAUSES)
MEANS, MAY_MEAN = "means it", "may mean it"


def entries() -> tuple[ReferenceEntry, ...]:
    return (*map(_of_entra, CODES), *_of_others())


def _of_entra(row: CodeExplanation) -> ReferenceEntry:
    name, rule = f"AADSTS{row.code}", rule_of_code(row.code)
    further = [slug for slug in meanings(rule) if slug != row.cause] if rule else []
    first = _cause(row.cause, MAY_MEAN if further else MEANS)
    return ReferenceEntry(
        EntryKind.CODES,
        name,
        name,
        row.meaning,
        "",
        facts=(*_facts(row.meaning, row), *fact("Which cause", *_which(rule, further))),
        related=(
            *first,
            *(Related(EntryKind.CAUSES, slug, MAY_MEAN) for slug in further),
            Related(EntryKind.PROVIDERS, entra.PROVIDER.code, "answers it"),
        ),
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
        related=(*_cause(row.cause, MEANS), Related(EntryKind.PROVIDERS, provider.code, "answers it")),
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


def _cause(slug: str | None, how: str) -> tuple[Related, ...]:
    return (Related(EntryKind.CAUSES, slug, how),) if slug else ()


def _which(rule: FunctionType | None, further: list[str]) -> tuple[str, ...]:
    """How one of several causes is told; nothing where the number alone tells it."""
    if rule is None or not further:
        return ()
    return (
        "The number alone does not decide: its text, and what was sent, do.",
        " ".join((rule.__doc__ or "").split()),
    )


def meanings(rule: FunctionType) -> tuple[str, ...]:
    """Every cause that a rule can answer, in the order in which it names them: read off the rule itself, and off those
    that it asks, so that no second list of them is kept.
    """
    found: dict[str, None] = {}
    waiting, seen = [rule], {rule}
    while waiting:
        one = waiting.pop(0)
        named = [one.__globals__.get(name) for name in one.__code__.co_names]
        found |= dict.fromkeys(text for text in _texts((one.__code__.co_consts, named)) if text in _SLUGS)
        asked = [other for other in named if isinstance(other, FunctionType) and other.__module__ == rule.__module__]
        waiting += [other for other in asked if other not in seen]
        seen |= set(asked)
    return tuple(found)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _texts(one)
