"""The sandbox's faults in groups, and how long a run asks to wait."""

import pytest

from console.sandbox.faults import FAULTS
from console.sandbox.providers import PLAYED
from console.store.runs import RunRecord
from console.web.present.runs import run_view
from console.web.present.sandbox import active_fault, fault_groups, further_fault_groups

NOW = 1_767_226_000


def test_every_fault_stands_in_exactly_one_group_and_only_the_active_one_is_marked():
    groups = fault_groups("expired")
    further = further_fault_groups("expired")
    shown = [fault for group in (*groups, *further) for fault in group["faults"]]
    assert sorted(fault["code"] for fault in shown) == sorted(fault.code for fault in FAULTS)
    assert [fault["code"] for fault in shown if fault["is_active"]] == ["expired"]
    titles = ["Token content", "Credential and token request", "The call", "Grants with a person"]
    assert [group["title"] for group in groups] == titles
    assert [group["is_folded"] for group in groups] == [None, None, None, True]
    assert all(group["is_folded"] for group in further)
    assert [group["title"] for group in further] == [one.title for one in PLAYED]


def test_a_group_that_folds_is_open_while_its_fault_is_on():
    assert [group["is_folded"] for group in fault_groups("refresh-reused")] == [None, None, None, False]


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
