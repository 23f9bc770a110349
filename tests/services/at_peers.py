"""Profiles at an authorization server that nobody here wrote, used through the services as a person would."""

from urllib.parse import parse_qs, urlsplit

from console.core.authorization import AuthorizationStage
from console.core.profile import ProfileDraft
from console.services import (
    authorization_answers,
    authorization_outcomes,
    authorizations,
    connections,
    profiles,
    tokens,
    wiring,
)
from tests.peers import JWT_API

BACK = "/back/"
FROM_METADATA = (
    "token_endpoint",
    "jwks_uri",
    "authorization_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "introspection_endpoint",
    "revocation_endpoint",
    "end_session_endpoint",
)


def opened_to(peer, settings):
    """The guard lets requests to this server through, as an operator would have it."""
    peer.open_to(settings)
    wiring.egress_policy.cache_clear()


def redirect_uri(settings):
    return f"{settings.CONSOLE_PUBLIC_URL}{BACK}"


def profile_at(actor, peer, client_id, *, grant="client_credentials", scope="orders.read", **settings):
    """A profile whose endpoints are those of the server's metadata."""
    found = {name: peer.metadata[name] for name in FROM_METADATA if name in peer.metadata}
    known = {"environment": "outside", "issuer": peer.issuer, **found, **settings}
    draft = ProfileDraft(
        name=f"At {peer.issuer}", environment="", provider="generic", settings=known, client_id=client_id, grant=grant,
        scope=scope, api_id=None,
    )  # fmt: skip
    return profiles.create(actor, draft)


def obtained(actor, profile, **named):
    """A token asked for now; a refusal fails with the provider's own words."""
    found = tokens.obtain(actor, profile.id, wants_fresh=True, **named)
    assert found.response is not None, found.error or found.failure or found.result
    return found


def sent_forms(found):
    """The forms of the requests for a token, as kept: masked."""
    return [dict(parse_qs(step.request.body.decode())) for step in found.steps if step.request.body]


def begun(actor, profile, name="Mira's"):
    return authorizations.begin(actor, connections.make(actor, profile.id, name).id)


def opened(actor, begun_now):
    found = authorizations.find(begun_now.id, begun_now.browser)
    return authorizations.open_for(found, actor, address="192.0.2.1")


def signed_in(actor, peer, begun_now, login="mira"):
    """The person goes through the server's pages and comes back; the sign-in as it stands then."""
    landed = peer.sign_in(opened(actor, begun_now).authorization.parts.url, login)
    told = parse_qs(urlsplit(landed).query)
    taken = authorization_answers.take_answer(told, {begun_now.id: begun_now.browser.reveal()}, actor)
    assert taken == begun_now.id, landed
    return authorization_answers.exchange(opened(actor, begun_now))


def connected(actor, peer, profile, login="mira"):
    """A connection that somebody signed in for, and confirmed."""
    begun_now = begun(actor, profile)
    found = signed_in(actor, peer, begun_now, login)
    assert found.authorization.stage is AuthorizationStage.TO_CONFIRM, found.authorization.problem
    authorization_outcomes.confirm(found, accepts_other=False)
    return found.connection


FOR_A_PERSON = {"scope": "openid offline_access orders.read", "prompt": "consent", "resource": JWT_API}
