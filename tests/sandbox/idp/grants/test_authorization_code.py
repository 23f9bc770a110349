"""A code at the token endpoint: once, by its client, with its address and its verifier."""

import pytest

from console.sandbox.registration import put_client, with_secret
from console.sandbox.state import ClientRegistration
from tests.sandbox.builders import NOW, decode, samples
from tests.sandbox.people import BACK, VERIFIER, World, delegated, person

CODE = {"grant_type": "authorization_code", "redirect_uri": BACK, "code_verifier": VERIFIER}


def test_a_code_brings_an_access_token_for_the_person_an_id_token_and_a_refresh_token():
    world = World()
    got = world.redeemed()
    assert got.keys() == {
        "token_type", "scope", "expires_in", "ext_expires_in", "access_token", "refresh_token", "id_token",
        "client_info",
    }  # fmt: skip
    assert (got["token_type"], got["expires_in"], got["scope"]) == ("Bearer", 3599, delegated())
    _, access = decode(got["access_token"])
    assert access["aud"] == samples().orders.id
    assert (access["scp"], access["roles"]) == ("access_as_user", ["Orders.Read", "Orders.Write"])
    assert (access["oid"], access["name"], access["azpacr"]) == (person().id, "Kari Nordmann", "1")
    _, said = decode(got["id_token"])
    assert (said["aud"], said["nonce"], said["ver"]) == (samples().secret_client.id, "nonce 1", "2.0")
    assert (said["oid"], said["preferred_username"]) == (person().id, person().username)
    assert said["sub"] != access["sub"] and "scp" not in said and "roles" not in said


def test_what_was_not_asked_for_is_not_given():
    got = World().redeemed(scope=delegated())
    assert "id_token" not in got and "refresh_token" not in got
    assert "client_info" in got


def test_a_v1_token_and_the_v1_endpoint_speak_of_a_person_in_their_own_words():
    got = World().redeemed(version=1, resource=samples().invoices.identifier_uri)
    assert (got["resource"], got["expires_in"]) == (samples().invoices.identifier_uri, "3599")
    assert (got["expires_on"], got["not_before"]) == (str(NOW + 3599), str(NOW - 300))
    assert got["scope"] == "access_as_user"
    header, access = decode(got["access_token"])
    assert header["x5t"] == header["kid"]
    assert (access["ver"], access["appidacr"], access["upn"]) == ("1.0", "1", person().username)
    assert (access["given_name"], access["amr"], access["scp"]) == ("Kari", ["pwd"], "access_as_user")
    assert decode(got["id_token"])[1]["ver"] == "1.0"


def test_without_an_api_the_token_is_for_graph_and_nobody_else_can_verify_it():
    got = World().redeemed(scope="openid profile User.Read")
    header, claims = decode(got["access_token"])
    assert (claims["aud"], "nonce" in header) == ("https://graph.microsoft.com", True)
    assert claims["scp"] == "User.Read openid profile" == got["scope"]


def test_default_asks_for_all_that_the_api_offers():
    assert World().redeemed(scope=delegated(".default"))["scope"] == f"{delegated()} {delegated('.default')}"


def test_a_code_is_good_once_and_its_second_use_revokes_what_came_of_it():
    world = World()
    code = world.sign_in()["code"]
    first = world.token(**CODE, code=code)
    again = world.token(**CODE, code=code)
    assert (again["error"], again["error_codes"]) == ("invalid_grant", [54005])
    refreshed = world.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert refreshed["error_codes"] == [50173]


REFUSED = [
    ({"code": ""}, "invalid_request", 900144),
    ({"code": "x"}, "invalid_grant", 9002313),
    ({"redirect_uri": f"{BACK}x"}, "invalid_grant", 50011),
    ({"redirect_uri": None}, "invalid_grant", 50011),
    ({"code_verifier": None}, "invalid_grant", 50148),
    ({"code_verifier": f"{VERIFIER}x"}, "invalid_grant", 501481),
    ({"code_verifier": "\ud800"}, "invalid_grant", 501481),
    ({"scope": delegated(api=samples().invoices)}, "invalid_grant", 65001),
    ({"scope": "api://nobody/x"}, "invalid_resource", 500011),
    ({"resource": "api://nobody"}, "invalid_request", 901002),
]


@pytest.mark.parametrize(("changes", "error", "code"), REFUSED)
def test_a_request_that_does_not_fit_is_refused_and_spends_nothing(changes, error, code):
    world = World()
    form = {**CODE, "code": world.sign_in()["code"]}
    sent = {name: value.encode("utf-8", "replace").decode() if value else value for name, value in changes.items()}
    refused = world.token(**{**form, **sent})
    assert (refused["error"], refused["error_codes"]) == (error, [code])
    assert "access_token" in world.token(**form)


@pytest.mark.parametrize(("later", "code"), [(599, None), (600, [70008]), (601, [70008]), (600 + 3600, [9002313])])
def test_a_code_runs_out_after_ten_minutes(later, code):
    world = World()
    form = {**CODE, "code": world.sign_in()["code"]}
    world.now += later
    if later > 3600:
        world.sign_in()  # something is kept anew: what is long over is forgotten
    assert world.token(**form).get("error_codes") == code


def test_another_client_gets_nothing_for_the_code():
    world = World()
    other = with_secret(ClientRegistration("11111111-2222-4333-8444-555555555555", "Other"), "s", expires_at=NOW + 9)
    world.state = put_client(world.state, other)
    stolen = world.token(**CODE, code=world.sign_in()["code"], client_id=other.id, client_secret="s")
    assert (stolen["error_codes"], stolen["suberror"]) == ([7000110], "client_mismatch")


def test_a_verifier_without_a_challenge_is_a_downgrade_and_refused():
    world = World()
    code = world.sign_in(code_challenge=None, code_challenge_method=None)["code"]
    assert world.token(**CODE, code=code)["error_codes"] == [501481]
    assert "access_token" in world.token(**{**CODE, "code_verifier": None}, code=code)


def test_a_public_client_redeems_without_a_secret_and_never_with_one():
    world = World()
    world.client(is_public=True)
    code = world.sign_in()["code"]
    assert world.token(**CODE, code=code)["error_codes"] == [700025]
    got = world.token(**CODE, code=code, client_secret=None)
    assert decode(got["access_token"])[1]["azpacr"] == "0"


def test_a_confidential_client_without_its_secret_is_refused():
    world = World()
    assert world.token(**CODE, code=world.sign_in()["code"], client_secret=None)["error_codes"] == [7000218]


def test_a_person_who_left_the_tenant_gets_no_token():
    world = World()
    code = world.sign_in()["code"]
    world.change(people=world.state.people[1:])
    assert world.token(**CODE, code=code)["error_codes"] == [50034]
