"""Every bad-input case is run by a test of this folder, or waits in `bad_input_not_yet.txt` for a named capability."""

import importlib
import pathlib

from tests.bad_input.registry import CASES, COVERED

WAITING = pathlib.Path(__file__).parent.parent / "bad_input_not_yet.txt"


def test_every_case_is_run_or_waits_for_a_named_capability():
    for module in pathlib.Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.bad_input.{module.stem}")
    importlib.import_module("tests.browser.test_after_logout")  # the one case that needs a browser's history
    lines = [line.split("#")[0].strip() for line in WAITING.read_text("utf-8").splitlines()]
    waiting = {}
    for line in filter(None, lines):
        case_id, _, capability = line.partition(" ")
        waiting[case_id] = capability.strip()
    assert all(waiting.values()), "a waiting case names the capability it waits for"
    assert not COVERED & waiting.keys(), "run and waiting at once"
    assert COVERED | waiting.keys() == CASES.keys()
