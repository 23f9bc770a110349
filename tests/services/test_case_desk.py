"""What people do with a case: take it, answer, wait for somebody, solve it with its like, close it, open it again."""

import pytest
from django.core import mail

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.cases.entries import TalkKind
from console.core.cases.listing import CaseFilter
from console.core.cases.state import CaseState
from console.core.diagnosis import read_evidence
from console.core.errors import NotAllowed, NotFound, Stale
from console.models import AuditEntry, CaseNews
from console.services import calls, cases, profiles
from tests.core.diagnosis.evidence import of_call
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
SECRET = "canary-value-of-a-secret-0451"


@pytest.fixture(autouse=True)
def _mails(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return with_samples()


@pytest.fixture
def sam():
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def aino():
    return person("aino@example.com", Role.SUPPORT)


def refused(owner, path="/orders"):
    """A call that the gateway refuses, because no token goes along."""
    profile = next(one for one in profiles.list_profiles(owner) if "orders" in one.name)
    return calls.send(owner, profile.id, ApiCall("GET", path, sends_token=False)).attempt_id


def made(owner, title=""):
    return cases.create(owner, refused(owner), title=title, note="")


def row_of(actor, case, tab="open"):
    return next(row for row in cases.queue(actor, CaseFilter(tab=tab)).rows if row.id == case.id)


def talk(actor, case):
    return [(one.author_email, one.kind, one.text) for one in cases.open_case(actor, case.id).record.talk]


def test_a_case_is_called_after_its_cause_and_knows_its_api_and_profile(owner, sam):
    case = made(owner)
    row = row_of(sam, case)
    assert (row.number, row.title, row.cause, row.status) == (
        1,
        "401 no token sent",
        "authorization-header-missing",
        401,
    )
    assert row.api.startswith("Orders")
    assert row.profile.startswith("Sample: orders")
    assert (row.state, row.assignee, row.owner) == (CaseState.NEW, "", "ina@example.com")


def test_a_number_is_given_once_also_when_its_case_is_gone(owner):
    first, second = made(owner), made(owner)
    cases.withdraw(owner, second.id)
    assert (first.number, second.number, made(owner).number) == (1, 2, 3)


def test_who_takes_a_case_is_told_and_it_is_no_news_for_the_rest_of_the_desk(owner, sam, aino):
    case = made(owner)
    assert (cases.unseen_count(sam), cases.unseen_count(aino), cases.unseen_count(owner)) == (1, 1, 0)
    cases.assign(sam, case.id, sam.user_id)
    assert (cases.unseen_count(aino), cases.unseen_count(owner)) == (0, 1)
    assert row_of(aino, case).assignee == "sam@example.com"
    assert row_of(aino, case).state is CaseState.FOR_SUPPORT
    assert talk(owner, case) == [("sam@example.com", TalkKind.TAKEN, "")]
    assert cases.unseen_count(owner) == 0
    cases.assign(sam, case.id, aino.user_id)
    assert talk(owner, case)[-1] == ("sam@example.com", TalkKind.ASSIGNED, "aino@example.com")
    assert mail.outbox[-1].to == ["aino@example.com"]
    cases.assign(sam, case.id, None)
    assert row_of(sam, case).assignee == ""


def test_only_who_looks_after_cases_can_be_given_one(owner, sam):
    case = made(owner)
    with pytest.raises(NotAllowed):
        cases.assign(sam, case.id, owner.user_id)
    with pytest.raises(NotAllowed):
        cases.assign(owner, case.id, sam.user_id)
    with pytest.raises(NotFound):
        cases.assign(person("eve@example.com"), case.id, sam.user_id)
    assert row_of(sam, case).assignee == ""


def test_an_answer_says_who_is_waited_for_and_the_integrators_word_brings_it_back(owner, sam):
    case = made(owner)
    cases.assign(sam, case.id, sam.user_id)
    cases.answer(sam, case.id, "Send a token.", then=CaseState.FOR_INTEGRATOR)
    assert row_of(owner, case).state is CaseState.FOR_INTEGRATOR
    assert row_of(owner, case).news == "answered"
    cases.comment(owner, case.id, "Done, what now?")
    assert row_of(sam, case).state is CaseState.FOR_SUPPORT
    assert row_of(sam, case).news == "answered"
    assert talk(sam, case)[1:] == [
        ("sam@example.com", TalkKind.COMMENT, "Send a token."),
        ("sam@example.com", TalkKind.WAITS, "integrator"),
        ("ina@example.com", TalkKind.COMMENT, "Done, what now?"),
        ("ina@example.com", TalkKind.WAITS, "support"),
    ]
    assert row_of(sam, case).news == ""


def test_whose_turn_it_is_in_a_case_of_ones_own_others_say(owner, sam):
    case = made(owner)
    for attempt in (
        lambda: cases.wait_for(owner, case.id, CaseState.FOR_API_OWNER),
        lambda: cases.answer(owner, case.id, "It is you.", then=CaseState.FOR_API_OWNER),
        lambda: cases.solve(owner, case.id, cause="", sentence="s"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert talk(owner, case) == []
    with pytest.raises(NotAllowed):
        cases.wait_for(sam, case.id, CaseState.SOLVED)


def test_one_answer_solves_all_of_the_same_cause_and_nothing_else(owner, sam):
    one, two, three = made(owner), made(owner), made(owner)
    other = cases.create_of(owner, read_evidence(of_call()), title="", note="")
    opened = cases.open_case(sam, one.id)
    assert sorted(opened.likes.values()) == [2, 3]
    cases.close(owner, three.id)
    also = [two.id, three.id, other.id, "no id at all"]
    numbers = cases.solve(sam, one.id, cause="token-expired", sentence="The box was not ticked.", also=also)
    assert numbers == [1, 2]
    for case in (one, two):
        kept = cases.open_case(owner, case.id).record
        assert (kept.state, kept.true_cause, kept.solved_at) == (CaseState.SOLVED, "token-expired", NOW)
        assert kept.sentence == "The box was not ticked."
    assert row_of(sam, three, "closed").true_cause == ""
    assert row_of(sam, other).state is CaseState.NEW
    assert [one.to for one in mail.outbox[-2:]] == [["ina@example.com"]] * 2


def test_a_case_is_solved_once_however_often_and_however_its_id_is_written(owner, sam):
    one, two = made(owner), made(owner)
    also = [one.id.upper(), two.id, two.id.replace("-", ""), f"{{{two.id}}}"]
    assert cases.solve(sam, one.id, cause="token-expired", sentence="Once.", also=also) == [1, 2]
    assert [said.kind for said in cases.open_case(sam, two.id).record.talk] == [TalkKind.SOLVED]


def test_of_the_same_cause_only_those_are_solved_that_one_may_use(owner, sam):
    stranger = person("eve@example.com")
    theirs = made(owner)
    mine = cases.create_of(stranger, read_evidence(of_call()), title="", note="")
    with pytest.raises(NotFound):
        cases.solve(stranger, theirs.id, cause="", sentence="")
    with pytest.raises(NotAllowed):
        cases.solve(stranger, mine.id, cause="", sentence="", also=[theirs.id])
    assert row_of(sam, theirs).state is CaseState.NEW


def test_a_case_is_solved_once_and_a_cause_is_one_of_the_catalogue(owner, sam):
    case = made(owner)
    with pytest.raises(NotAllowed):
        cases.solve(sam, case.id, cause="no-such-cause", sentence="")
    cases.solve(sam, case.id, cause="", sentence="")
    with pytest.raises(Stale, match="solved already"):
        cases.solve(sam, case.id, cause="", sentence="")
    with pytest.raises(Stale):
        cases.wait_for(sam, case.id, CaseState.FOR_API_OWNER)


def test_a_case_that_is_over_is_opened_again_by_who_made_it(owner, sam):
    case = made(owner)
    cases.solve(sam, case.id, cause="token-expired", sentence="s")
    cases.reopen(owner, case.id, why="It came back.")
    kept = cases.open_case(sam, case.id).record
    assert (kept.state, kept.true_cause, kept.solved_at) == (CaseState.FOR_SUPPORT, "", None)
    assert talk(sam, case)[-1] == ("ina@example.com", TalkKind.REOPENED, "It came back.")
    cases.close(sam, case.id, why="Nobody asks any more.")
    cases.close(sam, case.id)
    assert row_of(owner, case, "closed").state is CaseState.CLOSED
    assert len(talk(owner, case)) == 3


def test_a_mail_holds_number_title_and_address_and_nothing_of_the_evidence(owner, sam):
    case = made(owner)
    (told,) = mail.outbox
    assert (told.to, told.subject) == (["sam@example.com"], "[Token Console] #1 401 no token sent")
    assert told.body.startswith("ina@example.com made a case.\n\n#1 401 no token sent\n\nhttp")
    assert f"/cases/{case.id}/" in told.body
    cases.answer(sam, case.id, f"It is client_secret={SECRET}")
    assert mail.outbox[-1].to == ["ina@example.com"]
    assert not any(SECRET in one.body or "Authorization" in one.body for one in mail.outbox)


def test_a_title_with_line_breaks_makes_no_header_of_a_mail(owner, sam):
    made(owner, "A\r\nBcc: eve@example.com\ud800")
    assert mail.outbox[-1].subject.split() == ["[Token", "Console]", "#1", "A", "Bcc:", "eve@example.com"]
    assert mail.outbox[-1].recipients() == ["sam@example.com"]


def test_a_secret_is_masked_wherever_somebody_can_write_it(owner, sam):
    case = made(owner, f"client_secret={SECRET}")
    cases.answer(sam, case.id, f"client_secret={SECRET}")
    cases.solve(sam, case.id, cause="", sentence=f"client_secret={SECRET}")
    cases.reopen(sam, case.id, why=f"client_secret={SECRET}")
    record = cases.open_case(owner, case.id).record
    assert SECRET not in repr(record)
    assert SECRET not in repr(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_without_anybody_of_support_administrators_hear_of_a_new_case(owner):
    made(owner)
    assert [one.to for one in mail.outbox] == [["ada@example.com"]]
    assert CaseNews.objects.count() == 1


def test_the_request_that_got_the_token_goes_along(owner, sam):
    profile = next(one for one in profiles.list_profiles(owner) if "orders" in one.name)
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    handed = cases.preview(owner, sent.attempt_id, with_bodies=True)
    assert handed.token.evidence.token_request.endpoint.endswith("/token")
    case = cases.create(owner, sent.attempt_id, title="", note="", with_bodies=True)
    record = cases.open_case(sam, case.id).record
    assert record.token_evidence == handed.token.evidence
    assert len(record.token_exchanges) == len(handed.token.exchanges) > 0
    assert record.title == "Answered with 200"
    assert cases.open_case(sam, case.id).hidden.tokens > 0
