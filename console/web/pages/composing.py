"""The form of a call: what it begins with and shows, and what it was sent with to be sent, saved, copied or checked."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import QueryDict

from console.core.compose.variables import put_in
from console.core.openapi.form_fields import FieldValues, fields_of, read_fields, written
from console.core.openapi.judging import judged
from console.core.openapi.model import DocumentOperation
from console.core.profile import Profile
from console.services import api_operations, call_start, connection_tokens, replays, variables
from console.services.call_start import FormStart
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.services.replays import ReplayedCall
from console.web.forms.calls import CallForm, initial_of
from console.web.forms.snippets import CopyForm
from console.web.present.api_operations import mistake_rows, operation_view
from console.web.present.composer import call_initial, composer_view, has_body, pair_rows
from console.web.present.replays import replay_initial, replay_view
from console.web.present.saved_requests import SAVED, saved_view
from console.web.present.situation import Situation
from console.web.present.token_line import token_note
from console.web.request import ActorRequest

OPERATION = "operation_key"  # the field that names the operation whose parameters have fields
LONGEST = 2000


def typed(request: ActorRequest, opened: OpenProfile) -> QueryDict:
    """What was posted, with the path and query that its fields for single parameters make.

    Scripts write both as they are typed. Without them a path or query that was changed by hand wins over the fields.
    """
    data, api = request.POST, opened.api
    key = data.get(OPERATION, "")
    path, query = data.get("path", ""), data.get("query", "")
    if not key or api is None or (path, query) != (data.get("path_was"), data.get("query_was")):
        return data
    operation = api_operations.chosen(opened.actor, api.id, key)
    if operation is None:
        return data
    before = read_fields(operation, path, query)
    values = {
        (one.place, one.name): data.get(f"{one.place}.{one.name}", "").strip()[:LONGEST] for one in fields_of(operation)
    }
    if values == before.values:
        return data
    path, query = written(operation, FieldValues(values, before.rest))
    changed = data.copy()
    changed["path"], changed["query"] = path, query
    return changed


def composer_context(
    request: ActorRequest, opened: OpenProfile, here: Situation, *, given: Form | None, obtained: Obtained | None
) -> dict[str, Any]:
    """What composer.html needs. `given` is the form as it was sent, None for a page that is opened."""
    wanted, saved_id = _wanted(request)
    begun = call_start.of_form(opened, wanted=wanted, saved_id=saved_id)
    replayed = _replayed(request, opened)
    initial = replay_initial(replayed) if replayed else _initial(begun, here.profile)
    form = given if isinstance(given, CallForm) else CallForm(initial=initial)
    operation = begun.call.operation or (_held_by(opened, form) if begun.call.has_document else None)
    known = variables.of_opened(opened).values if opened.api is not None else {}
    saved = saved_view(begun, now=request.now, is_fresh=form is not given and not replayed)
    composer = composer_view(
        here, begun.call, form, operation=operation, known=known, saved=saved["options"], now=request.now
    )
    return {
        "call_form": form,
        "replayed": replay_view(replayed, request.now) if replayed else None,
        "copy_form": CopyForm(),
        "saved": saved,
        "composer": {
            **composer,
            "token_note": _token_note(opened, obtained, now=request.now),
            "headers": pair_rows(headers := form.headers_typed()),
            "header_count": len(headers),
            "fields": pair_rows(form.fields_typed()),
            "has_body": has_body(form),
            "operation": _operation(opened, operation, form, obtained, known) if operation else None,
        },
    }


def _wanted(request: ActorRequest) -> tuple[str, str]:
    """The operation and the id of the saved request that the form begins with; both are chosen in one list."""
    chosen, saved_id = request.GET.get("operation", ""), request.GET.get("saved", "")
    return ("", chosen.removeprefix(SAVED)) if chosen.startswith(SAVED) else (chosen, saved_id)


def mistakes_in(opened: OpenProfile, form: CallForm) -> list[dict[str, str]]:
    """What is wrong with the body that the form holds, by the schema of its operation."""
    found = _held_by(opened, form) if opened.api is not None and opened.api.operation_count else None
    return _mistakes(opened, found, form, variables.of_opened(opened).values) if found else []


def _operation(
    opened: OpenProfile,
    operation: DocumentOperation,
    form: CallForm,
    obtained: Obtained | None,
    known: Mapping[str, str],
) -> dict[str, Any]:
    """The operation that the form holds, and whether the token has what it needs."""
    filled = read_fields(operation, form["path"].value() or "", form["query"].value() or "")
    verdict = judged(operation.needs, obtained.token if obtained else None)
    return {**operation_view(operation, verdict, filled), "mistakes": _mistakes(opened, operation, form, known)}


def _held_by(opened: OpenProfile, form: CallForm) -> DocumentOperation | None:
    if opened.api is None:
        return None
    method, path = form["method"].value() or "", form["path"].value() or ""
    return api_operations.of_call(opened.actor, opened.api.id, method, path)


def _mistakes(
    opened: OpenProfile, operation: DocumentOperation, form: CallForm, known: Mapping[str, str]
) -> list[dict[str, str]]:
    """Of a body that a person wrote; what the document gives as an example is as good as the document."""
    text = form["body"].value() or ""
    if not text.strip() or operation.body is None or text.strip() == operation.body.example.strip():
        return []
    return mistake_rows(api_operations.mistakes_of(opened, operation, put_in(text, known)))


def _token_note(opened: OpenProfile, obtained: Obtained | None, *, now: int) -> dict[str, Any]:
    if connection_tokens.needs_person(opened) and opened.connection is None:
        return {"text": "a person has to sign in first", "tone": "warning"}
    expires_at = obtained.response.expires_at if obtained and obtained.response else None
    left_s = expires_at - now if expires_at is not None else None
    has_token = bool(obtained and obtained.access_token)
    return token_note(obtained.findings if obtained else (), has_token=has_token, left_s=left_s)


def _initial(begun: FormStart, profile: Profile) -> dict[str, Any]:
    if begun.kept is not None:
        return initial_of(begun.kept.draft)
    return call_initial(begun.call, profile)


def _replayed(request: ActorRequest, opened: OpenProfile) -> ReplayedCall | None:
    """The call of the past that the address asks for; None where there is no form to fill."""
    if opened.api is None:
        return None
    wanted = request.GET.get("replay", "") if request.method == "GET" and opened.held.may("use") else ""
    is_twin = "at-once" in request.GET
    return replays.of_attempt(opened, wanted, is_synchronous=is_twin) if wanted else None
