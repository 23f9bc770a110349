"""A token in one line, and what is known of it before it is sent."""

import pytest

from console.core.finding import Finding, Status
from console.web.present.composer import verdict_beside
from console.web.present.token_line import token_chips, token_note


def finding(check, status, actual=None):
    return Finding(status, "what", check=check, actual=actual)


def test_what_fails_is_named_and_what_passed_is_not_beside_it():
    found = [finding("signature", Status.PASS), finding("audience", Status.FAIL), finding("roles", Status.WARNING)]
    assert token_chips(found) == [{"text": "audience", "tone": "fail"}, {"text": "roles", "tone": "warning"}]


def test_a_good_token_names_its_roles():
    found = [finding("signature", Status.PASS), finding("roles", Status.PASS, ["Orders.Read"])]
    assert [chip["text"] for chip in token_chips(found)] == ["signature", "Orders.Read"]


def test_before_send_it_is_said_what_the_api_will_refuse():
    assert token_note((), has_token=False)["text"] == "none yet: one is fetched on the way"
    assert token_note([finding("token_version", Status.FAIL)], has_token=True) == {
        "text": "token version will be refused",
        "tone": "fail",
    }
    assert token_note([finding("audience", Status.PASS)], has_token=True)["tone"] == "pass"
    assert token_note([finding("audience", Status.UNKNOWN)], has_token=True) == {"text": "stored", "tone": ""}


@pytest.mark.parametrize(
    ("left_s", "text"),
    [
        (20, "expires in 20 s"),
        (60, "expires in 60 s"),
        (61, "would be accepted"),
        (0, "has expired"),
        (None, "would be accepted"),
    ],
)
def test_that_a_token_ends_soon_is_said_before_it_is_sent(left_s, text):
    good = [finding("audience", Status.PASS)]
    assert token_note(good, has_token=True, left_s=left_s)["text"] == text
    assert token_note([finding("audience", Status.FAIL)], has_token=True, left_s=1)["tone"] == "fail"


def test_a_good_token_is_not_all_is_well_while_the_key_is_missing():
    good = {"status": "pass", "title": "Orders would accept this token", "text": ""}
    missing = {"text": "none", "tone": "fail", "url": "#id_subscription_key"}
    told = verdict_beside(good, missing)
    assert told["status"] == "warning"
    assert told["actions"][0]["url"] == "#id_subscription_key"
    assert verdict_beside(good, {"text": "stored", "tone": "pass"})["title"] == good["title"]
