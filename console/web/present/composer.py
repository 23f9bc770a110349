"""The form of a call: the operations to choose from, the whole address, and what is known before anything is sent."""

from typing import Any

from console.core.actor import Right
from console.core.api import Api
from console.core.call import CallProblem, call_url
from console.core.profile import Profile
from console.services.call_start import CallStart, Offer
from console.web.forms.calls import CallForm
from console.web.present import words


def composer_view(
    profile: Profile, api: Api | None, start: CallStart, form: CallForm, *, rights: frozenset[Right], now: int
) -> dict[str, Any]:
    """What composer.html needs. `rights` are the reader's on the profile.

    `token_note` and `key_note` have text, tone and perhaps url: what is sent, checked.
    """
    chosen = f"{form['method'].value()} {form['path'].value() or '/'}"
    groups = [
        (f"Operations of {api.name}" if api else "", [_option(one, chosen) for one in start.known]),
        ("Answered you before", [_option(one, chosen) for one in start.learned]),
    ]
    return {
        "groups": [{"title": title, "options": options} for title, options in groups if options],
        "is_listed": any(option["is_chosen"] for _, options in groups for option in options),
        "base_url": api.base_url if api else "",
        "url": _url(api, form),
        "key_note": _key_note(profile, start, can_add="manage" in rights),
        "last": _last(start, now),
        "ready": f"{start.method} {start.path}" if start.path else "",
    }


def _option(offer: Offer, chosen: str) -> dict[str, Any]:
    value = f"{offer.method} {offer.path}"
    path = offer.path.replace("*", "{…}")
    return {
        "value": value,
        "text": f"any method {path}" if offer.method == "*" else f"{offer.method} {path}",
        "is_chosen": value == chosen,
    }


def _url(api: Api | None, form: CallForm) -> str:
    """The whole address; the base URL alone while path or query cannot be sent."""
    base = api.base_url if api else ""
    url = call_url(base, form["path"].value() or "", form["query"].value() or "")
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
