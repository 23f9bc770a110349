"""The company's provider is asked through the guard, and the way out is a link on a page, not a redirected form."""

import re

import pytest

from console.services import wiring
from tests.vectors.bad_input.faultserver import FaultServer

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
