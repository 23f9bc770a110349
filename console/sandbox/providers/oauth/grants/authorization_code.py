"""A code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.6): once, by the client it was given to."""

import base64
import hashlib
import re

from console.sandbox.issued import Unfit, find_code, revoke, spend_code
from console.sandbox.providers.form import first
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Granted, TokenAsk
from console.sandbox.providers.oauth.tokens import person_answer
from console.sandbox.state import Authorization, Code

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def answer(ask: TokenAsk) -> Granted:
    text = first(ask.form, "code")
    if not text:
        return errors.missing("code"), ask.state
    code, unfit = find_code(ask.state, text, now=ask.visit.now)
    if code is None or code.authorization.provider != ask.rules.segment:
        return errors.bad_grant("The authorization code is not valid here."), ask.state
    if code.authorization.client_id != ask.client.id:
        return errors.bad_grant("The code was given to another client."), ask.state
    if unfit is Unfit.USED:
        # Somebody else may have it: what was issued for it is taken back (RFC 6749 section 4.1.2).
        return errors.bad_grant("The authorization code was already used; its tokens are revoked."), revoke(
            ask.state, code.family
        )
    if unfit is not None:
        return errors.bad_grant("The authorization code has expired."), ask.state
    if (refused := _check_request(ask, code.authorization)) is not None:
        return refused, ask.state
    return _redeem(ask, code)


def _redeem(ask: TokenAsk, code: Code) -> Granted:
    body, after = person_answer(ask, code.authorization, family=None)
    before = {one.id for one in ask.state.refresh_families}
    made = next((one.id for one in after.refresh_families if one.id not in before), "")
    return body, spend_code(after, code, family=made)


def _check_request(ask: TokenAsk, authorization: Authorization) -> OAuthRefusal | None:
    if first(ask.form, "redirect_uri") != authorization.redirect_uri:
        return errors.bad_grant("The redirect_uri does not match the one of the authorization request.")
    verifier = first(ask.form, "code_verifier")
    if authorization.challenge and not verifier:
        return errors.bad_grant("code_verifier is missing: the code was asked for with a challenge.")
    if verifier and not authorization.challenge:
        return errors.bad_grant("code_verifier was sent for a code that was asked for without a challenge.")
    if verifier and not _VERIFIER.fullmatch(verifier):
        return errors.bad_grant("code_verifier must have 43 to 128 unreserved characters.")
    if verifier and challenge_of(verifier) != authorization.challenge:
        return errors.bad_grant("code_verifier does not belong to the challenge.")
    bound = authorization.detail("dpop_jkt")
    if bound and ask.cnf.get("jkt") != bound:
        return errors.bad_grant("The code is bound to another DPoP key (dpop_jkt).")
    return None


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
