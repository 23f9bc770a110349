"""Scripts and tests of other tools are not imported, and each is told by its kind."""

import json

import pytest

from console.core.call_imports.read import read_calls

URL = "https://api.example/orders"
FILLED, EMPTY = {"exec": ["", "pm.test('ok', f)"]}, {"exec": ["", " "]}
POSTMAN = {
    "info": {"name": "A"},
    "event": [{"listen": "prerequest", "script": EMPTY}],
    "item": [
        {
            "name": "Folder",
            "event": [{"listen": "test", "script": FILLED}],
            "item": [
                {
                    "name": "One",
                    "request": URL,
                    "event": [{"listen": "test", "script": FILLED}, {"listen": "prerequest", "script": {"exec": "x"}}],
                },
                {"name": "Two", "request": URL, "event": [{"listen": "test", "script": EMPTY}, 7]},
            ],
        }
    ],
}
BRUNO = {
    "name": "A",
    "version": "1",
    "root": {"request": {"script": {"req": "x"}}},
    "items": [{"name": "One", "request": {"url": URL, "script": {"req": "x", "res": ""}, "tests": "test()"}}],
}
INSOMNIA_4 = {
    "_type": "export",
    "resources": [
        {"_type": "request_group", "_id": "g", "name": "Folder", "afterResponseScript": "x"},
        {"_type": "request", "name": "One", "url": URL, "preRequestScript": "x", "afterResponseScript": "y"},
    ],
}
INSOMNIA_5 = {
    "type": "collection.insomnia.rest/5.0",
    "collection": [
        {
            "name": "Folder",
            "scripts": {"preRequest": "x"},
            "children": [{"name": "One", "url": URL, "scripts": {"preRequest": "x", "afterResponse": "y"}}],
        }
    ],
}
TAKING = {"name": "id", "value": "res.body.id", "enabled": True}
ASSERTING = {"name": "res.status", "value": "eq 200", "enabled": True}
BRUNO_LINES = """meta {
  name: One
}

get {
  url: https://api.example/orders
}

vars:post-response {
  id: res.body.id
}

assert {
  res.status: eq 200
}
"""
BEFORE, AFTER, TESTS = "Script before the call", "Script after the answer", "Tests"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (POSTMAN, [TESTS, BEFORE]),
        (BRUNO, [BEFORE, TESTS]),
        (INSOMNIA_4, [BEFORE, AFTER]),
        (INSOMNIA_5, [BEFORE, AFTER]),
    ],
    ids=["postman", "bruno", "insomnia 4", "insomnia 5"],
)
def test_each_script_that_is_left_out_is_told(value, names):
    found = read_calls(json.dumps(value))
    assert [(one.name, one.is_secret) for one in found.left_out] == [(name, False) for name in names]
    assert all("not run here" in one.why for one in found.left_out)
    (problem,) = found.problems
    assert problem.what.startswith("Scripts are not imported"), "of the folder, or of the whole"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (BRUNO_LINES, [AFTER, TESTS]),
        (BRUNO_LINES.replace("  res", "  ~res").replace("  id:", "  ~id:"), []),
        (BRUNO_LINES + "\ntests {\n  test()\n}\nscript:post-response {\n  x\n}\n", [AFTER, TESTS]),
        (json.dumps({"version": "1", "items": [
            {"name": "One", "request": {"url": URL, "vars": {"res": [TAKING]}, "assertions": [ASSERTING]}}
        ]}), [AFTER, TESTS]),
        (json.dumps({"version": "1", "items": [
            {"name": "One", "request": {"url": URL, "vars": {"req": [TAKING]}, "assertions": []}}
        ]}), []),
    ],
    ids=["lines", "switched off", "both", "export", "none"],
)  # fmt: skip
def test_what_checks_or_takes_without_a_script_is_told_as_one_and_once(text, names):
    assert sorted(one.name for one in read_calls(text).left_out) == names
