"""Of several lines, clauses and speakers in one paste: which tells why, and which tells nothing of the attempt."""

import pytest

from console.core.api import Expectation
from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.inspection import inspect_text
from console.core.paste.curl import find_command
from console.core.paste.speech.attribute import attributed, heard

NOW = 1_796_025_600
EXPIRED_LONG_AGO = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJxdWF5IiwiZXhwIjoxNjE4ODQ4NDUxfQ.TnlSoNOYNTs9E1T9soB3CXuc9ZI"
)


def first(text):
    found = explain(read_evidence(text)).primary
    return (found.cause, str(found.confidence)) if found else ("", "")


QUOTED = [
    ('We have an HTTP 400 - "Audience is invalid" from the harbour API', "Audience is invalid"),
    ("I keep getting `the token has expired` from the yard. It should work.", "the token has expired"),
    ("My service answers with “signature is invalid” since Monday", "signature is invalid"),
]


@pytest.mark.parametrize(("text", "said"), QUOTED)
def test_what_a_person_quotes_of_an_answer_is_what_software_said(text, said):
    assert heard(attributed(text)).strip() == said
    assert first(text)[0]


NOT_GOT = [
    'I would like to return "the token has expired" from my API',
    'I no longer get "Audience is invalid" since I changed it',
    'I expected an error "the token has expired" there',
    'The documentation of my gateway says "the token has expired" means renew',
    'I renamed "the issuer is invalid" in our messages',
    'Why do I get "signature is invalid" with my key?',
    "I see `jwt.audience` in my settings and get an error",
]


@pytest.mark.parametrize("text", NOT_GOT)
def test_what_a_person_quotes_without_having_got_it_is_not_heard(text):
    assert heard(attributed(text)).strip() == ""


SAYS_NOTHING = [
    'Only an entry ("Missing JWT") appears in the log if the call is sent without a token',
    "They are getting the following error on multiple jwt rules",
    "2031-01-05 10:11:12 INFO AccessLog - [AzSuccess] - yard - uid=Anonymous,o=Quay - NONE",
    'time="10:11" level=info outcome=success caller=anonymous path=/boats',
    "role with oidc role_type is not allowed",
]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_is_told_of_other_times_and_of_success_tells_no_cause(text):
    assert first(text)[0] in ("", "principal-not-provisioned-in-api")


STILL_TOLD = [
    ("The following error occurred: the token has expired", "token-expired"),
    ('uid=Anonymous refused: "the token has expired"', "token-expired"),
    ("Only tokens of this issuer are accepted: issuer is invalid", "issuer-spelling-mismatch"),
    ("outcome=failure: the role boats.read is missing", "role-insufficient"),
    ("[AuFail] the token has expired", "token-expired"),
]


@pytest.mark.parametrize(("text", "cause"), STILL_TOLD)
def test_what_resembles_it_and_tells_of_a_refusal_is_told(text, cause):
    assert first(text)[0] == cause


def test_of_an_expired_token_that_could_not_be_renewed_the_refusal_of_the_renewal_counts():
    text = "Failed to list boats: token expired and refresh failed\nToken refresh failed: the refresh token is invalid."
    assert first(text)[0] == "refresh-token-expired"
    assert first("Failed to list boats: token expired")[0] == "token-expired"


def test_what_a_message_hands_on_is_more_exact_than_the_message():
    head = "JWT signature verification failed: [src/quay.c:12: verify]: "
    assert first(f"{head}could not find key with kid: pw9td")[0] == "jwks-wrong-source"
    assert first(f"{head}could not verify signature against any of the (3) provided keys")[0] == "signature-invalid"
    assert first(f"{head}the yard is closed today")[0] == "signature-invalid"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("401 'exp' is too far in the future", "assertion-lifetime-invalid"),
        ("the exp claim is in the past", "token-expired"),
        ("401 the token has expired", "token-expired"),
    ],
)
def test_a_token_that_lasts_too_long_is_none_that_has_expired(text, cause):
    assert first(text)[0] == cause


@pytest.mark.parametrize("thing", ["redirect_uri", "scope", "audience"])
def test_unauthorized_before_a_thing_is_said_of_it_and_hands_nothing_on(thing):
    assert first(f"[WARN] auth.oidc: unauthorized {thing}: {thing}=https://quay.example/in")[0] != ""
    assert first("Unauthorized: the token has expired")[0] == "token-expired"


VERBS = ["when I try to curl my endpoint.", "with curl it works", "the curl command fails", "curl is not installed."]


@pytest.mark.parametrize("text", VERBS)
def test_curl_in_prose_is_no_command(text):
    assert find_command(text) is None


@pytest.mark.parametrize("text", ["curl quay.example/boats", "$ curl my.example", "curl -k it", "curl the.example/x"])
def test_curl_before_an_address_or_an_option_is_a_command(text):
    assert find_command(text) is not None


def judged(header):
    text = f'$ curl "https://quay.example/boats" -H "Authorization: {header}"\nUnauthorized'
    tree = inspect_text(text, expectation=Expectation(), keyset=None, now=NOW)
    found = next(item.diagnosis for item in tree.items if item.diagnosis is not None)
    return [(one.cause, str(one.confidence)) for one in found.causes]


def test_of_a_header_that_holds_no_token_to_read_the_token_was_not_judged():
    assert judged(f"Bearer={EXPIRED_LONG_AGO}")[0][0] == "bearer-scheme-malformed"
    assert judged(f"Bearer {EXPIRED_LONG_AGO}")[0] == ("token-expired", "likely")


def test_a_refusal_around_a_token_is_told_beside_it_also_where_it_is_about_the_audience():
    refused = "UnauthorizedError: jwt audience invalid. expected: quay"
    text = f"Bearer {EXPIRED_LONG_AGO}\nthe call came back with this\n{refused}"
    tree = inspect_text(text, expectation=Expectation(), keyset=None, now=NOW)
    found = [one.diagnosis for one in (tree, *tree.items) if one.diagnosis is not None]
    assert found
    assert "audience-other-api" in [one.cause for one in found[0].causes]


def test_a_sentence_in_brackets_is_no_name_of_a_logger():
    said = 'E0105 10:11:12.1 77 quay.go:63] "Unable to authenticate" err="[invalid bearer token, yard/jose: {why}]"'
    assert first(said.format(why="error in cryptographic primitive"))[0] == "signature-invalid"
    assert first("[quay.yard.Boats:12] [main] the token has expired")[0] == "token-expired"
    assert first("[no token: quay/yard.go] all is well")[0] == ""


def test_what_a_program_cannot_sign_for_want_of_a_token_is_no_header_of_a_call():
    assert first("Unable to sign without access token")[0] != "authorization-header-missing"
    assert first("Unable to read access token from the header")[0] == "authorization-header-missing"


def test_a_part_of_anything_is_no_part_of_a_token():
    assert first("it produces an exception at the 'Init' part:")[0] == ""
    assert first("Invalid JWS object: Missing part delimiters")[0] == "token-malformed"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("AADSTS90014: 'client_secret' or 'client_assertion' is required for this grant.", "client-credential-missing"),
        ("AADSTS90014: 'code_verifier' is required.", "pkce-mismatch"),
        ("AADSTS90014: 'scope' is required.", "request-parameter-missing"),
    ],
)
def test_a_parameter_that_is_named_before_it_is_said_to_be_required_decides(text, cause):
    assert first(text)[0] == cause


TOLD = [
    "When calling the harbour API with the token of the yard the issuer is invalid for every boat",
    "After logging in to the harbour with my phone and a passkey the token has expired at once",
    "Steps to reproduce the expired token on the quay",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_somebody_tells_of_what_he_did_is_his_own_sentence(text):
    assert heard(attributed(text)).strip() == ""


@pytest.mark.parametrize(
    "text", ["When validating token: the audience is invalid", "After parsing, the token has expired"]
)
def test_a_clause_of_a_program_that_begins_with_when_is_heard(text):
    assert heard(attributed(text)).strip() == text


@pytest.mark.parametrize(
    ("text", "cause"),
    [("OAuth client id is not valid", "client-id-wrong"), ("the id token is not valid for the yard", None)],
)
def test_an_id_that_is_not_valid_is_of_the_client_where_the_client_is_named(text, cause):
    assert (first(text)[0] == "client-id-wrong") == (cause is not None)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('{"error":"invalid_client","error_description":"Authorization header missing"}', "client-credential-missing"),
        (
            'introspection: {"error":"request_unauthorized","error_debug":"HTTP Authorization header missing"}',
            "client-credential-missing",
        ),
        ('{"error":"unauthorized","message":"Authorization header missing"}', "authorization-header-missing"),
        (
            '{"error":"invalid_request","error_description":"Authorization header missing"}',
            "authorization-header-missing",
        ),
        (
            '{"error":"invalid_token","error_description":"Missing Authorization header"}',
            "authorization-header-missing",
        ),
        ("401 Authorization header missing", "authorization-header-missing"),
    ],
)
def test_the_header_a_token_endpoint_misses_is_the_clients_own(text, cause):
    assert first(text)[0] == cause
