"""Signing in again as somebody asks: whose sign-in it is that is to be repeated, and with what."""

from dataclasses import dataclass

from console.core.challenge import parse_challenges
from console.core.exchange import Exchange
from console.core.oauth import step_up
from console.core.oauth.setting import SUBJECT_FROM
from console.core.oauth.step_up import StepUp
from console.core.oauth.token_response import TokenError
from console.services import connection_tokens
from console.services.opening import OpenProfile


@dataclass(frozen=True, slots=True)
class StepUpOffer:
    """`connection_id` is the connection whose person is to sign in again, "" where the profile has none to offer."""

    asked: StepUp
    connection_id: str


def for_call(opened: OpenProfile, exchange: Exchange) -> StepUpOffer | None:
    """What the answer of an API asks for; None when it asks for no other sign-in."""
    response = exchange.response
    if response is None or response.status not in (401, 403):
        return None
    told = (value for name, value in response.headers if name.lower() == "www-authenticate")
    challenges = [challenge for text in told for challenge in parse_challenges(text)]
    return _offer(opened, step_up.of_challenges(challenges))


def for_error(opened: OpenProfile, error: TokenError) -> StepUpOffer | None:
    """What a provider's refusal asks for; None when no sign-in would help."""
    return _offer(opened, step_up.of_error(error))


def _offer(opened: OpenProfile, asked: StepUp | None) -> StepUpOffer | None:
    return StepUpOffer(asked, _connection(opened)) if asked is not None else None


def _connection(opened: OpenProfile) -> str:
    """The profile's own, or the one whose token it passes on."""
    if connection_tokens.needs_person(opened):
        return opened.connection_id or ""
    return opened.profile.settings.get(SUBJECT_FROM, "").partition("/")[2]
