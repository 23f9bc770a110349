"""A refresh token is replaced with each use; one that comes again ends them all."""

import pytest

from tests.sandbox.builders import decode, samples
from tests.sandbox.people import World, delegated

GRANT_TYPE = "refresh_token"


def refresh(world, token, **changes):
    return world.token(grant_type=GRANT_TYPE, refresh_token=token, **changes)


def test_each_use_gives_tokens_and_the_next_refresh_token():
    world = World()
    first = world.redeemed()
    second = refresh(world, first["refresh_token"])
    third = refresh(world, second["refresh_token"])
    assert len({one["refresh_token"] for one in (first, second, third)}) == 3
    assert decode(third["access_token"])[1]["scp"] == "access_as_user"
    assert "nonce" not in decode(third["id_token"])[1]  # OpenID Connect Core section 12.2


def test_a_refresh_token_that_comes_again_revokes_all_of_its_family_and_no_other():
    world = World()
    first, other = world.redeemed(), world.redeemed()
    second = refresh(world, first["refresh_token"])
    reused = refresh(world, first["refresh_token"])
    assert (reused["error"], reused["error_codes"]) == ("invalid_grant", [])
    assert "it was reused" in reused["error_description"]
    assert refresh(world, second["refresh_token"])["error_codes"] == [50173]
    assert refresh(world, first["refresh_token"])["error_codes"] == [50173]
    assert "access_token" in refresh(world, other["refresh_token"])


def test_it_is_good_for_any_api_that_the_person_consented_to():
    world = World()
    token = world.redeemed()["refresh_token"]
    invoices = delegated(api=samples().invoices)
    refused = refresh(world, token, scope=invoices)
    assert (refused["error_codes"], refused["suberror"]) == ([65001], "consent_required")
    world.sign_in(scope=invoices)
    assert decode(refresh(world, token, scope=invoices)["access_token"])[1]["aud"] == samples().invoices.identifier_uri


def test_a_consent_that_was_withdrawn_ends_the_refreshing():
    world = World()
    token = world.redeemed()["refresh_token"]
    world.change(consents=())
    assert refresh(world, token)["error_codes"] == [65001]


REFUSED = [("", "invalid_request", 900144), ("x", "invalid_grant", 9002313)]


@pytest.mark.parametrize(("token", "error", "code"), REFUSED)
def test_what_is_no_refresh_token_is_refused(token, error, code):
    refused = refresh(World(), token)
    assert (refused["error"], refused["error_codes"]) == (error, [code])


def test_one_that_nobody_used_for_ninety_days_has_run_out():
    world = World()
    token = world.redeemed()["refresh_token"]
    world.now += 90 * 86_400
    assert refresh(world, token)["error_codes"] == [700082]


def test_a_public_client_refreshes_without_a_secret():
    world = World()
    world.client(is_public=True)
    form = {"client_secret": None}
    from tests.sandbox.people import BACK, VERIFIER

    code = {"grant_type": "authorization_code", "redirect_uri": BACK, "code_verifier": VERIFIER}
    first = world.token(**code, code=world.sign_in()["code"], **form)
    assert "access_token" in refresh(world, first["refresh_token"], **form)


def test_the_v1_endpoint_refreshes_for_the_resource_of_the_first_request():
    world = World()
    token = world.redeemed(version=1)["refresh_token"]
    got = world.token(version=1, grant_type=GRANT_TYPE, refresh_token=token)
    assert got["resource"] == samples().orders.identifier_uri
