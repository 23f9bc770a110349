"""Support asks for what is missing, the integrator adds it, and the case is diagnosed again with all that is known."""

import json

import pytest

from console.core.actor import Role
from console.core.cases.added import read_added
from console.core.cases.entries import TalkKind
from console.core.cases.state import CaseState
from console.core.diagnosis import read_evidence
from console.core.errors import NotAllowed, NotFound, Stale
from console.models import AuditEntry, CaseAddition, CaseAsk
from console.services import case_evidence, cases
from tests.services.builders import person

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
SECRET = "Qm8~x4cRtVq7ZpL2sWn5yKb9"  # shaped like one; it is nobody's
CALL = {
    "request": {"method": "GET", "url": "https://api.example/orders", "headers": {"authorization": "Bearer <token>"}},
    "response": {"status": 401, "headers": {}, "body": ""},
    "now": NOW,
}
TOKEN = {
    "header": {"alg": "RS256"},
    "payload": {"iss": "https://idp.example/", "aud": "api://invoices", "exp": NOW + 9},
}
DEMANDS = {"audiences": ["api://orders"]}
DECODED, EXPECTED = "the decoded token", "what the API expects: audiences, issuers, roles or scopes"


def added(value):
    return read_added(json.dumps(value))


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return person()


@pytest.fixture
def support():
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def case(owner):
    return cases.create_of(owner, read_evidence(CALL), title="", note="")


def test_what_is_asked_for_comes_and_the_diagnosis_gets_certain(owner, support, case, mailoutbox):
    before = cases.open_case(support, case.id)
    assert before.diagnosis.primary is None and DECODED in before.diagnosis.missing
    case_evidence.ask(support, case.id, wanted=[DECODED, EXPECTED])
    asked = cases.open_case(owner, case.id)
    assert asked.record.state is CaseState.FOR_INTEGRATOR
    assert [(one.wanted.what, one.given_at) for one in asked.supplements.asks] == [(DECODED, None), (EXPECTED, None)]

    case_evidence.add(owner, case.id, added(TOKEN), answers=[asked.supplements.asks[0].id])
    between = cases.open_case(support, case.id)
    assert between.record.state is CaseState.FOR_SUPPORT
    assert [bool(one.given_at) for one in between.supplements.asks] == [True, False]
    assert between.supplements.asks[0].given_by == owner.email

    news = case_evidence.add(owner, case.id, added(DEMANDS))
    after = cases.open_case(support, case.id)
    assert after.diagnosis.primary.cause == "audience-other-api"
    assert news.told == "It names the cause: “Token for another API”, certain."
    assert all(one.given_at for one in after.supplements.asks)  # it is missing no more, whatever was ticked
    assert (after.record.cause, after.record.title) == ("audience-other-api", "401 token for another API")
    assert "api://invoices" in after.answer.text and "api://orders" in after.answer.text
    kinds = [one.kind for one in after.record.talk]
    assert kinds == [TalkKind.ASKED, TalkKind.ADDED, TalkKind.ADDED]
    assert after.record.talk[0].text == f"{DECODED}\n{EXPECTED}"
    assert after.record.talk[2].text == f"what the API expects\n{news.told}"


def test_what_was_known_before_stays(owner, support, case):
    other = {"request": {"method": "DELETE", "url": "https://other.example/"}, **TOKEN["payload"]}
    with pytest.raises(NotAllowed, match="tells nothing"):
        case_evidence.add(owner, case.id, added({"now": 5}))
    case_evidence.add(owner, case.id, added({"request": other["request"], "token_claims": TOKEN["payload"]}))
    found = cases.open_case(owner, case.id).record.evidence
    assert found.request.url == "https://api.example/orders" and found.token_claims["aud"] == "api://invoices"


def test_what_is_added_is_masked_as_what_is_handed_in(owner, support, case):
    text = json.dumps({**CALL, "token_claims": {"iss": "i", "aud": "a", "email": "mira@bank.example"},
                       "profile": {"client_secret": SECRET, "note": f"api_key={SECRET}"}})  # fmt: skip
    shown = case_evidence.preview(owner, case.id, read_added(text))
    assert shown.hidden_values == 1 and not CaseAddition.objects.exists()
    case_evidence.add(owner, case.id, read_added(text))
    (row,) = CaseAddition.objects.all()
    assert row.masked_count == 1 and row.author_id == owner.user_id
    for hidden in (SECRET, "mira@bank.example"):
        assert hidden not in row.evidence and hidden not in str(cases.open_case(support, case.id))


def test_who_may_only_read_a_case_adds_nothing_and_its_owner_does_not_ask(owner, support, case):
    other = person("other@example.com")
    for act in (
        lambda: case_evidence.add(other, case.id, added(TOKEN)),
        lambda: case_evidence.ask(other, case.id, wanted=[DECODED]),
        lambda: case_evidence.preview(other, case.id, added(TOKEN)),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed, match="Support asks in this case"):
        case_evidence.ask(owner, case.id, wanted=[DECODED])
    assert not CaseAsk.objects.exists()


def test_nothing_is_asked_twice_and_nothing_is_asked_of_nothing(support, case):
    case_evidence.ask(
        support, case.id, wanted=[DECODED], other=f"  the\n log of nine o’clock, client_secret={SECRET}  "
    )
    assert [json.loads(one.wanted)["what"] for one in CaseAsk.objects.order_by("position")][1].startswith("the log of")
    assert SECRET not in "".join(one.wanted for one in CaseAsk.objects.all())
    for wanted in ([DECODED], [], ["what nobody misses"]):
        with pytest.raises(NotAllowed, match="Nothing was asked for"):
            case_evidence.ask(support, case.id, wanted=wanted)
    assert CaseAsk.objects.count() == 2


def test_a_case_that_is_over_takes_nothing(owner, support, case):
    cases.close(support, case.id)
    with pytest.raises(Stale):
        case_evidence.add(owner, case.id, added(TOKEN))
    with pytest.raises(Stale):
        case_evidence.ask(support, case.id, wanted=[DECODED])
    assert not CaseAsk.objects.exists() and not CaseAddition.objects.exists()


def test_the_answer_names_a_person_by_the_pseudonym_alone(owner, support):
    claims = {
        "iss": "https://idp.example/",
        "aud": "api://invoices",
        "azp": "mira@bank.example",
        "upn": "mira@bank.example",
    }
    value = {**CALL, "token_claims": claims, "expectations": DEMANDS, "token_header": {"alg": "RS256", "kid": "k1"}}
    made = cases.create_of(owner, read_evidence(value), title="", note="")
    opened = cases.open_case(support, made.id)
    assert "client: anon-" in opened.answer.text and "mira@bank.example" not in opened.answer.text + opened.ticket


def test_a_title_that_somebody_wrote_stays(owner):
    made = cases.create_of(owner, read_evidence(CALL), title="Refused since nine", note="")
    case_evidence.add(owner, made.id, added(TOKEN))
    case_evidence.add(owner, made.id, added(DEMANDS))
    assert cases.open_case(owner, made.id).record.title == "Refused since nine"


def test_support_that_adds_something_keeps_the_turn(owner, support, case):
    case_evidence.ask(support, case.id, wanted=[DECODED])
    case_evidence.add(support, case.id, added(DEMANDS))
    assert cases.open_case(owner, case.id).record.state is CaseState.FOR_INTEGRATOR


def test_what_happened_is_told_and_audited(owner, support, case, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case_evidence.ask(support, case.id, wanted=[DECODED])
    case_evidence.add(owner, case.id, added(TOKEN))
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-2:]
    assert actions == ["evidence asked for", "evidence added"]
    assert cases.unseen_count(owner) >= 1 and cases.unseen_count(support) >= 1
