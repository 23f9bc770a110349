"""A grant and a provider are one file and one line each: toys of both get a token through the house as it is."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from console.adapters import clock
from console.core import grants, providers
from console.core.credential import Secret
from console.core.errors import Misconfigured
from console.core.exchange import FailureKind
from console.core.grants.base import Wait
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.profile import ProfileDraft
from console.core.profile_checks.scope import asks_for
from console.services import connections, opening, profiles, token_history, token_requests, tokens, wiring
from console.services.own_sandbox import OwnSandbox
from console.services.token_requests import Resumed, Using
from console.store import attempts
from console.store import tokens as store
from tests.far_sides import Provider, Quiet, allow
from tests.services.builders import person
from tests.services.toys import toy_grant, toy_provider
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
SECRET, DEVICE_CODE, TOKEN = "canary-toy-secret-71a2b3c4", "canary-device-code-5d6e7f80", "canary-toy-token-91a2b3c4d5"


class _Toy(Quiet):
    """Knows one device; `server.answers` are the errors it tells before it grants."""

    def do_POST(self):  # noqa: N802 (the standard library's name)
        path, form = urlsplit(self.path).path, parse_qs(self.body())
        self.server.seen.append({"method": "POST", "path": path, "form": {name: one[0] for name, one in form.items()}})
        if form.get("client_secret") != [SECRET]:
            return self.reply(401, {"error": "invalid_client"})
        if path == "/device_authorization":
            return self.reply(200, {"device_code": DEVICE_CODE, "user_code": "WDJB-MJHT"})
        if self.server.answers:
            return self.reply(400, {"error": self.server.answers.pop(0)})
        return self.reply(200, {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600})


@pytest.fixture
def server(settings, monkeypatch):
    """The toys in their lists, and the far side that they speak to."""
    monkeypatch.setattr(grants, "GRANTS", (*grants.GRANTS, toy_grant.GRANT))
    monkeypatch.setattr(providers, "PROVIDERS", (*providers.PROVIDERS, toy_provider.PROVIDER))
    running = Provider()
    running.RequestHandlerClass, running.answers = _Toy, []
    with running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor(server):
    return person()


def toy_profile(actor, server, **changes):
    draft = ProfileDraft(
        name="Toy",
        environment="",
        provider="toy",
        settings={"issuer": server.url, "flavour": "sweet"},
        client_id="toy-client",
        grant="toy_device",
        scope="",
        api_id=None,
    )
    made = profiles.create(actor, replace(draft, **changes))
    profiles.replace_secret(actor, made.id, Secret(SECRET))
    return profiles.open_profile(actor, "manage", made.id)


def asked(actor, profile, move=None):
    """What comes of one request, kept in the history; with a move the grant goes on from there."""
    opened = opening.of_profile(actor, "use", profile.id)
    using = Using(resumed=Resumed(move.keep) if move else None)
    sent = token_requests.send(opened, wiring.transport_for(opened.own), using)
    kept = token_history.keep(actor, profile, opened.api, sent, used=None, now=clock.now())
    return sent, kept.diagnosis


def test_a_toy_grant_waits_for_a_person_and_then_gets_its_token(actor, server):
    server.answers = ["authorization_pending"]
    profile = toy_profile(actor, server)
    first, diagnosis = asked(actor, profile)
    assert isinstance(first.outcome, Wait)
    assert (first.outcome.user_code, first.outcome.interval_s) == ("WDJB-MJHT", 5)
    assert diagnosis.primary is None, "nothing is wrong while a person is to do something"
    again, _ = asked(actor, profile, first.outcome)
    assert isinstance(again.outcome, Wait)
    got, _ = asked(actor, profile, again.outcome)
    assert isinstance(got.outcome, TokenResponse)
    assert got.response.access_token == Secret(TOKEN)
    assert [(one["path"], one["form"].get("flavour")) for one in server.seen] == [
        ("/device_authorization", "sweet"), ("/token", None), ("/token", None)
    ]  # fmt: skip
    assert all(one["form"]["client_id"] == "toy-client" for one in server.seen)


def test_a_refusal_ends_it_with_the_providers_own_error(actor, server):
    server.answers = ["access_denied"]
    profile = toy_profile(actor, server)
    ended, _ = asked(actor, profile, asked(actor, profile)[0].outcome)
    assert isinstance(ended.outcome, TokenError)
    assert (ended.error.error, ended.error.status) == ("access_denied", 400)
    assert tokens.stored(opening.of_profile(actor, "use", profile.id)) is None


def test_every_step_is_in_the_history_and_nothing_secret_is(actor, server):
    profile = toy_profile(actor, server)
    got, _ = asked(actor, profile, asked(actor, profile)[0].outcome)
    assert got.response is not None
    kept = attempts.list_recent(actor)
    assert [[step.request.url for step in one.exchanges] for one in kept] == [
        [f"{server.url}/token"], [f"{server.url}/device_authorization"]
    ]  # fmt: skip
    told = repr([(one.evidence, [(step.request.body, step.response.body) for step in one.exchanges]) for one in kept])
    assert "toy-client" in told
    assert [text for text in (SECRET, DEVICE_CODE, TOKEN) if text in told] == []


def test_a_grant_that_goes_round_in_a_circle_is_stopped(actor, server, monkeypatch):
    profile = toy_profile(actor, server)
    broken = replace(toy_grant.GRANT, go_on=toy_grant.circle)
    monkeypatch.setattr(grants, "GRANTS", (*grants.GRANTS[:-1], broken))
    ended, _ = asked(actor, profile)
    assert (ended.failure.kind, ended.failure.detail) == (
        FailureKind.BAD_HTTP, "After 5 requests there was still no result."
    )  # fmt: skip
    assert len(server.seen) == 5


def test_a_users_token_is_one_connections_and_an_applications_is_the_profiles(actor, server):
    other = person("otto@example.com")
    mine = toy_profile(actor, server)
    first, second = (connections.make(actor, mine.id, name).id for name in ("first", "second"))
    response = TokenResponse(Secret(TOKEN), "Bearer", 3600, 1_790_000_000)
    store.save(tokens.token_key(OwnSandbox(actor), mine, connection_id=first), response)
    assert store.find(tokens.token_key(OwnSandbox(other), mine, connection_id=first)).access_token == Secret(TOKEN)
    assert store.find(tokens.token_key(OwnSandbox(actor), mine, connection_id=second)) is None
    assert store.find(tokens.token_key(OwnSandbox(actor), mine)) is None
    application = replace(
        mine, provider="entra", grant="client_credentials", settings={"cloud": "global", "tenant": "t"}
    )
    assert tokens.token_key(OwnSandbox(actor), application) == tokens.token_key(OwnSandbox(other), application)
    assert tokens.token_key(OwnSandbox(actor), application).connection is None


def test_another_setting_of_the_grant_asks_anew(actor, server):
    profile = toy_profile(actor, server)
    salty = replace(profile, settings={**profile.settings, "flavour": "salty"})
    assert tokens.token_key(OwnSandbox(actor), profile) != tokens.token_key(OwnSandbox(actor), salty)


def test_another_issuer_discards_the_credential_and_another_flavour_does_not(actor, server):
    profile = toy_profile(actor, server)
    draft = profiles.draft_of(profile)
    salty = replace(draft, settings={**draft.settings, "flavour": "salty"})
    kept, notes = profiles.update(actor, profile.id, salty, expected_version=profile.version)
    assert (kept.credential.kind, notes) == ("secret", [])
    moved = replace(draft, settings={**draft.settings, "issuer": "https://other.example"})
    lost, notes = profiles.update(actor, profile.id, moved, expected_version=kept.version)
    assert lost.credential.kind == "none"
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"flavour": "sweet"}, "Enter the issuer."),
        ({"issuer": "https://i.example", "flavour": "f", "tenant": "t"}, "There is no setting “tenant” here."),
    ],
)
def test_settings_that_do_not_fit_are_refused_whichever_way_they_come(actor, server, given, why):
    with pytest.raises(Misconfigured) as refused:
        toy_profile(actor, server, settings=given)
    assert refused.value.why == why


def test_no_rule_of_entra_is_held_against_a_profile_of_another_provider(actor, server):
    profile = toy_profile(actor, server, scope="openid toys.read")
    assert profiles.local_findings(opening.of_profile(actor, "view", profile.id)) == ()
    assert asks_for(profile, ("api://billing",)) is None


def form_of(server, **changes):
    form = {"name": "By hand", "environment": "", "provider": "toy", "issuer": server.url, "flavour": "sweet"}
    form |= {"client_id": "toy-client", "grant": "toy_device", "scope": "", "api_id": ""}
    return {**form, **changes}


def test_the_form_and_the_page_show_what_the_toys_let_vary(actor, server):
    client = signed_in(actor)
    blank = client.get("/profiles/new/").content.decode()
    assert "Toy provider" in blank and 'id="id_tenant"' in blank and 'id="id_issuer"' not in blank
    chosen = client.post("/profiles/new/", {"provider": "toy", "do": "show"}).content.decode()
    for text in ('id="id_issuer"', "Its URL, as its metadata names it.", 'id="id_flavour"'):
        assert text in chosen
    assert 'id="id_tenant"' not in chosen
    made = client.post("/profiles/new/", form_of(server))
    assert made.status_code == 302, made.content.decode()
    page = client.get(made.url).content.decode()
    assert server.url in page and "sweet" in page and "toy_device" in page
    assert "Tenant" not in page.partition('id="setup"')[2].partition("</section>")[0]
    profile_id = made.url.strip("/").rpartition("/")[2]
    profiles.replace_secret(actor, profile_id, Secret(SECRET))
    refused = client.post(f"{made.url}token/")
    assert refused.status_code == 403
    assert "A person has to sign in before this profile gets a token." in refused.content.decode()
    edit = client.get(f"{made.url}edit/").content.decode()
    assert f'value="{server.url}"' in edit and "Words with blanks between them." in edit


def test_a_hand_over_is_read_for_what_the_toys_let_vary(actor, server):
    client = signed_in(actor)
    mail = "Hello,\nClient ID: 11111111-2222-4333-8444-555555555555\n* Flavour: sweet,\n"
    page = client.post("/profiles/hand-over/", {"handover": mail}).content.decode()
    assert 'value="sweet"' in page
    assert "* Flavour: sweet," in page
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLWl0"
    assert token not in client.post("/profiles/hand-over/", {"handover": f"Flavour: {token}"}).content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"issuer": ""}, "Enter the issuer."),
        ({"flavour": ""}, "Enter the flavour."),
        ({"provider": "entra:global", "grant": "", "scope": "x/.default"}, "Enter the tenant."),
        ({"provider": "entra:global", "tenant": "t", "grant": "", "scope": ""}, "Enter the scope."),
    ],
)
def test_what_a_provider_needs_is_asked_for_beside_its_field(actor, server, changes, told):
    client = signed_in(actor)
    refused = client.post("/profiles/new/", form_of(server, **changes))
    assert refused.status_code == 422
    assert told in refused.content.decode()
