"""A pasted text of any shape is read in a time that grows with its length, not with its square."""

import time

import pytest

from console.core.handover import MAX_LENGTH, read_handover

PIECES = [*"a \t,:={[|'`-*(", '{"a":', "\\\n", "> ", "https://", "api://", "a.", "&a=b", "x*", "/oauth2"]
LABELS = ["curl '", "curl -d '\n", "client secret: ", "Scope\n", "Value\tSecret ID\n", "client id ", "(a) client id: "]
GUID = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41 "


@pytest.mark.parametrize("piece", [*PIECES, *LABELS, GUID])
def test_the_largest_text_is_read_within_two_seconds(piece):
    """It takes about a tenth of one; with a square in it, it would take minutes."""
    text = f"Client ID: {piece * (MAX_LENGTH // len(piece))}x"
    started = time.process_time()
    read_handover(text)
    assert time.process_time() - started < 2
