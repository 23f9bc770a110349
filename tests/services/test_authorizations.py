"""A sign-in belongs to one browser and one person, its code is sent once, and nothing is kept unconfirmed."""

import hashlib
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import pytest

from console.adapters import clock
from console.adapters.slots import OUTGOING
from console.core.authorization import AuthorizationStage, BackProblem
from console.core.connection import ConnectionStatus
from console.core.errors import Busy, NotAllowed, NotFound
from console.models import Connection, LoginLink, PendingAuthorization, Profile, StoredToken
from console.services import (
    authorization_answers,
    authorization_outcomes,
    authorizations,
    login_links,
    tokens,
    wiring,
)
from console.store import audit, connections
from tests.services.builders import person
from tests.services.signing_in import (
    KARI,
    OLA,
    answer,
    come_back,
    connection_at,
    exchanged,
    opened,
    running,
    signed_in_connection,
    state_of,
    unsigned,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, monkeypatch):
    with running(settings, monkeypatch) as server:
        yield server
    wiring.egress_policy.cache_clear()


@pytest.fixture
def actor(server):
    return person()


@pytest.fixture
def connection(actor, server):
    return connection_at(actor, server)


def later(monkeypatch, seconds):
    now = clock.now() + seconds
    monkeypatch.setattr(clock, "now", lambda: now)


def kept_of(actor, connection):
    return connections.get(actor, "manage", connection.id).value


def test_a_person_signs_in_confirms_who_they_are_and_the_connection_is_theirs(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    url = urlsplit(opened(begun, actor).authorization.parts.url)
    asked = parse_qs(url.query)
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{server.url}/authorize"
    assert asked["code_challenge_method"] == ["S256"] and asked["client_id"] == ["portal"]
    assert come_back(begun, actor) == begun.id
    found = exchanged(begun, actor)
    assert found.authorization.stage is AuthorizationStage.TO_CONFIRM
    assert kept_of(actor, connection).status is ConnectionStatus.NOT_CONNECTED
    assert StoredToken.objects.count() == 0, "nothing is kept before it is confirmed"
    authorization_outcomes.confirm(found, accepts_other=False)
    after = kept_of(actor, connection)
    assert (after.status, after.identity.subject, after.identity.name) == (ConnectionStatus.CONNECTED, OLA, "Ola")
    assert after.has_refresh_token
    assert PendingAuthorization.objects.get().sealed == "", "nothing stays sealed in what is over"
    got = tokens.obtain(actor, connection.profile_id, connection_id=connection.id)
    assert got.is_from_store and got.token.claims["sub"] == OLA
    assert [one["form"]["grant_type"] for one in server.seen] == ["authorization_code"]


def test_without_a_connection_a_grant_of_a_person_gives_no_token(actor, server, connection):
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, connection.profile_id)
    assert refused.value.what == "A person has to sign in before this profile gets a token."
    with pytest.raises(NotAllowed) as refused:
        tokens.obtain(actor, connection.profile_id, connection_id=connection.id)
    assert refused.value.what == "The connection “Ola's orders” gives no token: it is not connected."


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"state": "another-state"}, BackProblem.UNKNOWN),
        ({"state": None}, BackProblem.UNREADABLE),
        ({"code": None}, BackProblem.UNREADABLE),
        ({"code": "c" * 20_000}, BackProblem.UNREADABLE),
    ],
)
def test_an_answer_that_is_not_one_is_not_taken(actor, server, connection, changes, problem):
    begun = authorizations.begin(actor, connection.id)
    assert come_back(begun, actor, **changes) is problem
    assert opened(begun, actor).authorization.stage is AuthorizationStage.SENT
    assert come_back(begun, actor) == begun.id, "what is not taken spends nothing"


def test_a_parameter_that_comes_twice_is_not_read(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    twice = {**answer(begun), "code": ["one", "two"]}
    assert authorization_answers.take_answer(twice, {begun.id: begun.browser.reveal()}, actor) is BackProblem.UNREADABLE


@pytest.mark.parametrize("cookies", [{}, {"other": "x"}, "mine"])
def test_an_answer_in_another_browser_is_not_taken(actor, server, connection, cookies):
    """Login CSRF: an attacker's own answer, opened in the browser of somebody else."""
    begun = authorizations.begin(actor, connection.id)
    other = authorizations.begin(actor, connection.id)
    sent = {begun.id: other.browser.reveal()} if cookies == "mine" else cookies
    assert authorization_answers.take_answer(answer(begun), sent, actor) is BackProblem.OTHER_BROWSER
    assert [one.detail for one in audit.recent(limit=1)] == ["other-browser"]


def test_an_answer_while_somebody_else_is_signed_in_here_is_not_taken(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    assert come_back(begun, person("eva@example.com")) is BackProblem.OTHER_PERSON
    with pytest.raises(NotFound):
        opened(begun, person("eve@example.com"))


def test_an_answer_after_ten_minutes_is_not_taken_and_nothing_of_the_sign_in_stays_sealed(
    actor, server, connection, monkeypatch
):
    begun, state = (made := authorizations.begin(actor, connection.id)), state_of(made)
    later(monkeypatch, 601)
    authorizations.begin(actor, connection.id)
    assert PendingAuthorization.objects.get(pk=begun.id).sealed == ""
    cookies = {begun.id: begun.browser.reveal()}
    given = {"state": [state], "code": ["x"]}
    assert authorization_answers.take_answer(given, cookies, actor) is BackProblem.EXPIRED


def test_a_second_answer_is_not_taken_and_the_same_one_opens_what_came_of_it(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    given = answer(begun)
    cookies = {begun.id: begun.browser.reveal()}
    assert authorization_answers.take_answer(given, cookies, actor) == begun.id
    exchanged(begun, actor)
    assert authorization_answers.take_answer(given, cookies, actor) == begun.id
    injected = {**given, "code": ["injected"]}
    assert authorization_answers.take_answer(injected, cookies, actor) is BackProblem.ANSWERED
    exchanged(begun, actor)
    assert len(server.seen) == 1, "a code is sent once"


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"code": None, "error": "access_denied", "error_description": "No."}, "access_denied", "No."),
        ({"iss": "https://evil.example"}, "foreign_answer", "The answer is from another issuer"),
    ],
)
def test_a_denied_consent_and_an_answer_of_another_issuer_end_with_their_cause(
    actor, server, connection, changes, code, reason
):
    begun = authorizations.begin(actor, connection.id)
    assert come_back(begun, actor, **changes) == begun.id
    ended = exchanged(begun, actor).authorization
    assert (ended.stage, ended.problem.code) == (AuthorizationStage.FAILED, code)
    assert reason in ended.problem.reason
    assert server.seen == [], "no code goes anywhere"
    assert kept_of(actor, connection).status is ConnectionStatus.NOT_CONNECTED


def test_a_profile_that_was_changed_meanwhile_gets_no_code(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    come_back(begun, actor)
    row = Connection.objects.select_related("profile").get(pk=connection.id).profile
    row.client_id = "another"
    row.save()
    ended = exchanged(begun, actor).authorization
    assert ended.problem.code == "profile_changed"
    assert server.seen == []


def test_who_declines_leaves_nothing_behind(actor, server, connection):
    begun = authorizations.begin(actor, connection.id)
    come_back(begun, actor)
    authorization_outcomes.decline(exchanged(begun, actor))
    assert kept_of(actor, connection).status is ConnectionStatus.NOT_CONNECTED
    assert (StoredToken.objects.count(), PendingAuthorization.objects.get().sealed) == (0, "")
    with pytest.raises(NotAllowed):
        authorization_outcomes.confirm(opened(begun, actor), accepts_other=False)


def test_another_account_than_before_is_connected_only_when_that_is_meant(actor, server):
    connection = signed_in_connection(actor, server)
    server.person = KARI
    begun = authorizations.begin(actor, connection.id)
    come_back(begun, actor)
    found = exchanged(begun, actor)
    with pytest.raises(NotAllowed):
        authorization_outcomes.confirm(found, accepts_other=False)
    assert kept_of(actor, connection).identity.subject == OLA
    authorization_outcomes.confirm(found, accepts_other=True)
    assert kept_of(actor, connection).identity.subject == KARI


def linked(actor, connection):
    return login_links.make(actor, connection.id, meant_for="Ola", life_s=3600)


def test_a_login_link_is_spent_once_by_its_button_and_not_by_looking(actor, server, connection):
    token = linked(actor, connection)
    assert login_links.peek(token).link.maker == actor.email
    assert login_links.peek(token) is not None
    begun = login_links.use(token, address="192.0.2.9")
    with pytest.raises(NotFound):
        login_links.use(token, address="192.0.2.9")
    assert come_back(begun, None) == begun.id
    authorization_outcomes.confirm(exchanged(begun, None), accepts_other=False)
    assert kept_of(actor, connection).identity.subject == OLA
    (link,) = login_links.list_links(actor, connection.id)
    assert (link.outcome, link.done_at is not None) == ("connected", True)


def test_a_login_link_whose_sign_in_could_not_be_prepared_just_now_still_works(actor, server, connection):
    token = linked(actor, connection)
    with ExitStack() as others:
        for one in range(OUTGOING.total):
            others.enter_context(OUTGOING.hold(f"somebody else, {one}"))
        with pytest.raises(Busy):
            login_links.use(token, address="")
    assert login_links.use(token, address="").id


def test_a_login_link_ends_with_its_time_with_its_taking_back_and_with_its_makers_right(
    actor, server, connection, monkeypatch
):
    first, second = linked(actor, connection), linked(actor, connection)
    (newest, _) = login_links.list_links(actor, connection.id)
    assert login_links.revoke(actor, connection.id, newest.id)
    assert [login_links.peek(token) is None for token in (first, second)].count(True) == 1
    third = linked(actor, connection)
    later(monkeypatch, 3601)
    assert login_links.peek(third) is None


@pytest.mark.parametrize("key_id", ["", "k1.", "k0."])
def test_who_writes_the_database_without_the_key_ring_cannot_make_a_login_link(actor, server, connection, key_id):
    linked(actor, connection)
    row = LoginLink.objects.get()
    row.token_hash = key_id + hashlib.sha256(b"chosen").hexdigest()
    row.save()
    assert login_links.peek("chosen") is None
    with pytest.raises(NotFound):
        login_links.use("chosen", address="")
    row.refresh_from_db()
    assert (row.used_at, PendingAuthorization.objects.count(), server.seen) == (None, 0, [])


def test_a_link_that_is_taken_back_ends_the_sign_in_that_came_by_it(actor, server, connection):
    begun = login_links.use(linked(actor, connection), address="")
    come_back(begun, None)
    (link,) = login_links.list_links(actor, connection.id)
    login_links.revoke(actor, connection.id, link.id)
    with pytest.raises(NotFound):
        exchanged(begun, None)


def test_by_a_link_nobody_else_takes_a_connection_over(actor, server):
    connection = signed_in_connection(actor, server)
    begun = login_links.use(linked(actor, connection), address="")
    server.person = KARI
    come_back(begun, None)
    ended = exchanged(begun, None).authorization
    assert (ended.stage, ended.problem.code) == (AuthorizationStage.FAILED, "other_identity")
    assert kept_of(actor, connection).identity.subject == OLA


def test_of_two_links_the_second_takes_nothing_over_from_who_was_first(actor, server, connection):
    """Both wait to be confirmed when the first is; the field that a link's page never shows is sent all the same."""
    ola, kari = (login_links.use(linked(actor, connection), address="") for _ in range(2))
    come_back(ola, None)
    first = exchanged(ola, None)
    server.person = KARI
    come_back(kari, None)
    second = exchanged(kari, None)
    assert second.authorization.stage is AuthorizationStage.TO_CONFIRM
    authorization_outcomes.confirm(first, accepts_other=False)
    for found in (second, opened(kari, None)):  # opened before the first was kept, and after
        with pytest.raises(NotAllowed, match="Somebody else signed in"):
            authorization_outcomes.confirm(found, accepts_other=True)
    assert kept_of(actor, connection).identity.subject == OLA


def test_a_token_that_a_browser_handed_in_proves_nobody_to_be_the_same_as_before(actor, server, settings):
    """By the implicit grant nothing comes from the provider itself: who holds a link writes any name into a token."""
    settings.CONSOLE_LEGACY_GRANTS = ["implicit"]
    connection = connection_at(actor, server)
    Profile.objects.filter(pk=connection.profile_id).update(grant="implicit")

    def handed_in(begun, who):
        token = unsigned({"iss": server.url, "sub": OLA, "name": "Ola"})
        given = {**answer(begun, code=None), "access_token": [token], "token_type": ["Bearer"]}
        cookies = {begun.id: begun.browser.reveal()}
        assert authorization_answers.take_answer(given, cookies, who, may_hold_token=True) == begun.id
        return exchanged(begun, who)

    own = handed_in(authorizations.begin(actor, connection.id), actor)
    authorization_outcomes.confirm(own, accepts_other=False)
    guest = handed_in(login_links.use(linked(actor, connection), address=""), None).authorization
    assert (guest.stage, guest.problem.code) == (AuthorizationStage.FAILED, "other_identity")


def test_after_a_denied_consent_the_same_browser_may_try_again_and_after_success_not(actor, server, connection):
    begun = login_links.use(linked(actor, connection), address="")
    come_back(begun, None, code=None, error="access_denied")
    once_more = authorizations.again(exchanged(begun, None))
    come_back(once_more, None)
    done = authorization_outcomes.confirm(exchanged(once_more, None), accepts_other=False)
    assert done.authorization.stage is AuthorizationStage.CONNECTED
    with pytest.raises(NotAllowed):
        authorizations.again(opened(once_more, None))
