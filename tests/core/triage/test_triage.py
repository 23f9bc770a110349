"""Made logs in each format: counts, first and last are exactly right, however they are shuffled, packed and cut."""

import gzip
import io
import random
from collections import Counter

import pytest

from console.core.triage import LogRefused, Tally, read_rows
from tests.core.triage.made import (
    COLUMNS,
    FORMATS,
    as_csv,
    as_envoy,
    as_json_lines,
    as_nginx,
    gateway_values,
    made_rows,
)

ROWS = made_rows()
MAPPED = ("time", "api", "operation", "method", "url", "caller", "status", "backend_status", "reason", "message")
formats = pytest.mark.parametrize("written", FORMATS.values(), ids=FORMATS)


def triaged(data, **options):
    tally = Tally(key=b"k" * 32)
    tally.add(read_rows(io.BytesIO(data), **options), file="log")
    return tally.result()


def counted(triage):
    """(cause, API, status) → how many, first and last second."""
    return {
        (one.cause, one.api, one.status): (one.count, int(one.first or 0), int(one.last or 0)) for one in triage.groups
    }


def expected(rows):
    found = {}
    for row in rows:
        if row.cause:
            found.setdefault((row.cause, row.api, row.status), []).append(int(row.at.timestamp()))
    return {key: (len(times), min(times), max(times)) for key, times in found.items()}


@formats
def test_every_format_gives_the_same_counts_first_and_last(written):
    triage = triaged(written(ROWS))
    assert (triage.rows, triage.unread_count, triage.timeless) == (len(ROWS), 0, 0)
    assert counted(triage) == expected(ROWS)
    assert triage.refused == sum(1 for row in ROWS if row.cause)
    assert [int(triage.first), int(triage.last)] == [int(row.at.timestamp()) for row in (ROWS[0], ROWS[-1])]


@formats
def test_callers_and_quarters_of_hours_are_counted_without_their_names(written):
    triage = triaged(written(ROWS))
    for group in triage.groups:
        rows = [row for row in ROWS if (row.cause, row.api, row.status) == (group.cause, group.api, group.status)]
        assert len(group.callers) == len({row.caller for row in rows})
        assert group.quarters == Counter(int(row.at.timestamp()) // 900 * 900 for row in rows)
    assert "10.0.0." not in repr(triage.groups)


@formats
@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_and_gzipped_it_is_the_same(written, seed):
    rows = list(ROWS)
    random.Random(seed).shuffle(rows)
    assert counted(triaged(gzip.compress(written(rows)))) == expected(ROWS)


def test_a_log_that_is_cut_off_loses_its_last_row_and_says_so():
    whole = as_json_lines(ROWS)
    triage = triaged(whole[:-40])
    assert (triage.rows, triage.unread_count) == (len(ROWS) - 1, 1)
    assert triage.unread[0][1].line == len(ROWS)


def test_a_document_that_is_cut_off_keeps_what_was_counted():
    tally = Tally(key=b"k" * 32)
    data = FORMATS["document"](ROWS)
    with pytest.raises(LogRefused, match="broken behind its row 3"):
        tally.add(read_rows(io.BytesIO(data[: len(data) * 3 // 4])), file="log")
    assert tally.result().rows > 290


def test_unknown_columns_are_mapped_by_a_persons_word():
    names = ("wann", "was", "aktion", "wie", "wohin", "wer", "ergebnis", "dahinter", "warum", "text")
    data = as_csv(ROWS, columns=names)
    chosen = dict(zip(MAPPED, names, strict=True))
    assert counted(triaged(data, chosen=chosen)) == expected(ROWS)


def test_unknown_columns_are_told_by_what_stands_in_them():
    names = ("wann", "was", "aktion", "wie", "wohin", "wer", "ergebnis", "dahinter", "warum", "text")
    rows = read_rows(io.BytesIO(as_csv(ROWS, columns=names)))
    tally = Tally(key=b"k" * 32)
    tally.add(rows, file="log")
    assert rows.reader.guessed == {
        "time": "wann", "status": "ergebnis", "method": "wie", "url": "wohin", "caller": "wer", "message": "text"
    }  # fmt: skip
    without_api = {key[::2]: value for key, value in expected(ROWS).items()}
    assert {(one.cause, one.status) for one in tally.result().groups} == set(without_api)


def test_two_columns_that_look_like_statuses_are_asked_about():
    data = "a;b;c\n" + "".join(f"{status};{status};{number}\n" for number, status in enumerate([401, 200, 403, 200]))
    rows = read_rows(io.BytesIO(data.encode()))
    tally = Tally(key=b"k" * 32)
    tally.add(rows, file="log")
    assert rows.asks_columns and tally.result().refused == 0


def test_columns_in_another_order_and_of_no_use_change_nothing():
    order = list(range(len(COLUMNS)))
    random.Random(3).shuffle(order)
    lines = [[COLUMNS[place] for place in order] + ["Junk"]]
    lines += [[str(gateway_values(row)[place]) for place in order] + ['a "quoted", value'] for row in ROWS]
    quoted = "\n".join(",".join('"' + one.replace('"', '""') + '"' for one in line) for line in lines)
    assert counted(triaged(quoted.encode())) == expected(ROWS)


def test_access_logs_tell_statuses_and_what_the_proxy_says():
    nginx = triaged(as_nginx(ROWS))
    assert nginx.refused == sum(1 for row in ROWS if row.cause)
    assert {group.operation for group in nginx.groups} == {"GET /orders/{id}", "GET /invoices/{id}"}
    envoy = counted(triaged(as_envoy(ROWS)))
    for key, value in expected(ROWS).items():
        if key[0] in ("token-expired", "authorization-header-missing"):
            assert envoy[key] == value, key


def test_an_application_log_counts_what_refuses_a_token_and_nothing_else():
    lines = [
        "2026-11-28 08:51:44,120 INFO started, listening on 8080",
        "2026-11-28 08:51:45,120 ERROR auth: jwt.exceptions.ExpiredSignatureError: Signature has expired",
        "2026-11-28 08:51:46,120 ERROR db: connection pool exhausted after 30 s",
        "2026-11-28 09:51:45,120 ERROR auth: jwt.exceptions.ExpiredSignatureError: Signature has expired",
    ]
    triage = triaged("\n".join(lines).encode())
    assert [(one.cause, one.count) for one in triage.groups] == [("token-expired", 2)]
    assert triage.groups[0].last - triage.groups[0].first == 3600


def test_alike_rows_are_diagnosed_once(monkeypatch):
    seen = []
    from console.core.triage import tally

    real = tally.explain
    monkeypatch.setattr(tally, "explain", lambda evidence: seen.append(1) or real(evidence))
    triaged(as_json_lines(ROWS))
    assert len(seen) == 4


def test_lines_of_several_programs_are_read_as_text_and_none_is_lost():
    lines = [
        '10.0.0.1 - - [28/Nov/2026:08:51:44 +0000] "GET /orders HTTP/1.1" 401 12 "-" "curl/8.5"',
        "2026-11-28 08:51:45,120 ERROR auth: jwt.exceptions.ExpiredSignatureError: Signature has expired",
        "2026-11-28 08:51:46,120 INFO served",
    ]
    triage = triaged("\n".join(lines).encode())
    assert (triage.rows, triage.unread_count) == (3, 0)
    assert [(one.cause, one.count) for one in triage.groups] == [("token-expired", 1), (None, 1)]
    assert triage.groups[1].status == 401 and triage.groups[1].operation == "GET /orders"


def test_lines_whose_times_have_a_comma_are_no_table_and_many_different_ones_hide_no_refusal(monkeypatch):
    monkeypatch.setattr("console.core.triage.tally.MOST_SHAPES", 20)
    words = random.Random(5)
    told = ["".join(words.choice("abcdefgh") for _ in range(9)) for _ in range(200)]
    lines = [f"2026-11-28 08:51:{number % 60:02d},120 INFO served {word}" for number, word in enumerate(told)]
    lines.append("2026-11-28 08:59:45,120 ERROR app: jwt.exceptions.ExpiredSignatureError: Signature has expired")
    triage = triaged("\n".join(lines).encode())
    assert (triage.rows, triage.unread_count, triage.is_cut) == (201, 0, False)
    assert [(one.cause, one.count) for one in triage.groups] == [("token-expired", 1)]
