"""A form that comes back to be mended unfolds only what holds a fault; what was folded otherwise stays so."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from console.services import profiles, sandbox
from tests.services.builders import with_samples
from tests.web.any_input import read
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
URL = "orders.example.com"


@pytest.fixture
def actor():
    return with_samples()


def folds(answer):
    """The parts of a page that can be folded, each with whether it is open."""
    found = LexborHTMLParser(answer.content.decode()).css("main details")
    return {one.css_first("summary").text(deep=True).split("  ")[0].strip(): "open" in one.attributes for one in found}


def came_back(client, path, changed):
    """How the folds stood, and how they stand once the form was sent as it was, but for what is changed."""
    page = client.get(path)
    answer = client.post(path, {**read(page.content.decode()).controls, **changed})
    assert answer.status_code == 422, answer.content.decode()[:500]
    return folds(page), folds(answer)


@pytest.mark.parametrize("provider", ["entra:global", "maskinporten:production", "generic", "keycloak"])
def test_a_profile_that_lacks_its_name_unfolds_nothing(actor, provider):
    before, after = came_back(signed_in(actor), f"{reverse('profile-new')}?provider={provider}", {"name": ""})
    assert [name for name, is_open in after.items() if is_open and not before.get(name)] == []


def test_a_profile_that_is_edited_unfolds_nothing_without_a_fault(actor):
    client = signed_in(actor)
    for profile in profiles.list_profiles(actor):
        before, after = came_back(client, reverse("profile-edit", args=[profile.id]), {"name": ""})
        assert [name for name, is_open in after.items() if is_open and not before.get(name)] == []


def test_a_wrong_base_url_of_an_api_unfolds_nothing(actor):
    client, path = signed_in(actor), reverse("api-new")
    before, after = came_back(client, path, {"name": "Mine", "base_url": URL})
    assert list(before.values()) == list(after.values()) == [False]
    _, after = came_back(client, path, {"name": "Mine", "base_url": URL, "roles": "reader"})
    assert list(after.values()) == [False]
    _, after = came_back(client, path, {"name": "Mine", "base_url": URL, "leeway_s": "-1"})
    assert list(after.values()) == [True]


def test_an_api_whose_demands_are_known_shows_them_until_something_else_is_to_be_mended(actor):
    client = signed_in(actor)
    page = read(client.get(reverse("api-new")).content.decode()).controls
    made = client.post(reverse("api-new"), {**page, "name": "A", "base_url": f"https://{URL}", "audiences": "api://a"})
    before, after = came_back(client, f"{made.headers['Location']}edit/", {"base_url": URL})
    assert list(before.values()) == [True]
    assert list(after.values()) == [False]


def test_a_call_with_a_wrong_path_unfolds_nothing(actor):
    client = signed_in(actor)
    profile = profiles.list_profiles(actor)[0]
    page = client.get(reverse("profile", args=[profile.id]))
    answer = client.post(reverse("profile-call", args=[profile.id]), {"method": "GET", "path": "/orders/{id}"})
    assert answer.status_code == 422
    before, after = folds(page), folds(answer)
    assert [name for name, is_open in after.items() if is_open and not before.get(name)] == []


def is_folded(node):
    while node is not None:
        if node.tag == "details" and "open" not in node.attributes:
            return True
        node = node.parent
    return False


def test_of_a_fresh_bad_token_what_failed_is_open_and_what_passed_is_folded(actor):
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    sandbox.set_fault(actor, "missing-role")
    client = signed_in(actor)
    fresh = client.post(f"/profiles/{profile.id}/token/", headers={**HTMX, "HX-Target": "token"})
    for shown in (fresh, client.get(f"/profiles/{profile.id}/")):
        rows = LexborHTMLParser(shown.content.decode()).css("#answer .findings > li")
        assert [one.id for one in rows if not is_folded(one)] == ["finding-roles"]
        assert [one.attributes["class"] for one in rows if one.id == "finding-roles"] == ["fail"]
        assert {"finding-signature", "finding-audience"} <= {one.id for one in rows if is_folded(one)}
