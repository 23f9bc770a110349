"""The company's provider is asked through the guard, and the way out is a link on a page, not a redirected form."""

import re
from types import SimpleNamespace

import pytest
from allauth.socialaccount.models import SocialAccount

from console.adapters import clock
from console.models import Person
from console.services import wiring
from console.store import audit, people
from console.web import company_proof
from tests.services.builders import person
from tests.vectors.bad_input.faultserver import FaultServer
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/oidc/company/login/"


@pytest.fixture
def company(settings):
    """A provider on loopback that the deployment allows; gives a function that chooses how it behaves."""
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = server.url.removeprefix("http://")
        wiring.egress_policy.cache_clear()

        def behaves(variant):
            app = {
                "provider_id": "company",
                "name": "Example Ltd",
                "client_id": "console",
                "secret": "company-secret",
                "settings": {"server_url": f"{server.url}/idp/{variant}/.well-known/openid-configuration"},
            }
            settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
            return server

        yield behaves
    wiring.egress_policy.cache_clear()


def test_the_form_is_answered_with_a_page_that_carries_the_link(client, company):
    server = company("good")
    answer = client.post(ADDRESS)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "On to Example Ltd" in page
    link = re.search(r'id="leave" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert link.startswith(f"{server.url}/idp/good/authorize?")
    assert "code_challenge=" in link and "state=" in link
    assert "company-secret" not in page
    assert [seen["path"] for seen in server.seen] == ["/idp/good/.well-known/openid-configuration"]


@pytest.mark.parametrize("variant", ["disc-html", "disc-404", "disc-list", "disc-no-token"])
def test_a_provider_that_answers_nonsense_is_a_sentence_not_a_crash(client, company, variant):
    company(variant)
    answer = client.post(ADDRESS)
    assert answer.status_code < 500 or answer.status_code == 503
    assert b"Traceback" not in answer.content


def test_a_provider_the_guard_refuses_is_a_sentence_not_a_crash(client, company, settings):
    company("good")
    settings.CONSOLE_EGRESS_ALLOW = ""
    wiring.egress_policy.cache_clear()
    answer = client.post(ADDRESS)
    assert answer.status_code == 503
    assert "could not be asked" in answer.content.decode()


@pytest.fixture
def only_by_company(company):
    """Somebody who signs in with the company account alone."""
    company("good")
    actor = people.create_person("ina@example.com", display_name="", roles=["integrator"], password=None, now=1)
    SocialAccount.objects.create(user_id=actor.user_id, provider="company", uid="ina-at-the-company")
    return actor


def came_back(actor, **changes):
    """What allauth makes of the company's answer."""
    state = {"process": "redirect", "data": {company_proof.KEY: True}, **changes.pop("state", {})}
    user = Person.objects.get(pk=actor.user_id)
    account = SocialAccount(user=user, extra_data={"id_token": {"auth_time": clock.now(), **changes}})
    return SimpleNamespace(state=state, account=account, is_existing=True, user=user)


def test_who_has_only_the_company_account_proves_who_they_are_by_signing_in_there_anew(only_by_company):
    browser = signed_in(only_by_company)
    asked = browser.get("/accounts/password/set/")
    assert asked.headers["Location"] == "/accounts/reauthenticate/company/?next=%2Faccounts%2Fpassword%2Fset%2F"
    page = browser.post("/accounts/reauthenticate/company/", {"next": "/accounts/password/set/"}).content.decode()
    link = re.search(r'id="leave" href="([^"]+)"', page).group(1)
    assert "prompt=login" in link and "max_age=0" in link


@pytest.mark.parametrize(
    ("changes", "is_proof"),
    [
        ({}, True),
        ({"auth_time": None}, True),
        ({"auth_time": 1_790_000_000}, False),
        ({"state": {"data": None}}, False),
    ],
)
def test_only_a_sign_in_that_was_asked_for_as_a_proof_and_is_fresh_is_one(only_by_company, rf, changes, is_proof):
    request = rf.get("/")
    request.user = Person.objects.get(pk=only_by_company.user_id)
    request.session = {}
    request._messages = SimpleNamespace(add=lambda *told: None)
    company_proof.note(request, came_back(only_by_company, **changes))
    assert company_proof.is_fresh(request) is is_proof


def test_somebody_elses_company_account_proves_nothing(only_by_company, rf):
    request = rf.get("/")
    request.user = Person.objects.get(pk=person("otto@example.com").user_id)
    request.session = {}
    request._messages = SimpleNamespace(add=lambda *told: None)
    company_proof.note(request, came_back(only_by_company))
    assert not company_proof.is_fresh(request)


def test_linking_a_company_account_needs_a_proof_before_it_leaves(company):
    company("good")
    browser = signed_in(person())
    path = f"{ADDRESS}?process=connect"
    for ask in (browser.get, browser.post):
        there = ask(path).headers["Location"]
        assert there == "/accounts/reauthenticate/?next=%2Faccounts%2Foidc%2Fcompany%2Flogin%2F%3Fprocess%3Dconnect"
    assert "On to Example Ltd" in prove(browser).post(path).content.decode()
    assert browser.post(f"{ADDRESS}?process=redirect").status_code == 404


def test_unlinking_needs_a_proof_and_is_written_down(company):
    company("good")
    ina = person()
    linked = SocialAccount.objects.create(user_id=ina.user_id, provider="company", uid="ina-at-the-company")
    browser = signed_in(ina)
    assert "Unlink it" in browser.get("/accounts/company/").content.decode()
    assert "Confirm that it is you" in browser.post("/accounts/company/", {"account": linked.pk}).content.decode()
    prove(browser).post("/accounts/company/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    assert "company account unlinked" in [entry.action for entry in audit.recent()]
