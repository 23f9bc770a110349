"""Round trips at the providers that the sandbox plays, by the console's own services, with what comes of a fault."""

import jwt
import pytest

from console.adapters import clock
from console.core.api import Api, Expectation
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.finding import Status
from console.core.grants.base import Need
from console.core.profile import ProfileDraft
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureState
from console.sandbox.keys import SandboxKeys
from console.sandbox.providers.samples import API, FRONTEND, READ, sample_secret
from console.services import (
    apis,
    calls,
    opening,
    profiles,
    sandbox,
    sandbox_providers,
    sandbox_workspace,
    token_requests,
    tokens,
    wiring,
)
from console.services.sandbox_providers import ClientPlace
from console.services.token_requests import Using
from tests.services.builders import with_samples

pytestmark = pytest.mark.django_db
GET = ApiCall("GET", "/orders", sends_subscription_key=False)


@pytest.fixture
def actor():
    return with_samples()


def partners(actor):
    """The Api behind the sandbox's own gateway that takes tokens of all of them, and what it expects."""
    base = sandbox.workspace(actor).base
    issuers = (f"{base}/maskinporten/", f"{base}/tokenx", f"{base}/idporten", f"{base}/generic")
    wanted = Expectation(issuers=issuers)
    return apis.create(actor, Api("", 0, name="Partners", base_url=f"{base}/gateway/partners", expectation=wanted))


def client_of(actor, provider, method=""):
    registered = sandbox.workspace(actor).state.registered
    if provider == "maskinporten":
        return registered.maskinporten.clients[0].id
    return next(one.id for one in getattr(registered, provider) if one.method == method)


def profile_at(actor, provider, grant, client_id, *, scope="", method="", **settings):
    chosen = {"environment": "sandbox", **({"client_auth": method} if method else {}), **settings}
    draft = ProfileDraft(provider, "", provider, chosen, client_id, grant, scope, api_id=partners(actor).id)
    return profiles.create(actor, draft)


def with_secret(actor, provider, profile, method):
    seed = sandbox_workspace.installation().seed
    profiles.replace_secret(actor, profile.id, Secret(sample_secret(seed, provider, method)))


def with_key(actor, provider, client_id, profile):
    profiles.make_certificate(actor, profile.id, days=90)
    data = sandbox_providers.of_profile(actor, profile.id, as_certificate=False)
    assert sandbox_providers.register_key(actor, ClientPlace(provider, client_id), data) == ""


def claims_of(obtained):
    assert obtained.access_token is not None, [(s.response and s.response.body) for s in obtained.steps]
    return parse(obtained.access_token.reveal()).claims


def maskinporten(actor):
    client_id = client_of(actor, "maskinporten")
    named = {"assertion_key_name": "kid", "assertion_kid": "mine"}
    profile = profile_at(actor, "maskinporten", "jwt_bearer", client_id, scope=READ, **named)
    with_key(actor, "maskinporten", client_id, profile)
    return profile


def test_maskinporten_gives_a_token_and_the_api_takes_it(actor):
    profile = maskinporten(actor)
    claims = claims_of(tokens.obtain(actor, profile.id))
    assert claims["iss"] == f"{sandbox.workspace(actor).base}/maskinporten/"
    sent = calls.send(actor, profile.id, GET)
    assert sent.exchange.response.status == 200


def test_the_sample_api_for_the_further_providers_judges_their_tokens_with_their_own_keys(actor):
    profile = maskinporten(actor)
    sample = next(one for one in apis.list_apis(actor) if one.name == "Partners (sandbox)")
    draft = ProfileDraft(
        "mine", "", "maskinporten", profile.settings, profile.client_id, profile.grant, profile.scope, api_id=sample.id
    )
    version = profiles.open_profile(actor, "view", profile.id).version
    profiles.update(actor, profile.id, draft, expected_version=version)
    obtained = tokens.obtain(actor, profile.id)
    assert obtained.signature.state is SignatureState.VALID
    assert [one.what for one in obtained.findings if one.status is Status.FAIL] == []
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic", "private_key_jwt"])
def test_the_generic_provider_gives_a_clients_own_token(actor, method):
    client_id = client_of(actor, "generic", method)
    profile = profile_at(actor, "generic", "client_credentials", client_id, scope="orders.read", method=method)
    if method == "private_key_jwt":
        with_key(actor, "generic", client_id, profile)
    else:
        with_secret(actor, "generic", profile, method)
    assert claims_of(tokens.obtain(actor, profile.id))["client_id"] == client_id
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200


def test_a_token_bound_to_a_key_is_got_with_the_servers_nonce_and_used_with_proofs(actor):
    client_id = client_of(actor, "generic", "client_secret_post")
    profile = profile_at(
        actor,
        "generic",
        "client_credentials",
        client_id,
        method="client_secret_post",
        scope="orders.read",
        dpop="ES256",
    )
    with_secret(actor, "generic", profile, "client_secret_post")
    obtained = tokens.obtain(actor, profile.id)
    assert claims_of(obtained)["cnf"].keys() == {"jkt"}
    assert [step.response.status for step in obtained.steps] == [400, 200]
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200


def test_a_token_bound_to_a_certificate_is_got_and_used_by_whoever_shows_it(actor):
    method = "self_signed_tls_client_auth"
    client_id = client_of(actor, "generic", method)
    profile = profile_at(actor, "generic", "client_credentials", client_id, scope="orders.read", method=method)
    profiles.make_certificate(actor, profile.id, days=90)
    refused = tokens.obtain(actor, profile.id)
    assert refused.access_token is None
    data = sandbox_providers.of_profile(actor, profile.id, as_certificate=True)
    assert sandbox_providers.register_certificate(actor, ClientPlace("generic", client_id), data) == ""
    assert claims_of(tokens.obtain(actor, profile.id))["cnf"].keys() == {"x5t#S256"}
    assert calls.send(actor, profile.id, GET).exchange.response.status == 200


def person_token(actor) -> str:
    """As the workspace's ID-porten signs it."""
    now, space = clock.now(), sandbox.workspace(actor)
    claims = {
        "iss": f"{space.base}/idporten",
        "sub": "s",
        "pid": "07899010056",
        "iat": now,
        "exp": now + 60,
        "jti": "1",
    }
    keys = SandboxKeys(space.installation.private_pem)
    return jwt.encode(claims, keys.private_pem, algorithm="RS256", headers={"kid": keys.kid})


def tokenx(actor):
    named = {"assertion_key_name": "kid", "assertion_kid": "mine"}
    profile = profile_at(actor, "tokenx", "token_exchange", FRONTEND, audience=API, **named)
    with_key(actor, "tokenx", FRONTEND, profile)
    return profile


def exchanged(actor, profile):
    opened = opening.of_profile(actor, "use", profile.id)
    using = Using(given={Need.SUBJECT_TOKEN: Secret(person_token(actor))})
    return opened, token_requests.send(opened, wiring.transport_for(opened.own), using)


def test_tokenx_exchanges_a_persons_token(actor):
    _, result = exchanged(actor, tokenx(actor))
    assert result.response is not None, result.error
    claims = parse(result.response.access_token.reveal()).claims
    assert (claims["client_id"], claims["aud"], claims["pid"]) == (FRONTEND, API, "07899010056")


FAULTS = {"maskinporten-scope-closed": "scope-not-granted", "maskinporten-key-expired": "certificate-or-key-expired"}


@pytest.mark.parametrize(("fault", "cause"), FAULTS.items())
def test_a_fault_of_maskinporten_is_explained(actor, fault, cause):
    profile = maskinporten(actor)
    sandbox.set_fault(actor, fault)
    assert tokens.obtain(actor, profile.id, wants_fresh=True).diagnosis.primary.cause == cause


OF_TOKENX = {"tokenx-policy-closed": "target-access-policy", "tokenx-client-unknown": "client-id-wrong"}


@pytest.mark.parametrize(("fault", "cause"), OF_TOKENX.items())
def test_a_fault_of_tokenx_is_explained(actor, fault, cause):
    profile = tokenx(actor)
    sandbox.set_fault(actor, fault)
    opened, result = exchanged(actor, profile)
    kept = tokens.token_history.keep(actor, profile, opened.api, result, used=None, now=clock.now())
    assert kept.diagnosis.primary.cause == cause


def test_a_token_whose_issuer_lacks_its_slash_is_explained_when_it_is_used(actor):
    profile = maskinporten(actor)
    sandbox.set_fault(actor, "maskinporten-issuer-without-slash")
    assert called_with_fresh(actor, profile) == "issuer-spelling-mismatch"


def test_a_token_that_ran_out_is_explained_when_it_is_used(actor):
    client_id, method = client_of(actor, "generic", "client_secret_post"), "client_secret_post"
    profile = profile_at(actor, "generic", "client_credentials", client_id, scope="orders.read", method=method)
    with_secret(actor, "generic", profile, method)
    sandbox.set_fault(actor, "generic-token-expired")
    assert called_with_fresh(actor, profile) == "token-expired"


def called_with_fresh(actor, profile):
    assert tokens.obtain(actor, profile.id, wants_fresh=True).access_token is not None
    sent = calls.send(actor, profile.id, GET)
    assert sent.diagnosis.primary is not None, sent.exchange.response
    return sent.diagnosis.primary.cause
