"""Logs as they are met: each odd one costs its own row, or gets one sentence; nothing leaks, memory stays flat."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest

from console.core.reports.triage import to_json, to_lines
from console.core.triage import LogRefused, Tally, documents, read_rows
from console.core.triage.moments import iso_second, moment_of_row
from tests.core.tokens.wire import compact
from tests.core.triage.made import as_json_lines, made_rows

SECRET = compact({"sub": "kari", "exp": 1})
HEAD = "time,status,message\n"


def triaged(data, **options):
    tally = Tally(key=b"k" * 32)
    tally.add(read_rows(io.BytesIO(data), **options), file="log")
    return tally.result()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("log.csv", "a")
    return file.getvalue()


REFUSED = [
    (b"", "There is no row"),
    (b"\n \n\n", "There is no row"),
    (zipped(), "zip archive"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
    (gzip.compress(b"time,status\n1,401\n", mtime=0)[:-12], "damaged or cut off"),
    (b'{"a": [1, 2, 3],\n "b": {}}', "no list of rows"),
    (b"[]", "no list of rows"),
    (b"[" * 150_000 + b"]" * 150_000 + b'[{"status": 401}]', "no list of rows"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_what_is_no_log_is_one_sentence(data, told):
    with pytest.raises(LogRefused) as refused:
        triaged(data)
    assert told in refused.value.what and refused.value.do


def test_a_bomb_is_stopped_at_its_bound_and_memory_stays_flat():
    bomb = gzip.compress(b"time,status\n" + b"2026-11-28T08:00:00Z,200\n" * 200_000, compresslevel=1)
    tracemalloc.start()
    with pytest.raises(LogRefused, match="more than 2 MB"):
        triaged(bomb, max_bytes=2 * 2**20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20


def test_what_stands_before_the_rows_is_looked_through_so_far_and_no_farther(monkeypatch):
    seen = []
    bracket = documents._Document.bracket
    monkeypatch.setattr(documents._Document, "bracket", lambda self: seen.append(1) or bracket(self))
    with pytest.raises(LogRefused, match="no list of rows"):
        triaged(gzip.compress(b"[" * 3_000_000, compresslevel=1))
    assert len(seen) <= documents.MOST_BEFORE


def test_a_row_of_ten_megabytes_is_one_unread_row():
    long = json.dumps({"time": "2026-11-28T08:00:00Z", "status": 401, "message": "x" * 10_000_000}).encode()
    whole = as_json_lines(made_rows(9))
    joined = whole + b"\n" + long + b"\n" + whole
    tracemalloc.start()
    triage = triaged(joined)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (triage.rows, triage.unread_count, triage.refused) == (18, 1, 6)
    assert peak < 4 * 2**20


def test_mixed_encodings_and_stray_quotes_cost_no_row():
    rows = [
        "2026-11-28T08:00:00Z,401,jwt expired – bytt nøkkel".encode(),
        "2026-11-28T08:00:01Z,401,jwt expired, bytt nøkkel".encode("cp1252").replace(b", bytt", b" bytt"),
        b'2026-11-28T08:00:02Z,401,a "stray quote',
        b"2026-11-28T08:00:03Z,401,jwt expired",
        b'2026-11-28T08:00:04Z,401,"jwt expired\nover two lines"',
        b"2026-11-28T08:00:05Z,401,\x00\xff jwt expired",
    ]
    triage = triaged(HEAD.encode() + b"\n".join(rows[:5]))
    assert (triage.rows, triage.refused, triage.unread_count) == (5, 5, 0)
    assert sum(one.count for one in triage.groups if one.cause == "token-expired") == 4


@pytest.mark.parametrize(
    "name", ["Antwortcode", "statuskode", "http.status_code", "status_d", "sc-status", "ResponseCode"]
)
def test_columns_of_other_languages_and_products_are_known(name):
    assert triaged(f"{name};x\n401;1\n200;2\n".encode()).refused == 1


def test_times_are_read_as_they_are_written_and_without_a_zone_as_utc():
    same = [
        "2026-11-28T08:51:44Z", "2026-11-28 08:51:44", "2026-11-28T09:51:44+01:00", "28/Nov/2026:08:51:44 +0000",
        "28/Nov/2026:10:51:44 +0200", "11/28/2026, 8:51:44.123 AM", "28.11.2026 08:51:44", "1795855904",
        "1795855904123", "1795855904123456", "2026-11-28T08:51:44.1234567Z", "2026-11-28 08:51:44,123",
        "2026-11-28 08:51:44.123 UTC",
    ]  # fmt: skip
    assert {iso_second(moment_of_row(one)) for one in same} == {"2026-11-28T08:51:44Z"}
    for none in ("", "yesterday", "99/Nov/2026:08:51:44", "13/45/2026 25:00:00", "-5", "1" * 30, "nan", "inf"):
        assert moment_of_row(none) is None, none


def test_no_refusal_in_it_is_no_group():
    triage = triaged(b"time,status\n2026-11-28T08:00:00Z,200\n2026-11-28T08:00:01Z,204\n")
    assert (triage.rows, triage.refused, triage.groups) == (2, 0, ())


def test_nothing_secret_is_told():
    row = {
        "time": "2026-11-28T08:00:00Z", "status": 401, "url": f"https://gw.example/orders/{SECRET}?key=Hunter2Hunter2",
        "message": f"jwt expired: {SECRET}", "api": f"Bearer {SECRET}", "user": "kari@example.com",
        "operation_Name": f"GET /orders/{SECRET}",
    }  # fmt: skip
    triage = triaged(json.dumps(row).encode())
    told = json.dumps(to_json(triage)) + "\n".join(to_lines(triage)) + repr(triage.groups)
    for secret in (SECRET, SECRET.split(".")[1], "Hunter2"):
        assert secret not in told
    assert triage.refused == 1


def test_too_many_different_rows_are_counted_and_said(monkeypatch):
    monkeypatch.setattr("console.core.triage.tally.MOST_SHAPES", 10)
    words = [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
    ]
    data = HEAD + "".join(f"2026-11-28T08:00:00Z,401,{word}\n" for word in words)
    triage = triaged(data.encode())
    assert triage.refused == len(words) and triage.is_cut


def test_rows_of_odd_shapes_are_counted_or_read():
    lines = [b"[1,2]", b'"text"', b"7", b"null", b"{", b'{"status":401}', b'{"status":"401.0","message":null}', b"{}"]
    lines += [b'{"a":' * 200 + b"1" + b"}" * 200, b'{"status":' + b"9" * 400 + b"}"]
    triage = triaged(b"\n".join([b'{"status":200}', *lines]))
    assert triage.refused == 2
    assert triage.rows + triage.unread_count == len(lines) + 1
