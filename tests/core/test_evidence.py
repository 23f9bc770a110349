"""Evidence as text is the JSON value that it is as a value, written as all JSON of ours is."""

from hypothesis import given
from hypothesis import strategies as st

from console.core.api import Expectation
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse, evidence_json, evidence_text
from console.core.json.text import json_text, plain, visible
from console.core.json.values import Member, NumberText

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=12)  # half surrogate pairs too
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4), max_leaves=12
)
OBJECT = st.dictionaries(ANY_TEXT, JSON, max_size=5)
HEADERS = st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=3).map(tuple)
EVIDENCE = st.builds(
    Evidence,
    token_claims=st.none() | OBJECT,
    expectations=st.none() | st.builds(Expectation, audiences=st.lists(ANY_TEXT, max_size=2).map(tuple)),
    request=st.none() | st.builds(EvidenceRequest, url=ANY_TEXT, headers=HEADERS),
    response=st.none() | st.builds(EvidenceResponse, headers=HEADERS, body=JSON),
    profile=OBJECT,
    pasted=st.none() | ANY_TEXT,
    now=st.none() | st.integers(),
)


@given(EVIDENCE)
def test_the_text_is_that_of_the_value(evidence):
    assert evidence_text(evidence) == json_text(evidence_json(evidence))
    assert evidence_text(evidence).isascii()


def _plainly(value):
    """What `plain` has to give, without a short way for anything."""
    if isinstance(value, dict):
        return {name: _plainly(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plainly(item) for item in value]
    if isinstance(value, tuple):
        return {member.name: _plainly(member.value) for member in value}
    if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        return visible(value)
    return value


@given(st.recursive(SCALARS.filter(lambda one: one == one), lambda inner: st.lists(inner) | st.dictionaries(
    ANY_TEXT, inner) | st.lists(st.builds(Member, ANY_TEXT, inner)).map(tuple), max_leaves=12))  # fmt: skip
def test_what_is_plain_already_stays_and_half_a_pair_is_written_out(value):
    assert plain(value) == _plainly(value)
    assert plain([NumberText("1.50"), NumberText("NaN")]) == [1.5, "NaN"]
