"""What an import costs does not grow faster than its text, and its texts grow to no more than what is kept."""

import json

import pytest

from console.core.call_imports import draft, variables
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.read import read_calls
from console.core.call_imports.readers import curl, insomnia
from console.core.call_imports.variables import FillingWork, Variables
from console.core.paste.shell import syntax

URL = "https://a.example/"


def _postman(value: str, items: list) -> str:
    told = [{"key": "a", "value": value}]
    return json.dumps({"info": {"name": "x"}, "variable": told, "item": items}, ensure_ascii=False)


def _call(**request) -> dict:
    return {"name": "one", "request": {"method": "POST", "url": URL, **request}}


def test_a_text_does_not_grow_beyond_what_is_kept_by_its_variables():
    told = Variables([("a", "x" * 2_000), ("b", "y")])
    text = "{{a}}" * 30_000
    assert told.filled(text) == text
    assert told.filled("{{a}}{{b}}") == "x" * 2_000 + "y"


def test_variables_within_variables_do_not_multiply():
    told = Variables([(f"a{number}", f"{{{{a{number + 1}}}}}" * 15) for number in range(5)])
    assert len(told.filled("{{a0}}" * 1_900)) <= variables.LONGEST_FILLED
    assert variables.MOST_FILLED - told.work.left <= 10 * variables.LONGEST_FILLED


@pytest.mark.parametrize("value", ["x" * 2_000, "{{b}}"])
def test_the_variables_of_an_import_share_one_bound_and_what_is_not_filled_in_is_told(value):
    header = {"key": "X-One", "value": "{{a}}" * 39_000}
    found = read_calls(_postman(value, [_call(header=[header] * 25), _call(url="{{a}}/orders")]))
    assert variables.NOT_FILLED in [problem.what for problem in found.problems]
    assert found.calls[1].url == "{{a}}/orders"


def test_one_bound_holds_for_every_reader(monkeypatch):
    made: list[FillingWork] = []
    work = variables.FillingWork
    monkeypatch.setattr(variables, "FillingWork", lambda: made.append(work(left=0)) or made[-1])
    texts = {
        "http": f"@a = b\nGET {URL}{{{{a}}}}",
        "bruno": f"vars {{\n  a: b\n}}\n\nget {{\n  url: {URL}{{{{a}}}}\n}}\n",
        "postman": _postman("b", [_call(url=URL + "{{a}}")]),
        "insomnia": json.dumps({"_type": "export", "__export_format": 4, "resources": [
            {"_type": "environment", "_id": "e", "data": {"a": "b"}},
            {"_type": "request", "_id": "r", "method": "GET", "url": URL + "{{ _.a }}"}]}),
        "insomnia5": f"type: collection.insomnia.rest/5.0\ncollection:\n  - name: a\n    url: {URL}{{{{ _.a }}}}\n"
        "    method: GET\nenvironments:\n  data:\n    a: b\n",
        "bruno export": json.dumps({"version": "1", "environments": [{"variables": [{"name": "a", "value": "b"}]}],
            "items": [{"type": "http", "name": "a", "request": {"url": URL + "{{a}}", "method": "GET"}}]}),
        "opencollection": "opencollection: 1.0.0\nconfig:\n  environments:\n    - variables:\n        - name: a\n"
        f"          value: b\nitems:\n  - http:\n      method: GET\n      url: {URL}{{{{a}}}}\n",
    }  # fmt: skip
    for format_, text in texts.items():
        (call,) = read_calls(text).calls
        assert "{{" in call.url, format_


def test_the_addresses_of_a_command_do_not_multiply_its_headers(monkeypatch):
    seen: list[int] = []
    bounded = draft._bounded
    monkeypatch.setattr(draft, "_bounded", lambda call: seen.append(len(call.headers)) or bounded(call))
    found = read_calls("curl ^\n" + '"http://a.example/" -H "a: b" ' * 6_000)
    assert len(found.calls) == draft.MAX_CALLS
    assert sum(seen) <= (draft.MAX_CALLS + 1) * curl.MAX_OPTIONS


class _Asked(dict):
    """An environment that counts how often it is compared with another."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        type(self).compared += 1
        return super().__eq__(other)

    __hash__ = None


def test_environments_of_insomnia_are_not_compared_with_each_other():
    told = [{"_type": "environment", "_id": f"e{n}", "parentId": f"e{n + 1}", "data": {}} for n in range(300)]
    insomnia.read({"resources": [*map(_Asked, told)]}, ImportDraft())
    assert _Asked.compared <= len(told)


def test_what_is_left_out_of_a_call_is_told_by_name_up_to_a_number():
    (call,) = read_calls("curl ^\n http://a.example/ " + "-d @a " * 500).calls
    assert len(call.left_out) == draft.MOST_LEFT_OUT + 1
    assert call.left_out[-1].name == f"{500 - draft.MOST_LEFT_OUT} more"


@pytest.mark.parametrize("command", ["curl https://a.example/{}\n", "http POST https://a.example/{} b=c\n"])
def test_what_stands_behind_a_full_import_is_not_read(monkeypatch, command):
    read: list[int] = []
    whole = syntax.bash
    monkeypatch.setattr(syntax, "bash", lambda text: read.append(len(text)) or whole(text))
    script = "".join(command.format("x" * 60 + str(number)) for number in range(5_000))
    assert len(read_calls(script).calls) == draft.MAX_CALLS
    assert sum(read) < len(script) / 4


def test_of_a_long_script_only_what_may_hold_a_command_is_read(monkeypatch):
    read: list[str] = []
    whole = syntax.bash
    monkeypatch.setattr(syntax, "bash", lambda text: read.append(text) or whole(text))
    between = "echo {{a}}{{b}}\n" * 20_000
    found = read_calls(f"curl {URL}1\n{between}curl {URL}2 \\\n -H 'X-One: 2'\n")
    assert [one.url for one in found.calls] == [f"{URL}1", f"{URL}2"]
    assert sum(map(len, read)) < len(between) / 4
