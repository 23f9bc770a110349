"""Each cause is told from a small piece of evidence, and not from the same with the deciding fact changed."""

from copy import deepcopy
from importlib import import_module

import pytest

from console.core.diagnosis import CAUSES, explain, read_evidence
from console.core.diagnosis.terms import Stage

PAIRS = [
    row for stage in Stage for row in import_module(f"tests.core.diagnosis.pairs.{stage.value.replace('-', '_')}").PAIRS
]


def changed(evidence, changes):
    """The evidence with other values at paths such as `token_claims.aud`; None takes away what stands there."""
    left = deepcopy(evidence)
    for path, value in changes.items():
        *folders, name = path.split(".")
        place = left
        for folder in folders:
            place = place[folder]
        assert place.get(name) != value, path
        place[name] = value
        if value is None:
            del place[name]
    return left


@pytest.mark.parametrize(("slug", "evidence", "changes"), PAIRS, ids=[row[0] for row in PAIRS])
def test_the_deciding_fact_decides(slug, evidence, changes):
    found = explain(read_evidence(evidence)).causes
    assert [cause.cause for cause in found][:1] == [slug]
    assert found[0].confidence != "possible"
    near = explain(read_evidence(changed(evidence, changes))).causes
    assert slug not in [cause.cause for cause in near if cause.confidence != "possible"][:1]
    assert (slug, "certain") not in [(cause.cause, cause.confidence) for cause in near]


def test_every_cause_has_its_pair_in_the_file_of_its_stage():
    assert sorted(row[0] for row in PAIRS) == sorted(cause.slug for cause in CAUSES)
