"""Which bad-input cases are run, and by which test; `test_complete.py` fails when one is neither run nor waiting."""

import json
import pathlib
from typing import Any

FOLDER = pathlib.Path(__file__).parent.parent / "vectors" / "bad_input"
CASES: dict[str, dict[str, Any]] = {
    case["id"]: case for case in map(json.loads, (FOLDER / "cases.jsonl").read_text("utf-8").splitlines())
}
COVERED: set[str] = set()


def ids_of(*areas: str) -> list[str]:
    """The ids of whole areas, for `pytest.mark.parametrize`; they count as run."""
    ids = [case_id for case_id, case in CASES.items() if case["area"] in areas]
    COVERED.update(ids)
    return ids


def covers(*case_ids: str):
    """Marks a hand-written test as the run of these cases."""
    unknown = [case_id for case_id in case_ids if case_id not in CASES]
    assert not unknown, f"no such bad-input case: {unknown}"
    COVERED.update(case_ids)
    return lambda test: test
