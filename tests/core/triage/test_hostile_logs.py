"""Logs that somebody wrote to cost time, memory or the process: each is one sentence or one row, and quickly so."""

import io
import json
import time

import pytest

from console.core.triage import LogRefused, Tally, read_rows, tally
from tests.core.triage.test_bad_logs import triaged

ROW = b'{"status":401,"message":"JWT is expired"}\n'
LONG = 100_000
PLENTY_S = 10  # of computing; what grows with the square of its length takes minutes


def wide(text):
    return b"\xfe\xff" + text.encode("utf-16-be")


LOGS = {
    "a name of opening brackets": b'{"status":401,"' + b"(" * LONG + b'":1}\n' + ROW,
    "a name of blanks": b'{"status":401,"' + b" " * LONG + b'x":1}\n' + ROW,
    "a name with many types": b'{"status":401,"' + b"(a" * LONG + b'":1}\n' + ROW,
    "a long word before an object": b"a" * LONG + b"{ x\n" + ROW,
    "blanks before an object": b" " * LONG + b"x{ x\n" + ROW,
    "half words before an object": b"a.b-" * LONG + b" {\n" + ROW,
    "letters of two newlines": wide("\u0a0a" * LONG),
    "a stray quotation mark behind a long value": (
        b"status,message\n401,a\n" + b"1a" * LONG + b',"\n' + b"401,b\n" * 190 + b"1a" * 5 + b"\n"
    ),
    "a document of brackets": b"[" * LONG,
    "a document of objects": b'{"a":' * LONG,
    "a row as deep as it is long": b'[{"status":401,"a":' + b"[" * LONG + b"]" * LONG + b"}]",
    "a list in a value that is deep": ROW + b'x {"status":401,"api":[' + b"[" * 900 + b"]" * 900 + b"]}\n",
    "a long name with many below it": b'[{"' + b"k" * LONG + b'":{' + b'"a":1,' * LONG + b'"b":2}}]',
    "a number of many digits": b'[{"status":401,"a":' + b"1" * 5000 + b"}]",
    "a number that is too large": b'[{"status":401,"a":1e999}]',
    "a line with a number of many digits": ROW + b'{"status":401,"a":' + b"1" * 5000 + b"}\n",
    "half a letter": ROW + b'x {"status":401,"api":[["\\ud800"]],"message":"\\ud800"}\n',
    "no UTF-8 in a document": b'[{"status\xff":401,"api":"\xff\xfe"}]',
    "no UTF-8 in the first line": b'{"status":401,"message":"\xff"}\n' + ROW,
    "no UTF-8 in an object over lines": b'{"a\xff":\n[{"status":401}]}',
    "a heading with a long column": b"status," + b"a" * 200_000 + b"\n401,2\n",
    "a heading that is broken inside": b"status,mes\rsage,a\n401,2,3\n",
    "brackets that close nothing": b'[{"status":401},}}]',
    "a text that does not end": b'[{"status":"401' + b"a" * LONG,
    "tables of odd things": b'{"tables":[{"columns":[1,{"name":null},{"name":{}}],"rows":[[401],{"a":1},3,null]}]}',
}


@pytest.mark.parametrize("data", LOGS.values(), ids=LOGS)
def test_it_is_read_quickly_or_refused_in_a_sentence(data):
    started = time.process_time()
    try:
        triaged(data)
    except LogRefused as refused:
        assert refused.what and refused.do
    assert time.process_time() - started < PLENTY_S


def test_a_row_of_a_document_that_cannot_be_read_costs_no_other():
    data = b'{"value": [\n {"status":401,"a":' + b"1" * 5000 + b"},\n 7, {}," + ROW + b"]}"
    triage = triaged(data)
    assert (triage.rows, triage.refused, [one.line for _, one in triage.unread]) == (2, 1, [1, 2])


def test_brackets_and_quotation_marks_in_texts_are_no_structure():
    rows = [{"status": 401, "message": 'an \\"odd\\" [{ text }]] \\'}, {"status": 401, "message": "]"}] * 4000
    assert triaged(json.dumps({"about": "[{", "rows": rows}, indent=1).encode()).refused == 8000


def test_long_names_are_offered_as_no_column():
    names = [f"{number}{'k' * 1000}" for number in range(300)]
    rows = read_rows(io.BytesIO(b"".join(json.dumps({name: 1, "status": 200}).encode() + b"\n" for name in names)))
    Tally(key=b"k").add(rows, file="log")
    assert list(rows.headers) == ["status"]


def test_what_is_kept_of_all_groups_together_is_bounded(monkeypatch):
    monkeypatch.setattr(tally, "MOST_CALLERS_OF_ALL", 5)
    monkeypatch.setattr(tally, "MOST_QUARTERS", 6)
    lines = [f'{{"status":401,"api":"a{n % 4}","caller":"c{n}","time":{1_700_000_000 + 900 * n}}}\n' for n in range(40)]
    triage = triaged("".join(lines * 2).encode())
    assert triage.refused == 80
    assert sum(len(group.callers) for group in triage.groups) == 5
    assert sum(len(group.quarters) for group in triage.groups) == 6
    assert all(group.has_more_callers for group in triage.groups)


def test_long_rows_count_by_their_length(monkeypatch):
    monkeypatch.setattr(tally, "MOST_TEXT", 2000)
    lines = [json.dumps({"status": 401, "message": f"{word} " * 400}) + "\n" for word in ("ab", "cd", "ef", "gh")]
    triage = triaged("".join(lines * 2).encode())
    assert triage.is_cut and triage.refused == 8
