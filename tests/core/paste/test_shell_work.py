"""What a grammar does with a broken script grows faster than the script; what is given to it is bounded."""

import pytest

from console.core.call_imports.read import read_calls
from console.core.paste.handover import read_handover
from console.core.paste.http_text import MAX_IN_A_ROW
from console.core.paste.recognise import recognise
from console.core.paste.shell import bash, syntax
from tests.patterns.growth import MOST, times_more

BROKEN = ("curl a (", "a b (", "<<A\n", "$[", "a | ", "a|", "|a) ", "a) ")


@pytest.mark.parametrize("repeated", BROKEN)
def test_a_text_that_would_take_the_grammar_long_is_given_up(repeated):
    assert syntax.bash(repeated * (64_000 // len(repeated))) is None
    assert not syntax.is_whole_bash(repeated * (64_000 // len(repeated)))


@pytest.mark.parametrize("run", [read_calls, read_handover], ids=["import", "hand-over"])
@pytest.mark.parametrize("repeated", ["curl a (", "$[", "a|"])
def test_reading_a_broken_script_grows_with_its_text(run, repeated):
    small, large = (f"curl https://a.example/\n{repeated * (size // len(repeated))}" for size in (15_000, 60_000))
    assert times_more(run, small, large) < MOST


def test_an_inspected_script_of_many_commands_is_read_for_some_of_them(monkeypatch):
    read = []
    whole = bash.syntax.is_whole_bash
    monkeypatch.setattr(bash.syntax, "is_whole_bash", lambda text: read.append(text) or whole(text))
    recognise("curl https://a.example/ -H 'x: y'\n" * 2_000)
    assert 0 < len(read) <= 4 * MAX_IN_A_ROW


def _given(monkeypatch) -> list[int]:
    """The sizes of the texts that the grammar was asked to read."""
    given: list[int] = []
    tried = syntax._tried
    monkeypatch.setattr(syntax, "_tried", lambda parser, source: given.append(len(source)) or tried(parser, source))
    return given


@pytest.mark.parametrize("size", [30_000, 250_000, 450_000])
@pytest.mark.parametrize("repeated", ["curl if ${", "curl 'http://a' )|\n", "curl http://a $(\n"])
def test_of_a_script_that_the_grammar_mends_it_is_given_a_part(monkeypatch, repeated, size):
    given = _given(monkeypatch)
    read_calls(repeated * (size // len(repeated)))
    assert sum(given) <= 2 * bash.MAX_LENGTH + syntax.MAX_READ


@pytest.mark.parametrize("commands", [20, 200])
def test_the_broken_commands_of_a_paste_share_one_bound(monkeypatch, commands):
    given = _given(monkeypatch)
    recognise((" curl http://a.example/ if ${" * commands + "\n") * (30_000 // (29 * commands)))
    assert sum(given) <= 4 * syntax.MAX_READ


def test_the_variables_of_a_text_share_one_bound(monkeypatch):
    given = _given(monkeypatch)
    bash.variables_in(("a=x" + "if ${" * 1_500 + "\n") * 60)
    assert 0 < sum(given) <= syntax.MAX_READ


def test_a_long_script_of_whole_commands_is_read_to_its_end():
    command = "for i in 1; do\ncurl https://a.example/{} -H 'X: y' -d '{{\"a\":\"{}\"}}'\ndone\n"
    found = read_calls("".join(command.format(number, "x" * 1_500) for number in range(190)))
    assert [one.url for one in found.calls] == [f"https://a.example/{number}" for number in range(190)]


def test_a_dense_script_is_read_command_by_command():
    command = "curl https://a.example/{} -H 'User-Agent: a (b|c) (d)' -d 'a|b'\n"
    found = read_calls("".join(command.format(number) for number in range(400)))
    assert [one.url for one in found.calls] == [f"https://a.example/{number}" for number in range(200)]


def test_a_long_body_is_no_dense_script():
    body = '{"a": [1, {"b": "c"}]}, ' * 4_000
    (call,) = read_calls(f"curl https://a.example/ --data-raw '[{body}1]'").calls
    assert call.body == f"[{body}1]"
