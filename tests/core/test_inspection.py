"""One tree for page and command: what is judged where, what each part says, and when something is faulty."""

import json

import pytest

from console.core.api import Expectation
from console.core.finding import Status
from console.core.inspection import exchange_title, inspect_text, recognised
from console.core.paste.recognise import PastedKind
from console.core.reports.inspection import to_json, to_lines
from console.core.tokens.keys import read_jwks
from tests.bad_input.registry import CASES, FOLDER
from tests.core.tokens.wire import compact

NOW = 1_899_995_000
KEYS = read_jwks((FOLDER / "jwks.json").read_text("utf-8"))
TOKEN = compact({"sub": "a", "aud": "api://other", "exp": NOW + 600})
CALL = "> GET /x HTTP/1.1\n> Host: a.example\n> Authorization: Bearer {}\n>\n< HTTP/1.1 401 Unauthorized\n<\n{}"


def inspect(text, *, expectation=None, keyset=None, now=NOW):
    return inspect_text(text, expectation=expectation or Expectation(), keyset=keyset, now=now, source="keys.json")


def status_of(node, check):
    return next(finding.status for finding in node.findings if finding.check == check)


def test_a_single_token_is_the_root_itself():
    found = inspect(TOKEN)
    assert (found.kind, found.claims["sub"], found.items) == (PastedKind.JWS, "a", ())
    assert found.header["alg"] == "HS256"
    assert not found.is_faulty


def test_a_signature_is_checked_when_keys_are_given_and_only_then():
    text = CASES["E-V01"]["input"]["text"]
    assert inspect(text).signature.state == "not_checked"
    checked = inspect(text, keyset=KEYS)
    assert (checked.signature.state, checked.signature.source) == ("valid", "keys.json")
    assert inspect(CASES["E-V03"]["input"]["text"], keyset=KEYS).is_faulty


@pytest.mark.parametrize(("now", "faulty"), [(NOW + 599, False), (NOW + 601, True)])
def test_the_moment_decides_whether_a_token_has_expired(now, faulty):
    assert inspect(TOKEN, now=now).is_faulty is faulty


def test_an_expectation_that_is_not_met_is_a_fault_also_inside_a_container():
    wanted = Expectation(audiences=("api://orders",))
    found = inspect(f"curl https://a.example -H 'Authorization: Bearer {TOKEN}'", expectation=wanted)
    token = found.items[0]
    assert status_of(token, "audience") is Status.FAIL
    assert token.notes[0] == "Found in: header Authorization."
    assert found.is_faulty
    assert found.findings == ()


def test_a_refused_call_is_explained_with_the_token_it_carried():
    found = inspect(CALL.format(TOKEN, '{"statusCode": 401, "message": "Unauthorized. Access token is invalid."}'),
                    expectation=Expectation(audiences=("api://orders",)))  # fmt: skip
    token, call = found.items
    assert token.claims["aud"] == "api://other"
    assert call.diagnosis.primary.cause == "audience-other-api"
    (finding,) = call.findings
    assert (finding.check, finding.status, finding.actual) == ("exchange", Status.FAIL, 401)
    assert finding.source.startswith("diagnosis: audience-other-api (")
    assert call.label == "GET https://a.example/x answered 401: not authorized."


def test_an_answers_own_date_is_the_moment_of_its_exchange():
    dated = CALL.format(TOKEN, "").replace("Unauthorized\n", "Unauthorized\n< Date: Thu, 01 Jan 2032 00:00:00 GMT\n")
    call = inspect(dated).items[1]
    assert call.diagnosis.primary.cause == "token-expired"


def test_an_error_is_the_root_itself_with_its_cause():
    found = inspect("AADSTS7000215: Invalid client secret is provided.")
    assert found.kind is PastedKind.TOKEN_ERROR
    assert found.items == ()
    assert found.findings[0].source == "diagnosis: client-secret-invalid (likely)"


def test_a_command_is_faulted_only_for_what_is_wrong_in_itself():
    doubled = inspect(f"curl https://a.example -H 'Authorization: Bearer Bearer {TOKEN}'")
    assert doubled.items[-1].findings[0].source == "diagnosis: bearer-scheme-malformed (certain)"
    assert doubled.is_faulty
    right = inspect(f"curl https://a.example -H 'Authorization: Bearer {TOKEN}'")
    assert [item.kind for item in right.items] == [PastedKind.JWS]


def test_an_exchange_that_nothing_explains_says_what_would_help():
    found = inspect("HTTP/1.1 418 I am a teapot\n\nshort and stout")
    (finding,) = found.items[0].findings
    assert finding.what == "The attempt failed, and nothing in the paste names the cause."
    assert finding.do.startswith("Paste more of it:")


def test_words_that_only_the_catalogue_of_causes_knows_make_a_log():
    assert inspect("what is this strange text").kind is PastedKind.UNKNOWN


def test_the_title_of_an_exchange_says_how_often_it_failed():
    entry = {"request": {"method": "GET", "url": "https://a.example/x?sig=s3cr3t-value"}, "response": {"status": 503}}
    found = inspect(json.dumps({"log": {"entries": [entry] * 3}}))
    assert (
        exchange_title(found.items[0].exchange)
        == "GET https://a.example/x?sig=*** answered 503: the server failed (3 times)."
    )


def test_the_json_has_exactly_the_members_of_the_contract():
    found = inspect(CALL.format(TOKEN, "{}"), expectation=Expectation(audiences=("api://orders",)))
    document = to_json(found)
    members = ["kind", "notes", "header", "claims", "signature", "defects", "findings", "items"]
    assert list(document) == members
    assert [list(item) for item in document["items"]] == [members, members]
    finding = next(one for one in document["items"][0]["findings"] if one["check"] == "audience")
    assert list(finding) == ["check", "status", "what", "why", "do", "who", "expected", "actual", "source"]
    assert finding["expected"] == ["api://orders"]
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("text", ["a" * 262_145, "so fine " * 51_201])
def test_what_is_too_large_is_of_unknown_kind_with_a_defect(text):
    document = to_json(inspect(text))
    assert (document["kind"], [defect["code"] for defect in document["defects"]]) == ("unknown", ["too-large"])


def test_the_text_for_a_terminal_names_faults_and_gathers_what_is_undecided():
    lines = to_lines(inspect(TOKEN, expectation=Expectation(audiences=("api://orders",))), now=NOW)
    text = "\n".join(lines)
    assert lines[0] == "Kind: jws"
    assert "    exp: 1899995600 (2030-03-17 16:33:20 UTC, in 10 minutes)" in lines
    assert "  FAIL audience: " in text
    assert sum(line.startswith("  Not decided: ") for line in lines) == 1
    assert TOKEN not in text


@pytest.mark.parametrize(
    "text", ["abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN"]
)
def test_a_secret_is_in_neither_form_of_the_report(text):
    found = inspect(text)
    assert found.is_sensitive
    assert text[5:30] not in json.dumps(to_json(found)) + "\n".join(to_lines(found, now=NOW))


@pytest.mark.parametrize(
    ("around", "cause"),
    [
        ("2030-01-01 10:00:00 ERROR JWT expired: {}", "token-expired"),
        ("Failed to authenticate the token {}: signature verification failed", "signature-invalid"),
        ("INFO got access token {} for client x", ""),
        ("export TOKEN={}", ""),
    ],
)
def test_of_a_token_in_a_line_the_line_is_read_too_where_it_tells_of_a_refusal(around, cause):
    found = recognised(around.format(TOKEN))
    assert [token.text for token in found.tokens] == [TOKEN]
    assert len(found.exchanges) == bool(cause)
    if cause:
        shown = inspect_text(around.format(TOKEN), expectation=Expectation(), keyset=None, now=NOW)
        assert shown.diagnosis.primary.cause == cause and [item.token.text for item in shown.items] == [TOKEN]
