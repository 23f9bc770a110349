"""Token and key go where the user of a profile accepted; what its Api says otherwise is asked first."""

import base64
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps as installed

from console.core.actor import Role
from console.core.api import Expectation
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.destination import ApiDestination, ProposalState, described, differences, origin
from console.core.errors import Misconfigured, NotAllowed, NotFound, Stale
from console.core.matrix.base import MatrixChoice
from console.core.matrix.variants import BY_CODE
from console.models import Api as ApiRow
from console.models import Profile as ProfileRow
from console.models import StoredCredential, StoredToken, SubscriptionKey
from console.services import (
    apis,
    calls,
    connections,
    destinations,
    judging,
    long_work,
    matrix,
    opening,
    preflight,
    profiles,
    sandbox,
    sandbox_workspace,
    snippets,
    token_previews,
    tokens,
    wiring,
)
from console.services.destinations import Unconfirmed
from console.services.judging import KeyChoice, WantedDemands
from console.store import attempts, audit, json_text
from tests.far_sides import EchoApi, allow
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, api, outside_api
from tests.store.builders import FACTS

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db

accept_of_before = import_module("console.migrations.0008_accept_destinations")


@pytest.fixture
def other(settings, api):
    """Where the owner of the API would have everything sent; allowed, as any host of the Internet is."""
    with EchoApi() as running:
        allow(settings, api, running)
        yield running
    wiring.egress_policy.cache_clear()


@pytest.fixture
def user():
    return with_samples()


@pytest.fixture
def admin(user):
    return person("root@example.com", Role.ADMIN)


@pytest.fixture
def owner(user):
    """Owns the API and is no administrator."""
    return person("maker@example.com")


def published(owner, admin, url, **fields):
    made = apis.create(owner, replace(outside_api(owner, url), name="Orders", **fields))
    apis.publish(admin, made.id, is_published=True, expected_version=made.version)
    return apis.get_stored(owner, "manage", made.id)


def used(user, made):
    """A profile of the user for that API, with a token of the sandbox at hand and a subscription key."""
    sample = profiles.list_profiles(user)[0]
    draft = replace(profiles.draft_of(sample), name="Mine", api_id=made.id)
    profile = profiles.create(user, draft)
    profiles.replace_secret(user, profile.id, Secret(sandbox.samples().client_secret))
    profiles.replace_subscription_key(user, profile.id, Secret(KEY))
    return profile


def edited(actor, api_id, **fields):
    """The API edited by that person."""
    before = apis.get_to_edit(actor, api_id)
    return apis.update(actor, api_id, replace(before, **fields), expected_version=before.version)


def change_of(actor, profile):
    return destinations.change_of(opening.of_profile(actor, "view", profile.id))


def confirm(actor, profile):
    return destinations.accept(actor, profile.id, seen=change_of(actor, profile).seen)


def deeds(user, profile):
    """Everything of a profile that sends something."""
    return (
        lambda: calls.send(user, profile.id, ApiCall("GET", "/x")),
        lambda: calls.send(user, profile.id, ApiCall("GET", "/x", sends_token=False)),
        lambda: calls.send(user, profile.id, ApiCall("GET", "/x", sends_subscription_key=False)),
        lambda: calls.send(user, profile.id, ApiCall("GET", "/x", sends_token=False, sends_subscription_key=False)),
        lambda: tokens.obtain(user, profile.id),
        lambda: tokens.obtain(user, profile.id, wants_fresh=True),
        *looks_ahead(user, profile),
    )


def looks_ahead(user, profile):
    """What begins a run that sends, or prepares something to be sent."""
    opened = opening.of_profile(user, "use", profile.id)
    connection = connections.make(user, profile.id, "Mine")
    call, all_of_them = ApiCall("GET", "/x"), MatrixChoice(tuple(BY_CODE))
    return (
        lambda: preflight.begin(user, profile.id),
        lambda: preflight.begin(user, profile.id, call=call),
        lambda: matrix.begin(opened, all_of_them, call=call),
        lambda: token_previews.of_profile(user, profile.id),
        lambda: token_previews.of_connection(user, connection.id),
        lambda: snippets.of_call(opened, call),
    )


def test_the_owner_of_a_published_api_cannot_have_its_users_tokens_sent_elsewhere(api, other, user, owner, admin):
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    calls.send(user, profile.id, ApiCall("GET", "/1"))
    edited(owner, made.id, base_url=f"{other.url}/steal")
    calls.send(user, profile.id, ApiCall("GET", "/2"))
    assert [one["path"] for one in api.seen] == ["/orders/1", "/orders/2"]  # the published version is what is used
    proposal = apis.get_stored(admin, "view", made.id)
    apis.decide(admin, made.id, is_approved=True, expected_version=proposal.version)
    for deed in deeds(user, profile):
        with pytest.raises(Unconfirmed):
            deed()
    assert (other.seen, len(api.seen)) == ([], 2)
    (row,) = change_of(user, profile).differences
    sides = ("".join(row.before), "".join(row.after))
    assert (row.label, sides) == ("Base URL", (f"{api.url}/orders", f"{other.url}/steal"))
    assert "enter it again" in confirm(user, profile)[0]
    calls.send(user, profile.id, ApiCall("GET", "/3"))
    (arrived,) = other.seen
    assert arrived["headers"]["Authorization"].startswith("Bearer eyJ")
    assert "Ocp-Apim-Subscription-Key" not in arrived["headers"]


CHANGES = {
    "base_url": lambda url: {"base_url": f"{url}/orders"},
    "its path alone": lambda url: {"base_url": f"{url}/other"},
    "metadata_url": lambda url: {"metadata_url": f"{url}/.well-known/openid-configuration"},
    "subscription_key_header": lambda url: {"subscription_key_header": "X-Key"},
}


@pytest.mark.parametrize("published_first", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_leaves_before_what_changed_is_confirmed(api, other, user, owner, admin, change, published_first):
    """Token, key, credential and metadata request, by every deed, whoever made the edit."""
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    if not published_first:
        owner = user
        made = outside_api(user, f"{api.url}/orders")
        profile = used(user, made)
    where = api.url if change == "its path alone" else other.url
    edited(admin if published_first else user, made.id, **CHANGES[change](where))
    before = user_attempts(user)
    for deed in deeds(user, profile):
        with pytest.raises(Unconfirmed) as refused:
            deed()
    assert all((refused.value.what, refused.value.why, refused.value.do, refused.value.who))
    assert (api.seen, other.seen, user_attempts(user)) == ([], [], before)
    confirm(user, profile)
    assert change_of(user, profile) is None
    calls.send(user, profile.id, ApiCall("GET", "/x"))
    assert len([*api.seen, *other.seen]) >= 1


def user_attempts(user):
    return [record.id for record in attempts.list_recent(user)]


@pytest.mark.parametrize("change", CHANGES)
def test_runs_that_began_before_a_change_send_nothing_secret_after_it(api, other, user, owner, admin, change):
    """Each of their stages asks anew: token, policy and call of a preflight, every variant of a matrix."""
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    call, asked = ApiCall("GET", "/x"), MatrixChoice(("without-token", "twice"))
    matrix_run = matrix.begin(opening.of_profile(user, "use", profile.id), asked, call=call)
    preflight_run = preflight.begin(user, profile.id, call=call)
    edited(admin, made.id, **CHANGES[change](api.url if change == "its path alone" else other.url))
    before = user_attempts(user)
    for _ in range(20):
        preflight.look(user, preflight_run.id)
    assert matrix.look(user, matrix_run.id).is_done
    found = preflight.result(user, preflight_run.id)
    assert (found.is_good, user_attempts(user)) == (False, before)
    assert [one for one in (*api.seen, *other.seen) if not is_bare(one)] == []


def is_bare(seen):
    """A document that anybody may fetch, asked for with nothing that is secret."""
    return seen["path"].startswith("/.well-known/") and not {"Authorization", "Ocp-Apim-Subscription-Key", "X-Key"} & {
        *seen["headers"]
    }


@pytest.mark.parametrize("is_inside", [True, False], ids=["carries the token", "carries nothing"])
@pytest.mark.parametrize("change", CHANGES)
def test_long_work_is_neither_cancelled_nor_looked_at_before_what_changed_is_confirmed(
    api, other, user, owner, admin, change, is_inside
):
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    monitor = "/orders/monitor" if is_inside else f"{other.url}/monitor"
    api.answers["/orders/work"] = (202, [("Operation-Location", monitor), ("Retry-After", "0")])
    sent = calls.send(user, profile.id, ApiCall("POST", "/work"))
    edited(admin, made.id, **CHANGES[change](api.url if change == "its path alone" else other.url))
    for deed in (long_work.cancel, calls.look_again):
        with pytest.raises(Unconfirmed):
            deed(user, sent.attempt_id)
    assert ([one["path"] for one in api.seen], other.seen) == (["/orders/work"], [])


def test_a_look_at_long_work_waits_for_the_confirmation_too(api, other, user, admin, owner):
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    api.answers["/orders/work"] = (202, [("Location", "/orders/monitor"), ("Retry-After", "0")])
    sent = calls.send(user, profile.id, ApiCall("POST", "/work"))
    edited(admin, made.id, subscription_key_header="X-Other")
    with pytest.raises(Unconfirmed):
        calls.look_again(user, sent.attempt_id)
    assert [one["path"] for one in api.seen] == ["/orders/work"]


def test_a_stored_token_is_judged_by_the_keys_that_were_accepted(api, other, user, admin, owner):
    """Not by those of an address its user never saw, and not in the inspector either."""
    made = published(owner, admin, f"{api.url}/orders")
    profile = used(user, made)
    tokens.obtain(user, profile.id)
    edited(admin, made.id, metadata_url=f"{other.url}/.well-known/openid-configuration")
    profile = profiles.open_profile(user, "view", profile.id)
    assert opening.of_profile(user, "view", profile.id).api.metadata_url == ""
    judging.measure(user, WantedDemands(profile_id=profile.id, keys=KeyChoice.FETCHED))
    assert other.seen == []


def test_what_was_seen_is_what_is_confirmed(api, other, user, owner):
    made = outside_api(user, api.url)
    profile = used(user, made)
    edited(user, made.id, base_url=f"{other.url}/a")
    seen = change_of(user, profile).seen
    edited(user, made.id, base_url=f"{other.url}/b")
    with pytest.raises(Stale):
        destinations.accept(user, profile.id, seen=seen)
    with pytest.raises(NotFound):
        destinations.accept(owner, profile.id, seen=change_of(user, profile).seen)
    with pytest.raises(Unconfirmed):
        calls.send(user, profile.id, ApiCall("GET", "/"))


def test_saving_or_copying_a_profile_accepts_nothing_new_and_choosing_an_api_does(api, other, user):
    made, second = outside_api(user, api.url), outside_api(user, other.url)
    profile = used(user, made)
    edited(user, made.id, base_url=f"{api.url}/moved")
    saved, _ = profiles.update(
        user, profile.id, replace(profiles.draft_of(profile), name="Again"), expected_version=profile.version
    )
    assert change_of(user, saved) is not None
    assert change_of(user, profiles.duplicate(user, profile.id)) is not None
    chosen, _ = profiles.update(
        user, profile.id, replace(profiles.draft_of(saved), api_id=second.id), expected_version=saved.version
    )
    assert change_of(user, chosen) is None
    back, _ = profiles.update(
        user, profile.id, replace(profiles.draft_of(chosen), api_id=made.id), expected_version=chosen.version
    )
    assert change_of(user, back) is None


def test_a_key_that_was_entered_for_a_deleted_api_goes_to_no_other(api, other, user, owner, admin):
    """Its owner deletes it and makes one of the same name elsewhere: the profile has no API, the key has its place."""
    first = published(owner, admin, f"{api.url}/orders")
    profile = used(user, first)
    apis.delete(owner, first.id)
    second = published(owner, admin, f"{other.url}/orders")
    without = profiles.open_profile(user, "manage", profile.id)
    draft = replace(profiles.draft_of(without), api_id=second.id)
    after, notes = profiles.update(user, profile.id, draft, expected_version=without.version)
    calls.send(user, profile.id, ApiCall("GET", "/x"))
    assert not after.has_subscription_key
    assert notes == ["The API changed, so the stored subscription key was discarded: enter it again."]
    assert [KEY in str(one) for one in other.seen] == [False]


def test_the_sandbox_is_one_place_under_whatever_address_it_is_served(settings, user):
    profile = profiles.list_profiles(user)[0]
    settings.CONSOLE_PUBLIC_URL = "https://elsewhere.example"
    assert change_of(user, profile) is None
    assert opening.of_profile(user, "view", profile.id).api.base_url.startswith("https://elsewhere.example/sandbox/")


# --- a version that waits -----------------------------------------------------------------------------------------


def test_what_only_judges_is_mended_at_once_and_where_it_leads_waits(user, owner, admin):
    made = published(owner, admin, "https://api.example")
    edited(owner, made.id, base_url="https://new.example", name="New name", expectation=Expectation(audiences=("a",)))
    seen = apis.get_stored(user, "view", made.id)
    assert (seen.name, seen.expectation.audiences, seen.base_url) == ("New name", ("a",), "https://api.example")
    assert seen.proposal.state is ProposalState.WAITING
    assert apis.get_to_edit(owner, made.id).base_url == "https://new.example"
    assert apis.get_to_edit(admin, made.id).base_url == "https://api.example"


@pytest.mark.parametrize(
    ("is_approved", "base_url", "state"),
    [(True, "https://new.example", "approved"), (False, "https://api.example", "declined")],
)
def test_an_administrator_decides_and_the_owner_sees_it(owner, admin, is_approved, base_url, state):
    made = published(owner, admin, "https://api.example")
    waiting = edited(owner, made.id, base_url="https://new.example")
    with pytest.raises(NotAllowed):
        apis.decide(owner, made.id, is_approved=True, expected_version=waiting.version)
    with pytest.raises(Stale):
        apis.decide(admin, made.id, is_approved=is_approved, expected_version=waiting.version - 1)
    apis.decide(admin, made.id, is_approved=is_approved, expected_version=waiting.version)
    after = apis.get_stored(owner, "manage", made.id)
    assert (after.base_url, after.proposal.state.value, after.is_published) == (base_url, state, True)
    with pytest.raises(NotAllowed):
        apis.decide(admin, made.id, is_approved=True, expected_version=after.version)


def test_a_proposal_is_taken_back_by_the_published_addresses_and_overtaken_by_an_administrators(owner, admin):
    made = published(owner, admin, "https://api.example")
    edited(owner, made.id, base_url="https://new.example")
    assert edited(owner, made.id, base_url="https://api.example").proposal is None
    edited(owner, made.id, base_url="https://new.example")
    after = edited(admin, made.id, base_url="https://third.example")
    assert (after.base_url, after.proposal.state) == ("https://third.example", ProposalState.REPLACED)


def test_an_unpublished_api_is_its_owners_alone_to_change(owner):
    made = outside_api(owner, "https://api.example")
    assert edited(owner, made.id, base_url="https://new.example").base_url == "https://new.example"


def test_an_administrator_opens_the_version_that_was_seen(owner, admin):
    made = outside_api(owner, "https://api.example")
    edited(owner, made.id, base_url="https://evil.example")
    with pytest.raises(Stale):
        apis.publish(admin, made.id, is_published=True, expected_version=made.version)
    assert not apis.get_stored(owner, "view", made.id).is_published


def test_the_audit_trail_says_where_from_and_where_to(owner, admin, user):
    made = published(owner, admin, "https://api.example/path")
    profile = used(user, made)
    waiting = edited(owner, made.id, base_url="https://new.example", subscription_key_header="X-Key")
    apis.decide(admin, made.id, is_approved=True, expected_version=waiting.version)
    confirm(user, profile)
    apis.delete(owner, made.id)
    told = {str(entry.action): entry.detail for entry in audit.recent()}
    moved = "https://api.example -> https://new.example; key header Ocp-Apim-Subscription-Key -> X-Key"
    assert told["api made"] == told["api published"] == "https://api.example"
    assert told["api version proposed"] == told["api version approved"] == told["destination confirmed"] == moved
    assert told["api deleted"] == "https://new.example"
    assert told["api changed"] == ""


# --- who writes the database --------------------------------------------------------------------------------------

TAMPERED = [
    (ApiRow, "base_url"),
    (ApiRow, "metadata_url"),
    (ApiRow, "subscription_key_header"),
    (ProfileRow, "api_id"),
    (ProfileRow, "accepted"),
    (ProfileRow, "settings"),
    (ProfileRow, "provider"),
    *((StoredCredential, name) for name in ("kind", "bound_to", "version", "set_at", "facts", "chain_pem")),
    *((SubscriptionKey, name) for name in ("bound_to", "set_at")),
]


def other_value(model, column, other):
    field = model._meta.get_field(column)
    if column == "kind":
        return "certificate"
    if column == "provider":
        return "entra"
    if column == "settings":
        return json_text.dump({"tenant": f"{other.url}/steal"})
    if column == "facts":
        return json_text.dump(FACTS)
    return 1_900_000_000 if "Integer" in field.get_internal_type() else f"{other.url}/steal"


@pytest.mark.parametrize(("model", "column"), TAMPERED, ids=[f"{model.__name__}.{name}" for model, name in TAMPERED])
def test_who_changes_a_plain_column_beside_a_sealed_one_gets_nothing_sent(api, other, user, model, column):
    made, second = outside_api(user, api.url), outside_api(user, other.url)
    profile = used(user, made)
    tokens.obtain(user, profile.id)
    value = second.id if column == "api_id" else other_value(model, column, other)
    rows = {
        ApiRow: ApiRow.objects.filter(pk=made.id),
        ProfileRow: ProfileRow.objects.filter(pk=profile.id),
    }.get(model, model.objects.filter(profile_id=profile.id) if model not in (ApiRow, ProfileRow) else None)
    fitting = {"settings": json_text.dump({"cloud": "global", "tenant": "t"})} if column == "provider" else {}
    assert rows.update(**{column: value}, **fitting) == 1
    with pytest.raises((Misconfigured, NotAllowed)):  # a credential is used for a fresh token, the rest by any call
        if model is StoredCredential or column == "provider":
            tokens.obtain(user, profile.id, wants_fresh=True)
        calls.send(user, profile.id, ApiCall("GET", "/x"))
    assert (api.seen, other.seen, [one.kind for one in attempts.list_recent(user)]) == ([], [], ["token"])


# When it ends, for the calendar: shown and reminded of, never asked when something is opened or sent.
TELLS_ONLY = {(model, column) for model in (StoredCredential, SubscriptionKey) for column in ("ends_at", "dated_at")}
TOKEN_COLUMNS = ("key_digest", "credential_version", "grant", "token_type", "scope", "obtained_at", "expires_at")


def test_each_plain_column_beside_a_sealed_value_is_tried():
    tried = {*TAMPERED, *TELLS_ONLY, *((StoredToken, column) for column in TOKEN_COLUMNS)}
    for model in (StoredCredential, SubscriptionKey, StoredToken):
        columns = {field.name for field in model._meta.fields if not (field.is_relation or field.primary_key)}
        assert {column for column in columns if (model, column) not in tried} == {"sealed"}, model


@pytest.mark.parametrize("column", TOKEN_COLUMNS)
def test_a_stored_token_whose_columns_were_changed_is_as_good_as_none(api, other, user, column):
    """Another one is asked for, and goes where its user accepted."""
    profile = used(user, outside_api(user, api.url))
    kept = tokens.obtain(user, profile.id).access_token.reveal()
    rows = StoredToken.objects.filter(profile_id=profile.id)
    assert rows.update(**{column: other_value(StoredToken, column, other)}) == 1
    calls.send(user, profile.id, ApiCall("GET", "/x"))
    (arrived,) = api.seen
    assert kept not in str(arrived)
    assert other.seen == []


def test_a_writer_of_both_the_api_and_the_key_gets_nothing(api, other, user):
    """Address of the API and what its key is bound to, changed together; the acceptance stays sealed."""
    made = outside_api(user, api.url)
    profile = used(user, made)
    ApiRow.objects.filter(pk=made.id).update(base_url=other.url)
    SubscriptionKey.objects.filter(profile_id=profile.id).update(bound_to=f"{made.id} {other.url}")
    ProfileRow.objects.filter(pk=profile.id).update(accepted="")
    with pytest.raises(Unconfirmed):
        calls.send(user, profile.id, ApiCall("GET", "/x", sends_token=False))
    assert other.seen == []


def test_profiles_of_before_have_accepted_what_their_api_says_at_the_upgrade(user):
    profile = profiles.list_profiles(user)[0]
    ProfileRow.objects.update(accepted="")
    assert change_of(user, profile).is_first
    accept_of_before.accept(installed, None)
    assert change_of(user, profile) is None


def test_under_another_key_ring_nothing_counts_as_accepted_and_the_page_can_still_ask(settings, user, monkeypatch):
    profile = profiles.list_profiles(user)[0]
    settings.CONSOLE_SECRET_KEYS = f"k9:{base64.b64encode(bytes(32)).decode()}"

    def shut(*_):
        raise Misconfigured("A stored secret cannot be read.")

    monkeypatch.setattr(sandbox_workspace, "read_installation", shut)
    change = change_of(user, profile)
    assert (change.is_first, change.differences[0].after[1].startswith("{sandbox}/")) == (True, True)
    with pytest.raises(Unconfirmed):
        calls.send(user, profile.id, ApiCall("GET", "/x"))


def test_an_upgrade_without_the_key_ring_leaves_every_profile_to_be_asked_once(settings, user):
    profile = profiles.list_profiles(user)[0]
    ProfileRow.objects.update(accepted="")
    settings.CONSOLE_SECRET_KEYS, settings.CONSOLE_SECRET_KEYS_FILE = "", "/nowhere/keys"
    accept_of_before.accept(installed, None)
    assert profiles.open_profile(user, "view", profile.id).accepted is None


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("https://a.example/x", "https://b.example/x", ("a", "b")),
        ("https://a.example", "https://a.example.evil", ("", ".evil")),
        ("https://a.example", "http://a.example", ("s", "")),
        ("", "https://a.example", ("", "https://a.example")),
        ("aaaa", "aa", ("aa", "")),
    ],
)
def test_what_differs_is_marked_and_both_sides_stay_whole(before, after, marked):
    (row,) = differences(ApiDestination(before, "", "K"), ApiDestination(after, "", "K"))
    assert ("".join(row.before), "".join(row.after)) == (before, after)
    assert (row.before[1], row.after[1]) == marked


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example:8443/secret-path", "https://a.example:8443"),
        ("https://user:pw@a.example/", "https://a.example"),
        ("{sandbox}/gateway/orders", "{sandbox}"),
        ("nonsense", "(no address)"),
        ("", ""),
    ],
)
def test_an_audit_entry_names_the_origin_only(url, told):
    assert origin(url) == told


def test_a_path_that_moved_below_the_same_origin_is_told_too():
    one, two = ApiDestination("https://a.example/x", "", "K"), ApiDestination("https://a.example/y", "", "K")
    assert described(one, two) == "path below the same origin"
    assert described(one, one) == ""
