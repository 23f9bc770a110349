"""The page that sorts a log: what comes of a file, of one that is none, and of columns that nobody knows."""

import gzip
import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.actor import Role
from console.models import Case, ColumnReading
from console.services import triage
from console.store import column_readings
from tests.core.tokens.wire import compact
from tests.core.triage.made import as_csv, as_json_lines, made_rows
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
SECRET = compact({"sub": "kari", "exp": 1})
HTMX = {"HX-Request": "true"}


@pytest.fixture
def visitor():
    return signed_in(person("sam@example.com", Role.SUPPORT))


def sorted_log(visitor, data, *, name="gateway.log", headers=HTMX, **fields):
    upload = SimpleUploadedFile(name, data)
    return visitor.post("/triage/", {"export": upload, **fields}, headers=headers)


def test_a_small_file_that_unpacks_to_a_thousand_times_its_size_is_refused_in_words(visitor):
    bomb = gzip.compress(b"time,status\n" + b"2026-11-28T08:00:00Z,200\n" * 400_000)
    assert len(bomb) * triage.MOST_PACKED < triage.LEAST_UNPACKED
    page = sorted_log(visitor, bomb).content.decode()
    assert "The file holds more than 8 MB when it is unpacked." in page


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["fragment", "page"])
def test_the_refusals_of_a_file_are_told_by_cause(visitor, headers):
    rows = made_rows(90)
    page = sorted_log(visitor, gzip.compress(as_json_lines(rows)), headers=headers).content.decode()
    causes = {row.cause for row in rows if row.cause}
    assert f"30 refused calls, {len(causes)} causes" in page
    assert all(f'id="cause-{cause}"' in page for cause in causes)
    assert page.count('<svg class="bars"') == len(causes)
    assert ("<html" in page) is not headers


UNKNOWN = b"x1;x2;x3\n401;JwtNotPresent;200\n200;;200\n"


def test_columns_that_nobody_knows_are_asked_for_then_used_and_remembered(visitor):
    page = sorted_log(visitor, UNKNOWN).content.decode()
    assert "Say below which is which" in page and '<option value="x2">' in page
    assert 'form="triage-form"' in page
    page = sorted_log(visitor, UNKNOWN, status="x1", reason="x2").content.decode()
    assert 'id="cause-authorization-header-missing"' in page
    assert '<option value="x1" selected>' in page
    again = sorted_log(visitor, UNKNOWN.replace(b"x3", b"x4")).content.decode()
    assert 'id="cause-authorization-header-missing"' in again and "as you said before" in again
    kept = ColumnReading.objects.get()
    assert "x1" not in kept.columns and "x2" not in kept.columns


def test_what_is_remembered_is_ones_own_and_can_be_forgotten(visitor):
    sorted_log(visitor, UNKNOWN, status="x1", reason="x2")
    other = signed_in(person("ola@example.com", Role.SUPPORT))
    assert "Say below which is which" in sorted_log(other, UNKNOWN).content.decode()
    assert "forget-columns" in visitor.get("/triage/").content.decode()
    other.post("/triage/forget/")
    assert ColumnReading.objects.count() == 1
    told = visitor.post("/triage/forget/", follow=True).content.decode()
    assert "is forgotten" in told and "forget-columns" not in told
    assert "Say below which is which" in sorted_log(visitor, UNKNOWN).content.decode()


def test_what_is_said_of_columns_that_are_not_there_is_not_remembered(visitor):
    sorted_log(visitor, UNKNOWN, status="y1")
    assert not ColumnReading.objects.exists()


def test_only_the_last_answers_are_kept(visitor, monkeypatch):
    monkeypatch.setattr(column_readings, "MOST", 2)
    for name in ("a1", "b1", "c1", "a1"):
        sorted_log(visitor, UNKNOWN.replace(b"x1", name.encode()), status=name)
    assert ColumnReading.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "There is no row"),
        (b"PK\x03\x04", "zip archive"),
        (b"\x00\x01\x02", "binary file"),
        (b"time,status\n2026-11-28T08:00:00Z,200\n", "No refusal in 1 row"),
    ],
)
def test_what_is_no_pile_of_refusals_gets_a_sentence(visitor, data, told):
    answer = sorted_log(visitor, data)
    assert answer.status_code == 200 and told in answer.content.decode()


def test_without_a_file_it_is_asked_for(visitor):
    answer = visitor.post("/triage/", {}, headers=HTMX)
    assert answer.status_code == 422 and "Choose the log export" in answer.content.decode()


def test_nothing_secret_and_nobody_is_shown_and_nothing_is_stored(visitor, django_assert_num_queries):
    data = f'{{"time":"2026-11-28T08:00:00Z","status":401,"url":"https://gw.example/o/{SECRET}?k=Hunter2Hunter2",'
    data += f'"message":"jwt expired {SECRET}","caller":"kari@example.com","user":"ola@example.com"}}\n'
    page = sorted_log(visitor, data.encode(), name=f"{SECRET}.log").content.decode()
    for secret in (SECRET, SECRET.split(".")[1], "Hunter2", "kari@example.com", "ola@example.com"):
        assert secret not in page


def hidden_fields(page, cause):
    """The fields of the form that makes a case of a cause."""
    part = page[page.index(f'id="cause-{cause}"') :]
    part = part[: part.index("</form>")]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_cause_becomes_a_case_that_support_opens(visitor):
    page = sorted_log(visitor, as_json_lines(made_rows(90))).content.decode()
    fields = hidden_fields(page, "token-expired")
    preview = visitor.post("/cases/new/", fields)
    assert preview.status_code == 200 and not Case.objects.exists()
    made = visitor.post("/cases/new/", {**fields, "make": "1"}, follow=True)
    told = made.content.decode()
    assert Case.objects.count() == 1
    assert "The token has expired" in told or "the token has expired" in told
    assert "IDX10223" in told and "refusals in gateway.log" in told


def test_what_is_posted_for_a_case_is_not_believed(visitor):
    evidence = {"pasted": f"Bearer {SECRET} for kari@bank.example", "profile": {"client_secret": "x" * 30}}
    fields = {"evidence": json.dumps(evidence), "title": "mine"}
    pages = [
        visitor.post("/cases/new/", fields),
        visitor.post("/cases/new/", {**fields, "note": SECRET, "make": "1"}, follow=True),
    ]
    for page in pages:
        told = page.content.decode()
        assert SECRET.split(".")[1] not in told and "kari@bank.example" not in told
    kept = Case.objects.get()
    assert SECRET.split(".")[1] not in f"{kept.evidence}{kept.title}{kept.note}"


@pytest.mark.parametrize(
    "evidence", ["", "[]", "{}", "no json", "[" * 9000, "x" * 200_000, '{"response": 7, "now": "x"}']
)
def test_odd_evidence_is_a_sentence_or_a_case_of_what_it_says(visitor, evidence):
    answer = visitor.post("/cases/new/", {"evidence": evidence, "title": "T", "make": "1"})
    assert answer.status_code in (302, 422)


def test_what_a_column_says_is_text(visitor):
    page = sorted_log(visitor, as_csv(made_rows(9)).replace(b"orders", b"<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in page


def test_a_row_with_a_challenge_can_become_a_case(visitor):
    row = json.dumps({"status": 401, "www_authenticate": 'Bearer error="invalid_token"'}) + "\n"
    page = html.unescape(sorted_log(visitor, row.encode()).content.decode())
    assert '"headers":[["WWW-Authenticate","Bearer error=' in page


def test_persons_in_a_row_have_pseudonyms(visitor):
    said = "AADSTS50105: The signed in user 'kari@example.com' is not assigned to a role"
    row = json.dumps({"status": 401, "message": said, "api": "kari@example.com", "operation": "for kari@example.com"})
    page = html.unescape(sorted_log(visitor, f"{row}\n".encode()).content.decode())
    assert "kari" not in page and "anon-" in page


def test_half_a_letter_does_no_harm(visitor):
    rows = b'{"status":401}\nx {"status":401,"api":"\\ud800","\\ud801":"\\uD800"}\n'
    page = sorted_log(visitor, rows)
    assert page.status_code == 200 and "1 could not be read" in page.content.decode()


def test_times_from_far_apart_make_few_bars(visitor):
    rows = "".join(json.dumps({"status": 401, "time": 604_800 * week}) + "\n" for week in range(1600, 6000, 7))
    page = sorted_log(visitor, rows.encode()).content.decode()
    assert 2 <= page.count("<rect") <= 60


def test_what_a_log_tells_is_added_to_the_open_case_of_the_same_cause(visitor):
    page = sorted_log(visitor, as_json_lines(made_rows(90))).content.decode()
    assert "same cause" not in page
    visitor.post("/cases/new/", {**hidden_fields(page, "token-expired"), "make": "1"})
    case = Case.objects.get()
    page = sorted_log(visitor, as_json_lines(made_rows(90)), name="later.log").content.decode()
    assert f"Add to case #{case.number}, same cause" in page
    note = hidden_fields(page, "token-expired")["note"]
    told = visitor.post(f"/triage/case/{case.id}/", {"note": f"{note} {SECRET}"}, follow=True).content.decode()
    assert "refusals in later.log" in told and SECRET.split(".")[1] not in told
    assert case.comments.count() == 1


def test_nobody_is_offered_a_case_of_somebody_else(visitor):
    page = sorted_log(visitor, as_json_lines(made_rows(90))).content.decode()
    visitor.post("/cases/new/", {**hidden_fields(page, "token-expired"), "make": "1"})
    other = signed_in(person("ola@example.com", Role.INTEGRATOR))
    assert "same cause" not in sorted_log(other, as_json_lines(made_rows(90))).content.decode()
    assert other.post(f"/triage/case/{Case.objects.get().id}/", {"note": "x"}).status_code == 404
