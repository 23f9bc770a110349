"""What a case is called, by which words it is found, and whose turn it is."""

import pytest

from console.core.cases.alike import alike_key
from console.core.cases.entries import TalkKind
from console.core.cases.state import WAITED_FOR, CaseState, waits_for
from console.core.cases.terms import MAX_ASKED, MAX_LENGTH, MAX_TERMS, asked_of, number_of, terms_of
from console.core.cases.title import one_line, status_of, title_of
from console.core.diagnosis import read_evidence
from console.core.owner import Owner

CALL = {"request": {"method": "GET", "url": "https://api.example/orders"}}
TOKEN = {"token_request": {"endpoint": "https://login.example/token"}}


@pytest.mark.parametrize(
    ("evidence", "cause", "title"),
    [
        ({**CALL, "response": {"status": 401}}, "audience-format-mismatch", "401 audience in another form"),
        ({**CALL, "response": {"status": 403}}, "token-for-graph", "403 token for Microsoft Graph"),
        (
            {**CALL, "response": {"failure": "tls"}},
            "tls-untrusted-certificate",
            "No answer: TLS certificate not trusted",
        ),
        ({**CALL, "response": {"status": 500}}, "", "500, cause not known yet"),
        ({**CALL, "response": {"status": 401}}, "of-another-catalogue", "401, cause not known yet"),
        ({**CALL, "response": {"status": 204}}, "", "Answered with 204"),
        ({**TOKEN, "http_status": 401}, "client-secret-expired", "No token: client secret expired"),
        ({**TOKEN, "http_status": 401}, "pkce-mismatch", "No token: PKCE values do not fit"),
        ({**TOKEN, "http_status": 200}, "", "Answered with 200"),
        ({"token_error": {"error": "invalid_client"}}, "client-id-wrong", "No token: client id not known"),
        ({"pasted": "a text"}, "", "Cause not known yet"),
        ({"token_claims": {"exp": 1}}, "token-expired", "Token expired"),
        ({}, "", "Cause not known yet"),
    ],
)
def test_a_case_is_called_after_how_it_was_answered_and_why(evidence, cause, title):
    assert title_of(read_evidence(evidence), cause) == title


def test_the_status_is_the_calls_and_else_the_token_endpoints():
    assert status_of(read_evidence({**CALL, "response": {"status": 403}, "http_status": 200})) == 403
    assert status_of(read_evidence({**TOKEN, "http_status": 400})) == 400
    assert status_of(read_evidence({**CALL, "response": {"failure": "dns"}})) is None


def test_the_subject_of_a_mail_is_one_line_of_bounded_length():
    assert one_line("A\r\nBcc: x\x00\ud800\u2028b") == "A  Bcc: x   b"
    assert len(one_line("x" * 10_000)) == 120


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("401 audience in another form", ("401", "audience", "in", "another", "form")),
        ("Mira.Holm@Brightwater.example", ("mira", "holm", "brightwater", "example", "mira.holm@brightwater.example")),
        ("6f0c2d1e-93aa", ("6f0c2d1e", "93aa", "6f0c2d1e-93aa")),
        ("(Bücher), STRASSE straße", ("bücher", "strasse")),
        ("#12", ("12",)),
        ("\x00a\x00b \ud800 --- ", ("a", "b", "ab")),
        ("", ()),
    ],
)
def test_a_case_is_found_by_each_word_and_by_what_stands_together(text, terms):
    assert terms_of([text]) == terms


def test_terms_are_bounded_however_long_the_texts_are():
    many = terms_of([" ".join(f"w{number}" for number in range(10_000)), "x" * 10_000])
    assert len(many) == MAX_TERMS
    assert max(map(len, terms_of(["x" * 10_000, "a-" * 5_000]))) == MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Audience ORDERS", ("audience", "orders")),
        (" #12, ", ("12",)),
        ("6F0C2D1E-93AA", ("6f0c2d1e-93aa",)),
        ("... -- !", ()),
        (" ".join("abcdefghij"), tuple("abcdef")),
    ],
)
def test_a_search_asks_for_its_words(text, asked):
    assert asked_of(text) == asked
    assert len(asked) <= MAX_ASKED


@pytest.mark.parametrize(
    ("text", "number"),
    [("#12", 12), (" 12 ", 12), ("12a", None), ("", None), ("#", None), ("1" * 10, None), ("²", None), ("-1", None)],
)
def test_a_number_is_read_of_digits_alone(text, number):
    assert number_of(text) == number


def test_cases_are_alike_with_the_same_cause_at_the_same_api():
    one = alike_key("token-expired", api_id="id", api_name="Orders")
    assert one == alike_key("token-expired", api_id="id", api_name="Orders of then")
    assert one != alike_key("token-expired", api_id="other", api_name="Orders")
    assert one != alike_key("clock-skew", api_id="id", api_name="Orders")
    assert alike_key("token-expired", api_id=None, api_name=" ORDERS") == alike_key(
        "token-expired", api_id=None, api_name="orders"
    )
    assert len(alike_key("c" * 500, api_id="i" * 500, api_name="")) <= 130
    for cause, api in ((None, "id"), ("", "id"), ("token-expired", None)):
        assert alike_key(cause, api_id=api, api_name="") == ""


def test_each_state_has_words_and_is_read_back():
    assert [CaseState.read(one.value) for one in CaseState] == list(CaseState)
    assert CaseState.read("no state") is None
    assert [one for one in CaseState if not one.is_open] == [CaseState.SOLVED, CaseState.CLOSED]
    assert {one: one.words for one in CaseState} == {
        CaseState.NEW: "new",
        CaseState.FOR_SUPPORT: "waiting for support",
        CaseState.FOR_API_OWNER: "waiting for API owner",
        CaseState.FOR_INTEGRATOR: "waiting for integrator",
        CaseState.FOR_TENANT_ADMIN: "waiting for administrator at the provider",
        CaseState.SOLVED: "solved",
        CaseState.CLOSED: "closed",
    }


def test_who_must_act_is_who_is_waited_for_where_a_case_can_wait_for_them():
    assert waits_for(None) is CaseState.FOR_SUPPORT
    assert {owner: waits_for(owner) for owner in Owner if waits_for(owner) is not CaseState.FOR_SUPPORT} == {
        Owner.API_OWNER: CaseState.FOR_API_OWNER,
        Owner.TENANT_ADMIN: CaseState.FOR_TENANT_ADMIN,
        Owner.INTEGRATOR: CaseState.FOR_INTEGRATOR,
        Owner.END_USER: CaseState.FOR_INTEGRATOR,
    }
    assert all(waits_for(owner) in WAITED_FOR for owner in Owner)


def test_an_entry_of_another_version_is_shown_as_what_was_said():
    assert TalkKind.read("from the future") is TalkKind.COMMENT
