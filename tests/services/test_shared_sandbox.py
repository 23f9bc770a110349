"""A shared sandbox profile acts in its owner's workspace, whoever uses it; what happens there is theirs to decide."""

import pytest

from console.core.access import SharedWith
from console.core.call import ApiCall
from console.core.errors import NotAllowed
from console.services import (
    calls,
    handover,
    home,
    inspection,
    opening,
    policies,
    practice,
    profiles,
    sandbox,
    sandbox_profiles,
    sandbox_tenant,
    sharing,
    tokens,
)
from console.services.judging import WantedDemands
from tests.services.builders import person, with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def other(owner):
    return person("otto@example.com")


@pytest.fixture
def shared(owner, other):
    """A profile of a client that is registered in its owner's workspace alone, shared to be used."""
    state = sandbox.workspace(owner).state
    orders = next(api for api in state.apis if api.app_roles)
    made = sandbox_tenant.register_client(
        owner, "Only here", roles={orders.id: orders.app_roles}, client_id=sandbox_tenant.new_client_id()
    )
    sealed = handover.seal(owner, secret=made.secret)
    profile, _ = sandbox_profiles.make_profile(owner, made.client.id, sealed=sealed)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="use")
    return profile


def test_its_token_and_its_calls_are_the_owners_workspaces(owner, other, shared):
    sent = calls.send(other, shared.id, ApiCall("GET", "/orders"))
    assert sent.exchange.response.status == 200, sent.diagnosis
    space = sandbox.workspace(owner)
    assert sent.exchange.request.url.startswith(f"{space.base}/gateway/")
    assert sent.obtained.token.text_claim("iss").startswith(space.base)
    assert [one for one in sent.obtained.findings if one.status == "fail"] == []
    assert sandbox.workspace(other).segment != space.segment


def test_owner_and_user_share_one_token_and_each_list_shows_it(owner, other, shared):
    mine = tokens.obtain(owner, shared.id)
    theirs = tokens.obtain(other, shared.id)
    assert theirs.is_from_store
    assert theirs.access_token.reveal() == mine.access_token.reveal()
    for actor in (owner, other):
        (state,) = [one for one in home.states_of(actor, profiles.list_held(actor)) if one.profile.id == shared.id]
        assert state.has_token
        assert shared.id in [one.id for one in policies.holding_token(actor)]
    assert policies.token_of(other, shared.id).secret.reveal() == mine.access_token.reveal()


def test_who_may_only_view_it_is_offered_no_token_of_it(owner, other, shared):
    tokens.obtain(owner, shared.id)
    sharing.give(owner, "profile", shared.id, SharedWith(other.user_id), right="view")
    assert shared.id not in [one.id for one in policies.holding_token(other)]


def test_a_fault_counts_that_its_owner_switched_on_and_not_the_users_own(owner, other, shared):
    sandbox.set_fault(other, "wrong-audience")
    assert calls.send(other, shared.id, ApiCall("GET", "/orders")).exchange.response.status == 200
    sandbox.set_fault(owner, "missing-role")
    tokens.obtain(other, shared.id, wants_fresh=True)
    assert calls.send(other, shared.id, ApiCall("GET", "/orders")).exchange.response.status in (401, 403)
    assert sandbox.workspace(other).state.fault == "wrong-audience"


def test_the_page_says_in_whose_sandbox_the_fault_is_and_offers_no_switch(owner, other, shared):
    sandbox.set_fault(owner, "missing-role")
    page, own = (signed_in(one).get(f"/profiles/{shared.id}/").text for one in (other, owner))
    assert ", in which this profile acts; ask them to switch it off." in page
    assert "It is on because you set it" in own
    assert ('id="fault-off"' in page, 'id="fault-off"' in own) == (False, True)


@pytest.mark.parametrize("right", ["use", "manage"])
def test_nobody_breaks_anothers_sandbox_for_practice(owner, other, shared, right):
    sharing.give(owner, "profile", shared.id, SharedWith(other.user_id), right=right)
    with pytest.raises(NotAllowed, match="Only a profile of your own can be broken for practice"):
        practice.practise(opening.of_profile(other, "use", shared.id), "wrong-audience")
    assert sandbox.workspace(owner).state.fault is None


def test_a_token_is_judged_by_what_its_profile_expects_of_its_owners_workspace(owner, other, shared):
    token = tokens.obtain(owner, shared.id).access_token.reveal()
    judged = inspection.inspect(other, token, wanted=WantedDemands(profile_id=shared.id))
    (item,) = judged.items
    assert [one.code for one in item.findings if one.status == "fail"] == []
    assert opening.of_profile(other, "view", shared.id).own.base == sandbox.workspace(owner).base


def test_a_copy_of_it_acts_in_the_workspace_of_who_copied_it(owner, other, shared):
    copy = profiles.duplicate(other, shared.id)
    assert opening.of_profile(other, "view", copy.id).own.base == sandbox.workspace(other).base
