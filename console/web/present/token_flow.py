"""How a token came to be: the picture of its grant, lit by the exchanges of one token request."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from console.core.exchange import Exchange, Failure
from console.core.flows.picture import draw
from console.core.flows.recorded import grant_type_of, of_exchanges, of_last_grant, prepared
from console.core.grants import GRANTS
from console.core.grants.base import SendPerson
from console.core.oauth.arrow import Arrow
from console.core.oauth.token_response import TokenError
from console.core.profile import Profile
from console.core.providers import PROVIDERS
from console.services import token_history
from console.services.token_previews import Previewed
from console.store.attempts import AttemptRecord
from console.web.present.authorization_request import request_view
from console.web.present.flows import FlowNames, flow_view

TITLE = "How this token came to be"
_TITLES = {provider.code: provider.title for provider in PROVIDERS}


def token_flow(profile: Profile, exchanges: Sequence[Exchange], *, key: str = "flow") -> dict[str, Any] | None:
    """Of a token request that was just made; None when nothing went over the wire."""
    return _view(profile.grant, profile.name, _TITLES.get(profile.provider, ""), exchanges, key=key)


def attempt_flow(record: AttemptRecord) -> dict[str, Any] | None:
    """Of a token request in the history; None for one of a grant that this console no longer knows."""
    facts = record.evidence.profile
    provider = _TITLES.get(str(facts.get("provider", "")), "")
    return _view(
        str(facts.get("grant", "")), token_history.name_in(record.title), provider, record.exchanges, key="flow"
    )


def preview_view(found: Previewed) -> dict[str, Any]:
    """What steps.html needs: the picture with the step that waits, and the link where a person is sent."""
    profile, result = found.opened.profile, found.result
    waiting = prepared(result.steps[-1]) if result.steps else None
    flow = None
    link = result.outcome.url if isinstance(result.outcome, SendPerson) else ""
    if waiting or link:
        names = FlowNames(profile.name, _TITLES.get(profile.provider, ""), result.endpoint)
        picture = draw(_arrows(profile.grant, result.steps), [waiting] if waiting else [])
        flow = flow_view(picture, names, key="flow", title=f"Token for {profile.name}")
    return {
        "flow": flow,
        "turn": next((step["number"] for step in flow["steps"] if step["is_next"]), 1) if flow else 1,
        "is_sendable": waiting is not None,
        "host": urlsplit(result.steps[-1].request.url).netloc if waiting else "",
        "request_sent": request_view(link) if link else None,
        "problem": "" if waiting or link else _problem(result.error, result.failure),
    }


def _arrows(code: str, exchanges: Sequence[Exchange]) -> tuple[Arrow, ...]:
    """The picture of the grant that was used: a connection of a sign-in refreshes by another than its profile's."""
    sent, own = grant_type_of(exchanges), next((one for one in GRANTS if one.code == code), None)
    if own is not None and sent in ("", own.grant_type):
        return own.arrows
    return next((one.arrows for one in GRANTS if one.grant_type == sent), own.arrows if own else ())


def _problem(error: TokenError | None, failure: Failure | None) -> str:
    if error is not None:
        return error.error_description or error.error
    return failure.detail if failure is not None else "Nothing is to be sent."


def _view(grant: str, client: str, provider: str, exchanges: Sequence[Exchange], *, key: str) -> dict[str, Any] | None:
    arrows = _arrows(grant, exchanges)
    if not arrows or not exchanges:
        return None
    names = FlowNames(client, provider or "Identity provider", exchanges[-1].request.url)
    picture = draw(arrows, of_exchanges(of_last_grant(exchanges)))
    return flow_view(picture, names, key=key, title=TITLE)
