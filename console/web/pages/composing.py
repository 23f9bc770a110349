"""The form of a call: what it begins with and shows, and what it was sent with to be sent, saved, copied or checked."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import QueryDict

from console.core.api import Api
from console.core.compose.variables import put_in
from console.core.openapi.form_fields import FieldValues, fields_of, read_fields, written
from console.core.openapi.header_fields import HeaderValues, header_fields, read_headers, written_headers
from console.core.openapi.judging import judged
from console.core.openapi.model import DocumentOperation
from console.core.profile import Profile
from console.core.profile_checks.client_auth import lacks_credential
from console.services import api_operations, call_start, connection_tokens, replays, variables
from console.services.call_start import FormStart
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.services.replays import ReplayedCall
from console.web.forms.calls import HEADER_ROW, HEADER_VALUE, CallForm, initial_of
from console.web.forms.snippets import CopyForm
from console.web.present.api_operations import mistake_rows, operation_view
from console.web.present.composer import call_initial, composer_view, has_body, pair_rows
from console.web.present.replays import replay_initial, replay_view
from console.web.present.saved_requests import SAVED, saved_view
from console.web.present.situation import Situation
from console.web.present.token_line import token_note
from console.web.request import ActorRequest

OPERATION = "operation_key"  # the field that names the operation whose parameters have fields


def typed(request: ActorRequest, opened: OpenProfile) -> QueryDict:
    """What was posted, with the path, query and headers that its fields for single parameters make.

    Scripts write path and query as they are typed. Without them one that was changed by hand wins over the fields.
    """
    data, api = request.POST, opened.api
    key = data.get(OPERATION, "")
    operation = api_operations.chosen(opened.actor, api.id, key) if key and api is not None else None
    if operation is None or api is None:
        return data
    return _with_headers(_with_address(data, operation), operation, api)


def _with_address(data: QueryDict, operation: DocumentOperation) -> QueryDict:
    path, query = data.get("path", ""), data.get("query", "")
    if (path, query) != (data.get("path_was"), data.get("query_was")):
        return data
    before = read_fields(operation, path, query)
    values = {(one.place, one.name): data.get(f"{one.place}.{one.name}", "").strip() for one in fields_of(operation)}
    if values == before.values:
        return data
    path, query = written(operation, FieldValues(values, before.rest))
    changed = data.copy()
    changed["path"], changed["query"] = path, query
    return changed


def _with_headers(data: QueryDict, operation: DocumentOperation, api: Api) -> QueryDict:
    """The fields behind what is typed as headers, so that the rows keep the numbers by which they are told."""
    fields = header_fields(operation, key_header=api.subscription_key_header)
    given = HeaderValues({one.name: data.get(f"header.{one.name}", "").strip() for one in fields})
    if not (headers := written_headers(given)):
        return data
    changed = data.copy()
    if HEADER_ROW not in data:
        changed["headers"] = "\n".join([data.get("headers", ""), *(f"{name}: {value}" for name, value in headers)])
        return changed
    names, values = data.getlist(HEADER_ROW), data.getlist(HEADER_VALUE)
    values = [*values, *[""] * len(names)][: len(names)]
    changed.setlist(HEADER_ROW, [*names, *(name for name, _ in headers)])
    changed.setlist(HEADER_VALUE, [*values, *(value for _, value in headers)])
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
    headers = _headers(opened, operation, form)
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
            "headers": pair_rows(headers.rest),
            "header_count": len(headers.rest),
            "fields": pair_rows(form.fields_typed()),
            "has_body": has_body(form),
            "operation": _operation(opened, operation, form, obtained, known, headers) if operation else None,
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
    headers: HeaderValues,
) -> dict[str, Any]:
    """The operation that the form holds, and whether the token has what it needs."""
    filled = read_fields(operation, form["path"].value() or "", form["query"].value() or "")
    verdict = judged(operation.needs, obtained.token if obtained else None)
    return {
        **operation_view(operation, verdict, filled, headers),
        "mistakes": _mistakes(opened, operation, form, known),
    }


def _headers(opened: OpenProfile, operation: DocumentOperation | None, form: CallForm) -> HeaderValues:
    """What the form holds as headers: in the fields of its operation, and in rows."""
    typed_ones, api = form.headers_typed(), opened.api
    if operation is None or api is None:
        return HeaderValues(rest=typed_ones)
    return read_headers(header_fields(operation, key_header=api.subscription_key_header), typed_ones)


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
    if lacks_credential(opened.profile, opened.profile.credential.kind) and not obtained:
        return {"text": "no credential yet: enter it first", "tone": "warning", "url": "#credential"}
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
