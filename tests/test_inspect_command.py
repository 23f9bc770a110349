"""`manage.py inspect` as a script uses it: in a bare clone, without any environment, from files and standard input."""

import json
import subprocess
import sys

import pytest

from tests.bad_input.registry import CASES, FOLDER
from tests.bare import called, clone, started
from tests.core.tokens.wire import compact

__all__ = ["clone"]  # a fixture

NOW = "1899995000"
TOKEN = compact({"sub": "a", "aud": "api://other", "exp": 1_900_000_000})
MEMBERS = ["kind", "notes", "header", "claims", "signature", "defects", "findings", "items"]


def run(*arguments, paste=b""):
    return called("inspect", *arguments, given=paste.encode() if isinstance(paste, str) else paste)


def test_a_token_on_standard_input_is_decoded_without_settings_or_data_folder(clone):
    status, out, err = started(clone, "inspect", "--json", "--now", NOW, given=TOKEN.encode())
    document = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert list(document) == MEMBERS
    assert (document["kind"], document["claims"]["sub"], document["signature"]) == ("jws", "a", "not_checked")
    assert {path.name for path in clone.iterdir()} - {"__pycache__"} == {"console", "manage.py"}


def test_a_file_is_read_and_told_in_plain_text(tmp_path):
    file = tmp_path / "paste.txt"
    file.write_text(f"Authorization: Bearer {TOKEN}\n")
    status, out, err = run(str(file), "--now", NOW)
    assert (status, err) == (0, "")
    assert out.startswith("Kind: jws\n")
    assert "    aud: api://other\n" in out


def test_a_dash_is_standard_input_and_powershells_utf_16_is_read():
    status, out, _ = run("-", "--json", "--now", NOW, paste=TOKEN.encode("utf-16"))
    assert (status, json.loads(out)["claims"]["sub"]) == (0, "a")


def test_keys_and_demands_are_taken_from_files(tmp_path):
    expect = tmp_path / "expect.json"
    expect.write_text(json.dumps({"audiences": ["api://orders"], "leeway_s": 5, "tenant": None}))
    arguments = ("--json", "--now", NOW, "--jwks", str(FOLDER / "jwks.json"), "--expect", str(expect))
    status, out, err = run(*arguments, paste=CASES["E-V05"]["input"]["text"])
    document = json.loads(out)
    assert (status, err, document["signature"]) == (1, "", "valid")
    finding = next(one for one in document["findings"] if one["check"] == "audience")
    assert (finding["status"], finding["expected"], finding["who"]) == ("fail", ["api://orders"], "integrator")


def test_a_container_lists_its_tokens_and_failed_exchanges():
    paste = f"> GET /x HTTP/1.1\n> Host: a.example\n> Authorization: Bearer {TOKEN}\n>\n< HTTP/1.1 401 No\n<\n"
    status, out, _ = run("--json", "--now", NOW, paste=paste)
    document = json.loads(out)
    assert (status, document["kind"]) == (1, "http_message")
    assert [(item["kind"], list(item)) for item in document["items"]] == [("jws", MEMBERS), ("http_message", MEMBERS)]
    assert document["items"][1]["notes"] == ["GET https://a.example/x answered 401: not authorized."]


STATUSES = [
    ("nothing failed", TOKEN, NOW, 0, ""),
    ("expired", TOKEN, "1900000001", 1, ""),
    ("one second before", TOKEN, "1899999999", 0, ""),
    ("a defect", f"{TOKEN}=", NOW, 1, ""),
    ("an error", "AADSTS7000215: Invalid client secret", NOW, 1, ""),
    ("a secret", "abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-", NOW, 0, ""),
    ("empty", " \n", NOW, 3, "inspect: Nothing was pasted: paste a token, a token response, or a whole"),
    ("unknown", "hello", NOW, 3, "inspect: Nothing here is recognised as a token."),
    ("too large", "a" * 262_145, NOW, 3, "inspect: The text has 262145 characters; the limit is 262144 (256 KB)"),
]


@pytest.mark.parametrize(
    ("paste", "now", "status", "sentence"), [row[1:] for row in STATUSES], ids=[r[0] for r in STATUSES]
)
def test_the_exit_status_tells_what_came_of_it(paste, now, status, sentence):
    done = run("--json", "--now", now, paste=paste)
    assert done[0] == status
    assert list(json.loads(done[1])) == MEMBERS
    assert done[2].startswith(sentence)
    assert done[2].count("\n") == (1 if sentence else 0)


WRONG = [
    ("a token", [TOKEN], "inspect: give one FILE, or - for standard input; a token itself is never an argument"),
    ("a header", ["Bearer", TOKEN], "inspect: give one FILE, or - for standard input"),
    ("an unknown option", ["--token", "x", f"--jwt={TOKEN}"], "inspect: unrecognized arguments: --token --jwt="),
    ("no such file", ["/nowhere/paste"], "inspect: what to inspect cannot be read from /nowhere/paste: No such file"),
    ("a folder", ["/"], "inspect: what to inspect cannot be read from /: Is a directory."),
    (
        "no such keys",
        ["--jwks", "/nowhere/keys"],
        "inspect: the key set cannot be read from /nowhere/keys: No such file",
    ),
    ("no keys", ["--jwks", "manage.py"], "inspect: --jwks manage.py: The key set is not JSON"),
    ("no demands", ["--expect", "manage.py"], "inspect: --expect manage.py: JSON is malformed"),
    ("a moment in words", ["--now", "today"], "inspect: --now must be whole seconds since 1970, and today is not."),
    ("a moment before 1970", ["--now=-1"], "inspect: --now must be whole seconds since 1970, and -1 is not."),
    (
        "standard input twice",
        ["-", "--jwks", "-"],
        "inspect: only one of FILE, --jwks and --expect can be standard input.",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_usage_is_one_sentence_that_repeats_no_token(arguments, sentence):
    status, out, err = run(*arguments, paste=TOKEN)
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(sentence)
    assert TOKEN.rpartition(".")[2] not in err


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("[]", "it must be a JSON object."),
        ('{"audience": "api://orders"}', "it does not know audience."),
        ('{"audiences": "api://orders"}', "Expected `array`, got `str` - at `$.audiences`."),
        ('{"leeway_s": -1}', "leeway_s must be 0 or more."),
    ],
)
def test_demands_that_cannot_be_understood_are_refused(tmp_path, document, sentence):
    file = tmp_path / "expect.json"
    file.write_text(document)
    status, out, err = run("--expect", str(file), paste=TOKEN)
    assert (status, out) == (3, "")
    assert err.endswith(f"{sentence}\n")


def test_the_help_stands_alone(clone):
    status, out, err = started(clone, "inspect", "--help")
    assert (status, err) == (0, "")
    for words in ("--jwks FILE", "--expect FILE", "--now EPOCH", "--json", "Exit status: 0 nothing failed"):
        assert words in " ".join(out.split())


def test_a_token_alone_loads_no_application_and_no_catalogue_of_causes(clone):
    code = (
        "import io, sys; sys.argv = ['manage.py', 'inspect', '--json']; sys.stdin = io.TextIOWrapper(io.BytesIO("
        f"{TOKEN.encode()!r}))\ntry:\n    import manage; manage.main()\nexcept SystemExit: pass\n"
        "loaded = {'allauth', 'msal', 'requests', 'sqlite3', 'console.settings', 'console.models',"
        " 'console.core.diagnosis'} & set(sys.modules)\nprint(sorted(loaded), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={}, cwd=clone, capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"
