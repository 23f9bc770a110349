"""What a profile chose for its assertions, else what its provider is used to, and what the key cannot do."""

from dataclasses import replace

import pytest

from console.core.oauth import assertion_style
from console.core.oauth.assertion_style import SETTINGS, AssertionStyle, misfit, style_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.setting import problems
from tests.core.oauth.test_assertion import EC, EC_KEY, P384, RSA, RSA_KEY

CERTIFICATE, KEY = RSA.facts, RSA_KEY.facts
HABITS = AssertionHabits(
    AssertionAudience.TOKEN_ENDPOINT, ("PS256", "RS256", "ES256"), (KeyName.KID, KeyName.X5C), lifetime_s=120
)


@pytest.mark.parametrize(
    ("facts", "alg"),
    [(CERTIFICATE, "PS256"), (EC.facts, "ES256"), (P384.facts, "ES384"), (replace(KEY, alg="RS512"), "RS512")],
)
def test_without_a_choice_the_algorithm_is_the_first_habit_that_the_key_can_do(facts, alg):
    assert style_of(facts, {}, HABITS).alg == alg


@pytest.mark.parametrize(
    ("facts", "kid", "named"),
    [
        (KEY, "", KeyName.KID),
        (CERTIFICATE, "", KeyName.X5C),  # it has no kid, so the next habit
        (CERTIFICATE, "named there", KeyName.KID),
    ],
)
def test_without_a_choice_a_key_is_named_as_the_provider_is_used_to(facts, kid, named):
    assert style_of(facts, {"assertion_kid": kid}, HABITS).key_names == (named,)


def test_where_the_habits_name_a_key_by_kid_alone_a_certificate_is_named_by_its_thumbprint():
    assert style_of(CERTIFICATE, {}, AssertionHabits()).key_names == (KeyName.X5T_S256,)


def test_every_choice_of_a_profile_wins_over_the_habit():
    chosen = {
        "assertion_alg": "RS256",
        "assertion_key_name": "x5t x5c",
        "assertion_kid": "k9",
        "assertion_audience": "both",
        "assertion_typ": "none",
        "assertion_lifetime_s": "30",
    }
    names = (KeyName.X5T, KeyName.X5C)
    expected = AssertionStyle("RS256", names, AssertionAudience.BOTH, kid="k9", typ="", lifetime_s=30)
    assert style_of(CERTIFICATE, chosen, HABITS) == expected


def test_every_value_that_the_form_offers_can_be_used():
    for setting in SETTINGS:
        for value, _ in setting.choices:
            assert problems(SETTINGS, {setting.name: value}) == {}
            style_of(CERTIFICATE, {setting.name: value}, HABITS)


@pytest.mark.parametrize(
    ("facts", "settings", "told"),
    [
        (KEY, {}, ""),
        (CERTIFICATE, {}, ""),
        (KEY, {"assertion_alg": "ES256"}, "The key is RSA 2048 bits and cannot sign with ES256: it signs with PS256, "),
        (
            EC_KEY.facts,
            {"assertion_alg": "PS256"},
            "The key is EC 256 bits and cannot sign with PS256: it signs with ES256.",
        ),
        (CERTIFICATE, {"assertion_key_name": "kid"}, "The key is to be named by kid, and no key ID is entered."),
        (CERTIFICATE, {"assertion_key_name": "kid", "assertion_kid": "k"}, ""),
        (KEY, {"assertion_key_name": "x5t#S256 x5c"}, "named by x5t#S256 and x5c, and it has no certificate."),
        (replace(KEY, kid=""), {}, "The key has no key ID (kid), by which it is to be named."),
        (replace(KEY, alg="RS256"), {"assertion_alg": "PS256"}, "cannot sign with PS256: it signs with RS256."),
    ],
)
def test_what_cannot_be_signed_is_said_in_one_sentence(facts, settings, told):
    found = misfit(facts, assertion_style.style_of(facts, settings, HABITS))
    assert told in found
    assert bool(told) == bool(found)
