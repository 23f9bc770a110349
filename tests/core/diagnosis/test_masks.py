"""Of a mismatch whose values somebody masked it is told that it is one, and nothing of the values."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.messages.masks import is_masked
from console.core.diagnosis.messages.values import decided, read_values
from console.core.diagnosis.terms import Confidence

MASKS = ["***", "*****", "XXXX", "xxxxxxxx", "[REDACTED]", "<redacted>", "[PII is hidden]", "•••", "..."]


@pytest.mark.parametrize("mask", MASKS)
def test_a_mask_is_no_value(mask):
    assert is_masked(mask)
    values = read_values(f"audience is '{mask}', expected 'api://boats'")
    assert (values.seen, values.wanted) == ((), ("api://boats",))


@pytest.mark.parametrize("value", ["api://boats", "*", "https://quay.example/***", "xxx", "masked-boats", ""])
def test_a_value_of_which_something_is_shown_is_one(value):
    assert not is_masked(value)


@pytest.mark.parametrize("mask", MASKS[:4])
def test_a_mismatch_of_masked_values_is_named_without_them(mask):
    found = explain(read_evidence({"pasted": f'oidc: expected audience "{mask}" got ["{mask}"]'}))
    assert found.primary.cause == "audience-other-api"
    assert found.primary.confidence != "certain"
    assert found.sides is None
    assert "accepted is" not in found.primary.why


def test_what_differs_beside_a_mask_is_never_certain():
    line = "issuer is '{}', expected '{}'"
    shown = line.format("https://id.quay.example/boats", "https://id.quay.example/boats/")
    masked = line.format("https://***/boats", "https://***/boats/")
    assert decided("issuer", read_values(shown)) == ("issuer-spelling-mismatch", Confidence.CERTAIN)
    assert decided("issuer", read_values(masked))[1] is not Confidence.CERTAIN
