"""Guesses are slowed down, cannot be flushed away, and lock nobody else out."""

import pytest
from django.core.cache import cache
from django.test import Client

from console.services import sign_in_limits
from console.store import sign_in_tries
from console.store.sign_in_tries import Limit
from tests.services.builders import PASSWORD, person
from tests.web.passkey import Passkey
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
NOW = 1_790_000_000


@pytest.fixture
def ina(time_machine):
    time_machine.move_to(NOW, tick=False)
    return person()


def sign_in(client, password=PASSWORD, email="ina@example.com"):
    client.post("/accounts/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def locked(network="192.0.2.1"):
    guesser = Client(REMOTE_ADDR=network)
    for _ in range(sign_in_limits.HERE.free):
        assert not sign_in(guesser, "wrong horse battery")
    return guesser


def test_after_five_wrong_passwords_the_right_one_from_there_has_to_wait(ina, time_machine):
    guesser = locked()
    assert not sign_in(guesser)
    time_machine.move_to(NOW + 29, tick=False)
    assert not sign_in(guesser)
    time_machine.move_to(NOW + 30, tick=False)
    assert sign_in(guesser)


def test_nobody_is_locked_out_by_guesses_from_another_network(ina):
    locked("192.0.2.1")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"))


def test_guesses_within_one_ipv6_customer_count_as_one_network(ina):
    locked("2001:db8:1:2::1")
    assert not sign_in(Client(REMOTE_ADDR="2001:db8:1:2::ffff"))
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1"))


def test_a_thousand_other_keys_do_not_lift_the_lock(ina):
    guesser = locked()
    for number in range(1000):
        cache.set(f"allauth:rl:somebody:{number}", [NOW], 300)
    for number in range(100):
        sign_in_limits.attempt(f"nobody{number}@example.com", network=f"n{number}", device="")
    assert not sign_in(guesser)


def test_a_full_table_of_counters_loses_what_is_over_and_nothing_that_counts(settings, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.CACHES = {"default": {**settings.CACHES["default"], "OPTIONS": {"MAX_ENTRIES": 10}}}
    cache.set("a-lock", 1, 300)
    for number in range(20):
        cache.set(f"over-{number}", 1, 1)
    time_machine.move_to(NOW + 2, tick=False)
    for number in range(40):
        cache.set(f"zz-{number}", 1, 300)
    assert cache.get("a-lock") == 1
    assert all(cache.get(f"zz-{number}") == 1 for number in range(40))


def test_the_wait_doubles_with_each_further_wrong_password():
    limit = Limit(free=5, first_wait_s=30, longest_wait_s=3600)
    assert [limit.wait_s(count) for count in (4, 5, 6, 7, 11, 12, 1000)] == [0, 30, 60, 120, 1920, 3600, 3600]


def test_guesses_from_many_networks_make_strangers_wait_but_not_a_device_that_signed_in_before(ina):
    known = Client(REMOTE_ADDR="203.0.113.5")
    assert sign_in(known)
    known.post("/accounts/logout/")
    for number in range(sign_in_limits.ANYWHERE.free):
        sign_in_limits.attempt(ina.email, network=f"192.0.2.{number}", device="")
    assert not sign_in(Client(REMOTE_ADDR="198.51.100.7"))
    assert sign_in(known)


def test_a_known_device_signs_nobody_in_and_has_a_limit_of_its_own(ina):
    known = Client()
    assert sign_in(known)
    known.post("/accounts/logout/")
    assert known.get("/inspect/").status_code == 302
    for _ in range(sign_in_limits.HERE.free):
        assert not sign_in(known, "wrong horse battery")
    assert not sign_in(known)


@pytest.mark.parametrize("cookie", ["x", "eyIxIjoiYWFhIn0:1abc:forged", ""])
def test_a_forged_device_is_no_known_device(ina, cookie):
    locked("192.0.2.1")
    guesser = Client(REMOTE_ADDR="192.0.2.1")
    guesser.cookies["known-device"] = cookie
    assert not sign_in(guesser)


def test_a_right_password_forgets_the_wrong_ones_from_there_and_takes_its_own_attempt_back(ina):
    browser = Client()
    for _ in range(12):
        assert not sign_in(browser, "wrong horse battery")
        assert sign_in(browser)
        browser.post("/accounts/logout/")


def test_many_attempts_at_once_are_counted_before_any_password_is_looked_at(ina):
    made = [sign_in_limits.attempt(ina.email, network="n", device="") for _ in range(8)]
    assert [one.wait_s > 0 for one in made] == [False] * 5 + [True] * 3


def test_the_proof_by_password_is_limited_like_signing_in(ina):
    thief = signed_in(ina)
    for _ in range(5):
        thief.post("/accounts/reauthenticate/", {"password": "wrong horse battery"})
    answer = thief.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/inspect/"})
    assert "No password is looked at for another 30 s" in answer.content.decode()


def test_counts_are_forgotten_after_a_day():
    names = {"a": Limit(free=1, first_wait_s=10, longest_wait_s=10)}
    assert sign_in_tries.attempt(names, now=NOW) == 0
    assert sign_in_tries.attempt(names, now=NOW) == 10
    assert sign_in_tries.prune(now=NOW + 86_399) == 0
    assert sign_in_tries.prune(now=NOW + 86_400) == 1


def test_a_passkey_signs_in_while_the_account_is_locked_by_wrong_passwords(ina):
    """From the very network that guessed, and from a browser that never signed in before."""
    passkey = Passkey()
    assert passkey.registered(prove(signed_in(ina))).status_code == 302
    for number in range(sign_in_limits.ANYWHERE.free):
        sign_in_limits.attempt(ina.email, network=f"192.0.2.{number}", device="")
    guesser = locked("192.0.2.1")
    assert not sign_in(guesser)
    assert not sign_in(Client(REMOTE_ADDR="198.51.100.7"))
    assert passkey.signed_in(guesser).headers["Location"] == "/"
    assert guesser.session["_auth_user_id"] == str(ina.user_id)
