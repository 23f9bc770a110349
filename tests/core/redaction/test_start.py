"""The start of a long text, masked: whatever the place of the cut, no half of a secret is left."""

import pytest

from console.core.redaction.redact import redact_text
from console.core.redaction.start import AHEAD, masked_start

SECRET = "Xyz8Q~0123456789abcdefghijklmnopqrstuvwx"
MOST = 100


@pytest.mark.parametrize("before", range(MOST - len(SECRET) - 2, MOST + 2))
def test_a_secret_across_the_cut_is_masked(before):
    text = "x" * before + " " + SECRET + " and more"
    assert SECRET[:6] not in masked_start(text, MOST, redact_text)


@pytest.mark.parametrize("inside", range(1, len(SECRET)))
def test_the_half_at_the_end_of_what_is_read_is_left_out_though_masks_made_room_for_it(inside):
    token = f"eyJhbGciOiJub25lIn0.{'A' * (MOST + AHEAD - 120)}.{'B' * 10}"
    text = f"{token} ".ljust(MOST + AHEAD - inside) + SECRET + " and more" * 10
    assert SECRET[:inside] in text[: MOST + AHEAD] and SECRET not in text[: MOST + AHEAD]
    shown = masked_start(text, MOST, redact_text)
    assert SECRET[:6] not in shown and (inside < 6 or not shown.endswith(SECRET[:inside]))


def test_what_holds_no_secret_is_cut_and_nothing_else():
    assert masked_start("a b", MOST, redact_text) == "a b"
    assert masked_start("word " * 50, MOST, redact_text) == "word " * 20
    assert masked_start("word " * 50_000, MOST, redact_text) == "word " * 20
    assert masked_start("", MOST, redact_text) == ""
