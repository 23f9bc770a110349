"""A refresh token is redeemed and replaced (RFC 6749 section 6); one that comes again shows that it was stolen."""

from dataclasses import replace

from console.sandbox import issued
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import RefusedWithTrace, for_person
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.issued import Unfit
from console.sandbox.state import RefreshFamily


def answer(asked: Asked) -> GrantAnswer:
    text = asked.form.get("refresh_token", "")
    if not text:
        return errors.parameter_missing("refresh_token")
    family, why = issued.find_refresh(asked.state, text, now=asked.now)
    if family is None:
        return person_errors.not_a_code("refresh_token")
    if (refused := asked.authorized(family.authorization, "refresh_token")) is not None:
        return refused
    if why is Unfit.USED:
        return RefusedWithTrace(person_errors.refresh_reused(), issued.revoke(asked.state, family.id))
    if why is Unfit.REVOKED:
        return person_errors.refresh_revoked()
    if why is Unfit.EXPIRED:
        return person_errors.refresh_inactive()
    return _refreshed(asked, family)


def _refreshed(asked: Asked, family: RefreshFamily) -> GrantAnswer:
    """For any API that the person consented to: Entra's refresh tokens are not bound to one."""
    authorization = replace(family.authorization, nonce="")  # OpenID Connect Core section 12.2: no nonce again
    wanted = asked.wanted(authorization)
    if isinstance(wanted, EntraError):
        return wanted
    if (refused := asked.unconsented(authorization, wanted)) is not None:
        return refused
    text, state = issued.rotate(asked.state, family, now=asked.now)
    granted = for_person(authorization, wanted, asked.client, state, asked.issuing)
    return replace(granted, refresh_token=text)


GRANT = SandboxGrant(("refresh_token",), answer)
