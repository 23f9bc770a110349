"""`manage.py diagnose` as a script uses it: in a bare clone, without any environment, from files and standard input."""

import json

import pytest

from console.management.files import MAX_BYTES
from tests.bare import called, clone, started
from tests.core.diagnosis.evidence import NOW, claims, of_call, of_token_request
from tests.core.tokens.wire import compact

__all__ = ["clone"]  # a fixture

MEMBERS = ["file", "primary", "owner", "causes", "missing"]
CAUSE = ["cause", "confidence", "owner", "what", "why", "do", "who", "facts"]
EXPIRED = of_call(token=claims(exp=NOW - 1))
OPEN = {"response": {"status": 401, "body": ""}}
TOKEN = compact({"sub": "a", "exp": 1})


@pytest.fixture
def kept(tmp_path):
    """Writes a piece of evidence to a file, and gives its path."""

    def write(name, content):
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(file)

    return write


def run(*arguments, given=b""):
    return called("diagnose", *arguments, given=given.encode() if isinstance(given, str) else given)


def test_each_file_is_one_line_of_json_in_order_and_nothing_is_written(clone, kept):
    paths = [kept("a.json", EXPIRED), kept("b.json", of_token_request(7000222, "Expired."))]
    status, out, err = started(clone, "diagnose", "--json", *paths)
    first, second = map(json.loads, out.splitlines())
    assert (status, err, list(first), [first["file"], second["file"]]) == (0, "", MEMBERS, paths)
    assert (first["primary"], first["owner"], second["primary"]) == (
        "token-expired",
        "integrator",
        "client-secret-expired",
    )
    assert [list(cause) for cause in first["causes"]] == [CAUSE]
    assert (first["causes"][0]["confidence"], first["causes"][0]["who"]) == ("certain", "integrator")
    assert {path.name for path in clone.iterdir()} - {"__pycache__"} == {"console", "manage.py"}


def test_a_file_without_a_cause_says_what_is_missing_and_gives_status_1(kept):
    status, out, _ = run("--json", kept("a.json", EXPIRED), kept("b.json", OPEN))
    last = json.loads(out.splitlines()[1])
    assert (status, last["primary"], last["owner"], last["causes"]) == (1, None, None, [])
    assert "the decoded token" in last["missing"]


@pytest.mark.parametrize(
    ("pasted", "primary"),
    [
        ('HTTP/1.1 401 Unauthorized\n\n{"message": "JWT not present."}', "authorization-header-missing"),
        ('{"error": "invalid_client", "error_description": "AADSTS7000222: expired."}', "client-secret-expired"),
        (json.dumps({**OPEN, "pasted": "AADSTS7000222", "remark": "AADSTS7000222"}), "client-secret-expired"),
        ("{" * 5000 + "AADSTS7000222", "client-secret-expired"),
    ],
    ids=["an exchange", "an answer", "an object with a member of another kind", "no JSON"],
)
def test_what_is_no_evidence_is_taken_as_pasted_text(pasted, primary):
    status, out, err = run("-", "--json", given=pasted)
    told = json.loads(out)
    assert (status, err, told["file"], told["primary"]) == (0, "", "-", primary)


def test_plain_text_is_what_one_would_write_into_a_ticket(kept):
    path = kept("a.json", EXPIRED)
    status, out, err = run(path)
    assert (status, err) == (0, "")
    assert out.startswith(f"File: {path}\nCall: GET https://contoso.azure-api.net/orders/v1/orders was answered 401.\n")
    assert "\nCause: token-expired (certain).\n" in out


WRONG = [
    ("no file", [], "diagnose: the following arguments are required: FILE"),
    ("no such file", ["/nowhere/a.json"], "diagnose: the evidence cannot be read from /nowhere/a.json: No such file"),
    ("a folder", ["/"], "diagnose: the evidence cannot be read from /: Is a directory."),
    ("standard input twice", ["-", "-"], "diagnose: only one FILE can be standard input."),
    ("nothing in it", ["-"], "diagnose: - is empty, so there is nothing to diagnose."),
    ("an unknown option", ["--jsn", "-"], "diagnose: unrecognized arguments: --jsn"),
    ("a token", [TOKEN], "diagnose: the evidence cannot be read from "),
]


@pytest.mark.parametrize(("arguments", "sentence"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_bad_input_is_one_sentence_that_repeats_no_token_and_status_3(arguments, sentence):
    status, out, err = run(*arguments, given=" \n")
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(sentence)
    assert TOKEN.rpartition(".")[2] not in err


def test_nothing_is_printed_when_one_of_several_files_cannot_be_read(kept):
    status, out, err = run("--json", kept("a.json", EXPIRED), "/nowhere/b.json")
    assert (status, out, err.count("\n")) == (3, "", 1)


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    file = tmp_path / "large"
    with file.open("wb") as written:
        written.truncate(MAX_BYTES + 1)
    status, out, err = run(str(file))
    assert (status, out) == (3, "")
    assert err == "diagnose: the evidence is larger than the limit of 20 MB, so nothing of it was read.\n"


def test_the_help_stands_alone(clone):
    status, out, err = started(clone, "diagnose", "--help")
    assert (status, err) == (0, "")
    for words in (
        "--json",
        "- is standard input",
        "Exit status: 0 every file got a cause, 1 some did not, 3 bad input.",
    ):
        assert words in " ".join(out.split())
