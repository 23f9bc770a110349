"""Measures what the diagnosis hangs on: the same cases with other names, and without what people observed.

Run it from the top of the checkout: `python -m tests.bench.robustness FOLDER [--show]`, FOLDER holding cases as
../shared/cases does. It is a program, not a test: it prints figures and decides nothing.
"""

import argparse
import json
import pathlib
from collections import Counter
from collections.abc import Callable
from typing import Any

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.base import Diagnosis
from tests.bench.renamed import renamed

Evidence = dict[str, Any]


def without_observations(evidence: Evidence) -> Evidence:
    profile = {name: fact for name, fact in (evidence.get("profile") or {}).items() if name != "observations"}
    return {**evidence, "profile": profile}


WAYS: dict[str, Callable[[Evidence], Evidence]] = {"renamed": renamed, "unobserved": without_observations}


def verdict(before: Diagnosis, after: Diagnosis, acceptable: frozenset[str]) -> str:
    """same; right (another one that the case accepts too); open (none, and what is missing is named); silent; other; or
    wrong-certain."""
    old, new = before.primary, after.primary
    if new is None:
        return "same" if old is None else "open" if after.missing else "silent"
    if old is not None and new.cause == old.cause:
        return "same"
    if new.cause in acceptable:
        return "right"
    return "wrong-certain" if new.confidence == "certain" else "other"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--show", action="store_true", help="print each case that is told otherwise")
    options = parser.parse_args()
    cases = [json.loads(path.read_text("utf-8")) for path in sorted(options.folder.glob("*.json"))]
    for name, way in WAYS.items():
        counted: Counter[str] = Counter()
        for case in cases:
            evidence, truth = case["evidence"], case["truth"]
            before, after = explain(read_evidence(evidence)), explain(read_evidence(way(evidence)))
            found = verdict(before, after, frozenset({truth["cause"], *truth.get("also_acceptable", [])}))
            counted[found] += 1
            if options.show and found != "same":
                told = [f"{one.cause} {one.confidence}" for one in after.causes[:2]]
                was = before.primary.cause if before.primary else None
                print(f"{name} {case['id']}: {found}; {was} -> {told} {after.missing[:2]}")
        print(f"{name}: " + ", ".join(f"{kind} {number}" for kind, number in sorted(counted.items())))


if __name__ == "__main__":
    main()
