"""Finds with one kind alone."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.core.looked_for import looked_for
from console.services.finder import find


def hits(finder, actor, typed):
    """What the kind gives, the best first; with at most one query."""
    with CaptureQueriesContext(connection) as asked:
        found = list(finder.look(actor, looked_for(typed), typed))
    assert len(asked.captured_queries) <= 1, asked.captured_queries
    return sorted(found, key=lambda hit: hit.fit)


def names(finder, actor, typed):
    return [hit.name for hit in hits(finder, actor, typed)]


def shown(actor, typed):
    """What is shown, by kind."""
    return {kind.finder.code: [hit.name for hit in kind.hits] for kind in find(actor, typed).kinds}
