"""What a command is started with: streams that are closed, full, of an old encoding, or read by nobody any more."""

import base64
import json
import os
import subprocess
import sys

import pytest

from tests.bare import clone

__all__ = ["clone"]  # a fixture


def ended(folder, line, given=b"", **environment):
    """(exit status, standard output, standard error) of a shell's line, in which $M stands for `manage.py`."""
    environment = {"M": f"{sys.executable} manage.py", "PATH": os.defpath, **environment}
    shell = ["bash", "-c", line]
    done = subprocess.run(shell, input=given, env=environment, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    "command", ["inspect", "diagnose -", "triage -", "evaluate_policy --policy manage.py --request -"]
)
def test_a_closed_input_is_an_empty_one(clone, command):
    assert ended(clone, f"$M {command} <&-") == ended(clone, f"$M {command} </dev/null")
    assert "Traceback" not in ended(clone, f"$M {command} <&-")[2]


def test_a_closed_output_takes_what_is_written_and_the_status_is_the_same(clone):
    assert ended(clone, "$M diagnose manage.py >&-") == (1, "", "")
    assert ended(clone, "$M diagnose manage.py <&- >&- 2>&-") == (1, "", "")


def test_what_is_opened_later_is_no_stream(clone):
    """Else a program would print into its database."""
    look = "import os, manage; manage._run = lambda: print(os.open('manage.py', os.O_RDONLY)); manage.main()"
    assert ended(clone, f'{sys.executable} -c "{look}" <&- 2>&-') == (0, "3\n", "")


def test_a_full_disk_is_a_sentence_and_no_answer(clone):
    told = "diagnose: something could not be written: No space left on device.\n"
    assert ended(clone, "$M diagnose manage.py >/dev/full") == (3, "", told)
    table = '{"requests": [{"name": "one", "request": {"method": "GET", "url": "https://api.example/"}}]}'
    judged = ended(clone, "$M evaluate_policy --policy manage.py --request - >/dev/full", table.encode())
    assert (judged[0], "Traceback" in judged[2]) == (3, False)


def test_a_reader_that_has_enough_is_no_answer_and_no_noise(clone):
    assert ended(clone, "$M diagnose manage.py | true; exit ${PIPESTATUS[0]}") == (3, "", "")


def test_an_encoding_that_lacks_a_letter_gets_an_escape_of_it(clone):
    status, out, err = ended(clone, "$M diagnose manage.py", PYTHONIOENCODING="ascii")
    assert (status, "\\u2019" in out, err) == (1, True, "")


def test_input_that_is_no_text_is_said_to_be_none(clone):
    status, _, err = ended(clone, "$M evaluate_expression", b'{"a": "\xe9"}\n', PYTHONIOENCODING="utf-8:strict")
    assert (status, err.startswith("Line 1 is no JSON object")) == (3, True)


MARK = "##vso[task.complete]"  # Azure Pipelines obeys it wherever it stands in a line, of both streams
TOKEN = ".".join(
    base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
    for part in ({"alg": "RS256", "kid": MARK}, {"aud": MARK, "iss": "https://login.example/", "exp": 1}, 0)
)


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("inspect", TOKEN),
        ("inspect --json", TOKEN),
        (f"inspect '{MARK}'", ""),
        ("triage -", f'status,api\n401,"{MARK}"\n'),
        ("evaluate_expression", json.dumps({"expression": f'@("{MARK}")', "context": {}})),
    ],
)
def test_a_build_server_is_told_no_command_of_a_far_side(clone, command, given):
    _, out, err = ended(clone, f"set -o noglob; $M {command}", given.encode())
    assert "task.complete" in out + err
    assert "##vso[" not in out + err
