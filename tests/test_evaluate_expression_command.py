"""manage.py evaluate_expression: JSON lines in and out, in a bare clone."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(text):
    return subprocess.run(
        [sys.executable, "manage.py", "evaluate_expression"],
        input=text, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120,
    )  # fmt: skip


def test_each_line_is_answered_in_order():
    asked = [
        {"expression": "@(1 + 1)", "context": {}},
        {"expression": '@(context.Variables["a"].ToString())', "context": {"variables": {}}},
        {"expression": "@(context.Request.Method)", "context": {}},
    ]
    told = run("\n".join(map(json.dumps, asked)) + "\n")
    assert [json.loads(line) for line in told.stdout.splitlines()] == [
        {"value": 2}, {"error": "KeyNotFoundException"}, {"unknown": ["method"]},
    ]  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")


def test_a_line_that_is_no_question_is_told_in_a_sentence():
    for text in ("[1]\n", "{\n", '{"expression": 1, "context": {}}\n', '{"expression": "@(1)"}\n'):
        told = run(text)
        assert (told.returncode, told.stdout) == (3, "")
        assert told.stderr == 'Line 1 is no JSON object with "expression" (text) and "context" (object).\n'
