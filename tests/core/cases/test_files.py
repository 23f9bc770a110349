"""The file in which cases travel: what goes in comes out, and whatever else is handed in is a sentence."""

import gzip
import json
import tracemalloc

import pytest

from console.core.cases.file_format import FORMAT, MAX_BYTES, MAX_CASES, CaseFile, FileAddition, FileCase, FileEntry
from console.core.cases.reading import FileRefused, read_file
from console.core.cases.writing import NAMES, NUMBERS, PeopleAsNumbers, without_names, written
from console.core.redaction.personal import pseudonymised

THANKS = "Thanks, mira@brightwater.example. Ask lena@orders.example"
CASE = FileCase(
    title="401 audience in another form",
    evidence={"http_status": 401, "profile": {"ratio": 0.25, "big": 123456789012345678901234567890}},
    number=12,
    note="mira@brightwater.example saw it first",
    owner="mira@brightwater.example",
    conversation=(FileEntry(by="sam@nordhavn.example", text=THANKS, at=5),),
    added=(FileAddition(evidence={"now": 7}, by="mira@brightwater.example", at=6),),
)
FILE = CaseFile("https://console.example", 1_795_000_000, "2", NAMES, (CASE,))


def changed(**members):
    return json.dumps({**json.loads(written(FILE)), **members}).encode()


def test_what_was_written_is_read_again():
    for raw in (written(FILE).encode(), gzip.compress(written(FILE).encode())):
        found = read_file(raw)
        assert found.file.origin == "https://console.example" and found.file.written_at == 1_795_000_000
        assert not found.is_changed and found.unread == ()
        (case,) = found.file.cases
        assert (case.title, case.number, case.conversation, case.added) == (
            CASE.title,
            12,
            CASE.conversation,
            CASE.added,
        )


def test_layout_does_not_count_as_a_change_and_a_letter_does():
    value = json.loads(written(FILE))
    assert not read_file(json.dumps(value, indent=8).encode()).is_changed
    value["cases"][0]["title"] += "!"
    assert read_file(json.dumps(value).encode()).is_changed
    assert read_file(changed(sha256=None)).is_changed


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "This file cannot be read."),
        (b"PK\x03\x04 binary \xff\xfe", "This file cannot be read."),
        (b"[1]", "This is no file of cases."),
        (b'{"format": "other", "version": 1}', "This is no file of cases."),
        (changed(version="1"), "This is no file of cases."),
        (changed(version=True), "This is no file of cases."),
        (changed(version=2), "This file is of version 2, and this console reads versions up to 1."),
        (changed(version=-1), "There is no case in this file."),
        (changed(cases={}), "There is no case in this file."),
        (changed(cases=[]), "There is no case in this file."),
        (changed(cases=[{}] * (MAX_CASES + 1)), f"There are {MAX_CASES + 1} cases in this file."),
        (b"\x1f\x8b nonsense", "This file cannot be unpacked."),
        (gzip.compress(written(FILE).encode())[:-12], "This file ends too early."),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "This file cannot be read."),
        (b" " * (MAX_BYTES + 1), "This file is too large."),
    ],
)
def test_what_is_no_such_file_is_a_sentence(raw, what):
    with pytest.raises(FileRefused) as refused:
        read_file(raw)
    assert refused.value.what == what and refused.value.why and refused.value.do


def test_a_bomb_is_refused_before_it_is_whole():
    bomb = gzip.compress(b" " * (MAX_BYTES * 10))
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused, match=r"Unpacked, this file is too large"):
            read_file(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "broken",
    [7, None, {}, {"title": 5, "evidence": {}}, {"title": "x", "evidence": []}, {"title": "x"},
     {"title": "x", "evidence": {}, "conversation": [{"at": "now"}]},
     {"title": "x", "evidence": {}, "conversation": [{}] * 501},
     {"title": "x", "evidence": {}, "asked": [{}]}],
)  # fmt: skip
def test_a_case_that_cannot_be_read_is_named_and_the_others_are_read(broken):
    value = json.loads(written(FILE))
    found = read_file(changed(cases=[broken, value["cases"][0]]))
    assert [case.number for case in found.file.cases] == [12]
    (told,) = found.unread
    assert told.startswith("Case 1 of the file ") and told.endswith(".")


def test_members_that_nobody_knows_are_left_out():
    value = json.loads(written(FILE))
    value["cases"][0] |= {"id": "a0", "owner_id": 1, "is_admin": True}
    (case,) = read_file(json.dumps(value).encode()).file.cases
    assert not hasattr(case, "owner_id")


def test_people_can_stand_as_numbers_the_same_in_every_text():
    people = PeopleAsNumbers(lambda text: pseudonymised(text, b"key"))
    (case,) = without_names((CASE,), people)
    assert case.owner == "Person 1" and case.conversation[0].by == "Person 2" and case.added[0].by == "Person 1"
    assert case.note == "Person 1 saw it first"
    assert case.conversation[0].text.startswith("Thanks, Person 1. Ask anon-")
    assert "@" not in written(CaseFile("", 0, "", NUMBERS, (case,)))


def test_the_file_is_ascii_whatever_stands_in_it():
    odd = FileCase(title="\ud800 \u202e \x00", evidence={})
    text = written(CaseFile("", 0, "", NAMES, (odd,)))
    assert text.isascii() and FORMAT in text
    assert len(read_file(text.encode()).file.cases) == 1
