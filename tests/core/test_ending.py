"""What ends: days as people count them, the step of a reminder, and what to do in the words of each provider."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from console.core import ending
from console.core.connection import Connection, ConnectionStatus
from console.core.credential import (
    AssertionFacts,
    CertificateFacts,
    CredentialKind,
    CredentialSummary,
    SigningKeyFacts,
    SubscriptionKeySummary,
)
from console.core.ending import DAY_S, EndKind, days_left, due_step, end_of_day, is_soon, left_words, what_to_do
from console.core.held import Held
from console.core.profile import Profile
from console.core.providers import PROVIDERS

MIDNIGHT = 20_700 * DAY_S
NOON = MIDNIGHT + DAY_S // 2
CERTIFICATE = CertificateFacts("CN=a", "CN=a", "01", 0, NOON, "AB" * 20, "x", "y", "RSA", 2048, ("CN=a",))
KEY = SigningKeyFacts("k", "EC", 256, {}, "thumb", ends_at=NOON)


def profile(summary, provider="entra", **changes):
    settings = {"cloud": "global", "tenant": "contoso.example"} if provider == "entra" else {"tenant": "t"}
    made = Profile("p", 1, "Orders", "", provider, settings, "c", "client_credentials", "", None, False, summary, 1)
    return Held(replace(made, **changes), frozenset({"view"}), is_own=True, owner="ina@example.com")


@pytest.mark.parametrize(
    ("ends_at", "days", "words"),
    [
        (MIDNIGHT + 9 * DAY_S, 9, "ends in 9 days"),
        (MIDNIGHT + 10 * DAY_S - 1, 9, "ends in 9 days"),
        (MIDNIGHT + 2 * DAY_S, 2, "ends in 2 days"),
        (MIDNIGHT + 2 * DAY_S - 1, 1, "ends tomorrow"),
        (MIDNIGHT + DAY_S, 1, "ends tomorrow"),
        (MIDNIGHT + DAY_S - 1, 0, "ends today"),
        (NOON + 1, 0, "ends today"),
        (NOON, 0, "ended today"),
        (NOON - 1, 0, "ended today"),
        (MIDNIGHT - 1, -1, "ended yesterday"),
        (MIDNIGHT - DAY_S - 1, -2, "ended 2 days ago"),
    ],
)
def test_days_are_those_of_the_calendar(ends_at, days, words):
    assert (days_left(ends_at, NOON), left_words(ends_at, NOON)) == (days, words)


@pytest.mark.parametrize(
    ("days", "step"),
    [(31, None), (30, 30), (29, 30), (15, 30), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_the_nearest_step_alone_is_due(days, step):
    end = MIDNIGHT + (days + 1) * DAY_S - 1
    assert due_step(end, NOON) == step
    assert is_soon(end, NOON) is (days <= 30)


def test_what_has_ended_an_hour_ago_is_not_announced():
    assert due_step(NOON - 3600, NOON) is None


@pytest.mark.parametrize(("days", "step"), [(14, None), (8, None), (7, 7), (1, 1)])
def test_of_a_short_life_only_the_second_half_is_announced(days, step):
    assert due_step(MIDNIGHT + days * DAY_S, NOON, life_s=14 * DAY_S) == step


def test_a_day_counts_to_its_last_second_and_the_last_year_stands_for_never():
    assert end_of_day(date(2027, 5, 31)) == int(datetime(2027, 5, 31, 23, 59, 59, tzinfo=UTC).timestamp())
    assert end_of_day(date(9999, 12, 31)) is None
    assert ending.day_words(end_of_day(date(2027, 5, 31))) == "2027-05-31"


SECRET = CredentialSummary(CredentialKind.SECRET, 1, 5, "x", typed_end=NOON, dated_at=7)
SUMMARIES = {
    "secret": (SECRET, [(EndKind.SECRET, NOON, 7)]),
    "secret without date": (replace(SECRET, typed_end=None, dated_at=None), [(EndKind.SECRET, None, 5)]),
    "certificate": (
        CredentialSummary(CredentialKind.CERTIFICATE, 1, 5, "x", certificate=CERTIFICATE),
        [(EndKind.CERTIFICATE, NOON, 5)],
    ),
    "key": (CredentialSummary(CredentialKind.KEY, 1, 5, "x", key=KEY, dated_at=9), [(EndKind.KEY, NOON, 9)]),
    "assertion": (
        CredentialSummary(CredentialKind.ASSERTION, 1, 5, "x", assertion=AssertionFacts(ends_at=NOON)),
        [],
    ),
    "nothing": (CredentialSummary(), []),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_what_a_profile_keeps_that_ends(name):
    summary, expected = SUMMARIES[name]
    found = list(ending.of_profile(profile(summary)))
    assert [(one.kind, one.ends_at, one.dated_at) for one in found] == expected
    assert {(one.of_id, one.name, one.owner, one.is_own) for one in found} <= {("p", "Orders", "ina@example.com", True)}


def test_a_subscription_key_stands_beside_the_credential():
    keyed = profile(SECRET, subscription_key=SubscriptionKeySummary(3, NOON, 4))
    assert [one.kind for one in ending.of_profile(keyed)] == [EndKind.SECRET, EndKind.SUBSCRIPTION_KEY]


def test_what_the_sandbox_gave_out_ends_only_where_somebody_typed_it():
    bare = replace(SECRET, typed_end=None)
    key = SubscriptionKeySummary(3)
    assert list(ending.of_profile(profile(bare, "sandbox", subscription_key=key))) == []
    dated = profile(SECRET, "sandbox", subscription_key=replace(key, ends_at=NOON))
    assert [one.ends_at for one in ending.of_profile(dated)] == [NOON, NOON]


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, True),
        ({"refresh_ends_at": NOON + 7 * DAY_S - 1}, False),
        ({"refresh_ends_at": None}, False),
        ({"has_refresh_token": False}, False),
        ({"refreshed_at": NOON + DAY_S}, False),
    ],
)
def test_a_refresh_token_is_told_where_its_life_is_worth_a_calendar(changes, is_told):
    made = Connection("c", "p", 1, "Kari", ConnectionStatus.CONNECTED, 1, has_refresh_token=True, connected_at=NOON)
    one = replace(made, **{"refresh_ends_at": NOON + 7 * DAY_S, **changes})
    found = list(ending.of_connection(Held(one, frozenset({"manage"})), "Orders", "entra"))
    assert [(end.name, end.path, end.may_renew) for end in found] == [
        ("Orders (Kari)", "/connections/c/", True)
    ] * is_told


@pytest.mark.parametrize("provider", [one.code for one in PROVIDERS])
@pytest.mark.parametrize("kind", EndKind)
def test_there_is_something_to_do_at_every_provider(provider, kind):
    told = what_to_do(kind, provider)
    assert told.count(".") >= 2
    assert told.endswith(".")


def test_it_is_told_in_the_words_of_the_provider():
    assert what_to_do(EndKind.SECRET, "entra") == (
        "Create a new client secret under Certificates & secrets, and copy its Value. "
        "Then store it here, with its date."
    )
    assert what_to_do(EndKind.KEY, "maskinporten").startswith("Upload the public key in Samarbeidsportalen again")
    assert what_to_do(EndKind.SUBSCRIPTION_KEY, "entra").startswith("Have a new key made for the subscription")
