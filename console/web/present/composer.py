"""The form of a call: the operations to choose from, the whole address, and what is known before anything is sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from console.core.api import Api
from console.core.call import CallProblem, call_url
from console.core.compose.bodies import FILE, FORM, JSON, MULTIPART, RAW
from console.core.compose.draft import RequestDraft
from console.core.compose.variables import shown_in, without_value
from console.core.json.text import json_text
from console.core.openapi.body_check import is_json
from console.core.openapi.model import DocumentOperation
from console.core.profile import Profile
from console.services.call_start import CallStart, Offer
from console.web.forms.calls import CallForm
from console.web.present import words
from console.web.present.situation import Situation

BODILESS = ("GET", "HEAD", "OPTIONS")
EMPTY_ROWS = 2  # of headers and fields, for whoever has no scripts; with them the last one makes the next


def composer_view(
    here: Situation,
    start: CallStart,
    form: CallForm,
    *,
    operation: DocumentOperation | None,
    known: Mapping[str, str],
    saved: Sequence[dict[str, Any]] = (),
    now: int,
) -> dict[str, Any]:
    """What composer.html needs. `operation` is the one of the API's document that the form holds, `known` what the
    variables of the profile stand for, `saved` the requests that were saved, to be opened.

    `token_note` and `key_note` have text, tone and perhaps url: what is sent, checked.
    """
    profile, api = here.profile, here.api
    chosen = operation.key if operation else f"{form['method'].value()} {form['path'].value() or '/'}"
    offered = [_option(one, chosen) for one in start.known]
    if operation is not None and not any(option["is_chosen"] for option in offered):
        offered.append(_option(Offer(operation.method, operation.path), chosen))
    others = [
        (f"Operations of {api.name}" if api else "", offered),
        ("Answered you before", [_option(one, chosen) for one in start.learned]),
    ]
    if any(option["is_chosen"] for option in saved):  # a list has one choice
        others = [(title, [{**option, "is_chosen": False} for option in options]) for title, options in others]
    groups = [("Saved", saved), *others]
    return {
        "groups": [{"title": title, "options": options} for title, options in groups if options],
        "is_listed": any(option["is_chosen"] for _, options in groups for option in options),
        "has_document": start.has_document,
        "base_url": api.base_url if api else "",
        "url": _url(api, form, known),
        "variables": len(known),
        "known": json_text(dict(known)),
        "without_value": without_value(RequestDraft(**_beside_address(form)), known),
        "key_note": _key_note(profile, start, can_add="manage" in here.rights),
        "last": _last(start, now),
        "ready": f"{form['method'].value()} {form['path'].value()}" if form["path"].value() else "",
    }


def pair_rows(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Names and values as rows, and empty ones behind them."""
    listed = [*pairs, *[("", "")] * EMPTY_ROWS]
    return [{"number": number, "name": name, "value": value} for number, (name, value) in enumerate(listed, 1)]


def has_body(form: CallForm) -> bool:
    """Whether a body stands in the form, or its method and kind of body want one."""
    if form["body"].value() or form.fields_typed():
        return True
    return form["method"].value() not in BODILESS and form["body_kind"].value() in (FORM, MULTIPART, FILE)


def call_initial(start: CallStart, profile: Profile) -> dict[str, Any]:
    """What CallForm begins with."""
    media_type = start.operation.body.media_type if start.operation and start.operation.body else ""
    is_form = media_type.startswith("application/x-www-form-urlencoded")
    kind = FORM if is_form else MULTIPART if media_type.startswith("multipart/") else RAW
    return {
        "method": start.method,
        "path": start.path,
        "query": start.query,
        "headers": start.headers,
        "body": start.body,
        "body_kind": JSON if is_json(media_type) else kind,
        "fields": tuple(parse_qsl(start.body, keep_blank_values=True)) if is_form else (),
        "sends_subscription_key": profile.has_subscription_key or bool(start.needs_key),
    }


def _option(offer: Offer, chosen: str) -> dict[str, Any]:
    value = f"{offer.method} {offer.path}"
    path = offer.path.replace("*", "{…}")
    return {
        "value": value,
        "text": f"any method {path}" if offer.method == "*" else f"{offer.method} {path}",
        "is_chosen": value == chosen,
    }


def _beside_address(form: CallForm) -> dict[str, Any]:
    return {"body": form["body"].value() or "", "headers": form.headers_typed(), "fields": form.fields_typed()}


def _url(api: Api | None, form: CallForm, known: Mapping[str, str]) -> str:
    """The whole address; the base URL alone while path or query cannot be sent."""
    base = api.base_url if api else ""
    path, query = (shown_in(form[name].value() or "", known) for name in ("path", "query"))
    url = call_url(base, path, query)
    return base if isinstance(url, CallProblem) else url


def _key_note(profile: Profile, start: CallStart, *, can_add: bool) -> dict[str, str]:
    """With the way to where one is added, for who may add it."""
    if profile.has_subscription_key:
        return {"text": "stored", "tone": "pass"}
    told = "the gateway asks for one and none is stored" if start.needs_key else "none stored"
    tone = "fail" if start.needs_key else ""
    if not can_add:
        return {"text": told, "tone": tone, "url": ""}
    return {"text": f"{told}: add {'it' if start.needs_key else 'one'}", "tone": tone, "url": "#id_subscription_key"}


def _last(start: CallStart, now: int) -> dict[str, Any] | None:
    last = start.last
    if last is None:
        return None
    return {
        "id": last.id,
        "title": last.title,
        "status": str(last.status) if last.status else "no answer",
        "tone": words.status_tone(last.status),
        "ago": words.relative(last.at, now),
    }


def verdict_beside(verdict: dict[str, Any], key_note: dict[str, str]) -> dict[str, Any]:
    """The token's verdict beside the call: a good token is not all where the key is missing."""
    if verdict["status"] != "pass" or key_note["tone"] != "fail":
        return {**verdict, "actions": []}
    add = {"label": "Add the subscription key", "url": key_note["url"], "id": "mend-key", "kind": "primary"}
    return {
        "status": "warning",
        "title": "The token is good; the subscription key is missing",
        "text": "The gateway would answer 401 for want of the key.",
        "actions": [add] if key_note["url"] else [],
    }
