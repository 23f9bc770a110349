"""A device polls, a person types its code on another one."""

import pytest

from console.core.exchange import Request
from tests.sandbox.builders import body_of, decode, post_form, samples
from tests.sandbox.people import Page, World, delegated, endpoint, person

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
SCOPE = f"openid offline_access {delegated()}"


def begun(world, *, version=2, **changes):
    form = {"client_id": samples().secret_client.id, "scope": SCOPE, **changes}
    return body_of(world.send(post_form(form, endpoint("devicecode", version=version))))


def poll(world, begun, **changes):
    return world.token(grant_type=GRANT_TYPE, device_code=begun["device_code"], **changes)


def typed(world, told):
    page = world.open(told["verification_uri"])
    return world.press(page, "Go on", user_code=told["user_code"].lower())


def test_a_device_is_told_both_codes_and_waits_until_its_person_has_answered():
    world = World()
    told = begun(world)
    assert told.keys() == {"user_code", "device_code", "verification_uri", "expires_in", "interval", "message"}
    assert (told["expires_in"], told["interval"]) == (900, 5)
    assert told["user_code"] in told["message"] and told["verification_uri"] in told["message"]
    waiting = poll(world, told)
    assert (waiting["error"], waiting["error_codes"]) == ("authorization_pending", [70016])
    page = typed(world, told)
    assert f"Let {samples().secret_client.name} sign in as you?" in page.told
    assert "Go on only if you began this yourself" in page.told and told["user_code"] in page.told
    consent = world.press(page, "Ola Hansen")
    assert "At Orders access_as_user" in consent.told
    assert "The device is signed in" in world.press(consent, "Allow").told
    world.now += 5
    got = poll(world, told)
    assert decode(got["access_token"])[1]["oid"] == person("Ola Hansen").id
    assert got["refresh_token"] and got["id_token"]
    assert poll(world, told)["error_codes"] == [70018]  # once


def test_a_person_who_has_consented_before_only_says_who_they_are():
    world = World()
    world.sign_in()
    told = begun(world)
    assert "The device is signed in" in world.press(typed(world, told), "Kari Nordmann").told


@pytest.mark.parametrize("steps", [("Cancel",), ("Ola Hansen", "Deny")])
def test_a_device_is_told_when_its_person_says_no(steps):
    world = World()
    told = begun(world)
    page = typed(world, told)
    for step in steps:
        page = world.press(page, step)
    assert "The device was denied" in page.told
    assert poll(world, told)["error"] == "authorization_declined"
    assert "No device waits for this code" in typed(world, told).told


def test_a_device_that_asks_too_often_is_told_to_slow_down_and_must_from_then_on():
    world = World()
    told = begun(world)
    asked = []
    for wait in (0, 4, 9, 15):
        world.now += wait
        asked.append(poll(world, told)["error"])
    assert asked == ["authorization_pending", "slow_down", "slow_down", "authorization_pending"]


@pytest.mark.parametrize(("later", "error"), [(899, "authorization_pending"), (900, "expired_token")])
def test_a_device_code_runs_out_after_fifteen_minutes(later, error):
    world = World()
    told = begun(world)
    world.now += later
    assert poll(world, told)["error"] == error
    if error == "expired_token":
        assert "No device waits for this code" in typed(world, told).told


def test_a_code_that_was_not_issued_here_or_to_another_client_is_refused():
    world = World()
    told = begun(world)
    assert poll(world, {"device_code": "x"})["error"] == "bad_verification_code"
    assert world.token(grant_type=GRANT_TYPE)["error_codes"] == [900144]
    world.client(id="11111111-2222-4333-8444-555555555555")
    assert poll(world, told, client_id="11111111-2222-4333-8444-555555555555")["error_codes"] == [70018]


BEGIN_REFUSED = [
    ({"client_id": ""}, 900144),
    ({"client_id": "nobody"}, 700016),
    ({"scope": ""}, 900144),
    ({"scope": "api://nobody/x"}, 500011),
    ({"resource": "api://nobody"}, 901002),
]


@pytest.mark.parametrize(("changes", "code"), BEGIN_REFUSED)
def test_a_device_that_asks_wrongly_is_told_at_once(changes, code):
    assert begun(World(), **changes)["error_codes"] == [code]


def test_the_v1_endpoint_has_its_own_names():
    world = World()
    told = begun(world, version=1, resource=samples().orders.identifier_uri)
    assert (told["expires_in"], told["interval"]) == ("900", "5")
    page = world.press(world.open(told["verification_url"]), "Go on", user_code=told["user_code"])
    world.press(world.press(page, "Kari Nordmann"), "Allow")
    got = world.token(version=1, grant_type="device_code", code=told["device_code"])
    assert got["resource"] == samples().orders.identifier_uri


def test_a_public_client_polls_without_a_secret():
    world = World()
    world.client(is_public=True)
    told = begun(world)
    assert poll(world, told, client_secret=None)["error"] == "authorization_pending"


def test_a_mistyped_code_is_told_and_can_be_typed_again():
    world = World()
    page = world.press(world.open(begun(world)["verification_uri"]), "Go on", user_code="BBBB-BBBB")
    assert (page.status, "No device waits for this code" in page.told) == (400, True)
    assert "user_code" in page.text


def test_no_page_can_be_skipped_and_no_form_made_up():
    world = World()
    told = begun(world)
    first = world.open(told["verification_uri"])
    url, fields = first.form("Go on", user_code=told["user_code"])
    _, of_who = world.press(first, "Go on", user_code=told["user_code"]).form("Ola Hansen")
    kari = person().id
    for forged in (
        {**fields, "person": kari, "consent": "allow"},
        {**fields, "enter": "1", "person": kari, "consent": "allow"},
        {**of_who, "consent": "allow"},
        {**of_who, "ticket": fields["ticket"]},
        {**of_who, "ticket": ""},
    ):
        assert isinstance(world.post(url, forged), Page)
        assert poll(world, told)["error"] in ("authorization_pending", "slow_down"), forged
    world.now += 600
    assert "The page was too old" in world.post(url, fields).told


def test_an_application_that_is_gone_is_told_on_the_page():
    world = World()
    told = begun(world)
    page = typed(world, told)
    world.change(clients=())
    assert "no longer registered" in world.press(page, "Ola Hansen").told
    assert world.send(Request("GET", endpoint("devicecode"))).status == 405
