"""Cases leave in a file and come in at another console: masked again, diagnosed again, and believed in nothing."""

import json

import pytest

from console.core.actor import Role
from console.core.cases.added import read_added
from console.core.cases.state import CaseState
from console.core.diagnosis import read_evidence
from console.core.errors import NotAllowed, NotFound
from console.models import AuditEntry, Case, CaseComment
from console.services import case_evidence, case_files, cases
from tests.services.builders import person, with_samples
from tests.services.test_case_evidence import CALL, DECODED, NOW, SECRET, TOKEN
from tests.services.test_cases import attempt_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return with_samples()


@pytest.fixture
def support():
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def case(owner, support):
    made = cases.create_of(owner, read_evidence(CALL), title="", note="Ask mira@brightwater.example")
    case_evidence.ask(support, made.id, wanted=[DECODED])
    case_evidence.add(owner, made.id, read_added(json.dumps(TOKEN)))
    cases.comment(support, made.id, f"Thanks, {owner.email}. Has lena@orders.example seen it?")
    return made


def exported(actor, *ids, with_names=False):
    return case_files.export(actor, ids, with_names=with_names)


def imported(actor, text):
    return case_files.import_file(actor, text.encode())


def test_a_case_comes_back_with_all_that_it_held(owner, support, case):
    before = cases.open_case(support, case.id)
    found = imported(support, exported(support, case.id))
    assert found.unread == () and not found.is_changed
    (one,) = found.cases
    after = cases.open_case(support, one.id)
    assert after.record.evidence == before.record.evidence and after.diagnosis == before.diagnosis
    assert [entry.kind for entry in after.record.talk] == [entry.kind for entry in before.record.talk]
    assert [ask.wanted for ask in after.supplements.asks] == [ask.wanted for ask in before.supplements.asks]
    assert len(after.supplements.additions) == 1 and after.record.state is CaseState.NEW
    assert after.is_own and one.number != before.record.number
    origin = after.supplements.origin
    assert (origin.number, origin.imported_at, origin.is_changed) == (before.record.number, NOW, False)


def test_a_person_who_has_a_pseudonym_keeps_it(owner, support):
    claims = {"iss": "https://idp.example/", "aud": "a", "sub": "mira-sub-0001", "oid": "mira-sub-0001"}
    made = cases.create_of(owner, read_evidence({**CALL, "token_claims": claims}), title="T", note="")
    before = cases.open_case(support, made.id).record.evidence.token_claims
    (one,) = imported(support, exported(support, made.id)).cases
    after = cases.open_case(support, one.id).record.evidence.token_claims
    assert after == before and after["sub"] == after["oid"] != "mira-sub-0001"


def test_the_wire_comes_along_and_is_the_same(owner, support):
    made = cases.create(owner, attempt_of(owner).attempt_id, title="T", note="", with_bodies=True)
    before = cases.open_case(support, made.id).record
    (one,) = imported(support, exported(support, made.id)).cases
    after = cases.open_case(support, one.id).record
    assert len(after.exchanges) == len(before.exchanges) > 0
    assert after.exchanges[-1].response.status == before.exchanges[-1].response.status
    assert len(after.token_exchanges) == len(before.token_exchanges)


def test_people_are_numbers_unless_their_names_are_kept(owner, support, case):
    text = exported(support, case.id)
    assert owner.email not in text and support.email not in text and "@orders.example" not in text
    assert "Thanks, Person 1. Has anon-" in text
    named = exported(support, case.id, with_names=True)
    assert owner.email in named and "lena@orders.example" in named


def test_several_cases_are_one_file_and_each_leaves_an_entry(owner, support, case):
    other = cases.create_of(owner, read_evidence(CALL), title="Other", note="")
    text = exported(support, other.id, case.id, other.id)
    assert json.loads(text)["cases"][0]["title"] == "Other"
    assert len(imported(support, text).cases) == 2
    counted = AuditEntry.objects.values_list("action", flat=True)
    assert list(counted).count("case exported") == 2 and list(counted).count("case imported") == 2


def test_only_who_may_use_a_case_exports_it_and_only_support_imports(owner, support, case):
    other = person("other@example.com")
    with pytest.raises(NotFound):
        exported(other, case.id)
    with pytest.raises(NotAllowed, match="Choose the cases"):
        exported(support)
    text = exported(owner, case.id)
    before = Case.objects.count()
    with pytest.raises(NotAllowed, match="imported by support"):
        imported(owner, text)
    assert Case.objects.count() == before
    assert imported(person("ada2@example.com", Role.ADMIN), text).cases


def test_nothing_secret_stands_in_a_file_and_nothing_secret_comes_in(owner, support, case):
    assert SECRET not in exported(support, case.id, with_names=True)
    value = json.loads(exported(support, case.id))
    (told,) = value["cases"]
    told["evidence"] |= {
        "profile": {"client_secret": SECRET},
        "token_claims": {"email": "mira@bank.example", "iss": "https://idp.example/"},
        "pasted": f"Authorization: Bearer {SECRET}",
    }
    told["note"] = told["title"] = told["api"] = f"client_secret={SECRET}"
    told["conversation"] = [{"kind": "comment", "by": f"client_secret={SECRET}", "text": f"client_secret={SECRET}"}]
    told["added"] = [{"evidence": {"pasted": f"client_secret={SECRET}"}}]
    told["asked"] = [{"what": f"client_secret={SECRET}", "who": "nobody"}]
    told["exchanges"] = [{"of": "call", "exchange": {
        "request": {"method": "GET", "url": f"https://api.example/?client_secret={SECRET}",
                    "headers": [["Authorization", f"Bearer {SECRET}"]]},
        "response": None, "failure": None, "started_at": 1.5, "elapsed_ms": 7}}]  # fmt: skip
    found = imported(support, json.dumps(value))
    assert found.is_changed
    kept = str(list(Case.objects.values())) + str(list(CaseComment.objects.values()))
    opened = cases.open_case(support, found.cases[0].id)
    assert len(opened.record.exchanges) == 1 and opened.supplements.origin.is_changed
    for hidden in (SECRET, "mira@bank.example"):
        assert hidden not in kept and hidden not in str(opened)


def test_ids_owners_and_rights_of_a_file_count_for_nothing(owner, support, case):
    value = json.loads(exported(support, case.id))
    value["cases"][0] |= {"id": case.id, "owner_id": owner.user_id, "assignee_id": 1, "state": "solved", "number": -7,
                          "true_cause": "<script>", "sentence": "It was <b>that</b>", "created_at": 10**30,
                          "expires_at": 10**12}  # fmt: skip
    (one,) = imported(support, json.dumps(value)).cases
    record = cases.open_case(support, one.id).record
    assert one.id != case.id and record.owner_id == support.user_id and record.assignee_id is None
    assert record.state is CaseState.SOLVED and record.true_cause == "" and record.sentence == "It was <b>that</b>"
    assert record.created_at == NOW and record.expires_at < NOW + 10**9


def test_events_that_nobody_here_knows_are_shown_as_what_was_said(owner, support, case):
    value = json.loads(exported(support, case.id))
    value["cases"][0]["conversation"] = [
        {"kind": "waits", "text": "for the moon", "by": "Person 1", "at": -5},
        {"kind": "of-the-future", "text": "beamed up"},
        {"kind": "waits", "text": "api_owner"},
    ]
    (one,) = imported(support, json.dumps(value)).cases
    talk = cases.open_case(support, one.id).record.talk
    assert [(entry.kind.value, entry.created_at) for entry in talk][:2] == [("comment", 0), ("comment", 0)]
    assert talk[0].author_name.startswith("Person 1 (at ") and talk[1].author_name.startswith("The console (at ")
    assert talk[2].kind.value == "waits"


def test_a_file_that_is_none_is_refused_in_words_and_keeps_nothing(support):
    with pytest.raises(NotAllowed, match="This is no file of cases") as refused:
        imported(support, "{}")
    assert refused.value.why and refused.value.do and not Case.objects.exists()


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(owner, support, case):
    value = json.loads(exported(support, case.id))
    (told,) = value["cases"]
    value["cases"] = [{"title": 7}, {**told, "exchanges": [{"of": "call", "exchange": {"request": 1}}]}]
    found = imported(support, json.dumps(value))
    assert len(found.cases) == 1
    assert found.unread[0].startswith("Case 1 of the file cannot be read")
    assert found.unread[1] == f"1 exchange of “{found.cases[0].title}” could not be read."
