"""What holds for any log: nothing but a sentence stops it, no row is lost, the parts of it add up to the whole."""

import io
import json
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from console.core.reports.triage import to_json, to_lines
from console.core.triage import LogRefused, Tally, read_rows
from console.core.triage.moments import time_of_row
from console.core.triage.pairs import pairs_of
from tests.core.triage.access_logs import STATUSES
from tests.core.triage.formats import WHOLE
from tests.core.triage.made import made_rows
from tests.core.triage.test_triage import triaged

few = settings(max_examples=60, deadline=None, database=None, derandomize=True)
ANY = {**WHOLE, **STATUSES}
WRITTEN = {name: written(made_rows(40, seed=5)) for name, written in ANY.items()}
KEY = b"k" * 32


def tallied(*exports):
    tally = Tally(key=KEY)
    for data in exports:
        tally.add(read_rows(io.BytesIO(data)), file="log")
    return tally.result()


@few
@given(st.binary(max_size=600) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    try:
        triage = triaged(data, max_bytes=10_000)
    except LogRefused as refused:
        assert refused.what.endswith(".") and refused.do.endswith(".")
        return
    assert triage.refused <= triage.rows
    assert sum(group.count for group in triage.groups) == triage.refused
    assert sum(count for _, count in triage.unread_by) == triage.unread_count
    assert json.dumps(to_json(triage)) and to_lines(triage)


@few
@given(st.sampled_from(sorted(ANY)), st.binary(max_size=80), st.integers(0, 10_000))
def test_what_is_poured_into_a_log_costs_the_rows_it_stands_in(name, junk, place):
    data = WRITTEN[name]
    at = data.find(b"\n", place % len(data)) + 1 or len(data)
    line = junk.replace(b"\n", b" ").replace(b"\r", b" ").replace(b"\0", b" ")
    before = triaged(data)
    try:
        after = triaged(data[:at] + line + b"\n" + data[at:])
    except LogRefused:
        return
    assert before.refused - 9 <= after.refused <= before.refused + 2  # a batch of rows may stand in one line


@few
@given(st.sampled_from(sorted(WHOLE)), st.lists(st.integers(1, 39), max_size=3), st.randoms(use_true_random=False))
def test_the_parts_of_a_log_in_any_order_add_up_to_the_whole(name, cuts, chance):
    rows = made_rows(40, seed=6)
    bounds = sorted({0, 40, *cuts})
    parts = [rows[start:end] for start, end in pairwise(bounds)]
    chance.shuffle(parts)
    whole, together = tallied(ANY[name](rows)), tallied(*(ANY[name](part) for part in parts))
    assert (together.rows, together.refused) == (whole.rows, whole.refused)
    assert Counter({group.cause: group.count for group in together.groups}) == Counter(
        {group.cause: group.count for group in whole.groups}
    )
    assert (together.first, together.last) == (whole.first, whole.last)


@few
@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text):
    found = time_of_row(text)
    assert found is None or 0 <= found.seconds < 4_102_444_800


@few
@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True), st.text(min_size=1, max_size=20), max_size=6)
)
def test_pairs_come_back_as_they_were_written(pairs):
    written = {name: value.replace("\\", "").replace("\r", " ") for name, value in pairs.items()}
    line = " ".join(
        '{}="{}"'.format(name, value.replace('"', '\\"').replace("\n", "\\n")) for name, value in written.items()
    )
    assert dict(pairs_of(line)) == {name: value for name, value in written.items() if value and value != "-"}
