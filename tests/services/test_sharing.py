"""Sharing as people do it: what is audited, what is refused in words, and what stays shut to who may only use."""

from dataclasses import replace

import pytest

from console.core.access import SharedWith
from console.core.actor import Role
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.models import AuditEntry
from console.services import apis, calls, cases, connections, destinations, groups, opening, profiles, sharing, tokens
from console.store import credentials, people
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def admin(owner):
    return people.find("ada@example.com")


@pytest.fixture
def other(owner):
    return person("otto@example.com")


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if "orders with a secret" in one.name)


def said(*actions):
    entries = AuditEntry.objects.filter(action__in=actions).order_by("pk")
    return [(one.action, one.object_kind, one.detail.strip('"')) for one in entries]


def test_each_change_of_a_share_is_audited_once(owner, other, profile):
    subject = SharedWith(other.user_id)
    sharing.give(owner, "profile", profile.id, subject, right="view")
    sharing.give(owner, "profile", profile.id, subject, right="view")
    sharing.give(owner, "profile", profile.id, subject, right="use")
    found = sharing.access(owner, "profile", profile.id).shares
    assert [(one.subject.name, one.right) for one in found] == [(other.email, "use")]
    sharing.take(owner, "profile", profile.id, subject)
    sharing.take(owner, "profile", profile.id, subject)
    name = people.label(other)
    assert said("share given", "share changed", "share taken away") == [
        ("share given", "profile", f"view for {name}"),
        ("share changed", "profile", f"use instead of view for {name}"),
        ("share taken away", "profile", f"use for {name}"),
    ]


def test_groups_are_made_by_administrators_and_audited(owner, admin, other):
    with pytest.raises(NotFound):
        groups.make(owner, "Team")
    team = groups.make(admin, "Team")
    for change in (groups.add, groups.add, groups.remove, groups.remove):
        change(admin, team.id, other.user_id)
    groups.rename(admin, team.id, "Crew")
    groups.delete(admin, team.id)
    assert groups.list_groups(admin) == []
    name = people.label(other)
    actions = ("group made", "group renamed", "group deleted", "person put into a group", "person taken out of a group")
    assert said(*actions) == [
        ("group made", "group", "Team"),
        ("person put into a group", "group", name),
        ("person taken out of a group", "group", name),
        ("group renamed", "group", "from Team to Crew"),
        ("group deleted", "group", "Crew, with 0 people in it"),
    ]


def test_nothing_is_shared_with_its_owner_or_with_nobody(owner, profile):
    with pytest.raises(NotAllowed, match="cannot be shared with its owner"):
        sharing.give(owner, "profile", profile.id, SharedWith(owner.user_id), right="use")
    for subject in (
        SharedWith(999_999),
        SharedWith(group_id="00000000-0000-4000-8000-000000000000"),
        SharedWith(group_id="x"),
    ):
        with pytest.raises(NotFound):
            sharing.give(owner, "profile", profile.id, subject, right="use")


def test_a_shared_profile_whose_api_is_not_shared_says_so_and_not_that_it_is_for_none(owner, other, profile):
    own_api = apis.create(owner, apis.get_stored(owner, "view", profile.api_id))
    draft = replace(profiles.draft_of(profile), api_id=own_api.id)
    profiles.update(owner, profile.id, draft, expected_version=profile.version)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    with pytest.raises(NotAllowed) as refused:
        calls.send(other, profile.id, ApiCall("GET", "/orders"))
    told = refused.value
    assert told.what == "The API of this profile is not open to you, so nothing can be sent to it."
    assert told.why == "It belongs to somebody else, who shares it with neither you nor everybody."
    assert told.do == "Ask whoever gave you the profile to share its API with you too."
    sharing.give(owner, "api", own_api.id, SharedWith(other.user_id), right="use")
    assert opening.of_profile(other, "use", profile.id).api.id == own_api.id


def test_who_may_only_use_is_told_who_confirms_where_an_api_leads(owner, other, profile):
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    lost = replace(profile, accepted=None)
    for actor, who in ((owner, "You can do this."), (other, "Whoever manages the profile can do this.")):
        opened = opening.of_profile(actor, "use", profile.id)
        unconfirmed = replace(opened, held=replace(opened.held, value=lost))
        with pytest.raises(destinations.Unconfirmed) as refused:
            destinations.require_accepted(unconfirmed)
        assert refused.value.who == who


def test_who_may_only_use_is_told_who_enters_a_credential(owner, other, profile):
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    profiles.discard_credential(owner, profile.id)
    told = {}
    for actor in (owner, other):
        with pytest.raises(NotAllowed) as refused:
            tokens.obtain(actor, profile.id)
        told[actor.email] = (refused.value.do[:33], refused.value.who)
    assert told == {
        "ina@example.com": ("Enter the client secret, upload a", "You can do this."),
        "otto@example.com": (
            "Ask whoever manages the profile: ",
            "ina@example.com can do this, and whoever else manages the profile.",
        ),
    }


def test_a_copy_of_anothers_profile_accepts_nothing_for_its_new_owner(owner, other, profile):
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="view")
    copy = profiles.duplicate(other, profile.id)
    assert (copy.owner_id, copy.api_id, copy.accepted) == (other.user_id, profile.api_id, None)
    assert profiles.duplicate(owner, profile.id).accepted == profile.accepted


def test_of_others_profiles_only_the_one_that_a_text_is_about_is_opened(owner, other, profile, monkeypatch):
    typed = Secret("Tr0ub4dor and three")
    profiles.replace_secret(owner, profile.id, typed)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    opened = []
    really = credentials.vault.open_sealed
    monkeypatch.setattr(
        credentials.vault, "open_sealed", lambda text, **said: (opened.append(said["row"]), really(text, **said))[1]
    )
    found = {one.reveal() for one in credentials.secrets_of(other, profile.id)}
    assert (typed.reveal() in found, len(found)) == (True, 2)  # and the subscription key of the sample
    assert {row.split("|")[1] for row in opened} == {profile.id}
    sharing.take(owner, "profile", profile.id, SharedWith(other.user_id))
    assert credentials.secrets_of(other, profile.id) == []
    assert typed in credentials.secrets_of(owner, None)  # what its owner can write down wherever they write


def test_what_is_stored_in_the_profile_of_a_case_is_masked_in_it_and_below_it(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    typed = Secret("Tr0ub4dor and three")
    profiles.replace_secret(owner, profile.id, typed)
    case = cases.create(owner, sent.attempt_id, title="T", note=f"it is {typed.reveal()} here")
    cases.comment(owner, case.id, f"again {typed.reveal()} here")
    record = cases.open_case(owner, case.id).record
    for text in (record.note, record.comments[0].text):
        assert "Tr0ub4dor" not in text
        assert text.endswith(" here")


def test_support_comments_without_a_secret_of_the_profile_being_opened(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    case = cases.create(owner, sent.attempt_id, title="T", note="")
    support = person("sam@example.com", Role.SUPPORT)
    assert credentials.secrets_of(support, profile.id) == []
    cases.comment(support, case.id, "Seen.")
    assert cases.open_case(owner, case.id).record.comments[0].text == "Seen."


def test_a_connection_of_ones_own_shows_no_token_of_the_application_that_its_profile_does_not_show(
    owner, other, profile
):
    """Who may only use a profile owns what they connect with it, and the token is the application's all the same."""
    whom = SharedWith(other.user_id)
    sharing.give(owner, "profile", profile.id, whom, right="use")
    own = connections.make(other, profile.id, "Mine")
    with pytest.raises(NotAllowed, match="not see its token whole"):
        opening.to_reveal(other, profile.id, connection_id=own.id)
    assert not opening.of_connection(other, "manage", own.id).may_reveal
    sharing.give(owner, "profile", profile.id, whom, right="use", reveals_token=True)
    assert opening.to_reveal(other, profile.id, connection_id=own.id).connection_id == own.id


def test_who_owns_the_profile_lends_its_token_with_a_connection_of_theirs(owner, other, profile):
    lent = connections.make(owner, profile.id, "Lent")
    sharing.give(owner, "connection", lent.id, SharedWith(other.user_id), right="use")
    assert not opening.of_connection(other, "use", lent.id).may_reveal
    sharing.give(owner, "connection", lent.id, SharedWith(other.user_id), right="use", reveals_token=True)
    assert opening.of_connection(other, "use", lent.id).may_reveal
    assert opening.of_connection(owner, "use", lent.id).may_reveal
