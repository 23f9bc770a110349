"""The words by which cases are found."""

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from console.models import CaseTerm
from console.store import rows

LAST = "\U0010ffff"  # behind every character that a term can hold


def keep(case_id: str, terms: Iterable[str]) -> None:
    """Adds words to those by which a case is found."""
    made = [CaseTerm(case_id=uuid.UUID(case_id), term=term) for term in terms]
    CaseTerm.objects.bulk_create(made, batch_size=rows.BATCH)


def having(word: str) -> QuerySet[CaseTerm]:
    """The terms that begin with the word; that are it, when it is a number."""
    return CaseTerm.objects.filter(_begins(word))


def _begins(word: str) -> Q:
    """By the index of each database: SQLite has none for LIKE, and PostgreSQL may sort as people of a country do."""
    if word.isdecimal():
        return Q(term=word)
    if connection.vendor == "postgresql":
        return Q(term__startswith=word)
    return Q(term__gte=word, term__lt=word + LAST)
