"""The mistakes that people make most with each grant: what is diagnosed names the right cause first, in the sandbox.

What a person can make in the console is made there, by its services. What the console itself never sends goes out as
another client sends it, and the exchange is pasted into the inspector (`mistakes.py`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import pytest

from console.core.api import Api, Expectation
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.terms import Confidence
from console.core.exchange import Request
from console.core.grants.base import Need, SendPerson
from console.sandbox.partners import partners_api
from console.sandbox.providers.samples import API, CUSTOMER, FRONTEND, READ, SUPPLIER
from console.services import apis, calls, metadata_lookup, profiles, sandbox, sandbox_policies, tokens
from console.services.token_requests import Using
from tests.sandbox.builders import BASE, FORM, NOW, key_pair, scope, secret_form, token_url
from tests.sandbox.builders import token_for as tenant_token
from tests.sandbox.providers import test_generic as generic
from tests.sandbox.providers import test_idporten as idporten
from tests.sandbox.providers import test_maskinporten as maskinporten
from tests.sandbox.providers import test_tokenx as tokenx
from tests.services import mistakes as raw
from tests.services.builders import with_samples
from tests.services.grant_side import came_back, tried
from tests.services.test_grants_in_sandbox import signed_in_at, with_registered_key
from tests.services.test_played_providers import client_of, profile_at, with_key, with_secret

GET = ApiCall("GET", "/orders", sends_subscription_key=False)
ISSUER, TOKEN_TYPE = maskinporten.ISSUER, "urn:ietf:params:oauth:token-type"
CERTIFICATE = key_pair("client").certificate_pem
DISCOVERY = f"{BASE}/generic/.well-known/openid-configuration"
NAMES_NONE = ""  # the taxonomy has no cause for it: none is named, rather than a wrong one


@dataclass(frozen=True)
class Mistake:
    """`made` makes it, in the console of an actor or, without one, outside; `cause` is a slug of the taxonomy."""

    told: str
    made: Callable[..., Diagnosis]
    cause: str


def rows(*table: tuple[str, Callable[..., Diagnosis], str]) -> list[Mistake]:
    return [Mistake(*row) for row in table]


OUTSIDE = rows(
    # 1 Maskinporten
    ("aud of the grant is the token endpoint", lambda: raw.grant(aud=f"{ISSUER}token"), "assertion-audience-wrong"),
    ("aud of the grant lacks the slash at its end", lambda: raw.grant(aud=ISSUER[:-1]), "assertion-audience-wrong"),
    ("scope is a field beside the grant and no claim of it",
     lambda: raw.grant(scope=None, form={"scope": READ}), "request-parameter-missing"),
    ("consumer_org is a field beside the grant",
     lambda: raw.for_customer(form={"consumer_org": CUSTOMER}), "delegation-party-missing"),
    ("consumer_org is a header",
     lambda: raw.for_customer(headers=[("consumer_org", CUSTOMER)]), "delegation-party-missing"),
    ("the client's key is more than a year old", raw.grant_by_old_key, "certificate-or-key-expired"),
    ("a token of two minutes is kept and used after five",
     lambda: raw.call(f"Bearer {raw.maskinporten_token()}", now=NOW + 300), "token-expired"),
    # 2 TokenX
    ("subject_token_type is that of access tokens",
     lambda: raw.exchange(subject_token_type=f"{TOKEN_TYPE}:access_token"), "request-parameter-missing"),
    ("the assertion has no nbf", lambda: raw.exchange_proof(nbf=None), "request-parameter-missing"),
    ("aud of the assertion has two values",
     lambda: raw.exchange_proof(aud=[tokenx.ISSUER, f"{tokenx.ISSUER}/token"]), "assertion-audience-wrong"),
    # 3 ID-porten
    ("aud of the assertion is the issuer with a slash",
     lambda: raw.pasted(raw.own_proof(aud=f"{generic.ISSUER}/")), "assertion-audience-wrong"),
    ("the challenge is padded", lambda: raw.pushed(code_challenge=f"{idporten.CHALLENGE}="), "pkce-mismatch"),
    ("Level4 is asked for", lambda: raw.pushed(acr_values="Level4"), "request-parameter-missing"),
    ("the access token serves as a session, and has ended",
     lambda: raw.call(f"Bearer {raw.person_tokens()['access_token']}", now=NOW + 600), "token-expired"),
    ("the ID token goes to the API", raw.id_token_at_tenants_api, "id-token-used"),
    ("the ID token goes to userinfo", lambda: raw.at_userinfo(raw.person_tokens()["id_token"]), "id-token-used"),
    # 5.1 Core
    ("the form is JSON, at the generic provider",
     lambda: raw.in_json("/generic/token", generic.own()), "request-body-encoding"),
    ("the form is JSON, and its header says form",
     lambda: raw.in_json("/generic/token", generic.own(), FORM), "request-body-encoding"),
    ("the form is JSON, at ID-porten",
     lambda: raw.in_json("/idporten/token", {"grant_type": "refresh_token"}), "request-body-encoding"),
    ("the form is JSON, at Maskinporten",
     lambda: raw.in_json("/maskinporten/token", {"assertion": maskinporten.grant()}), "request-body-encoding"),
    ("the form is JSON, at TokenX", lambda: raw.in_json("/tokenx/token", tokenx.form()), "request-body-encoding"),
    ("the form is JSON, at Entra",
     lambda: raw.in_json(token_url().removeprefix(BASE), secret_form()), "request-body-encoding"),
    ("the secret is in the query", lambda: raw.pasted(
        raw.own(query=f"?client_secret={quote(generic.SECRET)}", client_secret=None)), "request-body-encoding"),
    ("the secret is in the query, at Entra",
     lambda: raw.at_tenant(query="?client_secret=abc", client_secret=None), "request-body-encoding"),
    ("everything is in the query", lambda: raw.pasted(
        Request("POST", f"{BASE}{generic.TOKEN}?{raw.own().body.decode()}")), "request-body-encoding"),
    # 5.3 Device flow
    ("the device polls too fast", raw.polled_at_once, "identity-provider-unavailable"),
    # 5.4 Assertions
    ("kid is wrong, at the generic provider",
     lambda: raw.pasted(raw.own_proof(header={"kid": "x"})), "certificate-not-registered"),
    ("kid is wrong, at TokenX", lambda: raw.exchange_proof(header={"kid": "x"}), "certificate-not-registered"),
    ("kid is right and the key another's", lambda: raw.pasted(
        raw.own_proof(key="other", header={"kid": "client"})), "certificate-not-registered"),
    ("jti is used again", lambda: raw.twice(raw.own_proof()), "assertion-replayed"),
    ("jti is used again, at Maskinporten", raw.grant_twice, "assertion-replayed"),
    ("exp is far ahead",
     lambda: raw.pasted(raw.own_proof(exp=NOW + 86_400)), "assertion-lifetime-invalid"),
    ("exp is far ahead, at Maskinporten", lambda: raw.grant(exp=NOW + 3600), "assertion-lifetime-invalid"),
    ("exp is far ahead, at TokenX", lambda: raw.exchange_proof(exp=NOW + 3600), "assertion-lifetime-invalid"),
    ("the clock is fast",
     lambda: raw.pasted(raw.own_proof(iat=NOW + 300, exp=NOW + 360)), "clock-skew"),
    ("the clock is fast, at Maskinporten", lambda: raw.grant(iat=NOW + 300, exp=NOW + 360), "clock-skew"),
    ("the clock is fast, at TokenX",
     lambda: raw.exchange_proof(iat=NOW + 100, nbf=NOW + 100, exp=NOW + 160), "clock-skew"),
    ("the clock is fast, and nbf leaves room, at TokenX", lambda: raw.exchange_proof(iat=NOW + 100), "clock-skew"),
    ("the secret signs (HS256)", lambda: raw.pasted(raw.own_proof(secret=raw.SECRET)), "signing-algorithm-mismatch"),
    ("the secret signs (HS256), at Maskinporten", raw.grant_with_secret, "signing-algorithm-mismatch"),
    ("the secret signs (HS256), at TokenX", raw.exchange_with_secret, "signing-algorithm-mismatch"),
    # 5.6 Resource indicators
    ("Entra is sent resource instead of scope",
     lambda: raw.at_tenant(scope=None, resource=scope().removesuffix("/.default")), "request-parameter-missing"),
    # 5.8 DPoP
    ("htu of the proof has a query",
     lambda: raw.pasted(raw.own_bound(url=f"{BASE}{generic.TOKEN}?x=1")), "dpop-proof-refused"),
    ("a proxy changes the scheme, so that htu is another's",
     lambda: raw.pasted(raw.own_bound(url=f"http{BASE[5:]}{generic.TOKEN}")), "dpop-proof-refused"),
    ("the clock of the proof is fast", lambda: raw.pasted(raw.own_bound(iat=NOW + 300)), "clock-skew"),
    # 5.9 mTLS
    ("a proxy ends TLS, and the client's certificate is lost",
     lambda: raw.pasted(raw.by_certificate()), "client-credential-missing"),
    ("a proxy ends TLS, and the certificate of a bound token is lost",
     lambda: raw.call(f"Bearer {raw.bound_token(CERTIFICATE)}"), "client-certificate-not-accepted"),
    # 5.11 Discovery
    ("the discovery URL is taken for the issuer", lambda: raw.pasted(
        Request("GET", f"{DISCOVERY}/.well-known/openid-configuration")), "metadata-url-invalid"),
    # 5.13 Bearer
    ("a colon stands behind Bearer", lambda: raw.call(f"Bearer: {raw.generic_token()}"), "bearer-scheme-malformed"),
    ("the token is quoted", lambda: raw.call(f'Bearer "{raw.generic_token()}"'), "bearer-scheme-malformed"),
)  # fmt: skip


def judged(found: Diagnosis, cause: str) -> None:
    """The cause ranks first, and nothing else is certain but what goes away with it."""
    told = [(one.cause, one.confidence.value, one.why) for one in found.causes]
    assert (found.primary.cause if found.primary else NAMES_NONE) == cause, told
    wrong = [one for one in found.causes if one.confidence is Confidence.CERTAIN and one.cause != cause]
    assert all(one.follows for one in wrong), told


@pytest.mark.parametrize("mistake", OUTSIDE, ids=lambda one: one.told)
def test_what_another_client_does_wrong_is_told(mistake):
    judged(mistake.made(), mistake.cause)


# In the console


def own_organisation(actor: Any) -> Diagnosis:
    profile = at_maskinporten(actor, consumer_org=SUPPLIER)
    return tokens.obtain(actor, profile.id).diagnosis


def other_kid(actor: Any) -> Diagnosis:
    profile = at_maskinporten(actor)
    settings = {**profile.settings, "assertion_kid": "x"}
    changed = replace(profiles.draft_of(profile), settings=settings)
    profiles.update(actor, profile.id, changed, expected_version=profile.version)
    return tokens.obtain(actor, profile.id).diagnosis


def at_maskinporten(actor: Any, **settings: str) -> Any:
    client_id = client_of(actor, "maskinporten")
    named = {"assertion_key_name": "kid", "assertion_kid": "mine", **settings}
    profile = profile_at(actor, "maskinporten", "jwt_bearer", client_id, scope=READ, **named)
    with_key(actor, "maskinporten", client_id, profile)
    return profiles.open_profile(actor, "manage", profile.id)


def exchanged(audience: str = API, *, subject: str = "") -> Callable[[Any], Diagnosis]:
    def made(actor: Any) -> Diagnosis:
        profile = profile_at(actor, "tokenx", "token_exchange", FRONTEND, audience=audience)
        profile = with_registered_key(actor, profile, "tokenx")
        return tried(actor, profile, Using(given={Need.SUBJECT_TOKEN: Secret(subject or tenant_token())})).diagnosis

    return made


def undecoded_state(actor: Any) -> Diagnosis:
    client = client_of(actor, "idporten", "private_key_jwt")
    profile = profile_at(actor, "idporten", "authorization_code", client, scope="openid profile")
    profile = with_registered_key(actor, profile, "idporten")
    move = tried(actor, profile).result.outcome
    assert isinstance(move, SendPerson)
    back = signed_in_at(actor, move.url)
    encoded = "".join(f"%{ord(letter):02X}" for letter in back["state"])
    return came_back(actor, profile, move, **{**back, "state": encoded}).diagnosis


def called(
    *, issuer_end: str = "", scope_wanted: str = "", audience: str = "", status: int = 401, fault: str = ""
) -> Any:
    """A call to the partners' API whose owner wants that; the token is the generic provider's for orders.read."""

    def made(actor: Any) -> Diagnosis:
        base = sandbox.workspace(actor).base
        issuer = f"{base}/generic{issuer_end}"
        policy = partners_api().policy
        if issuer_end:  # whose own metadata is read, its issuer is taken
            policy = re.sub(r'<openid-config url="[^"]*/generic/[^"]*" />', "", policy)
        policy = policy.replace('validation-httpcode="401"', f'validation-httpcode="{status}"')
        demands = f"<audiences><audience>{audience}</audience></audiences>" if audience else ""
        issuers = f"<issuers><issuer>{issuer}</issuer></issuers>"
        wanted = f'<claim name="scope" match="any" separator=" "><value>{scope_wanted}</value></claim>'
        claims = f"<required-claims>{wanted}</required-claims>" if scope_wanted else ""
        head, _, rest = policy.partition("<issuers>")
        policy = f"{head}{demands}{issuers}{claims}{rest.partition('</issuers>')[2]}"
        assert sandbox_policies.change(actor, "partners", policy) == ()
        expected = Expectation(
            issuers=(issuer,), audiences=(audience,) if audience else (), scopes=(scope_wanted,) if scope_wanted else ()
        )
        api = apis.create(actor, Api("", 0, name="P", base_url=f"{base}/gateway/partners", expectation=expected))
        post, client = "client_secret_post", client_of(actor, "generic", "client_secret_post")
        asked = {"audience": audience} if audience else {}
        profile = profile_at(actor, "generic", "client_credentials", client, scope="orders.read", method=post, **asked)
        with_secret(actor, "generic", profile, post)
        profile = profiles.open_profile(actor, "manage", profile.id)
        changed = replace(profiles.draft_of(profile), api_id=api.id)
        profiles.update(actor, profile.id, changed, expected_version=profile.version)
        sandbox.set_fault(actor, fault or None)
        sent = calls.send(actor, profile.id, GET)
        assert sent.exchange.response.status == status
        return sent.diagnosis

    return made


INSIDE = rows(
    # 1 Maskinporten
    ("consumer_org is the client's own organisation", own_organisation, "delegation-party-missing"),
    ("kid is wrong, at Maskinporten", other_kid, "certificate-not-registered"),
    # 2 TokenX
    ("the audience is written as a URL", exchanged("https://orders.shop.example"), "resource-not-found"),
    ("the audience is written with dots", exchanged(API.replace(":", ".")), "resource-not-found"),
    ("a token of Azure is the subject", exchanged(), "wrong-authorization-server"),
    # 3 ID-porten
    ("state is compared undecoded", undecoded_state, "authorization-response-invalid"),
    ("the API accepts the issuer with a slash that it lacks", called(issuer_end="/"), "issuer-spelling-mismatch"),
    # 5.1, 5.6, 5.13
    ("less is granted than the API wants", called(scope_wanted="orders.write", status=403), "scope-missing"),
    ("audience is sent to a server that wants resource",
     called(audience="https://orders.example"), "audience-other-api"),
    ("the API answers 403 to an expired token", called(status=403, fault="generic-token-expired"), "token-expired"),
    ("the API answers 401 to a missing scope", called(scope_wanted="orders.write"), "scope-missing"),
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("mistake", INSIDE, ids=lambda one: one.told)
def test_what_a_person_does_wrong_in_the_console_is_told(mistake):
    judged(mistake.made(with_samples()), mistake.cause)


@pytest.mark.django_db
def test_the_console_itself_takes_a_discovery_url_for_what_it_is():
    actor = with_samples()
    base = sandbox.workspace(actor).base
    found = metadata_lookup.look_up(actor, f"{base}/generic/.well-known/openid-configuration")
    assert found.settings is not None and found.settings["issuer"] == f"{base}/generic"


NOT_PROVOKED = {
    "authorising on client_id": "The API lets in whom it should not: nothing is refused.",
    "the ID token is the subject at TokenX": "TokenX takes it: it does not look at the audience of other issuers.",
    "a Maskinporten token with a pid is taken for a login": "The application's own belief: no server is asked.",
    "a missing scope is taken for none": "It means “as asked”: nothing is refused.",
    "no back-off after a timeout": "Only the moments of requests tell; one exchange does not show it.",
    "act is expected of a server that impersonates": "A claim that is not there: nothing is refused.",
    "a wrong alias host for mTLS": "The sandbox has one host for all.",
}


def test_what_is_not_provoked_has_its_reason_and_no_row():
    assert all(NOT_PROVOKED.values())
    assert NOT_PROVOKED.keys().isdisjoint(one.told for one in (*OUTSIDE, *INSIDE))


def test_tokenx_takes_an_id_token_as_subject():
    assert tokenx.exchange(subject_token=raw.person_tokens()["id_token"]).status == 200
