"""Every call of the day is copied: as it was typed in each language, and from the history."""

from console.core.snippets import SNIPPETS
from console.store import attempts

HTMX = {"HX-Request": "true"}


def copies_of_typed(day, client, profile, form):
    """The fragment alone: the page around it keeps what was typed in its form."""
    for one in SNIPPETS:
        data = {"method": "POST", "path": "/x", **form, "language": one.code}
        day.visit(client, "post", f"/profiles/{profile.id}/copy/", data, headers=HTMX)


def copies_of_history(day, client, actor):
    """Each attempt in two languages, one of them the one that shows answers too; in the end each language was used."""
    for number, record in enumerate(attempts.list_recent(actor)):
        for one in {"har", SNIPPETS[number % len(SNIPPETS)].code}:
            day.visit(client, "get", f"/calls/{record.id}/copy/?language={one}&token_from=placeholder")
