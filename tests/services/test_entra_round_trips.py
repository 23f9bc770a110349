"""Whole round trips of the console with its own sandbox, as Entra plays them, and each of their faults explained."""

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from console.core.credential import Secret
from console.core.exchange import Request
from console.core.grants.base import Need, SendPerson, Wait
from console.core.oauth.token_response import TokenResponse
from console.core.profile import ProfileDraft
from console.core.tokens.parse import parse
from console.sandbox.faults.people import CODE, DEVICE, FAULTS, ON_BEHALF_OF, REFRESH
from console.services import profiles, sandbox, sandbox_tenant
from console.services.sandbox_tenant import SignInSettings
from console.services.token_requests import Using
from tests.sandbox.people import Page
from tests.services.builders import with_samples
from tests.services.grant_side import came_back, tried

pytestmark = pytest.mark.django_db
FORM = ("Content-Type", "application/x-www-form-urlencoded")


@pytest.fixture
def actor():
    return with_samples()


def profile(actor, grant, *, client_id=None, secret=None, api=None):
    samples = sandbox.samples()
    wanted = (api or samples.orders).identifier_uri
    draft = ProfileDraft(
        name=f"Round trip: {grant}",
        environment="sandbox",
        provider="sandbox",
        settings={"tenant": samples.state.tenant_id},
        client_id=client_id or samples.secret_client.id,
        grant=grant,
        scope=f"openid offline_access {wanted}/access_as_user" if api is None else f"{wanted}/access_as_user",
        api_id=None,
    )
    made = profiles.create(actor, draft)
    profiles.replace_secret(actor, made.id, Secret(secret or samples.client_secret))
    return profiles.open_profile(actor, "manage", made.id)


def walk(actor, url, *buttons, **typed):
    """A person in a browser presses these buttons of the sandbox's pages; what reaches the console at the end."""
    segment = sandbox.workspace(actor).segment
    answer = sandbox.answer(segment, Request("GET", url))
    for button in buttons:
        if answer.header("Location"):
            break  # a consent is asked for once
        page = Page(url, answer.body.decode(), answer.status)
        url, fields = page.form(button, **(typed if button == "Go on" else {}))
        answer = sandbox.answer(segment, Request("POST", url, (FORM,), urlencode(fields).encode()))
    location = answer.header("Location")
    return dict(parse_qsl(urlsplit(location).query)) if location else answer.body.decode()


def by_code(actor):
    """The profile and its request for the token, the person's part being done."""
    asking = profile(actor, "authorization_code")
    move = tried(actor, asking).result.outcome
    assert isinstance(move, SendPerson)
    told = walk(actor, move.url, "Kari Nordmann", "Allow")
    return lambda: came_back(actor, asking, move, **told)


def by_refresh(actor):
    token = by_code(actor)().result.response.refresh_token
    refreshing = profile(actor, "refresh_token")
    return lambda: tried(actor, refreshing, Using(given={Need.REFRESH_TOKEN: token}))


def by_device(actor):
    asking = profile(actor, "device_code")
    move = tried(actor, asking).result.outcome
    assert isinstance(move, Wait)
    told = walk(actor, move.verification_uri, "Go on", "Ola Hansen", "Allow", user_code=move.user_code)
    assert "The device is signed in" in told
    return lambda: came_back(actor, asking, move)


def on_behalf_of(actor):
    subject = by_code(actor)().result.response.access_token
    samples = sandbox.samples()
    made = sandbox_tenant.register_client(actor, "Orders", roles={}, client_id=samples.orders.id)
    chosen = SignInSettings((), False, False, False, (samples.invoices.id,))
    sandbox_tenant.set_sign_in(actor, samples.orders.id, chosen)
    secret = made.secret.reveal()
    passing = profile(actor, "on_behalf_of", client_id=samples.orders.id, secret=secret, api=samples.invoices)
    return lambda: tried(actor, passing, Using(given={Need.SUBJECT_TOKEN: subject}))


WAYS = {CODE: by_code, REFRESH: by_refresh, DEVICE: by_device, ON_BEHALF_OF: on_behalf_of}
CASES = [(fault.code, name) for fault in FAULTS for name in fault.grant_types if name in WAYS]


@pytest.mark.parametrize("grant_type", WAYS, ids=str)
def test_a_person_lets_the_console_have_a_token(actor, grant_type):
    got = WAYS[grant_type](actor)()
    assert isinstance(got.result.outcome, TokenResponse), got.result.error
    claims = parse(got.result.response.access_token.reveal()).claims
    assert (claims["scp"], claims["name"]) == (
        "access_as_user",
        "Ola Hansen" if grant_type == DEVICE else "Kari Nordmann",
    )
    assert got.result.response.notes == ()


@pytest.mark.parametrize(("code", "grant_type"), CASES)
def test_each_fault_on_the_way_is_explained_by_the_cause_it_names(actor, code, grant_type):
    ask = WAYS[grant_type](actor)
    sandbox.set_fault(actor, code)
    fault = next(one for one in FAULTS if one.code == code)
    assert ask().cause == fault.cause


def test_whoever_says_no_is_a_cause_of_its_own(actor):
    asking = profile(actor, "authorization_code")
    for buttons in (("Sam Guest", "Deny"), ("Cancel",)):
        move = tried(actor, asking).result.outcome
        assert came_back(actor, asking, move, **walk(actor, move.url, *buttons)).cause == "consent-declined"
    asking = profile(actor, "device_code")
    move = tried(actor, asking).result.outcome
    walk(actor, move.verification_uri, "Go on", "Cancel", user_code=move.user_code)
    assert came_back(actor, asking, move).cause == "consent-declined"


def test_a_token_that_was_redeemed_before_and_one_that_is_for_another_api_are_told(actor):
    refresh = by_refresh(actor)
    refresh()
    assert refresh().cause == "refresh-token-reused"
    ask = by_code(actor)
    ask()
    assert ask().cause == "authorization-code-redeemed"
    own = by_code(actor)().result.response.access_token
    elsewhere = profile(actor, "on_behalf_of", api=sandbox.samples().invoices)
    assert tried(actor, elsewhere, Using(given={Need.SUBJECT_TOKEN: own})).cause == "obo-assertion-wrong-audience"
