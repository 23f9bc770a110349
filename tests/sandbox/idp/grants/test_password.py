"""A name and a password from the client itself: off, until the owner of the registration switches it on."""

import pytest

from console.sandbox.people import PASSWORD
from tests.sandbox.builders import decode
from tests.sandbox.people import World, delegated, person

GRANT_TYPE = "password"


def ask(world, **changes):
    form = {"grant_type": GRANT_TYPE, "username": person().username, "password": PASSWORD, "scope": delegated()}
    return world.token(**{**form, **changes})


def test_it_is_off_and_says_why():
    refused = ask(World())
    assert (refused["error"], refused["error_codes"]) == ("unauthorized_client", [])
    assert "The password grant is switched off for this client." in refused["error_description"]
    assert "RFC 9700" in refused["error_description"]


def test_switched_on_it_gives_a_persons_token_once_they_have_consented():
    world = World()
    world.client(allows_password=True)
    assert ask(world)["error_codes"] == [65001]
    world.sign_in()
    got = ask(world, scope=f"offline_access {delegated()}", username=person().username.upper())
    assert decode(got["access_token"])[1]["oid"] == person().id
    assert got["refresh_token"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "wrong"}, 50126),
        ({"username": "nobody@sandbox.example"}, 50034),
        ({"username": None}, 900144),
        ({"password": None}, 900144),
        ({"scope": None}, 900144),
    ],
)
def test_a_wrong_word_is_refused(changes, code):
    world = World()
    world.client(allows_password=True)
    world.sign_in()
    assert ask(world, **changes)["error_codes"] == [code]
