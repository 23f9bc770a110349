"""A token passed on from another profile: who may, where it may go, what is kept for whom, and the chain as values."""

import time
from dataclasses import replace

import pytest

from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.services import chains, opening, profiles, sharing, tokens
from console.store import attempts
from tests.services.builders import person
from tests.services.grant_side import SECRET, granted, kept_texts, profile_for, side

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db
SECOND, THIRD = "canary-second-token-1122334455", "canary-third-token-66778899aa"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def first(actor, side):
    return profile_for(actor, side, "client_credentials", scope="first")


def passing_on(actor, side, source, grant="on_behalf_of", **settings):
    return profile_for(actor, side, grant, scope="second", subject_from=source.id, **settings)


def lay_both(side, **claims):
    subject = side.id_token(int(time.time()), aud="c", **claims)
    side.lay("/token", granted(access_token=subject), granted(access_token=SECOND))
    return subject


def shared(owner, profile, name):
    other = person(name)
    whom = sharing.named(owner, "profile", profile.id, name)
    sharing.give(owner, "profile", profile.id, whom, right="use")
    return other


def test_the_other_profiles_token_is_got_first_and_passed_on(actor, side, first):
    second = passing_on(actor, side, first)
    subject = lay_both(side)
    got = tokens.obtain(actor, second.id)
    assert got.access_token == Secret(SECOND)
    one, two = side.forms()
    assert (one["grant_type"], one["scope"]) == ("client_credentials", "first")
    assert (two["assertion"], two["scope"], two["client_secret"]) == (subject, "second", SECRET)
    assert got.subject.access_token == Secret(subject)
    assert got.subject.profile.id == first.id
    assert len(got.steps) == 2, "the steps of the first stand before those of the second"
    told = kept_texts(attempts.list_recent(actor))
    assert [text for text in (SECRET, subject, subject.rpartition(".")[2], SECOND) if text in told] == []


def test_both_come_from_the_store_while_they_are_valid(actor, side, first):
    second = passing_on(actor, side, first)
    lay_both(side)
    tokens.obtain(actor, second.id)
    again = tokens.obtain(actor, second.id)
    assert (again.is_from_store, again.access_token) == (True, Secret(SECOND))
    assert tokens.stored(opening.of_profile(actor, "use", second.id)).access_token == Secret(SECOND)
    assert len(side.forms()) == 2


def test_another_first_token_gives_another_second_one(actor, side, first):
    second = passing_on(actor, side, first)
    lay_both(side)
    tokens.obtain(actor, second.id)
    lay_both(side, sub="somebody else")
    tokens.obtain(actor, first.id, wants_fresh=True)
    assert tokens.stored(opening.of_profile(actor, "use", second.id)) is None
    assert not tokens.obtain(actor, second.id).is_from_store


def test_a_fresh_one_asks_for_the_second_alone(actor, side, first):
    second = passing_on(actor, side, first)
    lay_both(side)
    tokens.obtain(actor, second.id)
    side.lay("/token", granted(access_token=THIRD))
    assert tokens.obtain(actor, second.id, wants_fresh=True).access_token == Secret(THIRD)
    assert len(side.forms()) == 3


def test_where_the_first_gives_none_the_second_is_not_asked_for(actor, side, first):
    second = passing_on(actor, side, first)
    side.lay("/token", (401, {"error": "invalid_client"}))
    ended = tokens.obtain(actor, second.id)
    assert (ended.access_token, ended.error.error) == (None, "invalid_client")
    assert (ended.profile.id, ended.subject.profile.id) == (second.id, first.id)
    assert len(side.forms()) == 1
    assert ended.diagnosis.primary is not None


def test_who_may_not_use_the_first_gets_nothing_of_it(actor, side, first):
    second = passing_on(actor, side, first)
    lay_both(side)
    tokens.obtain(actor, second.id)
    other = shared(actor, second, "otto@example.com")
    with pytest.raises(NotFound):
        tokens.obtain(other, second.id)
    assert tokens.stored(opening.of_profile(other, "use", second.id)) is None
    assert len(side.forms()) == 2


def test_who_may_use_both_uses_both(actor, side, first):
    second = passing_on(actor, side, first)
    lay_both(side)
    other = shared(actor, second, "otto@example.com")
    sharing.give(actor, "profile", first.id, sharing.named(actor, "profile", first.id, other.email), right="use")
    assert tokens.obtain(other, second.id).access_token == Secret(SECOND)


def test_the_use_of_a_token_is_no_right_to_send_it_to_another_provider(actor, side, first):
    other = shared(actor, first, "otto@example.com")
    with pytest.raises(NotAllowed) as refused:
        profile_for(other, side, "token_exchange", subject_from=first.id, issuer="https://elsewhere.example")
    assert "another provider" in refused.value.what
    same = profile_for(other, side, "token_exchange", subject_from=first.id)
    moved = replace(profiles.draft_of(same), settings={**same.settings, "issuer": "https://elsewhere.example"})
    with pytest.raises(NotAllowed):
        profiles.update(other, same.id, moved, expected_version=same.version)
    own = profile_for(actor, side, "token_exchange", subject_from=first.id, issuer="https://elsewhere.example")
    assert own.settings["subject_from"] == first.id, "its manager could carry it there by hand"


def test_nor_to_an_address_of_mutual_tls_beside_that_provider(actor, side, first):
    """With a certificate a request for the token endpoint goes to an address that the profile names for it."""
    other = shared(actor, first, "otto@example.com")
    with pytest.raises(NotAllowed, match="another provider"):
        profile_for(
            other, side, "token_exchange", subject_from=first.id, client_auth="self_signed_tls_client_auth",
            mtls_token_endpoint="https://elsewhere.example/token",
        )  # fmt: skip


def test_a_first_profile_that_moved_away_lends_its_token_no_more(actor, side, first):
    other = shared(actor, first, "otto@example.com")
    second = profile_for(other, side, "token_exchange", subject_from=first.id)
    draft = replace(profiles.draft_of(first), settings={"issuer": "https://moved.example"})
    profiles.update(actor, first.id, draft, expected_version=first.version)
    with pytest.raises(NotAllowed):
        tokens.obtain(other, second.id)
    assert side.seen == []


def test_somebody_elses_profile_cannot_be_named(actor, side, first):
    other = person("otto@example.com")
    for named in (first.id, f"{first.id}/{first.id}", "no id", "../../x"):
        with pytest.raises(NotFound):
            profile_for(other, side, "on_behalf_of", subject_from=named)


def test_a_chain_without_end_is_told_and_asks_nobody(actor, side, first):
    second = passing_on(actor, side, first)
    third = passing_on(actor, side, second, "token_exchange")
    circle = replace(profiles.draft_of(second), settings={**second.settings, "subject_from": third.id})
    profiles.update(actor, second.id, circle, expected_version=second.version)
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, third.id)
    assert "comes back" in refused.value.what
    assert tokens.stored(opening.of_profile(actor, "use", third.id)) is None
    assert side.seen == []


def test_a_chain_of_three_is_got_in_order(actor, side, first):
    second = passing_on(actor, side, first)
    third = passing_on(actor, side, second, "token_exchange")
    lay_both(side)
    side.lay("/token", granted(access_token=THIRD))
    got = tokens.obtain(actor, third.id)
    assert got.access_token == Secret(THIRD)
    assert side.forms()[2]["subject_token"] == SECOND
    assert got.subject.subject.profile.id == first.id


def test_a_pasted_token_is_passed_on_once_and_what_came_of_it_is_its_persons(actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="second")
    pasted = side.id_token(int(time.time()), aud="c")
    side.lay("/token", granted(access_token=SECOND))
    opened = opening.of_profile(actor, "use", profile.id)
    assert tokens.obtain_for(opened, given=Secret(pasted)).access_token == Secret(SECOND)
    assert tokens.obtain(actor, profile.id).access_token == Secret(SECOND), "until it ends"
    other = shared(actor, profile, "otto@example.com")
    with pytest.raises(NotAllowed):
        tokens.obtain(other, profile.id)
    assert pasted not in kept_texts(attempts.list_recent(actor))


def test_without_a_token_to_pass_on_it_is_said_what_to_do(actor, side):
    profile = profile_for(actor, side, "token_exchange")
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, profile.id)
    assert "paste a token" in refused.value.do
    assert side.seen == []


def test_the_chain_is_told_as_values_with_what_changed(actor, side, first):
    second = passing_on(actor, side, first)
    exchanged = side.id_token(int(time.time()), aud="orders", act={"sub": "c"})
    side.lay("/token", granted(access_token=side.id_token(int(time.time()), aud="c")))
    side.lay("/token", granted(access_token=exchanged))
    obtained = tokens.obtain(actor, second.id)
    for links in (chains.of_obtained(obtained), chains.of_profile(actor, second.id)):
        one, two = links
        assert (one.profile.id, two.profile.id) == (first.id, second.id)
        assert (one.said.audiences, two.said.audiences) == (("c",), ("orders",))
        assert (one.said.who, two.said.who, two.said.acting) == ("person-1", "person-1", ("c",))
        assert one.change is None
        assert {"aud", "act"} <= {change.name for change in two.change.changes}
        assert one.provider == "Any provider"


def test_a_chain_without_tokens_and_a_profile_alone_are_chains_too(actor, side, first):
    second = passing_on(actor, side, first)
    one, two = chains.of_profile(actor, second.id)
    assert (one.token, two.token, two.change) == (None, None, None)
    assert [link.profile.id for link in chains.of_profile(actor, first.id)] == [first.id]


def test_a_pasted_token_stands_in_front(actor, side):
    profile = profile_for(actor, side, "on_behalf_of", scope="second")
    pasted = side.id_token(int(time.time()), aud="c")
    side.lay("/token", granted(access_token=side.id_token(int(time.time()), aud="orders")))
    obtained = tokens.obtain_for(opening.of_profile(actor, "use", profile.id), given=Secret(pasted))
    front, own = chains.with_pasted(chains.of_obtained(obtained), pasted)
    assert (front.is_pasted, front.profile, front.said.audiences) == (True, None, ("c",))
    assert "aud" in {change.name for change in own.change.changes}


def test_the_chain_of_a_profile_is_for_who_may_use_all_of_it(actor, side, first):
    second = passing_on(actor, side, first)
    other = shared(actor, second, "otto@example.com")
    with pytest.raises(NotFound):
        chains.of_profile(other, second.id)
