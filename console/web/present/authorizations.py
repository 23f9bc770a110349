"""A sign-in at a provider as its page shows it, and the login link that asks for one."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from console.core.authorization import AuthorizationStage, BackProblem, identity_of
from console.core.connection import ConnectedIdentity
from console.core.json.text import visible
from console.core.oauth import parameters
from console.core.runs.device_code import NO_ANSWER
from console.services.authorization_answers import is_other_identity
from console.services.authorizations import OpenAuthorization
from console.services.device_waits import DeviceWait
from console.services.login_links import OpenLink
from console.services.opening import OpenProfile
from console.web.present import words
from console.web.present.authorization_request import request_view
from console.web.present.profiles import provider_title

_STAGES = {
    AuthorizationStage.SENT: "Sign in at the provider",
    AuthorizationStage.BACK: "The answer is here",
    AuthorizationStage.EXCHANGING: "The code is being exchanged",
    AuthorizationStage.TO_CONFIRM: "Is this the right account?",
    AuthorizationStage.CONNECTED: "Connected",
    AuthorizationStage.DECLINED: "Nothing was kept",
    AuthorizationStage.FAILED: "The sign-in gave no token",
}
_LOST = "The code was sent and no answer came. A code works once, so it is not sent again."

# Codes that the authorization endpoint or this console gives, in words: what, and what to do.
_FAILED = {
    "access_denied": (
        "The sign-in was cancelled, or the consent was denied.",
        "If that was not meant, try again and agree to what is asked for.",
    ),
    "expired_token": ("The code ended before anybody finished signing in.", "Try again; a new code is shown."),
    "device_code_expired": ("The code ended before anybody finished signing in.", "Try again; a new code is shown."),
    "secret_given_back": (
        "The provider’s answer holds a secret of this client where a person would read it, so it is withheld.",
        "Replace the secret at the provider and here, and have whoever runs the provider mend its answer.",
    ),
    "login_required": ("Nobody is signed in at the provider.", "Try again without prompt=none."),
    "consent_required": ("Consent is missing.", "Try again, or ask an administrator of the provider to consent."),
    "interaction_required": ("The provider has to ask the person something.", "Try again without prompt=none."),
    "invalid_scope": ("The provider does not know a scope that was asked for.", "Correct the scope of the profile."),
    "unauthorized_client": (
        "The client may not use this way of signing in.",
        "Have the grant switched on for the client at the provider.",
    ),
    "invalid_grant": (
        "The provider did not take the code.",
        "Try again at once: a code lives for a minute or so, works once, and only with the redirect address and the"
        " verifier that it was asked for with.",
    ),
    "foreign_answer": ("The answer does not belong to this sign-in, so no code was sent.", "Begin again."),
    "bad_id_token": ("The ID token is not the answer to this sign-in, so nothing was kept.", "Begin again."),
    "profile_changed": ("The profile was changed while you signed in.", "Begin again."),
    "other_identity": (
        "Another account signed in than the one this connection belongs to.",
        "Sign in with that account, or have whoever sent you the link disconnect it first.",
    ),
    "server_error": ("The provider had an error of its own.", "Try again in a minute."),
    "temporarily_unavailable": ("The provider is not available at this moment.", "Try again in a minute."),
}
_BACK = {
    BackProblem.UNREADABLE: (
        "This is no answer to a sign-in.",
        "It names no state, holds neither a code nor an error, or holds one of its parts twice.",
    ),
    BackProblem.UNKNOWN: (
        "The console waits for no such answer.",
        "Its state is none that was sent from here, or the sign-in was begun more than a day ago.",
    ),
    BackProblem.OTHER_BROWSER: (
        "This sign-in was begun in another browser.",
        "The answer of a sign-in counts only in the browser that began it; otherwise somebody could have you finish"
        " theirs. If you began it here, your browser refused or deleted the console's cookie.",
    ),
    BackProblem.OTHER_PERSON: (
        "Somebody else began this sign-in.",
        "You are signed in to the console as another person than the one who pressed the button.",
    ),
    BackProblem.ANSWERED: (
        "This sign-in was answered already.",
        "Another answer came first, and a second one is never taken: it could be somebody else's.",
    ),
    BackProblem.EXPIRED: ("This sign-in took too long.", "It was begun more than ten minutes ago."),
}


def authorization_view(found: OpenAuthorization, *, now: int) -> dict[str, Any]:
    """What authorizations/index.html needs. `is_guest`: came by a link, and is shown nothing else of the console,
    nor who signed in by another one.
    """
    authorization, connection = found.authorization, found.connection
    stage = authorization.stage
    response = found.response
    identity = identity_of(response) if response else connection.identity
    is_lost = stage is AuthorizationStage.EXCHANGING and authorization.expires_at <= now
    return {
        "id": authorization.id,
        "url": reverse("authorization", args=[authorization.id]),
        "stage": stage.value,
        "title": _title(found),
        "is_guest": found.link is not None,
        "is_too_late": found.is_too_late,
        "is_lost": is_lost,
        "lost": _LOST,
        "left": words.span(authorization.expires_at - now),
        "asked": asked_view(found.opened),
        "maker": found.link.maker if found.link else "",
        "connection": connection.name,
        "connection_url": reverse("connection", args=[connection.id]),
        "go_url": authorization.parts.url,
        "go_host": urlsplit(authorization.parts.url).netloc,
        "request_sent": _request(found) if authorization.parts.url else None,
        "identity": identity_view(identity),
        "is_nameless": identity is None,
        "before": identity_view(connection.identity) if found.link is None and is_other_identity(found) else None,
        "scope": visible(response.scope or found.opened.profile.scope) if response else "",
        "refreshes": response is not None and response.refresh_token is not None,
        "notes": response.notes if response else (),
        "problem": _problem(found),
        "attempt_url": reverse("call", args=[authorization.attempt_id])
        if authorization.attempt_id and found.link is None
        else "",
    }


def device_view(waits: DeviceWait | None, *, now: int) -> dict[str, Any] | None:
    """The code of a sign-in on another device; None where none is to be typed. `every_s`: how often is asked."""
    if waits is None or waits.code is None:
        return None
    code = waits.code
    return {
        "user_code": code.user_code,
        "uri": code.uri,
        "uri_with_code": code.uri_with_code,
        "until": code.until,
        "left": words.span(code.until - now),
        "is_over": code.until <= now,
        "every_s": max(1, code.interval_s),
        "state": "the provider gave no answer just now" if waits.state == NO_ANSWER else "waiting for you",
        "looks": waits.looks,
    }


def _title(found: OpenAuthorization) -> str:
    if found.is_too_late:
        return "This sign-in took too long"
    stage, url = found.authorization.stage, found.authorization.parts.url
    return _STAGES[stage] if url or stage is not AuthorizationStage.SENT else "Sign in on another device"


def asked_view(opened: OpenProfile) -> dict[str, Any]:
    """For which client, where, for which API and scopes somebody is to sign in."""
    profile = opened.profile
    return {
        "profile": profile.name,
        "client_id": profile.client_id,
        "provider": provider_title(profile),
        "api": opened.api.name if opened.api else "",
        "scopes": profile.scope.split(),
    }


def link_view(found: OpenLink, *, now: int) -> dict[str, Any]:
    """What the page of a login link says: who asks, for what, for whom, how long it works."""
    link = found.link
    return {
        **asked_view(found.opened),
        "maker": link.maker,
        "meant_for": link.meant_for,
        "connection": found.opened.connection.value.name if found.opened.connection else "",
        "left": words.span(link.expires_at - now),
    }


def identity_view(identity: ConnectedIdentity | None) -> dict[str, Any] | None:
    """Name, and the claims that tell one account from another; None where nobody is known."""
    if identity is None:
        return None
    rows = [{"label": name, "value": value, "is_code": True} for name, value in identity.claims]
    is_named = identity.name not in ("", identity.subject)
    name = identity.name or identity.subject
    return {"name": name, "is_named": is_named, "source": identity.source, "rows": rows}


def back_problem_words(problem: BackProblem) -> dict[str, str]:
    """The four sentences about an answer that was not taken."""
    what, why = _BACK[problem]
    do = "Go back to where you began, and begin again. Nothing was stored."
    return {"what": what, "why": why, "do": do, "who": "You can do this."}


def _request(found: OpenAuthorization) -> dict[str, Any]:
    view, pushed = request_view(found.authorization.parts.url), found.authorization.parts.pushed
    return {**view, "rows": [*view["rows"], *(_pushed(name, value) for name, value in pushed)]}


def _pushed(name: str, value: str) -> dict[str, Any]:
    known = parameters.BY_NAME.get(name)
    purpose = known.purpose if known else ""
    return {"name": name, "value": visible(value)[:300], "purpose": f"Pushed before. {purpose}", "source": "RFC 9126"}


def _problem(found: OpenAuthorization) -> dict[str, str] | None:
    problem = found.authorization.problem
    if problem is None:
        return None
    what, do = _FAILED.get(problem.code, ("The provider gave no token.", "Try again; the words below say more."))
    return {"what": what, "do": do, "code": problem.code, "reason": problem.reason}
