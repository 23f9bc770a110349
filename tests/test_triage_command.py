"""`manage.py triage` as a script uses it: in a bare clone, from files and standard input, packed or not."""

import gzip
import json

import pytest

from tests.bare import called, clone, started
from tests.core.tokens.wire import compact
from tests.core.triage.made import as_csv, as_json_lines, made_rows

__all__ = ["clone"]  # a fixture

ROWS = made_rows(60)
MEMBERS = ["rows", "refused", "unread", "from", "to", "groups"]
GROUP = [
    "cause", "confidence", "owner", "count", "first", "last", "api", "operation", "status", "callers", "example",
    "what", "do",
]  # fmt: skip
TOKEN = compact({"sub": "a", "exp": 1})


def run(*arguments, given=b""):
    return called("triage", *arguments, given=given)


def test_several_exports_are_one_object_of_the_contract(clone, tmp_path):
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.csv"
    first.write_bytes(gzip.compress(as_json_lines(ROWS[:30])))
    second.write_bytes(as_csv(ROWS[30:]))
    status, out, err = started(clone, "triage", first, second, "--json")
    told = json.loads(out)
    assert (status, err, list(told)) == (0, "", MEMBERS)
    assert (told["rows"], told["refused"], told["unread"]) == (60, 20, 0)
    assert [list(group) for group in told["groups"]] == [GROUP] * len(told["groups"])
    assert sum(group["count"] for group in told["groups"]) == 20
    counts = [group["count"] for group in told["groups"]]
    assert counts == sorted(counts, reverse=True)
    assert told["from"] == ROWS[0].at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert {group["example"]["file"] for group in told["groups"]} <= {str(first), str(second)}
    assert {path.name for path in clone.iterdir()} - {"__pycache__"} == {"console", "manage.py"}


def test_what_no_cause_explains_is_status_1_and_says_what_would_settle_it():
    status, out, err = run("-", given=b"time,status\n2026-11-28T08:00:00Z,401\n")
    assert (status, err) == (1, "")
    assert "1 × not explained" in out and "It would settle it: " in out


def test_a_map_names_the_columns(tmp_path):
    names = tmp_path / "map.json"
    names.write_text(json.dumps({"status": "x1", "message": "x3"}))
    given = b"x1,x2,x3\n401,a,JWT not present.\n200,b,\n"
    status, out, _ = run("-", "--json", "--columns", names, given=given)
    assert (status, [group["cause"] for group in json.loads(out)["groups"]]) == (0, ["authorization-header-missing"])


WRONG = [
    ("no file", [], b"", "triage: the following arguments are required: FILE"),
    ("no such file", ["/nowhere/a.csv"], b"", "triage: the log cannot be read from /nowhere/a.csv: No such file"),
    ("a folder", ["/"], b"", "triage: the log cannot be read from /: Is a directory."),
    ("twice standard input", ["-", "-"], b"", "triage: only one FILE can be standard input."),
    ("nothing in it", ["-"], b"", "triage: -: There is no row in this file."),
    ("unknown columns", ["-"], b"x1,x2\n1,2\n3,4\n", "triage: -: no column is known to hold a status"),
    ("no map", ["-", "--columns", "-"], b"[]", "triage: --columns must be a JSON object"),
    ("a map of other names", ["/dev/null", "--columns", "-"], b'{"farbe": "x"}', "triage: --columns names farbe"),
    ("a token", [TOKEN], b"", "triage: the log cannot be read from "),
    ("an archive", ["-"], b"PK\x03\x04aaaa", "triage: -: This is a zip archive"),
]


@pytest.mark.parametrize(("arguments", "given", "sentence"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_bad_input_is_one_sentence_and_status_3(arguments, given, sentence):
    status, out, err = run(*arguments, given=given)
    assert (status, out, err.count("\n")) == (3, "", 1), err
    assert err.startswith(sentence)
    assert TOKEN.rpartition(".")[2] not in err
