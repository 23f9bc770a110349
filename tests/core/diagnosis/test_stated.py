"""Of a text with many lines: what states the failure, and what was in order, came before or is only listed."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.code_words import reason_of_codes, words_of_codes
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.stated import graver, stated
from console.core.diagnosis.stated.gravity import Gravity, gravity_of
from tests.core.diagnosis.test_messages import FAMILIES, ROWS, printed


def first(text):
    found = explain(read_evidence(text)).primary
    return (found.cause, str(found.confidence)) if found else ("", "")


def left(text):
    """What is left of it, its blanks as one."""
    return " ".join(stated(text).split())


LEVELS = [
    ("2031-01-05 10:11:12.123 ERROR 7 --- [main] a.b.C : no", Gravity.FAILED),
    ("[10:11:12 ERR] no", Gravity.FAILED),
    ('{"time":"10:11","level":"error","msg":"no"}', Gravity.FAILED),
    ("time=10:11 level=fatal msg=no", Gravity.FAILED),
    ("E0105 10:11:12.000001 1 auth.go:7] no", Gravity.FAILED),
    ("fail: Quay.Boats[1]", Gravity.FAILED),
    ("2031-01-05 [warn] 7#7: *1 no", Gravity.WARNED),
    ("Warning: the flag is old", Gravity.WARNED),
    ("W0105 10:11:12.000001 1 auth.go:7] no", Gravity.WARNED),
    ("info: Quay.Boats[1]", Gravity.NOTED),
    ("[2031-01-05 10:11:12.000][31][debug][jwt] yes", Gravity.NOTED),
    ("10:11:12 [Information] yes", Gravity.NOTED),
    ("type=LOGIN_ERROR, realm=quay", None),
    ("java.lang.Error: no", None),
    ("the log has an error in it", None),
    ("/var/log/ERROR/boats.log", None),
]


@pytest.mark.parametrize(("line", "gravity"), LEVELS)
def test_a_line_is_as_grave_as_its_program_calls_it(line, gravity):
    assert gravity_of(line) is gravity


def test_a_log_is_asked_by_its_gravest_lines_first_and_each_reading_is_as_long():
    text = "INFO one\nWARN two\nERROR three\n\tat a.b.C(C.java:1)\nfour\nINFO five"
    readings = graver(text)
    assert [" ".join(one.split()) for one in readings] == [
        "ERROR three at a.b.C(C.java:1) four",
        "WARN two ERROR three at a.b.C(C.java:1) four",
        " ".join(text.split()),
    ]
    assert {len(one) for one in readings} == {len(text)}


def test_a_text_without_levels_or_with_one_is_asked_once():
    assert graver("one\ntwo") == ("one\ntwo",)
    assert graver("INFO one\nINFO two") == ("INFO one\nINFO two",)


GRAVEST = [
    (
        "WARN audience list is invalid, using the client id\nERROR jwt: the token has expired",
        "token-expired",
    ),
    (
        "10:11:12 [Warning] the token has expired\n10:11:12 [Error] the issuer https://quay.example is invalid",
        "issuer-spelling-mismatch",
    ),
    (  # an error that only tells how it went on gives way to what was noted of why
        "INFO jwt: the token has expired\nERROR 401 no bearer token accepted: full authentication is required",
        "token-expired",
    ),
    ("INFO jwt: the token has expired\nINFO sent 401", "token-expired"),
    ("INFO jwt: the token has expired\nERROR request ended with 401", "token-expired"),
]


@pytest.mark.parametrize(("text", "cause"), GRAVEST)
def test_what_failed_counts_before_what_was_warned_of_or_noted(text, cause):
    assert first(text)[0] == cause


OVERCOME = [
    "try 1: the token has expired\ntry 2: 200 OK",
    "attempt 1 of 2: connection refused\nattempt 2 of 2 succeeded",
    "POST /token -> 503 Service Unavailable\nPOST /token -> 200 OK",
    "10:02 GET /boats 401 the token has expired\n10:05 renewing\n10:06 POST /token 200 OK\n10:07 GET /boats 200 OK",
    "WARN the token has expired, trying refresh\nINFO refresh succeeded\nINFO GET /boats -> 200 OK",
    "DEBUG token of bob expired 5 minutes ago, evicted from cache\nINFO new token came, 7 boats",
]


@pytest.mark.parametrize("text", OVERCOME)
def test_what_was_overcome_in_the_end_is_no_failure(text):
    assert first(text)[0] == ""


NOT_OVERCOME = [
    (  # a token that was got anew says nothing of the call that was refused
        "10:02 GET /boats 401 invalid audience\n10:05 refreshing token\n10:06 POST /connect/token 200 OK",
        "audience-other-api",
    ),
    ("ERROR yard a: JWT signature invalid\nINFO yard b: retrying\nINFO yard b: GET /x 200 OK", "signature-invalid"),
    ("try 1: 503 Service Unavailable\ntry 2: the token has expired", "token-expired"),
    ("[1/2] Running yard A: the token has expired\n[2/2] Running yard B: 200 OK", "token-expired"),
    ("GET /harbour -> 200 OK\nPOST /boats: the token has expired", "token-expired"),
    ("POST /boats: the token has expired\nGET /health 200 OK", "token-expired"),
    ("the token has expired, renewing\nrefresh token is expired", "refresh-token-expired"),
    ("INFO token acquired\nINFO GET /boats 200\nERROR the token has expired", "token-expired"),
]


@pytest.mark.parametrize(("text", "cause"), NOT_OVERCOME)
def test_the_last_attempt_and_what_nobody_tried_again_stay(text, cause):
    assert first(text)[0] == cause


WELL = [
    ("issuer ok, signature ok, audience [quay] not known", ", , audience [quay] not known"),
    ("iss=ok aud=fail exp=valid", "aud=fail"),
    ("[ok] issuer\n[FAIL] audience\n✓ expiry", "[FAIL] audience"),
    ("issuer ....... PASS\naudience ....... FAILED", "audience ....... FAILED"),
    ("the issuer is unknown (token not expired, audience was not checked)", "the issuer is unknown ( ,"),
]


@pytest.mark.parametrize(("text", "rest"), WELL)
def test_what_is_found_in_order_or_was_not_looked_at_is_left_out(text, rest):
    assert left(text).startswith(rest)


STAYS = [
    "the audience is not valid, retry",
    "issuer unknown, signature could not be verified",
    "the audience must match, and did not",
    "HTTP/1.1 200 OK, sent",
    "The ID token works fine.",
    "no audience was accepted, no issuer trusted",
    "the token has expired or is not valid",
]


@pytest.mark.parametrize("text", STAYS)
def test_what_only_sounds_so_stays(text):
    assert stated(text) == text


PARTS = [
    ('level=warn msg="issuer ok, audience ok, exp is in the past"', "token-expired"),
    ("issuer 'https://quay.example' is invalid (audience 'boats' ok, not expired)", "issuer-spelling-mismatch"),
    ("audience ......... FAILED (got boats, want yards)", "audience-other-api"),
    ("Invalid token: token_use is 'id' but expected 'access'", "id-token-used"),
    ("missing or malformed jwt: Authorization header not found", "authorization-header-missing"),
    ("reason: no token found in request (looked in header, cookie, query)", "authorization-header-missing"),
    ("ERROR a.b.C - java.net.UnknownHostException: id.quay.example", "connection-blocked"),
    ("ERROR AttributeError: 'NoneType' object has no attribute 'audience'", "api-error"),
    ("WARN OAuth2Filter : Client authentication failed: client_secret", "client-secret-invalid"),
    (
        "Unable to resolve the Configuration with the provided Issuer\nCaused by: I/O error on GET request for "
        '"https://quay.example/.well-known/openid-configuration": Connection refused',
        "metadata-unreachable",
    ),
    ("Access denied for user bob: missing required role boats.write", "role-insufficient"),
    ('ERROR org.quay.PSQLException: column "audience" of relation "boats" does not exist', "api-error"),
    ("ERROR java.lang.NullPointerException: Cannot invoke Claims.audience", "api-error"),
    ("INFO certificate of quay loaded, expires 2031-02-03\nINFO no such host: id.quay.example", "connection-blocked"),
    (
        "Caused by: org.quay.TokenExpiredException: wrapped\nCaused by: a.b.SignatureException: signature is invalid",
        "signature-invalid",
    ),
]


@pytest.mark.parametrize(("text", "cause"), PARTS)
def test_of_a_line_the_part_that_fails_tells(text, cause):
    assert first(text)[0] == cause


MENDED = [
    "Last week it failed with AADSTS700016, that was solved.",
    "AADSTS50105 (fixed)",
    "Ticket 7 (AADSTS50105, not assigned) is closed.",
    "not AADSTS7000215: the secret is right",
    "AADSTS7000215 did not come again",
    'Changelog\n- the message "the token has expired" tells the time\n- an audience that is invalid is refused',
    '"the token has expired" means that exp has passed',
]


@pytest.mark.parametrize("text", MENDED)
def test_what_was_mended_is_denied_changed_or_explained_is_no_failure(text):
    assert first(text)[0] == ""


NOT_MENDED = [
    (
        "401 Unauthorized: the token signature is not valid, the key has been replaced",  # which may be why
        "signature-invalid",
    ),
    (
        "We replaced the secret but still: AADSTS7000222: The provided client secret keys are expired",
        "client-secret-expired",
    ),
    ("The remote name could not be resolved: 'id.quay.example'", "connection-blocked"),
    ("The issuer was wrong, we fixed it. Now: the token has expired", "token-expired"),
    ("AADSTS50011: The redirect URI does not match. Related: AADSTS700016, AADSTS90002", "redirect-uri-mismatch"),
    ("Changelog\n- quay\n\nERROR the token has expired", "token-expired"),
]


@pytest.mark.parametrize(("text", "cause"), NOT_MENDED)
def test_what_is_so_now_stays(text, cause):
    assert first(text)[0] == cause


CHAIN = "- EnvironmentCredential authentication unavailable. Environment variables are not fully configured.\n"


def test_of_credentials_that_are_tried_in_turn_the_one_that_was_refused_counts():
    refused = "- ManagedIdentityCredential authentication failed: Identity not found"
    assert first(f"{CHAIN}{refused}")[0] == "managed-identity-not-assigned"
    assert first(CHAIN)[0] == "client-credential-missing"


REASON = "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key {0}.]"
BESIDE = "INFO the expired certificate was removed\nINFO session expired\n"


def test_a_number_means_what_its_own_words_say_and_not_the_lines_beside_it():
    assert first(BESIDE + REASON.format("was not found"))[0] == "certificate-not-registered"
    assert first(BESIDE + REASON.format("used is expired"))[0] == "certificate-or-key-expired"
    assert first(REASON.format("was not found, or the certificate may have expired"))[0] == "certificate-not-registered"
    umbrella = "AADSTS70002: Error validating credentials. AADSTS50012: Invalid client secret is provided."
    assert first(f"{BESIDE}{umbrella}") == ("client-secret-invalid", "likely")


def test_words_of_numbers_are_their_lines_and_those_that_go_on():
    text = "one\nAADSTS1234: two\nTrace ID: three\nfour"
    assert words_of_codes(text) == "AADSTS1234: two\nTrace ID: three"
    assert words_of_codes("no number") == reason_of_codes("no number") == "no number"
    assert reason_of_codes("AADSTS1234: a [Reason - b] c") == "b"


def test_a_text_that_tells_of_two_refusals_of_one_gateway_makes_neither_certain():
    missing = '{"statusCode":401,"message":"Access denied due to missing subscription key."}'
    invalid = '{"statusCode":401,"message":"Access denied due to invalid subscription key."}'
    assert first(missing) == ("subscription-key-missing", "certain")
    assert first(f"without:\n{missing}\nwith:\n{invalid}")[1] != "certain"


def test_the_message_of_a_library_below_a_request_is_none_of_its_headers():
    text = "GET https://quay.example/boats\nIDX10214: Audience validation failed."
    assert first(text)[0] != "authorization-header-missing"


EVENT = "type=REFRESH_TOKEN_ERROR, realmId=quay, clientId=boats, userId=null, ipAddress=10.0.0.1, error=invalid_token"


def test_the_reason_that_an_event_names_is_more_exact_than_the_event():
    assert first(EVENT)[0] == "refresh-token-expired"
    assert first(f"{EVENT}, reason='Invalid token issuer'")[0] == "issuer-spelling-mismatch"


CERTAIN = "AADSTS7000222: The provided client secret keys for app 'x' are expired."
BESIDE_AN_ERROR = [
    f"DEBUG told: {CERTAIN}\nERROR Jwt is expired",
    f"ERROR Jwt is expired\nINFO counter of {CERTAIN} is 0",
    f'The documentation has "{CERTAIN}" as an example.\nERROR Jwt is expired',
    f"Last week it was {CERTAIN} That was fixed. Now: Jwt is expired",
    f"attempt 1: {CERTAIN}\nattempt 2: Jwt is expired",
]


@pytest.mark.parametrize("text", BESIDE_AN_ERROR)
def test_what_would_be_certain_alone_gives_way_to_the_error_beside_it(text):
    assert first(CERTAIN) == ("client-secret-expired", "certain")
    assert first(text)[0] == "token-expired"


def test_an_error_that_was_only_noted_counts_where_no_graver_line_tells_why():
    assert first(f"INFO {CERTAIN}\nERROR the call failed")[0] == "client-secret-expired"


def test_a_known_message_of_another_failure_keeps_a_number_from_being_certain():
    assert first(f"{CERTAIN}\nJwt is expired")[1] != "certain"


HEADS = ["ERROR ", "2031-01-05 10:11:12.123 ERROR ", "[10:11:12] [WARN] ", "2031-01-05 INFO  a.b.Yard - ", "ERROR: "]


@pytest.mark.parametrize("head", HEADS)
def test_a_message_that_must_stand_alone_stands_alone_behind_the_head_of_a_log(head):
    assert first(f"{head}Signature has expired")[0] == first("Signature has expired")[0] == "token-expired"
    assert first(f"{head}the Grant is used before long")[0] == ""


@pytest.mark.parametrize("family", [family.name for family in FAMILIES])
def test_no_known_message_is_taken_for_something_in_order_or_mended(family):
    for name, message in ROWS:
        if name == family:
            assert stated(printed(message)) == printed(message)
