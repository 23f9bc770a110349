"""Which client asks, proven in the one way that it is registered for (RFC 6749 section 2.3, RFC 7523, RFC 8705)."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from console.core.exchange import header
from console.core.tokens.times import epoch
from console.sandbox.ids import hash_of
from console.sandbox.issued import mark, marked
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import first
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Form, Rules
from console.sandbox.registered import OAuthClient
from console.sandbox.signed_text import certificate_thumbprint, is_signed_by, read_jwt, texts
from console.sandbox.state import State

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
BASIC, POST, KEY, NONE = "client_secret_basic", "client_secret_post", "private_key_jwt", "none"
SELF_SIGNED = "self_signed_tls_client_auth"


@dataclass(frozen=True, slots=True, repr=False)
class _Shown:
    """What a request shows of its client; `method` is how."""

    method: str
    client_id: str
    secret: str = ""
    assertion: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """`state` remembers what may be used once."""

    client: OAuthClient
    state: State


def authenticate(form: Form, visit: ProviderVisit, rules: Rules) -> Proven | OAuthRefusal:
    shown = _shown(form, visit)
    if isinstance(shown, OAuthRefusal):
        return shown
    by_header = shown.method == BASIC

    def refused(text: str) -> OAuthRefusal:
        return errors.bad_client(text, by_header=by_header, issuer=visit.issuer)

    client = rules.client(visit.state, shown.client_id)
    if client is None:
        return refused("Unknown client: its client_id is not registered here.")
    if shown.method == NONE and client.method == SELF_SIGNED:
        return _by_certificate(client, visit) or refused("No certificate of the client was shown in TLS.")
    if shown.method != client.method:
        return refused(
            f"The client authentication method {shown.method} is not allowed: it is registered for {client.method}."
        )
    if shown.method == KEY:
        answered = _by_assertion(shown.assertion, client, visit, rules)
        return refused(answered) if isinstance(answered, str) else answered
    if shown.method != NONE and (problem := _secret_problem(shown.secret, client, visit.now)):
        return refused(problem)
    return Proven(client, visit.state)


def _shown(form: Form, visit: ProviderVisit) -> _Shown | OAuthRefusal:
    authorization = header(visit.request.headers, "authorization") or ""
    is_basic = authorization[:6].lower() == "basic "
    ways = [is_basic, "client_secret" in form, "client_assertion" in form]
    if sum(ways) > 1:
        return OAuthRefusal("invalid_request", "The request uses more than one method of client authentication.")
    client_id = first(form, "client_id")
    if is_basic:
        return _basic(authorization, client_id, visit)
    if "client_secret" in form:
        return _Shown(POST, client_id, secret=first(form, "client_secret"))
    if "client_assertion" in form:
        return _asserted(form, client_id, visit)
    return _Shown(NONE, client_id) if client_id else errors.missing("client_id")


def _basic(authorization: str, client_id: str, visit: ProviderVisit) -> _Shown | OAuthRefusal:
    """Id and secret are form-encoded before they are put together (RFC 6749 section 2.3.1)."""
    try:
        text = base64.b64decode(authorization[6:].strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        text = ""
    name, colon, secret = text.partition(":")
    if not colon:
        return errors.bad_client("The Basic header cannot be read.", by_header=True, issuer=visit.issuer)
    name = unquote_plus(name)
    if client_id and client_id != name:
        return OAuthRefusal("invalid_request", "client_id names another client than the Authorization header.")
    return _Shown(BASIC, name, secret=unquote_plus(secret))


def _asserted(form: Form, client_id: str, visit: ProviderVisit) -> _Shown | OAuthRefusal:
    if first(form, "client_assertion_type") != ASSERTION_TYPE:
        return OAuthRefusal("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}.")
    text = first(form, "client_assertion")
    read = read_jwt(text)
    subject = read[2].get("sub") if read is not None else None
    if not isinstance(subject, str) or (client_id and client_id != subject):
        text = "The client assertion cannot be read, or its sub is not the client."
        return errors.bad_client(text, by_header=False, issuer=visit.issuer)
    return _Shown(KEY, subject, assertion=text)


def _secret_problem(secret: str, client: OAuthClient, now: int) -> str:
    given = hash_of(secret)
    matching = [one for one in client.secrets if hmac.compare_digest(one.hash, given)]
    if not matching:
        return "The client secret is wrong."
    return "" if any(one.until > now for one in matching) else "The client secret has expired."


def _by_certificate(client: OAuthClient, visit: ProviderVisit) -> Proven | None:
    """RFC 8705 section 2.2: the certificate itself is registered, whoever issued it."""
    if not visit.certificate:
        return None
    shown = certificate_thumbprint(visit.certificate)
    return Proven(client, visit.state) if shown in client.certificates else None


def _by_assertion(text: str, client: OAuthClient, visit: ProviderVisit, rules: Rules) -> Proven | str:
    """The client proven, or what is wrong with its assertion."""
    read = read_jwt(text)
    if read is None:
        return "The client assertion cannot be read."
    token, head, claims = read
    keys = tuple(one for one in client.keys if one.until >= visit.now)
    named = tuple(one for one in keys if one.kid == head.get("kid"))
    if "kid" in head and not named:
        return "The client assertion names a key (kid) that is not registered for the client."
    if not is_signed_by(token, named or keys, algorithms=ALGORITHMS):
        return "The signature of the client assertion is wrong."
    if problem := _claims_problem(claims, client, visit, rules):
        return problem
    return _once(claims, client, visit)


def _claims_problem(claims: dict[str, Any], client: OAuthClient, visit: ProviderVisit, rules: Rules) -> str:
    if claims.get("iss") != client.id:
        return "iss of the client assertion is not the client."
    accepted = {*visit.issuers}
    if rules.names_endpoint:
        accepted |= {f"{one}{path}" for one in visit.issuers for path in ("/token", visit.path)}
    named = texts(claims.get("aud")) or ()
    if len(named) != 1 or named[0] not in accepted:
        return f"Invalid audience (aud) of the client assertion: it must be the issuer {visit.issuer} alone."
    ends, issued = epoch(claims.get("exp")), epoch(claims.get("iat", visit.now))
    starts = epoch(claims.get("nbf", visit.now))
    if ends is None or issued is None or starts is None:
        return "exp, iat and nbf of the client assertion must be numbers, and exp must be there."
    if ends < visit.now - rules.skew_s:
        return "The client assertion has expired."
    if max(issued, starts) > visit.now + rules.skew_s:
        return "The client assertion is not valid yet: its iat or nbf lies in the future."
    if ends - issued > rules.assertion_life_s or ends > visit.now + rules.assertion_life_s + rules.skew_s:
        return f"The client assertion lives longer than {rules.assertion_life_s} seconds."
    return ""


def _once(claims: dict[str, Any], client: OAuthClient, visit: ProviderVisit) -> Proven | str:
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti:
        return "The client assertion has no jti."
    use = f"assertion {visit.segment} {client.id} {jti}"
    if marked(visit.state, use, now=visit.now) is not None:
        return "The client assertion was used before (jti)."
    until = (epoch(claims["exp"]) or visit.now) + 600
    return Proven(client, mark(visit.state, use, now=visit.now, until=until))
