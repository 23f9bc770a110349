"""Asking for evidence and adding it, handing on, and files of cases: on their pages, without scripts."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.actor import Role
from console.core.diagnosis import read_evidence
from console.models import CaseAddition, CaseAsk
from console.services import case_evidence, cases, mail
from console.services.lessons import Teaching
from console.store.case_lessons import Lesson
from console.web.present.lessons import lessons_view
from tests.services.builders import person
from tests.services.test_case_evidence import CALL, DECODED, DEMANDS, EXPECTED, NOW, SECRET, TOKEN
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return person()


@pytest.fixture
def support(owner):
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def case(owner):
    return cases.create_of(owner, read_evidence(CALL), title="Refused since nine", note="")


@pytest.fixture
def mira(owner):
    return signed_in(owner)


@pytest.fixture
def sam(support):
    return signed_in(support)


def page_of(answer):
    return answer.content.decode()


def held_in(page):
    found = re.search(r'name="held" value="([^"]*)"', page)[1]
    return found.replace("&quot;", '"').replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")


def test_support_chooses_what_is_missing_and_the_integrator_sees_it_with_why_and_how(case, mira, sam):
    page = page_of(sam.get(f"/cases/{case.id}/ask/"))
    assert "Ask for what would settle it" in page and f'value="{DECODED}"' in page
    assert "Paste the token under Inspect of this console" in page
    answer = sam.post(f"/cases/{case.id}/ask/", {"wanted": [DECODED], "other": "the log of nine o’clock"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.id}/")
    seen = page_of(mira.get(f"/cases/{case.id}/evidence/"))
    assert "The decoded token" in seen and "The log of nine o’clock" in seen and "not here yet" in seen
    assert "Paste the token under Inspect of this console" in seen


def test_nothing_chosen_is_said_and_what_was_typed_stays(case, sam):
    answer = sam.post(f"/cases/{case.id}/ask/", {"other": " "})
    assert answer.status_code == 422 and "Choose something that is missing" in page_of(answer)
    cases.close(person("ada@example.com", Role.ADMIN), case.id)
    answer = sam.post(f"/cases/{case.id}/ask/", {"other": "the log"})
    assert answer.status_code == 422 and "This case is closed already." in page_of(answer)
    assert 'value="the log"' in page_of(answer) and not CaseAsk.objects.exists()


def test_evidence_is_shown_as_others_read_it_before_it_is_added(case, support, mira):
    case_evidence.ask(support, case.id, wanted=[DECODED, EXPECTED])
    ask = CaseAsk.objects.order_by("position").first()
    paste = json.dumps({**TOKEN, "payload": {**TOKEN["payload"], "email": "mira@bank.example"}})
    answer = mira.post(f"/cases/{case.id}/evidence/", {"text": paste, "answers": [str(ask.pk)]})
    page = page_of(answer)
    assert answer.status_code == 200 and "This is what would be added" in page
    assert "personal value, as a pseudonym" in page
    assert "mira@bank.example" not in page and not CaseAddition.objects.exists()
    sent = {"held": held_in(page), "answers": [str(ask.pk)]}
    assert mira.post(f"/cases/{case.id}/evidence/", sent).status_code == 302
    assert CaseAddition.objects.count() == 1 and CaseAsk.objects.filter(given_at__isnull=False).count() == 1
    assert "mira@bank.example" not in CaseAddition.objects.get().evidence


def test_a_file_is_read_as_what_is_pasted_is(case, mira):
    upload = SimpleUploadedFile("demands.json", json.dumps(DEMANDS).encode())
    page = page_of(mira.post(f"/cases/{case.id}/evidence/", {"upload": upload}))
    assert "api://orders" in page and "This is what would be added" in page


def test_more_than_a_page_holds_is_said_before_it_is_lost(case, mira):
    claims = json.dumps({"iss": "i", "aud": "a", "roles": [f"role {number} " + "x" * 80 for number in range(5000)]})
    answer = mira.post(f"/cases/{case.id}/evidence/", {"upload": SimpleUploadedFile("claims.json", claims.encode())})
    assert answer.status_code == 422 and "This is more than one piece may be." in page_of(answer)


def test_a_file_that_is_no_text_is_said(case, mira):
    upload = SimpleUploadedFile("shot.png", b"\x89PNG\x00\x00")
    answer = mira.post(f"/cases/{case.id}/evidence/", {"upload": upload})
    assert answer.status_code == 422 and "This file is no text" in page_of(answer)


def test_the_queue_is_exported_as_it_is_filtered(case, owner, sam):
    other = cases.create_of(owner, read_evidence(CALL), title="Another", note="")
    page = page_of(sam.get("/cases/export/?q=another"))
    assert other.id in page and case.id not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Paste something, or choose a file."),
        ({"text": " \n"}, "Paste something, or choose a file."),
        ({"text": "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----"}, "Nothing in it can be kept"),
        ({"held": "{"}, "What the page held could not be read any more."),
        ({"held": '{"now": 5}'}, "This tells nothing that the case does not hold."),
    ],
)
def test_what_cannot_be_added_is_said(case, mira, fields, words):
    answer = mira.post(f"/cases/{case.id}/evidence/", fields)
    assert answer.status_code == 422 and words in page_of(answer) and not CaseAddition.objects.exists()


def test_what_comes_back_from_the_page_is_masked_again(case, mira, sam):
    held = json.dumps(
        {"profile": {"client_secret": SECRET}, "token_claims": {"email": "mira@bank.example", "iss": "i"}}
    )
    assert mira.post(f"/cases/{case.id}/evidence/", {"held": held}).status_code == 302
    row = CaseAddition.objects.get()
    shown = page_of(sam.get(f"/cases/{case.id}/"))
    for hidden in (SECRET, "mira@bank.example"):
        assert hidden not in row.evidence and hidden not in shown


def test_the_text_for_a_ticket_is_a_file_in_both_forms(case, sam):
    for ending, kind in (("txt", "text/plain"), ("md", "text/markdown")):
        answer = sam.get(f"/cases/{case.id}/ticket.{ending}")
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="case-{case.number}.{ending}"'
        assert "https://api.example/orders" in page_of(answer)


def test_a_case_is_handed_to_somebody_and_what_speaks_against_it_is_said(case, mira, owner):
    lena = person("lena@example.com")
    assert signed_in(lena).get(f"/cases/{case.id}/").status_code == 404
    refused = mira.post(f"/cases/{case.id}/give/", {"who": "nobody@example.com", "right": "use"})
    assert refused.status_code == 422 and "Nobody here, and no group, is called so." in page_of(refused)
    assert 'value="nobody@example.com"' in page_of(refused)
    assert "They get a mail with the link." in page_of(refused)
    assert mira.post(f"/cases/{case.id}/give/", {"who": lena.email, "right": "use"}).status_code == 302
    assert signed_in(lena).get(f"/cases/{case.id}/").status_code == 200


def test_where_no_mail_is_set_up_no_mail_is_promised_to_who_gets_a_case(case, mira, owner, settings):
    settings.EMAIL_BACKEND = mail.DUMMY
    lena = person("lena@example.com")
    page = page_of(mira.get(f"/cases/{case.id}/"))
    assert "send it to them yourself" in page and "They get a mail" not in page
    given = mira.post(f"/cases/{case.id}/give/", {"who": lena.email, "right": "use"}, follow=True)
    assert "lena@example.com may answer in it now. This console sends no mail: send them the link" in page_of(given)


def test_cases_leave_as_a_file_and_come_in_as_one(case, sam, mira):
    page = page_of(sam.get(f"/cases/export/?case={case.id}"))
    assert re.search(rf'value="{case.id}"[^>]*checked', page)
    answer = sam.post("/cases/export/", {"cases": [case.id], "people": "numbers"})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="cases-1-')
    upload = SimpleUploadedFile("cases.json", answer.content)
    page = page_of(sam.post("/cases/import/", {"file": upload}))
    assert "1 case is imported" in page and "Refused since nine" in page
    number = re.search(r"/cases/([0-9a-f-]{36})/\">#", page)[1]
    assert sam.get(f"/cases/{number}/").status_code == 200


def test_what_is_no_file_of_cases_is_said(sam):
    for raw, words in ((b"", "This file cannot be read."), (b"{}", "This is no file of cases."),
                       (b"\x1f\x8b is no gzip", "This file cannot be unpacked.")):  # fmt: skip
        answer = sam.post("/cases/import/", {"file": SimpleUploadedFile("x.json", raw)})
        assert answer.status_code == 422 and words in page_of(answer)
    assert sam.post("/cases/import/", {}).status_code == 422


def test_strangers_are_told_nothing(case, mira):
    kim = signed_in(person("kim@example.com"))
    for path in (f"/cases/{case.id}/ask/", f"/cases/{case.id}/evidence/", "/cases/import/", "/cases/lessons/"):
        assert kim.get(path).status_code == 404
    assert kim.post("/cases/export/", {"cases": [case.id], "people": "names"}).status_code == 422
    assert mira.get(f"/cases/{case.id}/ask/").status_code == 404


def test_the_page_for_who_keeps_the_catalogue(case, support, sam):
    cases.solve(support, case.id, cause="token-expired", sentence="")
    page = page_of(sam.get("/cases/lessons/"))
    assert "The first cause was wrong in 1 of 1 solved case" in page
    assert f"#{case.number}" in page and "no cause was named" in page and "Where onboarding stalls" in page


def test_a_long_list_of_wrong_causes_is_cut_where_it_gets_rare():
    rows = tuple(Lesson(f"cause-{number}", "token-expired", 60 - number) for number in range(60))
    view = lessons_view(Teaching(rows, (), {}, 0, is_cut=False))
    assert (len(view["wrong"]), view["rest"]) == (50, 10)
