"""At which step profiles stop: one row of what is known, one step; and how many stop at each."""

from dataclasses import replace

import pytest

from console.core.checklist.checklist import TITLES
from console.core.checklist.stalls import ProfileProgress, stalls, stops_at

FRESH = ProfileProgress("1", "Orders", has_api=True, has_client=True, has_credential=True, has_token=False, has_answer=False)  # fmt: skip  # noqa: E501
GOT = replace(FRESH, has_token=True)


@pytest.mark.parametrize(
    ("progress", "code"),
    [
        (replace(FRESH, has_api=False), "api"),
        (replace(FRESH, has_client=False), "client"),
        (replace(FRESH, token_cause="client-id-wrong"), "client"),
        (replace(FRESH, has_credential=False), "credential"),
        (replace(FRESH, token_cause="client-secret-expired"), "credential"),
        (replace(FRESH, token_cause="consent-missing"), "permission"),
        (FRESH, "token"),
        (replace(FRESH, token_cause="identity-provider-unavailable"), "token"),
        (replace(FRESH, token_cause="of-an-older-catalogue"), "token"),
        (replace(FRESH, has_credential=False, token_cause="scope-format-invalid"), "token"),
        (GOT, "call"),
        (replace(GOT, has_called=True, call_cause="audience-other-api"), "accepted"),
        (replace(GOT, has_called=True, call_cause="app-permission-not-granted"), "permission"),
        (replace(GOT, has_called=True, call_cause="rate-or-quota-exceeded"), "call"),
        (replace(GOT, has_called=True, call_cause="call-timeout"), "call"),
        (replace(GOT, has_answer=True, has_api=False, call_cause="token-expired"), ""),
    ],
)
def test_a_profile_stops_at_the_step_that_is_not_done(progress, code):
    assert stops_at(progress) == code


def test_each_step_is_counted_with_the_causes_that_stop_most():
    wrong = replace(GOT, call_cause="audience-other-api")
    found = stalls([FRESH, wrong, replace(wrong, is_practice=True), replace(GOT, call_cause="token-expired"),
                    replace(GOT, has_answer=True)])  # fmt: skip
    assert [one.code for one in found] == list(TITLES)
    told = {one.code: one for one in found if one.count}
    assert {code: one.count for code, one in told.items()} == {"token": 1, "accepted": 3}
    assert told["accepted"].practice == 1
    assert told["accepted"].causes == (("audience-other-api", 2), ("token-expired", 1))
