"""Profiles of the sandbox to practise with: each provider that it plays, and each grant that one press can ask with."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.sandbox.providers import samples
from console.services import (
    apis,
    authorization_answers,
    authorization_outcomes,
    authorizations,
    connections,
    opening,
    profiles,
    sandbox,
    sandbox_providers,
    sandbox_tenant,
    sandbox_workspace,
)
from console.services.sandbox_providers import ClientPlace
from console.services.sandbox_tenant import SignInSettings
from tests.services.test_grants_in_sandbox import signed_in_at


def api_named(actor, name):
    return next(one for one in apis.list_apis(actor) if one.name == f"{name} (sandbox)")


def registered(actor):
    return sandbox.workspace(actor).state.registered


def made(actor, provider, grant, client_id, *, scope="", api="Partners", **settings):
    chosen = {"environment": "sandbox", **settings} if provider != "sandbox" else settings
    draft = ProfileDraft(
        f"{provider} {grant}", "", provider, chosen, client_id, grant, scope, api_id=api_named(actor, api).id
    )
    return profiles.create(actor, draft)


def with_key(actor, profile):
    """With a key whose public half the provider knows."""
    profiles.make_certificate(actor, profile.id, days=90)
    data = sandbox_providers.of_profile(actor, profile.id, as_certificate=False)
    assert sandbox_providers.register_key(actor, ClientPlace(profile.provider, profile.client_id), data) == ""
    return profile


def maskinporten(actor, **settings):
    client = registered(actor).maskinporten.clients[0]
    named = {"assertion_key_name": "kid", "assertion_kid": "mine"}
    profile = made(actor, "maskinporten", "jwt_bearer", client.id, scope=samples.READ, **named, **settings)
    return opening.of_profile(actor, "use", with_key(actor, profile).id)


def maskinporten_for_a_customer(actor):
    return maskinporten(actor, consumer_org=samples.CUSTOMER)


def generic(actor):
    method = "client_secret_post"
    client = next(one for one in registered(actor).generic if one.method == method)
    profile = made(actor, "generic", "client_credentials", client.id, scope="orders.read", client_auth=method)
    secret = samples.sample_secret(sandbox_workspace.installation().seed, "generic", method)
    profiles.replace_secret(actor, profile.id, Secret(secret))
    return opening.of_profile(actor, "use", profile.id)


def signed_in_for(actor, profile):
    """The profile through a connection that the first made-up person signed in for."""
    connection = connections.make(actor, profile.id, "Somebody")
    signed_in_again(actor, connection.id)
    return opening.of_connection(actor, "use", connection.id)


def signed_in_again(actor, connection_id):
    begun = authorizations.begin(actor, connection_id)
    url = authorizations.find(begun.id, begun.browser).parts.url
    told = {name: [value] for name, value in signed_in_at(actor, url).items()}
    assert authorization_answers.take_answer(told, {begun.id: begun.browser.reveal()}, actor) == begun.id
    found = authorizations.open_for(authorizations.find(begun.id, begun.browser), actor, address="192.0.2.1")
    authorization_outcomes.confirm(authorization_answers.exchange(found), accepts_other=False)
    assert parse_qs(urlsplit(url).query)["client_id"]


def idporten(actor):
    client = next(one for one in registered(actor).idporten if one.method == "private_key_jwt")
    profile = made(actor, "idporten", "authorization_code", client.id, scope="openid profile", par="yes")
    return signed_in_for(actor, with_key(actor, profile))


def entra_code(actor):
    sample = next(one for one in profiles.list_own(actor) if one.name == "Sample: orders with a secret")
    scope = f"openid offline_access {sandbox.samples().orders.identifier_uri}/access_as_user"
    draft = replace(profiles.draft_of(sample), grant="authorization_code", scope=scope)
    profile = profiles.update(actor, sample.id, draft, expected_version=sample.version)[0]
    return signed_in_for(actor, profile)


def tokenx(actor):
    """Exchanges the token of whoever signed in at ID-porten."""
    citizen = idporten(actor)
    named = {"assertion_key_name": "kid", "assertion_kid": "mine"}
    source = f"{citizen.profile.id}/{citizen.connection_id}"
    profile = made(
        actor, "tokenx", "token_exchange", samples.FRONTEND, audience=samples.API, subject_from=source, **named
    )
    return opening.of_profile(actor, "use", with_key(actor, profile).id)


def on_behalf_of(actor):
    """An API asks for a token for another one, on behalf of whoever signed in for the first."""
    person, known = entra_code(actor), sandbox.samples()
    registered_api = sandbox_tenant.register_client(actor, "Orders", roles={}, client_id=known.orders.id)
    chosen = SignInSettings((), False, False, False, (known.invoices.id,))
    sandbox_tenant.set_sign_in(actor, known.orders.id, chosen)
    source = f"{person.profile.id}/{person.connection_id}"
    scope = f"{known.invoices.identifier_uri}/access_as_user"
    profile = made(
        actor,
        "sandbox",
        "on_behalf_of",
        known.orders.id,
        scope=scope,
        api="Invoices",
        tenant=known.state.tenant_id,
        subject_from=source,
    )
    profiles.replace_secret(actor, profile.id, registered_api.secret)
    return opening.of_profile(actor, "use", profile.id)
