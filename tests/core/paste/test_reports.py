"""A report in the form of a tracker: of what should be and of ticked boxes nothing is heard, of the rest all is."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.paste.speech.attribute import attributed, heard

LOG = "2031-01-05 10:11:12 ERROR yard: the signature is invalid"

WISHED = [
    "### Expected behavior",
    "#### Expected behaviour:",
    "**Expected behavior**",
    "__Expected results__",
    "## What did you expect to happen?",
    "### Desired outcome",
    "## Proposed solution",
    "### Workaround",
]


@pytest.mark.parametrize("heading", WISHED)
def test_what_should_have_happened_is_not_heard(heading):
    text = (
        f"### Logs\n{LOG}\n\n{heading}\nThe API answers that the token has expired\n```\nthe audience is invalid\n```"
    )
    assert "signature" in heard(attributed(text))
    assert [one.cause for one in explain(read_evidence(text)).causes] == ["signature-invalid"]


@pytest.mark.parametrize("heading", WISHED)
def test_the_next_section_is_heard_again(heading):
    text = f"{heading}\nA list of boats\n\n### Actual behavior\n{LOG}"
    assert [one.cause for one in explain(read_evidence(text)).causes] == ["signature-invalid"]


HEARD = [
    "### Expected and actual behavior",
    "### Logs",
    "**The audience is not the expected one**",
    "Expected behavior was a list, and",
    "### Prefix of the token",
]


@pytest.mark.parametrize("heading", HEARD)
def test_a_heading_of_anything_else_takes_nothing_away(heading):
    assert "signature-invalid" in [one.cause for one in explain(read_evidence(f"{heading}\n{LOG}")).causes]


def test_a_box_that_was_ticked_is_no_word_of_software():
    boxes = "- [x] The token has expired\n- [ ] The audience is invalid\n* [X] Signature is invalid"
    assert heard(attributed(boxes)).strip() == ""
    assert "expired" in heard(attributed("[x] the token has expired"))
    assert "expired" in heard(attributed("- [warn] the token has expired"))
