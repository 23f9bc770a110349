"""Whatever stands in a file of cases: it costs nobody the queue, a case or a page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.actor import Role
from console.core.cases.file_format import FORMAT
from console.models import Case
from tests.services.builders import person
from tests.web.any_input import read
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

HALF = "\ud800"
HALVES = {
    "request": {"method": HALF, "url": f"http://a/{HALF}", "headers": [[HALF, HALF]], "body": HALF},
    "response": {"status": 401, "headers": [["WWW-Authenticate", f'Bearer error="{HALF}"']], "body": {"error": HALF}},
    "token_claims": {HALF: "x", "aud": HALF},
    "token_error": {"error": HALF, "error_description": HALF},
    "policy_xml": f"<policies>{HALF}</policies>",
    "pasted": HALF,
}
TALK = [{"kind": kind, "by": HALF, "text": f"{HALF}\n{HALF}"} for kind in ("comment", "solved", "added", "assigned")]
WORDS = dict.fromkeys(("title", "note", "api", "profile", "owner", "sentence"), HALF)
ENDLESS = '{"token_claims":{"exp":1e400},"now":1e400}'


def file_of(evidence, *, origin="https://there.example", **case):
    told = {"title": "T", "evidence": "EVIDENCE", **case}
    whole = {"format": FORMAT, "version": 1, "origin": origin, "cases": [told]}
    return json.dumps(whole).replace('"EVIDENCE"', evidence)


@pytest.mark.parametrize(
    "text",
    [
        file_of("{}", origin="http://[x"),
        file_of(json.dumps(HALVES), conversation=TALK, added=[{"evidence": HALVES, "by": HALF}], **WORDS),
        file_of(json.dumps(HALVES), asked=[dict.fromkeys(("what", "why", "how", "command"), HALF)], state="solved"),
        file_of(ENDLESS, added=[{"evidence": {"http_status": 401}}]),
    ],
    ids=[
        "an origin that is no address",
        "half surrogate pairs",
        "half pairs in what was asked for",
        "an endless number",
    ],
)
def test_a_case_of_any_file_opens_and_the_queue_with_it(text):
    client = signed_in(person("sam@example.com", Role.SUPPORT))
    upload = SimpleUploadedFile("cases.json", text.encode())
    assert client.post("/cases/import/", {"file": upload}).status_code == 200
    case = f"/cases/{Case.objects.get().pk}/"
    parts = ("", "ask/", "evidence/", "ticket.txt", "ticket.md")
    for path in (
        *(case + part for part in parts),
        "/cases/",
        "/cases/?state=solved",
        "/cases/lessons/",
        "/cases/export/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["Content-Type"].startswith("text/html"):
            assert read(answer.content.decode()).problems == [], path


def test_an_endless_number_in_what_a_page_held_is_said_in_words():
    client = signed_in(person("sam@example.com", Role.SUPPORT))
    client.post("/cases/import/", {"file": SimpleUploadedFile("cases.json", file_of("{}").encode())})
    case = f"/cases/{Case.objects.get().pk}/"
    for text in (ENDLESS, "1e400"):
        assert client.post("/cases/new/", {"evidence": text, "title": "", "note": ""}).status_code == 422
        held = client.post(f"{case}evidence/", {"held": text})
        assert held.status_code == 422 and "could not be read any more" in held.content.decode()
