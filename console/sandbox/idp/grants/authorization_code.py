"""A code that a person's sign-in brought is redeemed (RFC 6749 section 4.1.3), once, with its verifier (RFC 7636)."""

import base64
import hashlib
import hmac

from console.sandbox import issued
from console.sandbox.idp import errors, person_errors
from console.sandbox.idp.errors import EntraError
from console.sandbox.idp.granted import RefusedWithTrace, for_person, with_refresh_token
from console.sandbox.idp.grants.base import Asked, GrantAnswer, SandboxGrant
from console.sandbox.issued import Unfit
from console.sandbox.state import Authorization, Code


def answer(asked: Asked) -> GrantAnswer:
    text = asked.form.get("code", "")
    if not text:
        return errors.parameter_missing("code")
    code, why = issued.find_code(asked.state, text, now=asked.now)
    if code is None:
        return person_errors.not_a_code("code")
    if (refused := asked.authorized(code.authorization, "authorization_code")) is not None:
        return refused
    if why is Unfit.USED:
        # RFC 6749 section 10.5: what was issued for it is revoked, since one of the two who sent it had stolen it.
        return RefusedWithTrace(person_errors.code_used(), issued.revoke(asked.state, code.family))
    if why is Unfit.EXPIRED:
        return person_errors.expired("authorization code")
    return _unfitting(asked, code.authorization) or _redeemed(asked, code)


def _unfitting(asked: Asked, authorization: Authorization) -> EntraError | None:
    """Why the rest of the request does not fit the one that the code was given for."""
    if asked.form.get("redirect_uri", "") != authorization.redirect_uri:
        return person_errors.other_redirect()
    verifier = asked.form.get("code_verifier", "")
    if not authorization.challenge:
        return person_errors.verifier_unexpected() if verifier else None
    if not verifier:
        return person_errors.verifier_missing()
    digest = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    computed = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    is_it = hmac.compare_digest(computed, authorization.challenge)
    return None if is_it else person_errors.verifier_mismatch()


def _redeemed(asked: Asked, code: Code) -> GrantAnswer:
    authorization = code.authorization
    wanted = asked.wanted(authorization)
    if isinstance(wanted, EntraError):
        return wanted
    if (refused := asked.unconsented(authorization, wanted)) is not None:
        return refused
    granted = for_person(authorization, wanted, asked.client, asked.state, asked.issuing)
    granted = with_refresh_token(granted, authorization, wanted, asked.now)
    family = granted.state.refresh_families[-1].id if granted.refresh_token else ""
    return granted.after(issued.spend_code(granted.state, code, family=family))


GRANT = SandboxGrant(("authorization_code",), answer)
