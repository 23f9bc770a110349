"""The sandbox's faults in groups, and how long a run asks to wait."""

import pytest

from console.core.exchange import Exchange, Request, Response
from console.sandbox.faults import FAULTS
from console.sandbox.providers import PLAYED
from console.store.runs import RunRecord, StepRecord
from console.web.present.runs import LOOKS_FOR_S, run_view
from console.web.present.sandbox import active_fault, fault_groups, further_fault_groups

NOW = 1_767_226_000


def test_every_fault_stands_in_exactly_one_group_and_only_the_active_one_is_marked():
    groups = fault_groups("expired")
    further = further_fault_groups("expired")
    shown = [fault for group in (*groups, *further) for fault in group["faults"]]
    assert sorted(fault["code"] for fault in shown) == sorted(fault.code for fault in FAULTS)
    assert [fault["code"] for fault in shown if fault["is_active"]] == ["expired"]
    titles = ["Token content", "Credential and token request", "The call", "The gateway’s duty", "Grants with a person"]
    assert [group["title"] for group in groups] == titles
    assert [group["is_folded"] for group in groups] == [None, None, None, None, True]
    assert all(group["is_folded"] for group in further)
    assert [group["title"] for group in further] == [one.title for one in PLAYED]


def test_a_group_that_folds_is_open_while_its_fault_is_on():
    assert [group["is_folded"] for group in fault_groups("refresh-reused")] == [None, None, None, None, False]


@pytest.mark.parametrize("code", [None, "", "no-such-fault"])
def test_a_sandbox_that_behaves_has_no_active_fault(code):
    assert active_fault(code) is None


@pytest.mark.parametrize(
    ("not_before", "words"), [(NOW - 1, ""), (NOW, ""), (NOW + 1, "1 s"), (NOW + 90, "1 min 30 s")]
)
def test_the_wait_is_said_in_words_while_it_lasts(not_before, words):
    run = RunRecord(
        "r", "operation", "a", None, "Running", False, not_before, {"url": "https://api.example/operations/1"}
    )
    assert run_view(run, "0b9c4a52-5d6e-4f0a-9d7f-2f5f6f1c9e11", NOW)["wait_text"] == words


def view_of(body=b"", *, not_before=NOW, looks=1, is_done=False, begun_at=NOW, **kept):
    asked = Exchange(Request("GET", "https://api.example/op/1"), Response(200, body=body), None, NOW, 1)
    steps = (StepRecord(looks, 200, (asked,), NOW),) if looks else ()
    place = {"url": "https://api.example/op/1", "style": "monitor", **kept}
    run = RunRecord(
        "r", "operation", "a", None, "Running", is_done, not_before, place, looks, steps, created_at=begun_at
    )
    return run_view(run, "0b9c4a52-5d6e-4f0a-9d7f-2f5f6f1c9e11", NOW)


def test_what_the_far_side_says_of_its_work_is_shown():
    view = view_of(b'{"status": "Running", "percentComplete": 42.5}')
    assert (view["percent"], view["error"], view["note"]) == ("42.5", "", "")
    failed = view_of(b'{"status": "Failed", "error": {"code": "Quota", "message": "Too many."}}', is_done=True)
    assert (failed["error"], failed["delay"]) == ("Quota: Too many.", "")


def test_an_open_page_looks_when_the_api_is_ready_and_not_for_ever():
    assert view_of(not_before=NOW + 30)["delay"] == "31s"
    assert view_of()["delay"] == "3s"
    assert view_of(begun_at=NOW - LOOKS_FOR_S)["delay"] == "3s"
    assert view_of(begun_at=NOW - LOOKS_FOR_S - 1)["delay"] == "", "the session of who went away ends"


def test_only_a_monitor_within_the_api_can_be_asked_to_cancel(settings):
    assert view_of()["can_cancel"] is True
    assert view_of(style="location")["can_cancel"] is False
    outside = view_of(leaves_api="yes")
    assert (outside["can_cancel"], outside["may_send_token"]) == (False, False)
    settings.CONSOLE_MONITOR_HOSTS = ["API.example"]
    assert view_of(leaves_api="yes")["may_send_token"] is True
    assert view_of(leaves_api="yes", url="http://api.example/op")["may_send_token"] is False
    assert view_of(leaves_api="yes", url="https://api.example:8443/op")["may_send_token"] is False
    assert view_of()["may_send_token"] is False


def test_twenty_looks_with_long_answers_make_no_long_page():
    asked = Exchange(Request("GET", "https://api.example/op/1"), Response(200, body=b"x" * 60_000), None, NOW, 1)
    steps = tuple(StepRecord(number, 200, (asked,), NOW) for number in range(1, 21))
    run = RunRecord("r", "operation", "a", None, "Running", True, NOW, {}, version=20, steps=steps)
    looks = run_view(run, "0b9c4a52-5d6e-4f0a-9d7f-2f5f6f1c9e11", NOW)["looks"]
    sizes = [len(one["text"]) for look in looks for one in look["sections"] if "text" in one]
    assert max(sizes[:-1]) < 800
    assert sizes[-1] < 25_000
