"""An import as its page shows it: what would be made, what was left out, and what could not be read."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from console.core.call_imports.fitting import FittedCall
from console.core.call_imports.model import CallImport, ImportedCall, ImportedClient, LeftOut
from console.services.call_imports import FittedImport
from console.services.opening import OpenProfile
from console.store.saved_requests import RequestRecord
from console.web.present.api_operations import problem_rows

MOST_NAMED = 8
_USUAL = ("", "Bearer token", "OAuth 2.0")  # what the token of a profile takes the place of


def import_view(
    fitted: FittedImport, opened: OpenProfile | None, carried: str, *, picked: set[int] | None = None
) -> dict[str, Any]:
    """What index.html needs. `picked` is what was picked before, None for what is proposed."""
    found = fitted.found
    rows = [_fitted_row(number, one, picked) for number, one in enumerate(fitted.fitted)]
    rows = rows or [_row(number, one) for number, one in enumerate(found.calls)]
    return {
        "title": _title(found),
        "source": f"{found.format}{f' “{found.title}”' if found.title else ''}",
        "secrets": _secrets(found.left_out),
        "others": _others(found.left_out),
        "elsewhere": _elsewhere(fitted.fitted),
        "rows": rows,
        "clients": [_client(one) for one in found.clients],
        "problems": problem_rows(found.problems),
        "more_problems": max(0, found.problem_count - len(found.problems)),
        "profile": opened.profile if opened else None,
        "base_url": opened.api.base_url if opened and opened.api else "",
        "ready": sum(1 for one in fitted.fitted if one.draft),
        "carried": carried,
    }


def kept_words(kept: list[RequestRecord]) -> str:
    if not kept:
        return "Nothing was imported: none of these calls can be kept."
    if len(kept) == 1:
        return f"“{kept[0].name}” is imported and stands in the form below. Nothing was sent."
    return f"{len(kept)} calls are imported; “{kept[0].name}” stands in the form below. Nothing was sent."


def _title(found: CallImport) -> str:
    calls, clients = _counted(len(found.calls), "call"), _counted(len(found.clients), "client")
    if found.calls and found.clients:
        return f"{calls} and {clients} were read"
    return f"{calls if found.calls else clients} {'was' if len(found.calls or found.clients) == 1 else 'were'} read"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else f"no {what}"


def _secrets(left_out: Iterable[LeftOut]) -> str:
    """ "3 secrets were left out: Authorization (2), X-Api-Key." """
    names = Counter(one.name for one in left_out if one.is_secret)
    total = sum(names.values())
    if not total:
        return ""
    return f"{_counted(total, 'secret')} {'was' if total == 1 else 'were'} left out: {_listed(names)}."


def _others(left_out: Iterable[LeftOut]) -> list[str]:
    """A sentence for each reason why something else was left out."""
    by_why: dict[str, Counter[str]] = {}
    for one in left_out:
        if not one.is_secret:
            by_why.setdefault(one.why or "A value stood there that the text does not hold.", Counter())[one.name] += 1
    return [f"Left out: {_listed(names)}. {why}" for why, names in by_why.items()]


def _elsewhere(fitted: Iterable[FittedCall]) -> str:
    """One sentence on calls that named another host than the Api's; "" where none did."""
    hosts = Counter(one.elsewhere for one in fitted if one.elsewhere and one.draft)
    total = sum(hosts.values())
    if not total:
        return ""
    return (
        f"{_counted(total, 'call')} named another place: {_listed(hosts)}. "
        f"{'It is' if total == 1 else 'They are'} not picked; imported, only the path stays."
    )


def _listed(names: Counter[str]) -> str:
    told = [f"{name} ({count})" if count > 1 else name for name, count in names.items()]
    more = len(told) - MOST_NAMED
    return ", ".join(told[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _fitted_row(number: int, one: FittedCall, picked: set[int] | None) -> dict[str, Any]:
    draft = one.draft
    is_picked = number in picked if picked is not None else not one.elsewhere
    address = (f"{draft.path or '/'}{'?' if draft.query else ''}{draft.query}" if draft else "") or one.call.url
    return {
        **_row(number, one.call),
        "address": address,
        "elsewhere": one.elsewhere,
        "problem": one.problem,
        "blanks": ", ".join(one.blanks),
        "timeout": f"Timeout {draft.timeout_s} s" if draft and draft.timeout_s else "",
        "too_long": one.call.timeout_s if draft and draft.timeout_s is None else None,
        "can_pick": draft is not None,
        "is_picked": is_picked and draft is not None,
    }


def _row(number: int, call: ImportedCall) -> dict[str, Any]:
    return {
        "number": number,
        "name": call.name,
        "folder": call.folder,
        "method": call.method,
        "address": call.url,
        "without": ", ".join(dict.fromkeys(one.name for one in call.left_out)),
        "other_auth": "" if call.auth in _USUAL else call.auth,
    }


def _client(one: ImportedClient) -> dict[str, Any]:
    """`handover` is its text as the form of a new profile reads it."""
    facts = [("Token endpoint", one.token_endpoint), ("Client ID", one.client_id), ("Scope", one.scope)]
    told = [(title, value) for title, value in facts if value]
    known = [f"{title}: {value}" for title, value in told if "{{" not in value]
    return {
        "name": one.name or one.client_id or one.token_endpoint,
        "facts": [*told, *([("Grant", one.grant)] if one.grant else [])],
        "handover": "\n".join(known),
    }
