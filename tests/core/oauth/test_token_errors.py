"""Reading token answers."""

import json

import pytest

from console.core.credential import Secret
from console.core.http.retry_after import told_s
from console.core.oauth.token_errors import codes_in, read_token_error, read_token_response
from console.core.oauth.token_response import TokenError, TokenResponse

NOW = 1_790_000_000
JSON = (("Content-Type", "application/json"),)
GOOD = {"access_token": "AT", "token_type": "Bearer", "expires_in": 3599}


def read(fields: object, status: int = 200) -> TokenResponse | TokenError:
    return read_token_response(status, JSON, json.dumps(fields).encode(), now=NOW)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [(1, 1), (3599, 3599), ("3599", 3599), (" 60 ", 60), (3600.0, 3600), (316_224_000, 316_224_000), (None, None)],
)
def test_a_lifetime_is_read_in_the_forms_that_servers_use(given, seconds):
    answer = read(GOOD | {"expires_in": given})
    assert isinstance(answer, TokenResponse)
    assert (answer.expires_in_s, answer.obtained_at) == (seconds, NOW)


@pytest.mark.parametrize("given", [316_224_001, 10**18, "soon", "", "3599s", True, [3600], {}, "１２", float("nan")])
def test_a_good_token_with_a_lifetime_that_is_none_is_taken_and_the_oddity_told(given):
    answer = read(GOOD | {"expires_in": given})
    assert isinstance(answer, TokenResponse)
    assert answer.expires_in_s is None
    (note,) = answer.notes
    assert note.startswith("The expires_in of the answer is ")
    assert note.endswith("so how long the token lasts is known only from the token itself.")


@pytest.mark.parametrize("given", [0, -5, 0.5, "-1"])
def test_a_token_that_is_over_already_is_shown_and_not_kept_for_reuse(given):
    answer = read(GOOD | {"expires_in": given})
    assert isinstance(answer, TokenResponse)
    assert (answer.expires_in_s, "counts as over" in answer.notes[0]) == (0, True)


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        ({"expires_in": 3599}, ()),
        ({"expires_in": 3599.0}, ()),
        ({"expires_in": 3599.5}, ("The expires_in of the answer is 3599.5; only the whole seconds count.",)),
        (
            {"expires_in": "3599"},
            ('The expires_in of the answer is the text "3599"; RFC 6749 asks for a number. It was read as one.',),
        ),
        (
            {"expires_in": None},
            (
                "The answer has no expires_in (RFC 6749 recommends it), so how long the token lasts is known only from "
                "the token itself.",
            ),
        ),
    ],
)
def test_what_is_odd_about_a_lifetime_is_told_in_words(fields, notes):
    assert read(GOOD | fields).notes == notes


@pytest.mark.parametrize("token", [None, "", 7, ["a"], {"a": 1}, "a b", "a\r\nX: 1", "a\0", "a\u20ac", " a"])
def test_a_token_that_no_header_can_carry_is_not_taken(token):
    answer = read(GOOD | {"access_token": token})
    assert isinstance(answer, TokenError)
    assert (answer.kind, answer.body) == ("not_a_token_response", {})


@pytest.mark.parametrize("change", [{"token_type": 7}, {"token_type": None}, {"scope": ["a"]}])
def test_other_members_of_a_wrong_type_make_the_answer_unusable(change):
    assert isinstance(read(GOOD | change), TokenError)


def test_scope_and_type_are_kept_and_unknown_members_do_no_harm():
    answer = read(GOOD | {"scope": "a b", "ext_expires_in": 3599, "token_type": "bearer"})
    assert isinstance(answer, TokenResponse)
    assert (answer.scope, answer.token_type) == ("a b", "bearer")


def test_what_else_a_provider_grants_is_read_with_its_token():
    more = {"refresh_token": "RT", "id_token": "a.b.c", "issued_token_type": "urn:x", "refresh_expires_in": "600"}
    answer = read({**GOOD, **more})
    assert (answer.refresh_token, answer.id_token) == (Secret("RT"), Secret("a.b.c"))
    assert (answer.issued_token_type, answer.refresh_expires_in_s) == ("urn:x", 600)
    assert answer.secrets == (Secret(GOOD["access_token"]), Secret("RT"), Secret("a.b.c"))
    assert read({**GOOD, "refresh_token_expires_in": 86399}).refresh_expires_in_s == 86399
    plain = read(GOOD)
    assert (plain.refresh_token, plain.id_token, plain.issued_token_type) == (None, None, "")
    assert (plain.refresh_expires_in_s, plain.secrets) == (None, (Secret(GOOD["access_token"]),))


@pytest.mark.parametrize("name", ["refresh_token", "id_token", "issued_token_type"])
@pytest.mark.parametrize("value", [5, ["x"], {"a": 1}, True])
def test_what_else_is_no_text_is_noted_and_left_out(name, value):
    answer = read({**GOOD, "expires_in": 60, name: value})
    assert not getattr(answer, name)
    assert answer.notes == (f"The {name} of the answer is not a text, so it is not used.",)


def test_a_success_status_with_an_error_member_is_an_error():
    answer = read({"error": "invalid_grant", "access_token": "AT"})
    assert isinstance(answer, TokenError)
    assert (answer.error, answer.kind, answer.body) == ("invalid_grant", "oauth", {})


ENTRA = {
    "error": "invalid_client",
    "error_description": (
        "AADSTS70002: Error validating credentials. AADSTS7000215: Invalid client secret provided.\r\n"
        "Trace ID: 0d9b1dbe-6c07-4a4e-9d9a-0f1f6c3f0e01\r\nCorrelation ID: 2e9f2b3c-6c07-4a4e-9d9a-0f1f6c3f0e02\r\n"
        "Timestamp: 2026-11-20 10:11:12Z"
    ),
    "error_codes": [7000215],
    "timestamp": "2026-11-20 10:11:12Z",
    "trace_id": "0d9b1dbe-6c07-4a4e-9d9a-0f1f6c3f0e01",
    "correlation_id": "2e9f2b3c-6c07-4a4e-9d9a-0f1f6c3f0e02",
    "suberror": "bad_token",
}


def test_an_entra_error_gives_its_codes_and_the_ids_for_support():
    error = read_token_error(401, JSON, json.dumps(ENTRA).encode())
    assert (error.error, error.status, error.kind, error.suberror) == ("invalid_client", 401, "oauth", "bad_token")
    assert error.codes == (70002, 7000215)
    assert error.trace_id == ENTRA["trace_id"]
    assert error.correlation_id == ENTRA["correlation_id"]
    assert error.timestamp == "2026-11-20 10:11:12Z"
    assert error.body == ENTRA


def test_the_ids_are_found_in_the_text_or_the_headers_when_the_body_has_no_members_for_them():
    in_text = {key: ENTRA[key] for key in ("error", "error_description")}
    error = read_token_error(401, JSON, json.dumps(in_text).encode())
    assert (error.trace_id, error.correlation_id, error.timestamp) == (
        ENTRA["trace_id"],
        ENTRA["correlation_id"],
        "2026-11-20 10:11:12Z",
    )
    headers = (*JSON, ("X-MS-Request-Id", "from-header"), ("client-request-id", "sent"))
    bare = read_token_error(500, headers, b'{"error":"server_error"}')
    assert (bare.trace_id, bare.correlation_id, bare.timestamp) == ("from-header", "sent", "")


@pytest.mark.parametrize(
    ("text", "listed", "codes"),
    [
        ("AADSTS50001: x", None, (50001,)),
        ("AADSTS500011: x", [500011], (500011,)),
        ("AADSTS70022204", None, (70022204,)),
        ("", [70002, 54005], (70002, 54005)),
        ("AADSTS7000215 AADSTS70002", [7000215], (70002, 7000215)),
        ("AADSTS123", None, ()),
        ("AADSTS1234567890", None, ()),
        ("", ["7000215", True, None, 9, [1]], ()),
        ("", "7000215", ()),
    ],
)
def test_codes_are_whole_numbers_each_once_and_the_most_specific_last(text, listed, codes):
    assert codes_in(text, listed) == codes


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind", "words"),
    [
        (200, (("Content-Type", "text/html"),), b"Sign in", "not_json", "with a web page (HTTP 200)"),
        (403, (), b"  <!doctype html>", "not_json", "with a web page (HTTP 403)"),
        (200, JSON, b"", "not_json", "without a body (HTTP 200)"),
        (200, JSON, b"AT", "not_json", "not a JSON object (HTTP 200)"),
        (200, JSON, b"[" * 100_000, "not_json", "not a JSON object"),
        (200, JSON, b"\xff\xfe{\x00}\x00", "not_json", "not a JSON object"),
        (400, JSON, b"{}", "not_a_token_response", "neither a token nor an error (HTTP 400)"),
        (400, JSON, b'{"error":{"code":1}}', "not_a_token_response", "neither a token nor an error"),
        (
            302,
            (("Location", "https://login.example/x?secret=1"),),
            b"",
            "not_a_token_response",
            "to https://login.example;",
        ),
        (307, (("Location", "http://[bad"),), b"", "not_a_token_response", "a redirect (307); it is not followed"),
        (307, (), b"", "not_a_token_response", "a redirect (307); it is not followed"),
        (429, (), b"Too Many Requests", "throttled", "HTTP 429"),
        (500, JSON, b"<html>", "server_error", "a fault (HTTP 500)"),
        (503, JSON, b"", "server_error", "a fault (HTTP 503)"),
    ],
)
def test_an_answer_that_is_no_oauth_error_is_named(status, headers, body, kind, words):
    error = read_token_response(status, headers, body, now=NOW)
    assert isinstance(error, TokenError)
    assert (error.kind, error.status, error.error) == (kind, status, "")
    assert words in error.error_description
    assert "secret=1" not in error.error_description


def test_a_server_error_with_an_oauth_body_keeps_both():
    error = read_token_error(503, JSON, b'{"error":"temporarily_unavailable","error_description":"AADSTS90033: busy"}')
    assert (error.kind, error.error, error.codes) == ("server_error", "temporarily_unavailable", (90033,))


@pytest.mark.parametrize(
    ("text", "now", "seconds"),
    [
        ("60", None, 60),
        (" 0 ", None, 0),
        ("Mon, 21 Sep 2026 14:13:20 GMT", NOW, 0),
        ("Mon, 21 Sep 2026 14:13:21 GMT", NOW, 1),
        ("Mon, 21 Sep 2026 14:13:19 GMT", NOW, 0),
        ("Mon, 21 Sep 2026 14:13:21 GMT", None, None),
        ("soon", NOW, None),
        ("-5", NOW, None),
        ("", NOW, None),
        ("2300386689", NOW, 999_999_999),
        ("Wed, 21 Oct 2099 07:28:00 GMT", NOW, 999_999_999),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW, 999_999_999),
        ("9" * 30, NOW, 999_999_999),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text, now, seconds):
    assert told_s((("retry-after", text),), now=now) == seconds


def test_an_absent_retry_after_is_none():
    assert told_s((), now=NOW) is None
