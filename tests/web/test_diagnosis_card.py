"""An explanation is said to who reads it: on the page of the call, in the history, in the case and of a paste."""

import html
import re

import pytest

from console.core.actor import Role
from console.core.call import ApiCall
from console.services import apis, calls, cases, profiles, sandbox
from console.store import attempts
from tests.services.builders import person, with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

OTHER_FORM = "audience-other-form"


@pytest.fixture
def refused():
    """An integrator, and a call that was refused because the API accepts the other form of its own name."""
    actor = with_samples()
    sandbox.set_fault(actor, OTHER_FORM)
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    return actor, profile, calls.send(actor, profile.id, ApiCall("GET", "/orders"))


def card(client, address, data=None):
    answer = client.post(address, data) if data else client.get(address)
    found = re.search(r'<section class="diagnosis.*?</section>', answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0].replace("<wbr>", ""))).split())


def test_the_owner_of_an_api_is_named_to_who_calls_it(refused):
    actor, profile, sent = refused
    client = signed_in(actor)
    wanted = "Ask ada@example.com, who owns Orders (sandbox)."
    assert wanted in card(client, f"/calls/{sent.attempt_id}/")
    form = {"method": "GET", "path": "/orders", "sends_token": "on", "sends_subscription_key": "on"}
    shown = card(client, f"/profiles/{profile.id}/call/", form)
    assert wanted in shown
    assert "Orders (sandbox) accepts" in shown
    assert re.search(r"Gateway \([a-z.]+\): answered 401", shown)


def test_a_case_says_to_support_whose_client_it_is(refused):
    actor, profile, _ = refused
    sandbox.set_fault(actor, "secret-id")
    profiles_page = signed_in(actor)
    assert "Who You." in card(profiles_page, f"/profiles/{profile.id}/token/", {"fresh": "1"})
    attempt = attempts.list_recent(actor)[0]
    case = cases.create(actor, attempt.id, title="No token", note="")
    support = signed_in(person("sam@example.com", Role.SUPPORT))
    shown = card(support, f"/cases/{case.id}/")
    assert "Ask ina@example.com, whose client it is." in shown
    assert re.search(r"Identity provider \(.+?\): answered 401", shown)


def test_a_paste_that_names_an_api_of_this_console_calls_it_by_its_name(refused):
    actor, _, _ = refused
    orders = next(one for one in apis.list_apis(actor) if one.name == "Orders (sandbox)")
    aud = orders.expectation.audiences[0]
    said = (
        f"IDX10214: Audience validation failed. Audiences: '{aud}'. Did not match: "
        "validationParameters.ValidAudience: 'api://other' or validationParameters.ValidAudiences: 'null'."
    )
    shown = card(signed_in(actor), "/inspect/", {"text": said})
    assert "The token is for another API." in shown
    assert "is Orders (sandbox)" in shown
    assert "Who You." in shown
    assert "Who Whoever owns the client." in card(
        signed_in(person("sam@example.com", Role.SUPPORT)), "/inspect/", {"text": said}
    )
