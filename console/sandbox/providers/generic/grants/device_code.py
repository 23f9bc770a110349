"""A device's code for tokens (RFC 8628 section 3.4): asked again and again until the person has answered."""

from console.sandbox.issued import drop_device, find_device, polled
from console.sandbox.providers.form import first
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Granted, TokenAsk
from console.sandbox.providers.oauth.tokens import person_answer

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


def answer(ask: TokenAsk) -> Granted:
    text = first(ask.form, "device_code")
    if not text:
        return errors.missing("device_code"), ask.state
    device, unfit = find_device(ask.state, text, now=ask.visit.now)
    known = device is not None and device.authorization.provider == ask.rules.segment
    if device is None or not known or device.authorization.client_id != ask.client.id:
        return errors.bad_grant("The device code is not known here."), ask.state
    if unfit is not None:
        return OAuthRefusal("expired_token", "The device code has run out."), ask.state
    if device.is_denied:
        return OAuthRefusal("access_denied", "The person said no."), drop_device(ask.state, device)
    if not device.is_answered:
        is_early, after = polled(ask.state, device, now=ask.visit.now)
        if is_early:
            return OAuthRefusal("slow_down", "Wait five seconds more between two requests from now on."), after
        return OAuthRefusal("authorization_pending", "The person has not answered yet."), after
    body, after = person_answer(ask, device.authorization, family=None)
    return body, drop_device(after, device)
