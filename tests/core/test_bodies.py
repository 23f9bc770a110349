"""Each kind of body as it goes over the wire, and what of it may be kept."""

import pytest

from console.core.compose.bodies import UploadedBody
from console.core.compose.draft import RequestDraft, call_of
from console.core.compose.keeping import KeptRequest, without_secrets
from console.core.redaction.typed import typed_secrets

FIELDS = (("a b", "1&2"), ("ü", ""), ("a b", "3"))
FILE = UploadedBody('pic"ture.png', b"\x89PNG\r\n\x00--part", "image/png", "photo")


def content_type(call):
    return [value for name, value in call.headers if name.lower() == "content-type"]


@pytest.mark.parametrize(
    ("draft", "text", "types"),
    [
        (RequestDraft(body="as it is", body_kind="raw"), "as it is", []),
        (RequestDraft(body='{"a": 1}', body_kind="json"), '{"a": 1}', ["application/json"]),
        (RequestDraft(body=" ", body_kind="json"), " ", []),
        (
            RequestDraft(body="{}", body_kind="json", headers=(("content-TYPE", "application/hal+json"),)),
            "{}",
            ["application/hal+json"],
        ),
        (
            RequestDraft(fields=FIELDS, body_kind="form"),
            "a+b=1%262&%C3%BC=&a+b=3",
            ["application/x-www-form-urlencoded"],
        ),
        (RequestDraft(body="never", body_kind="file"), "", []),
    ],
    ids=["raw", "json", "no json", "own type", "form", "no file"],
)
def test_the_text_of_a_body_and_its_type(draft, text, types):
    call = call_of(draft)
    assert (call.body, call.wire_body, content_type(call)) == (text, None, types)


def test_a_multipart_form_has_a_part_for_each_field_and_the_file():
    call = call_of(RequestDraft(fields=FIELDS, body_kind="multipart"), FILE)
    boundary = content_type(call)[0].removeprefix("multipart/form-data; boundary=")
    parts = call.wire_body.split(f"--{boundary}".encode())
    assert (parts[0], parts[-1]) == (b"", b"--\r\n")
    assert parts[1] == b'\r\nContent-Disposition: form-data; name="a b"\r\n\r\n1&2\r\n'
    named = b'\r\nContent-Disposition: form-data; name="photo"; filename="pic%22ture.png"\r\n'
    assert parts[4] == named + b"Content-Type: image/png\r\n\r\n" + FILE.content + b"\r\n"
    assert call == call_of(RequestDraft(fields=FIELDS, body_kind="multipart"), FILE)


def test_a_typed_content_type_does_not_hide_where_the_parts_end():
    draft = RequestDraft(headers=(("content-type", "multipart/form-data"),), fields=FIELDS, body_kind="multipart")
    assert content_type(call_of(draft)) == content_type(call_of(RequestDraft(fields=FIELDS, body_kind="multipart")))


def test_a_file_goes_out_as_it_is():
    call = call_of(RequestDraft(body_kind="file"), FILE)
    assert (call.wire_body, content_type(call)) == (FILE.content, ["image/png"])


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_a_secret_field_is_masked_where_it_comes_back_and_is_not_kept(kind):
    draft = RequestDraft(fields=(("item", "chair"), ("client_secret", "4711-a-b-c-secret")), body_kind=kind)
    assert "4711-a-b-c-secret" in [one.reveal() for one in typed_secrets(call_of(draft))]
    kept = without_secrets(draft)
    assert kept.draft.fields == (("item", "chair"), ("client_secret", ""))
    assert kept.left_out == ("the field client_secret",)


def test_the_name_of_a_value_is_kept_where_a_secret_would_stand_and_no_secret_beside_it_is():
    json, form = (("Content-Type", "application/json"),), "password={{pw}}&a=b"
    named = RequestDraft("POST", "/x", "api_key={{k}}", (("X-Api-Key", "{{k}}"), *json), body='{"password": "{{pw}}"}')
    assert without_secrets(named) == KeptRequest(named)
    fields = RequestDraft("POST", "/x", body_kind="form", fields=(("password", "{{pw}}"),))
    assert without_secrets(fields) == KeptRequest(fields)
    assert without_secrets(RequestDraft("POST", "/x", body=form)).left_out == ()
    beside = RequestDraft("POST", "/x", headers=(("X-Api-Key", "{{k}}abcdefgh"),), body='{"password": "{{pw}}x"}')
    assert without_secrets(beside).left_out == ("the header X-Api-Key", "the body")
