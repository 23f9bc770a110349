"""Judging a call takes work that grows with the policy and no faster, whatever the policy repeats."""

from functools import partial

import pytest

from console.core.policy.policies import POLICIES
from console.core.policy.text.document import PolicyDocument, read_policy
from tests.core.policy.builders import judged, request, token
from tests.core.policy.work import calls_of

REPEATED = {
    "include-fragment": '<include-fragment fragment-id="a" />',
    "choose": '<choose><when condition="@(true)"><base /></when></choose>',
    **{one.name: f"<{one.name} />" for one in POLICIES},
}


@pytest.mark.parametrize("name", REPEATED)
def test_four_times_the_policies_are_four_times_the_work(name):
    asked = request(token())
    texts = [f"<inbound>{REPEATED[name] * count}</inbound>" for count in (50, 200)]
    assert all(isinstance(read_policy(text), PolicyDocument) for text in texts)
    judged(texts[0], asked)  # what is worked out once for all is not counted
    small, large = (calls_of(partial(judged, text, asked)) for text in texts)
    assert large <= 4.4 * small
