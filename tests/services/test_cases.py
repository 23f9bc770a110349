"""A case: what goes along, who opened it, and its three ends: withdrawn, deleted, expired."""

import json

import pytest
from msgspec.structs import replace as replace_evidence

from console.core.actor import Role
from console.core.attempts.handed_over import hand_over
from console.core.call import ApiCall
from console.core.cases.listing import CaseFilter
from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.reading import read
from console.core.errors import NotFound
from console.core.exchange import Exchange, Request, Response
from console.core.redaction.personal import PSEUDONYMS
from console.models import AuditEntry, Case, CaseComment
from console.services import calls, cases, profiles, pruning, sandbox
from console.store import attempts
from tests.core.diagnosis.evidence import of_call
from tests.services.builders import person, with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
KEY = b"k" * 32


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return with_samples()


@pytest.fixture
def support():
    return person("sam@example.com", Role.SUPPORT)


def attempt_of(owner, path="/orders"):
    profile = next(one for one in profiles.list_profiles(owner) if "orders" in one.name)
    return calls.send(owner, profile.id, ApiCall("GET", path, body='{"mail": "me@bank.example"}'))


def made(owner, **options):
    return cases.create(owner, attempt_of(owner).attempt_id, title="T", note="", **options)


def audited():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_support_is_not_told_to_ask_for_the_scope_that_was_asked_for(owner, support):
    sandbox.set_fault(owner, "wrong-audience")
    attempt_id = attempt_of(owner).attempt_id
    case = cases.open_case(support, cases.create(owner, attempt_id, title="T", note="").id)
    do = case.diagnosis.primary.do
    assert do.startswith("Get a fresh token: this one was asked for with ") and "which names this API already" in do
    assert f"To do: {do}" in case.ticket and do in case.answer.text
    page = signed_in(owner).get(f"/calls/{attempt_id}/").content.decode()
    assert "To do: This profile already asks for " in page, "the ticket says what the page says"
    assert "Request the scope" not in page


def test_its_owner_withdraws_a_case_and_nobody_opens_it_any_more(owner, support):
    case = made(owner)
    cases.comment(support, case.id, "Seen.")
    with pytest.raises(NotFound):
        cases.withdraw(support, case.id)
    cases.withdraw(owner, case.id)
    for actor in (owner, support):
        with pytest.raises(NotFound):
            cases.open_case(actor, case.id)
    assert (Case.objects.count(), CaseComment.objects.count()) == (0, 0)
    assert "case withdrawn" in audited()


def test_an_administrator_deletes_a_case(owner):
    case = made(owner)
    cases.withdraw(person("root@example.com", Role.ADMIN), case.id)
    assert Case.objects.count() == 0
    assert "case deleted" in audited()


def test_a_case_expires_by_itself(owner, support, time_machine, settings):
    settings.CONSOLE_CASE_DAYS = 2
    case = made(owner)
    time_machine.move_to(NOW + 2 * 86_400 - 1, tick=False)
    assert cases.open_case(support, case.id).record.expires_at == NOW + 2 * 86_400
    time_machine.move_to(NOW + 2 * 86_400, tick=False)
    assert cases.queue(support, CaseFilter()).rows == ()
    with pytest.raises(NotFound, match="expired"):
        cases.open_case(support, case.id)
    assert Case.objects.count() == 1
    assert pruning.prune_all()["cases"] == 1
    assert Case.objects.count() == 0


def test_who_else_opened_it_is_audited_and_shown_to_its_owner(owner, support, time_machine):
    case = made(owner)
    cases.open_case(owner, case.id)
    assert cases.open_case(owner, case.id).record.openings == ()
    cases.open_case(support, case.id)
    time_machine.move_to(NOW + 60, tick=False)
    cases.open_case(support, case.id)
    (opening,) = cases.open_case(owner, case.id).record.openings
    assert (opening.reader, opening.times, opening.opened_at) == ("sam@example.com", 2, NOW + 60)
    assert audited().count("case read") == 2
    page = signed_in(owner).get(f"/cases/{case.id}/").content.decode()
    assert "Opened by" in page
    assert "sam@example.com" in page


def test_without_bodies_none_goes_along_that_the_diagnosis_does_not_rest_on(owner):
    case = made(owner)
    kept = cases.open_case(owner, case.id).record
    assert [(one.request.body, one.response.body) for one in kept.exchanges] == [(b"", b"")]
    assert (kept.evidence.request.body, kept.evidence.response.body) == ("", None)
    assert [(one.request.body, one.response.body) for one in kept.token_exchanges] == [(b"", b"")] * 2
    assert kept.left_out == 2 + 3  # of the call; of the metadata and of the token request
    whole = cases.open_case(owner, made(owner, with_bodies=True).id).record
    assert (whole.left_out, whole.exchanges[0].request.body != b"") == (0, True)


def evidence_of(body):
    evidence = of_call()
    evidence["response"] = {"status": 401, "headers": {}, "body": body}
    evidence["token_claims"] = {"aud": "api://orders", "oid": "a person"}
    return read_evidence(evidence)


@pytest.mark.parametrize(
    "body", [{"statusCode": 401, "message": "Access denied due to missing subscription key."}, "nothing"]
)
def test_the_diagnosis_of_a_case_is_that_of_its_attempt(body):
    evidence = evidence_of(body)
    raw = (body if isinstance(body, str) else json.dumps(body)).encode()
    exchange = Exchange(Request("GET", "https://api.example/"), Response(401, "", (), raw), None, 1.0, 1)
    handed = hand_over(evidence, (exchange,), with_bodies=False, key=KEY)
    assert explain(handed.evidence) == explain(evidence)


def test_personal_values_in_bodies_become_pseudonyms_and_the_count_is_true(owner):
    body = json.dumps({"mail": "jane@bank.example", "iban": "NO9386011117947", "again": "jane@bank.example", "n": 1})
    response = Response(200, "", (("X-User", "jane@bank.example"),), body.encode())
    exchange = Exchange(Request("GET", "https://api.example/?m=jane%40bank.example"), response, None, 1.0, 1)
    evidence = evidence_of(json.loads(body))
    named = (("X-User", "jane@bank.example"),)
    evidence = replace_evidence(evidence, response=replace_evidence(evidence.response, headers=named))
    handed = hand_over(evidence, (exchange,), with_bodies=True, key=KEY)
    assert handed.hidden_values == 3  # with the oid
    text = repr(handed.evidence) + handed.exchanges[0].response.body.decode() + handed.exchanges[0].request.url
    assert "jane" not in text
    assert "NO93" not in text
    assert len(set(PSEUDONYMS.findall(handed.exchanges[0].response.body.decode()))) == 2


def test_the_preview_shows_what_is_hidden_and_keeps_nothing(owner):
    attempt_id = attempt_of(owner).attempt_id
    client = signed_in(owner)
    page = client.post(f"/calls/{attempt_id}/case/", {"title": "T", "preview": "1"}).content.decode()
    assert "Nothing is handed over yet." in page
    assert '<span class="chip number">5</span> bodies that did not go along' in page
    assert Case.objects.count() == 0
    with_bodies = client.post(f"/calls/{attempt_id}/case/", {"title": "T", "preview": "1", "with_bodies": "on"})
    shown = with_bodies.content.decode()
    assert "did not go along" not in shown
    assert "me@bank.example" not in shown
    answer = client.post(f"/calls/{attempt_id}/case/", {"title": "T", "with_bodies": "on"}, follow=True)
    assert answer.status_code == 200
    assert attempts.get(owner, attempt_id).value.exchanges[0].request.body == b'{"mail": "me@bank.example"}'


def test_the_page_has_a_button_for_who_may_end_it(owner, support):
    case = made(owner)
    assert "Withdraw the case" in signed_in(owner).get(f"/cases/{case.id}/").content.decode()
    assert "withdraw" not in signed_in(support).get(f"/cases/{case.id}/").content.decode()
    asked = signed_in(owner).get(f"/cases/{case.id}/withdraw/").content.decode()
    assert f"Withdraw case #{case.number}?" in asked and "deleted for good" in asked
    assert Case.objects.filter(pk=case.id).exists(), "nothing is gone before it is confirmed"
    assert signed_in(support).get(f"/cases/{case.id}/withdraw/").status_code == 404
    answer = signed_in(owner).post(f"/cases/{case.id}/withdraw/", follow=True)
    assert "The case is gone" in answer.content.decode()


def test_a_personal_value_that_a_policy_compared_becomes_the_pseudonym_of_its_claim():
    text = '<validate-jwt header-name="Authorization"><required-claims><claim name="oid"><value>x</value></claim>'
    evidence = read_evidence({**of_call(), "policy_xml": f"{text}</required-claims></validate-jwt>"})
    evidence = replace_evidence(evidence, token_claims={**evidence.token_claims, "oid": "a-person-of-note"})
    evidence = replace_evidence(evidence, policy=read(evidence).policy.facts)
    assert "a-person-of-note" in repr(evidence.policy)
    handed = hand_over(evidence, (), with_bodies=True, key=KEY).evidence
    assert "a-person-of-note" not in repr(handed)
    (check,) = (one for step in handed.policy.steps for one in step.checks if one.outcome == "fail")
    assert check.actual == handed.token_claims["oid"]
