"""The diagnosis as a whole: who answered, the order of causes, success, and evidence of any brokenness."""

from dataclasses import replace
from itertools import product

import pytest

from console.core.diagnosis import CATALOGUE_VERSION, CAUSES, explain, explain_code, read_evidence
from console.core.diagnosis.codes import CODES, find_codes, most_specific
from console.core.diagnosis.codes.phrase_table import TABLE
from console.core.diagnosis.reading import read
from console.core.diagnosis.terms import Confidence, Stage
from console.core.diagnosis.ticket import ticket_text
from console.core.owner import Owner
from console.core.tokens.times import utc
from tests.core.diagnosis.evidence import (
    ENDPOINT,
    KEY_CHALLENGE,
    NOW,
    REQUEST,
    claims,
    of_call,
    of_failure,
    of_token_request,
    policy,
)
from tests.tables import failures

SLUGS = {cause.slug for cause in CAUSES}
HTML = "<html><h1>403 Forbidden</h1></html>"
GARBAGE = [None, True, 0, -1, 1.5, "", " ", "x", "now", [], [[]], {}, {"a": []}, "\x00", 10**40, [None], "{", "eyJ"]
MEMBERS = (
    "token_header",
    "token_claims",
    "signature",
    "policy_xml",
    "policy",
    "expectations",
    "request",
    "response",
    "token_request",
    "token_error",
    "http_status",
    "profile",
    "pasted",
    "now",
)
INSIDE = {
    "token_claims": (
        "aud",
        "iss",
        "exp",
        "nbf",
        "iat",
        "roles",
        "scp",
        "azp",
        "appidacr",
        "_claim_names",
        "hasgroups",
        "tfp",
    ),
    "token_header": ("alg", "kid", "nonce", "enc", "x5t"),
    "token_error": ("error", "error_description", "error_codes", "kind"),
    "profile": (
        "observations",
        "client_secret_shape",
        "signing_key",
        "hops",
        "federated_credential",
        "token_defects",
        "token_kind",
        "credential",
        "metadata",
        "delegation",
        "registered_redirect_uris",
        "api_app_roles",
        "required_claims",
        "role_claim",
        "not_after",
        "BackendResponseCode",
        "also",
    ),
    "response": ("status", "headers", "body", "failure", "rule", "elapsed_ms"),
    "request": ("method", "url", "headers"),
    "expectations": ("audiences", "issuers", "roles", "tenant", "leeway_s", "metadata", "signing"),
}


@pytest.mark.parametrize(
    ("evidence", "answered_by", "how"),
    [
        (of_failure("dns", detail="No such name."), "nobody", "No complete answer came. No such name."),
        (of_failure("blocked_address"), "console", "This console did not send the request."),
        (of_failure("busy"), "console", "This console did not send the request."),
        (
            of_token_request(7000215),
            "identity_provider",
            f"It is the answer of the token endpoint of {ENDPOINT}.",
        ),
        (
            of_call(body="", headers=KEY_CHALLENGE),
            "gateway",
            "The challenge AzureApiManagementKey is written by the gateway only.",
        ),
        (of_call(), "gateway", "The body has the gateway's own shape (statusCode, message)."),
        (
            of_call(403, HTML, headers={"Via": "1.1 proxy"}),
            "proxy",
            "The answer is an HTML error page, which neither gateway nor API writes. It passed through 1.1 proxy.",
        ),
        (
            of_call(body="", headers={"WWW-Authenticate": "Bearer"}),
            "backend",
            "The Bearer challenge is written by an API, not by the gateway itself.",
        ),
        (of_call(body={"error": "x"}), "backend", "The answer has none of the gateway's marks."),
        (
            of_call(body="", profile={"BackendResponseCode": 0}),
            "gateway",
            "The gateway's log has no BackendResponseCode: the call never reached the backend.",
        ),
        (
            of_call(body="", profile={"BackendResponseCode": 401}),
            "backend",
            "The gateway's log says that the backend answered 401.",
        ),
        (of_call(body=""), "unknown", "Nothing tells who answered."),
    ],
)
def test_who_answered_is_said_with_how_it_is_known(evidence, answered_by, how):
    diagnosis = explain(read_evidence(evidence))
    assert (diagnosis.answered_by, diagnosis.how_known) == (answered_by, how)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_successful_attempt_has_no_cause_and_misses_nothing(status):
    diagnosis = explain(read_evidence(of_call(status, {"items": []})))
    assert (diagnosis.causes, diagnosis.missing) == ((), ())


def test_a_token_request_that_gave_a_good_token_has_no_cause():
    evidence = of_call(token=claims())
    del evidence["request"], evidence["response"]
    evidence["token_request"] = {"endpoint": ENDPOINT, "params": {"grant_type": "client_credentials"}}
    assert explain(read_evidence(evidence)).causes == ()


def test_a_success_has_no_cause_whatever_is_odd_about_the_token():
    diagnosis = explain(read_evidence(of_call(200, {}, token=claims(exp=NOW - 1))))
    assert (diagnosis.causes, diagnosis.missing) == ((), ())


def test_causes_are_ranked_by_stage_and_the_second_fault_is_not_hidden():
    evidence = of_call(token=claims(aud="api://other", roles=["Other"]), signature="invalid")
    assert [cause.cause for cause in explain(read_evidence(evidence)).causes] == [
        "audience-other-api",
        "signature-invalid",
        "role-insufficient",
    ]


@pytest.mark.parametrize(
    ("status", "body", "first"),
    [
        (
            401,
            {"statusCode": 401, "message": "Access denied due to invalid subscription key."},
            "subscription-key-invalid",
        ),
        (404, {"statusCode": 404, "message": "Resource not found"}, "path-or-method-unknown"),
        (429, {"statusCode": 429, "message": "Rate limit is exceeded."}, "rate-or-quota-exceeded"),
        (500, {"error": "database"}, "api-error"),
    ],
)
def test_a_fault_of_the_token_comes_second_when_the_answer_cannot_come_from_it(status, body, first):
    causes = explain(read_evidence(of_call(status, body, token=claims(exp=NOW - 1)))).causes
    assert causes[0].cause == first
    assert ("token-expired", "possible") in [(cause.cause, cause.confidence) for cause in causes]


def test_a_member_of_any_type_never_makes_a_cause_crash():
    def answers(member, value):
        _every_cause_answers({**of_call(), **of_token_request(7000215), member: value})
        _every_cause_answers({**of_call(policy_xml=policy("")), member: value})

    assert failures(answers, product(MEMBERS, GARBAGE)) == []


def test_a_value_of_any_type_inside_a_member_never_makes_a_cause_crash():
    def answers(member, name, value):
        for evidence in (of_call(), of_call(403, policy_xml=policy("")), of_token_request(700027, "x")):
            inside = evidence.get(member) if isinstance(evidence.get(member), dict) else {}
            _every_cause_answers({**evidence, member: {**inside, name: value}})

    inside = [(member, name, value) for member, names in INSIDE.items() for name in names for value in GARBAGE]
    assert failures(answers, inside) == []


def _every_cause_answers(evidence):
    reading = read(read_evidence(evidence))
    for cause in CAUSES:
        cause.match(reading)


@pytest.mark.parametrize("value", [None, 1, [], "", "\x00" * 10, "x" * 300_000, {"response": {"body": "<" * 5000}}])
def test_explain_takes_anything_for_evidence(value):
    assert explain(read_evidence(value)).catalogue_version == CATALOGUE_VERSION


def test_evidence_that_is_nested_without_end_is_read_down_to_a_sane_depth():
    deep = []
    for _ in range(900):
        deep = [{"a": deep}]
    for member in ("profile", "token_error", "token_claims"):
        assert explain(read_evidence({**of_call(), member: {"a": deep}})).catalogue_version
    assert explain(read_evidence(of_call(body=deep))).catalogue_version


def test_a_crash_in_one_cause_does_not_hide_the_others():
    def broken(_reading):
        raise ValueError("inside")

    crashing = replace(CAUSES[0], match=broken)
    diagnosis = explain(read_evidence(of_call(token=claims(exp=NOW - 1))), (crashing, *CAUSES[1:]))
    assert diagnosis.primary.cause == "token-expired"


def test_no_message_shows_a_token_or_a_secret():
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    evidence = of_call(body={"detail": f"jwt malformed: {token}"}, token=False, expectations=None)
    secret = of_token_request(7000215, "Invalid client secret provided.", params={"client_secret": "abc ~geheim"})
    for one in (evidence, secret):
        diagnosis = explain(read_evidence(one))
        assert diagnosis.causes
        assert token not in repr(diagnosis) and "geheim" not in repr(diagnosis)


def test_causes_stand_in_the_order_of_the_stages_and_speak_in_sentences():
    assert [cause.stage for cause in CAUSES] == sorted((cause.stage for cause in CAUSES), key=list(Stage).index)
    for cause in CAUSES:
        assert cause.title and cause.what.endswith(".") and cause.do.endswith(".") and isinstance(cause.who, Owner)


def test_tables_name_only_causes_of_the_catalogue():
    assert {row.cause for row in CODES} - {None} <= SLUGS
    assert {phrase.cause for phrase in TABLE} <= SLUGS


def test_each_code_stands_once_and_says_what_it_means_and_what_to_do():
    assert len({row.code for row in CODES}) == len(CODES) > 220
    assert all(row.meaning.endswith(".") and row.do.endswith(".") for row in CODES)


@pytest.mark.parametrize(
    ("code", "cause", "retry"),
    [(7000215, "client-secret-invalid", "no"), (90033, "identity-provider-unavailable", "wait"), (70016, None, "poll")],
)
def test_a_code_is_explained(code, cause, retry):
    row = explain_code(code)
    assert (row.code, row.cause, row.retry) == (code, cause, retry)


@pytest.mark.parametrize("code", [0, 54009, 7000, 70002159])
def test_a_code_outside_the_table_is_unknown_even_when_its_beginning_is_not(code):
    assert explain_code(code) is None


@pytest.mark.parametrize(
    ("text", "numbers", "codes", "telling"),
    [
        ("AADSTS70002: x AADSTS54005: y", [70002, 54005], (70002, 54005), 54005),
        ("AADSTS50012: x", [70002, 50012], (70002, 50012), 50012),
        ("AADSTS501051: x", None, (501051,), 501051),
        ("nothing", "7", (), None),
        ("AADSTS1: too short", [True, 1.5, "50011", 50011], (50011,), 50011),
    ],
)
def test_codes_are_read_from_text_and_list(text, numbers, codes, telling):
    assert find_codes(text, numbers) == codes
    assert most_specific(codes) == telling


def test_an_unknown_code_is_no_cause_but_shows_in_the_ticket():
    evidence = read_evidence(of_token_request(54009, "Something new."))
    diagnosis = explain(evidence)
    assert not [cause for cause in diagnosis.causes if cause.confidence is not Confidence.POSSIBLE]
    assert "AADSTS54009: not in the table of this console" in ticket_text(evidence, diagnosis)


def test_the_ticket_says_what_why_what_to_do_and_whom_and_quotes_the_ids():
    evidence = read_evidence(of_token_request(7000222, "The provided client secret keys are expired."))
    assert ticket_text(evidence, explain(evidence)) == (
        f"Token request: POST {ENDPOINT} was answered 401.\n"
        f"Answered by: the identity provider. It is the answer of the token endpoint of {ENDPOINT}.\n"
        "\n"
        "What: The identity provider answered 401 because the client secret is past its end date.\n"
        "Why: The identity provider answered AADSTS7000222: The client secret is past its end date.\n"
        "To do: Create a new client secret, enter it here, and set a reminder before it ends.\n"
        "Who: the integrator, who owns the client registration.\n"
        "Cause: client-secret-expired (certain).\n"
        "\n"
        "To quote:\n"
        "  trace_id: t-1\n"
        "  correlation_id: c-1\n"
        "  AADSTS7000222: The client secret is past its end date.\n"
        f"  time: {utc(NOW)} ({NOW})\n"
    )


def test_the_ticket_of_an_open_attempt_says_what_is_still_needed():
    evidence = read_evidence({"request": REQUEST})
    text = ticket_text(evidence, explain(evidence))
    assert "No cause could be named.\nStill needed: the answer of the API, with its headers. curl -i shows it." in text


def test_the_ticket_of_a_call_that_went_well_does_not_look_for_a_cause():
    evidence = read_evidence({"request": REQUEST, "response": {"status": 202, "headers": {}, "body": ""}})
    text = ticket_text(evidence, explain(evidence))
    assert "Nothing was refused." in text
    assert "cause" not in text


def test_the_ticket_tells_what_follows_from_the_first_cause_apart_from_faults_of_their_own():
    evidence = read_evidence(of_call(token=claims(aud="api://other", roles=["Other"], exp=NOW - 1)))
    text = ticket_text(evidence, explain(evidence))
    assert "Also to be looked at: token-expired (likely).\nFollows from it: role-insufficient (likely).\n" in text
