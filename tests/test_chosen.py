"""The tests that PostgreSQL is asked by."""

import json
import random

import pytest

from tests import chosen
from tests.asked import REFUSED, Asking


def asking(name, took_s, questions, *, beyond=(), is_browser=False):
    """Of a letter for each question."""
    asked = frozenset((f"a.py:{letter}", "SELECT", "") for letter in questions)
    return Asking(name, took_s, is_browser, frozenset(beyond), asked)


def names(tests):
    return [test.id for test in chosen.choose(tests)]


def test_the_cheapest_that_ask_all_are_chosen():
    tests = [asking("all", 9, "abcd"), asking("ab", 1, "ab"), asking("bc", 1, "bc"), asking("cd", 1, "cd")]
    assert sorted(names(tests)) == ["ab", "cd"]
    assert names([*tests, asking("less", 0.1, "abcd")]) == ["less"]


def test_what_a_test_proves_beyond_its_questions_is_proved_again_and_asks_for_others():
    tests = [asking("refused", 9, "ab", beyond=[REFUSED]), asking("tests/store/test_a.py::test", 9, "")]
    assert names([*tests, asking("a", 1, "a"), asking("c", 1, "c")]) == [*(test.id for test in tests), "c"]


def test_a_browser_asks_only_what_nothing_else_does():
    quick = asking("quick", 0.1, "abc", is_browser=True)
    assert names([quick, asking("slow", 9, "abc")]) == ["slow"]
    assert names([quick, asking("slow", 9, "ab")]) == ["slow", "quick"]


@pytest.mark.parametrize(("took_s", "is_browser"), [(0.1, True), (60, False)])
def test_what_is_dear_asks_for_a_place_or_a_statement_and_not_for_values(took_s, is_browser):
    slow = Asking("slow", 9, False, frozenset(), frozenset({("a.py:1", "SELECT", "")}))
    for question, is_taken in (
        (("a.py:1", "SELECT", "a row"), False),
        (("a.py:1", "UPDATE", ""), True),
        (("a.py:2", "SELECT", ""), True),
    ):
        dear = Asking("dear", took_s, is_browser, frozenset(), frozenset({question}))
        assert (dear in chosen.choose([slow, dear])) is is_taken


def test_the_choice_asks_everything_and_is_the_same_whoever_ran_first():
    chance = random.Random(7)
    tests = [
        asking(f"{number:03}", chance.choice((0.1, 0.5, 2)), chance.sample(range(400), chance.randint(0, 30)))
        for number in range(300)
    ]
    choice = chosen.choose(tests)
    asked = [frozenset().union(*(test.questions for test in some)) for some in (choice, tests)]
    assert asked[0] == asked[1]
    assert len(choice) < len(tests) / 2
    chance.shuffle(tests)
    assert {test.id for test in chosen.choose(tests)} == {test.id for test in choice}


def test_only_what_is_listed_is_left_out(tmp_path, monkeypatch):
    """Whatever its name holds; a test that SQLite never came to runs."""
    assert chosen.left_out() == frozenset()
    (tmp_path / "left_out").write_text(json.dumps(["a.py::test[\n\ud800]"]))
    monkeypatch.setenv(chosen.LEFT_OUT, str(tmp_path / "left_out"))
    assert chosen.left_out() == {"a.py::test[\n\ud800]"}
