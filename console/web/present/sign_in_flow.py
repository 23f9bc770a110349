"""A sign-in that goes step by step: its picture as far as it came, what came back, and what would be sent next."""

from collections.abc import Mapping
from typing import Any

from console.core.authorization import AuthorizationStage, PersonAuthorization
from console.core.flows.picture import draw
from console.core.flows.recorded import Recorded, prepared
from console.core.grants import grant_of
from console.core.json.text import shorten
from console.core.oauth import parameters
from console.core.oauth.arrow import FlowMoment
from console.services.authorizations import OpenAuthorization
from console.services.token_previews import Previewed
from console.web.present.flows import FlowNames, flow_view
from console.web.present.profiles import provider_title

_MASKED = frozenset({"code", "access_token", "id_token"})
_SHORTENED = frozenset({"state", "session_state"})
SHOWN = 6
_ARRIVED = frozenset({AuthorizationStage.BACK, AuthorizationStage.EXCHANGING, AuthorizationStage.TO_CONFIRM})


def guided_view(found: OpenAuthorization, waiting: Previewed | None) -> dict[str, Any]:
    """What authorizations/guided.html needs. `waiting` is what would be sent next, None where a person has the turn."""
    authorization, profile = found.authorization, found.opened.profile
    came_back = authorization.parts.came_back
    step = waiting.result.steps[-1] if waiting is not None and waiting.result.steps else None
    next_request = prepared(step) if step is not None else None
    arrows = grant_of(profile.grant).arrows
    on_device = any(arrow.moment is FlowMoment.DEVICE for arrow in arrows)
    happened = _on_device(authorization) if on_device else _in_browser(authorization)
    recorded = [*happened, *([next_request] if next_request else [])]
    names = FlowNames(profile.name, provider_title(profile), step.request.url if step else authorization.parts.url)
    picture = draw(arrows, recorded)
    return {
        "flow": flow_view(picture, names, key="flow", title="The sign-in, step by step"),
        "sections": [{"title": "Parameters of the answer", "rows": [_row(*pair) for pair in came_back.items()]}],
        "is_waiting": waiting is not None,
        "is_sendable": next_request is not None,
        "turn": picture.turn.number if picture.turn else None,
    }


def _on_device(authorization: PersonAuthorization) -> list[Recorded]:
    """A look that was told to wait leaves it the person's turn."""
    found = [Recorded(FlowMoment.DEVICE), Recorded(FlowMoment.SHOWN, at=authorization.made_at)]
    return [*found, Recorded(FlowMoment.POLL)] if authorization.stage is AuthorizationStage.TO_CONFIRM else found


def _in_browser(authorization: PersonAuthorization) -> list[Recorded]:
    parts = authorization.parts
    found = [Recorded(FlowMoment.PUSH)] if parts.pushed else []
    found.append(Recorded(FlowMoment.LINK, at=authorization.made_at))
    if authorization.stage in _ARRIVED:
        found.append(Recorded(FlowMoment.CAME_BACK, error=_error(parts.came_back)))
    if authorization.stage is AuthorizationStage.TO_CONFIRM:
        found.append(Recorded(FlowMoment.TOKEN))
    return found


def _error(came_back: Mapping[str, str]) -> str:
    return shorten(came_back.get("error", ""), 80)


def _row(name: str, value: str) -> dict[str, Any]:
    known = parameters.BY_NAME.get(name)
    is_masked = name in _MASKED or (name in _SHORTENED and len(value) > SHOWN)
    shown = "***" if name in _MASKED else f"{value[:SHOWN]}…" if is_masked else shorten(value, 300)
    return {"name": name, "value": shown, "is_masked": is_masked, "purpose": known.purpose if known else ""}
