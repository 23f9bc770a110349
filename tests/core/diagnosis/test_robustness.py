"""A cause hangs on no name: the same evidence with other ids, hosts and dates gives it again, and without what people
observed it is the same, or none, and never another for certain.
"""

import json
from copy import deepcopy

import pytest

from console.core.diagnosis import explain, read_evidence
from tests.bench.renamed import renamed
from tests.bench.robustness import without_observations
from tests.core.diagnosis import (
    test_api,
    test_authorization,
    test_credential,
    test_discovery,
    test_gateway_policy,
    test_network,
    test_signature,
    test_subscription,
    test_token_content,
    test_token_request,
)

STAGES = (
    test_api,
    test_authorization,
    test_credential,
    test_discovery,
    test_gateway_policy,
    test_network,
    test_signature,
    test_subscription,
    test_token_content,
    test_token_request,
)
ROWS = [
    pytest.param(slug, evidence, id=f"{slug}-{number}")
    for stage in STAGES
    for number, (slug, evidence) in enumerate(stage.MATCHES)
]


def first(evidence):
    primary = explain(read_evidence(deepcopy(evidence))).primary
    return primary and (primary.cause, primary.confidence)


@pytest.mark.parametrize(("slug", "evidence"), ROWS)
def test_other_names_give_the_same_cause_as_surely(slug, evidence):
    assert first(renamed(deepcopy(evidence))) == first(evidence)


@pytest.mark.parametrize(("slug", "evidence"), [row for row in ROWS if "observations" in json.dumps(row.values[1])])
def test_without_what_people_observed_no_other_cause_is_certain(slug, evidence):
    found = first(without_observations(evidence))
    assert found is None or found[0] == slug or found[1] != "certain"
