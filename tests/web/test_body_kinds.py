"""Bodies of each kind are typed and sent without scripts; headers are rows; a file is sent and not kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.models import Attempt, SavedRequest
from console.services import calls, profiles
from console.web.forms.calls import MAX_FILE
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in
from tests.web.test_saved_request_pages import rows, text_of

pytestmark = pytest.mark.django_db
SENT = {
    "method": "POST",
    "path": "/orders",
    "header_name": ["X-A", "", "X-B: whole line"],
    "header_value": ["1", "", ""],
    "body": "typed text",
    "field_name": ["item", "", "x y"],
    "field_value": ["chair", "", "ü"],
}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def page(owner):
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    return f"/profiles/{found.id}/"


def request_of(owner):
    attempt = Attempt.objects.filter(kind="call").get()
    return calls.open_attempt(owner, str(attempt.pk)).record.exchanges[-1].request


@pytest.mark.parametrize(
    ("kind", "body", "media_type"),
    [
        ("", b"typed text", None),
        ("raw", b"typed text", None),
        ("json", b"typed text", "application/json"),
        ("form", b"item=chair&x+y=%C3%BC", "application/x-www-form-urlencoded"),
    ],
)
def test_each_kind_of_body_is_sent_and_there_again(owner, page, kind, body, media_type):
    client = signed_in(owner)
    answer = client.post(f"{page}call/", {**SENT, "body_kind": kind})
    sent = request_of(owner)
    assert sent.body == body
    assert dict(sent.headers).get("Content-Type") == media_type
    assert [one for one in sent.headers if one[0].startswith("X-")] == [("X-A", "1"), ("X-B", "whole line")]
    for html in (text_of(answer), text_of(client.get(page))):
        assert rows(html, "header") == [("X-A", "1"), ("X-B", "whole line")]
        if kind == "form":
            assert rows(html, "field") == [("item", "chair"), ("x y", "ü")]


def test_a_multipart_form_is_sent_with_its_file(owner, page):
    file = SimpleUploadedFile("a.txt", b"text of the file", content_type="text/plain")
    signed_in(owner).post(f"{page}call/", {**SENT, "body_kind": "multipart", "body_file": file, "file_field": "photo"})
    body = request_of(owner).body
    assert b'name="item"\r\n\r\nchair\r\n' in body
    assert b'name="photo"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ntext of the file' in body


def test_a_binary_file_is_sent_and_only_its_size_is_kept(owner, page):
    content = bytes(range(256)) * 4
    file = SimpleUploadedFile("a.bin", content, content_type="no type\r\nX: y")
    signed_in(owner).post(f"{page}call/", {**SENT, "body_kind": "file", "body_file": file})
    sent = request_of(owner)
    assert dict(sent.headers)["Content-Type"] == "application/octet-stream"
    assert sent.body.startswith(b"[Not text: 1,024 bytes")
    assert SavedRequest.objects.get().name == ""


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("file", None, "Choose the file that is sent. One that was chosen before is not kept."),
        ("file", b"x" * (MAX_FILE + 1), "This file has 1,000,001 bytes; at most 1,000,000 are sent from here."),
        ("elsewhere", None, "“elsewhere” is not offered here."),
    ],
    ids=["none", "large", "unknown"],
)
def test_what_cannot_be_sent_is_told(owner, page, kind, content, told):
    extra = {"body_file": SimpleUploadedFile("a", content)} if content else {}
    for headers in ({}, HTMX):
        if extra:
            extra["body_file"].seek(0)
        answer = signed_in(owner).post(f"{page}call/", {**SENT, "body_kind": kind, **extra}, headers=headers)
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not Attempt.objects.filter(kind="call").exists()


def test_a_request_with_a_file_is_saved_without_it(owner, page):
    answer = signed_in(owner).post(f"{page}requests/", {**SENT, "body_kind": "file", "name": "Upload"})
    assert answer.status_code == 200
    assert SavedRequest.objects.get().name == "Upload"
