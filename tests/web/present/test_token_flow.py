"""Which picture a token request of the history gets: that of the grant that was used."""

from console.core.evidence import Evidence
from console.store.attempts import AttemptRecord
from console.web.present.token_flow import attempt_flow
from tests.core.flows.test_picture import exchange


def record(grant, *exchanges):
    return AttemptRecord(
        id="a", kind="token", profile_id=None, api_id=None, title="Token for Orders portal", created_at=1,
        evidence=Evidence(profile={"grant": grant, "provider": "entra"}), exchanges=exchanges, status=200,
        primary_cause="", catalogue_version="1",
    )  # fmt: skip


def titles(flow):
    return [step["title"] for step in flow["steps"]]


def test_a_refresh_of_a_sign_in_is_drawn_as_a_refresh():
    sent = exchange({"grant_type": "refresh_token", "refresh_token": "***"})
    flow = attempt_flow(record("authorization_code", sent))
    assert titles(flow) == ["Orders portal hands in the refresh token", "The provider answers"]


def test_a_code_that_was_redeemed_is_drawn_from_the_beginning():
    flow = attempt_flow(record("authorization_code", exchange({"grant_type": "authorization_code", "code": "***"})))
    assert titles(flow)[0] == "The console prepares the link"
    assert flow["summary"] == "6 of 6"


def test_two_grants_of_one_type_are_told_apart_by_the_profile():
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "<token>"}
    assert "called with" in titles(attempt_flow(record("on_behalf_of", exchange(form))))[0]
    assert "that it signed" in titles(attempt_flow(record("jwt_bearer", exchange(form))))[0]


def test_how_the_token_was_got_that_is_passed_on_is_no_part_of_the_picture():
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "<token>"}
    flow = attempt_flow(record("on_behalf_of", exchange(), exchange(form)))
    assert (len(flow["steps"]), flow["summary"]) == (2, "2 of 2")


def test_a_pushed_request_alone_leaves_the_rest_open():
    flow = attempt_flow(record("authorization_code", exchange({"response_type": "code"}, status=201)))
    assert flow["summary"] == "2 of 8 done, step 3 is next"


def test_a_grant_that_is_not_known_any_more_and_an_attempt_without_requests_have_none():
    assert attempt_flow(record("gone", exchange({"grant_type": "urn:gone"}))) is None
    assert attempt_flow(record("client_credentials")) is None
