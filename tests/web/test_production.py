"""Environments: told by name and colour where a profile stands, and a call to production is asked about once."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.models import Attempt, Profile
from console.services import profiles
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"
TYPED = {"method": "POST", "path": "/orders", "headers": "X-Kept: yes", "body": '{"kept": 1}', "sends_token": "on"}


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    found = next(one for one in profiles.list_profiles(actor) if one.name == NAME)
    Profile.objects.filter(pk=found.id).update(environment="EU <Production>")
    return found


def tree(answer, status=200):
    assert answer.status_code == status
    return LexborHTMLParser(answer.content.decode())


def sent():
    return Attempt.objects.filter(kind="call").count()


@pytest.mark.parametrize("path", ["/", "/profiles/", "/profiles/{id}/"])
def test_the_environment_stands_with_its_colour_where_the_profile_does(actor, profile, path):
    mark = tree(signed_in(actor).get(path.format(id=profile.id))).css_first(".environment.production")
    assert mark.text() == "EU <Production>"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_call_to_production_is_asked_about_once_and_keeps_what_was_typed(actor, profile, headers):
    client, address = signed_in(actor), f"/profiles/{profile.id}/call/"
    page = tree(client.post(address, TYPED, headers=headers), 422)
    assert "Nothing was sent yet: this profile is for EU <Production>" in page.css_first("[role=alert]").text()
    assert (page.css_first("#id_path").attributes["value"], page.css_first("#id_body").text().strip()) == (
        "/orders",
        '{"kept": 1}',
    )
    assert page.css_first("#send-call").text().split()[:3] == ["Send", "to", "EU"]
    assert page.css_first(".composer [role=alert] button").text() == "Yes, send to EU <Production>"
    assert "says what is to be mended" not in page.css_first("#answer").text()
    assert page.css_first(".composer input[name=production]").attributes["value"] == "1"
    assert sent() == 0
    agreed = tree(client.post(address, {**TYPED, "production": "1"}, headers=headers))
    assert agreed.css_first("#send-call").text().split()[0] == "Send"
    assert not agreed.css("input[name=production]")
    assert sent() == 1
    tree(client.post(address, TYPED, headers=headers))
    assert sent() == 2
    tree(signed_in(actor).post(address, TYPED, headers=headers), 422)  # another session
    assert sent() == 2


def test_each_profile_is_asked_about_and_what_is_no_production_is_not(actor, profile):
    other = next(one for one in profiles.list_profiles(actor) if one.id != profile.id and one.api_id)
    client = signed_in(actor)
    client.post(f"/profiles/{profile.id}/call/", {**TYPED, "production": "1"})
    address = f"/profiles/{other.id}/call/"
    tree(client.post(address, TYPED))
    Profile.objects.filter(pk=other.id).update(environment="Production")
    tree(client.post(address, TYPED), 422)
    Profile.objects.filter(pk=other.id).update(environment="Non-production")
    tree(client.post(address, TYPED))
