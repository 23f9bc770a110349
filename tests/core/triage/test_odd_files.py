"""Files that are no plain log, or one that was written oddly: a sentence, or the same counts as of the plain one."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest

from console.core.reports.triage import to_json, to_lines
from console.core.triage import LogRefused
from tests.core.triage.formats import other_words, table
from tests.core.triage.made import as_csv, as_document, as_json_lines, made_rows
from tests.core.triage.test_triage import counted, expected, triaged

ROWS = made_rows(60)


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def packed(data, times):
    for _ in range(times):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (workbook(), "Excel workbook"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"BZh91AY&SY", "packed with bzip2"),
        (b"PAR1" + bytes(20), "a Parquet file"),
        (b"SQLite format 3\0" + bytes(50), "a database"),
        (bytes(range(256)) * 4, "a binary file"),
        (bytes(5000), "a binary file"),
        (gzip.compress(workbook()), "Excel workbook"),
        (packed(as_csv(ROWS), 3), "again and again"),
        (b'{\n "log": {"version": "1.2", "creator": {}, "pages": [{"id": 1}], "entries": [{}]}}', "a HAR file"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(data, told):
    with pytest.raises(LogRefused) as refused:
        triaged(data)
    assert told in refused.value.what and refused.value.do.endswith(".")


def text(written):
    return written(ROWS).decode("utf-8-sig")


@pytest.mark.parametrize(
    "data",
    [
        text(as_csv).encode("utf-16"),
        text(as_csv).encode("utf-16-le"),
        text(as_csv).encode("utf-16-be"),
        text(as_csv).encode("utf-32"),
        text(as_document).encode("utf-16"),
        text(as_json_lines).encode("utf-16-le"),
        text(as_csv).replace("\r\n", "\r").encode(),
        text(as_json_lines).replace("\n", "\r").encode(),
        bytes(700) + as_json_lines(ROWS),
        packed(as_csv(ROWS), 2),
    ],
    ids=[
        "utf-16",
        "le-no-mark",
        "be-no-mark",
        "utf-32",
        "document",
        "lines-no-mark",
        "cr",
        "cr-json",
        "hole",
        "packed",
    ],
)
def test_however_it_is_written_down_it_is_the_same(data):
    triage = triaged(data)
    assert (triage.rows, triage.unread_count) == (60, 0)
    assert counted(triage) == expected(ROWS)


def test_numbers_of_any_length_cost_no_row():
    rows = [b'{"status":401,"id":123456789012345678901234567890,"message":"jwt expired"}'] * 3
    assert triaged(b"\n".join(rows)).refused == 3


def test_what_a_sign_in_put_into_an_address_is_told():
    url = "/callback?error=access_denied&error_description=AADSTS50105%3A+The+signed+in+user+is+not+assigned+to+a+role"
    triage = triaged(f'10.0.0.1 - - [28/Nov/2026:08:51:44 +0000] "GET {url} HTTP/1.1" 302 0 "-" "curl"\n'.encode() * 3)
    assert [(one.count, one.status) for one in triage.groups] == [(3, 302)]
    assert triage.groups[0].cause is not None


def test_addresses_in_messages_are_not_shown():
    said = "token expired for 10.1.2.3:4711 and 2001:db8::8a2e:370:7334 via gw-1.2.3 at 08:51:44"
    triage = triaged(json.dumps({"status": 401, "message": said}).encode())
    told = dict(triage.groups[0].example.fields)["message"]
    assert "10.1.2.3" not in told and "2001:db8" not in told
    assert "08:51:44" in told and "gw-1.2.3" in told


def test_times_without_a_zone_are_counted_and_said():
    triage = triaged(table(other_words, ";")(ROWS))
    assert triage.zoneless == 60
    assert any("name no zone" in line for line in to_lines(triage))
    assert triaged(as_csv(ROWS)).zoneless == 0  # TimeGenerated [UTC] says it


def test_a_404_without_a_word_is_no_refusal():
    rows = [{"status": 404, "time": "2026-11-28T08:00:00Z"}, {"status": 404, "reason": "OperationNotFound"}]
    assert triaged("\n".join(map(json.dumps, rows)).encode()).refused <= 1


def test_rows_that_cannot_be_read_are_counted_by_reason():
    triage = triaged(b'{"status":200}\n{"status":\n{"status":\n[1]\n')
    assert triage.unread_by == (("no JSON", 2), ("no object", 1))
    assert to_json(triage)["unread"] == 3


def peak_of(data):
    tracemalloc.start()
    triaged(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("written", [as_json_lines, as_csv, as_document], ids=["lines", "table", "document"])
def test_memory_does_not_grow_with_the_file(written):
    triaged(written(ROWS))  # what is loaded once
    small, large = peak_of(gzip.compress(written(made_rows(500)))), peak_of(gzip.compress(written(made_rows(3000))))
    assert large < small * 2


@pytest.mark.parametrize(("above", "unread"), [(b"sep=;\r\n", 0), (b"Report of orders\r\n;;\r\nfor June;x\r\n", 3)])
def test_a_table_may_have_lines_above_its_header(above, unread):
    triage = triaged(above + as_csv(ROWS, ";"))
    assert (triage.rows, triage.unread_count) == (60, unread)
    assert counted(triage) == expected(ROWS)
