"""A device polls until its person has answered somewhere else (RFC 8628 section 3.4)."""

from console.sandbox import issued
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import RefusedWithTrace, for_person, with_refresh_token
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.issued import Unfit
from console.sandbox.state import DeviceCode

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


def answer(asked: Asked) -> GrantAnswer:
    text = asked.form.get("device_code", "") or asked.form.get("code", "")  # the second is the v1 endpoint's
    if not text:
        return errors.parameter_missing("device_code")
    device, why = issued.find_device(asked.state, text, now=asked.now)
    if device is None or device.authorization.client_id != asked.client.client.id:
        return person_errors.device_unknown()
    fault = asked.fault
    if fault is not None and fault.on_authorization is not None:
        pretended = fault.on_authorization(GRANT_TYPE, device.authorization)
        if pretended is not None:
            return pretended
    if why is Unfit.EXPIRED:
        return person_errors.device_expired()
    if device.is_denied:
        return person_errors.device_declined()
    return _redeemed(asked, device) if device.is_answered else _waiting(asked, device)


def _waiting(asked: Asked, device: DeviceCode) -> GrantAnswer:
    is_early, state = issued.polled(asked.state, device, now=asked.now)
    slower = person_errors.slow_down(device.interval_s + issued.SLOWER_S)
    return RefusedWithTrace(slower if is_early else person_errors.authorization_pending(), state)


def _redeemed(asked: Asked, device: DeviceCode) -> GrantAnswer:
    authorization = device.authorization
    if (refused := asked.authorized(authorization, GRANT_TYPE)) is not None:
        return refused
    wanted = asked.wanted(authorization)
    if isinstance(wanted, EntraError):
        return wanted
    if (refused := asked.unconsented(authorization, wanted)) is not None:
        return refused
    granted = for_person(authorization, wanted, asked.client, asked.state, asked.issuing)
    granted = with_refresh_token(granted, authorization, wanted, asked.now)
    return granted.after(issued.drop_device(granted.state, device))


GRANT = SandboxGrant((GRANT_TYPE, "device_code"), answer)
