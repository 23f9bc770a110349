"""manage.py run_calls: a line a step, JSON and JUnit to a file or in their place, and one sentence for bad input."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from console.core.compose.draft import RequestDraft
from console.services import collections, profiles
from tests.services.builders import with_samples
from tests.services.collection_samples import opened_sample, orders, step

pytestmark = pytest.mark.django_db
NOBODY = RequestDraft("GET", "/orders", sends_token=False)


@pytest.fixture
def opened():
    return opened_sample(with_samples())


def run(capsys, *arguments):
    """Exit status, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        call_command("run_calls", *arguments)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_each_step_is_a_line_and_the_answer_the_last(opened, capsys):
    orders(opened)
    status, out, err = run(capsys, "Orders", "--user", opened.actor.email)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "ok      1  List orders: answered 200 as expected.",
        "ok      2  Read the first: answered 200 as expected.",
        "2 of 2 as expected.",
    ]


def test_a_step_that_is_not_as_expected_says_what_to_do_and_who_and_ends_with_1(opened, capsys, tmp_path):
    made = orders(opened, step(opened, "Nobody", NOBODY))
    xml, told = tmp_path / "calls.xml", tmp_path / "calls.json"
    status, out, _ = run(capsys, made.id, "--user", opened.actor.email, "--junit", str(xml), "--json", str(told))
    assert status == 1
    lines = out.splitlines()
    assert lines[2].startswith("fail    3  Nobody: answered 401 instead of 2xx: No token sent. Do: ")
    assert "Who: " in lines[2]
    assert lines[3] == "2 of 3 as expected; step 3 answered 401 instead of 2xx: No token sent."
    suite = ElementTree.parse(xml).getroot()[0]
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("Orders", "3", "1")
    assert suite[2][0].get("type") == "authorization-header-missing"
    assert json.loads(told.read_text())["headline"] == lines[3]


@pytest.mark.parametrize(("option", "begins"), [("--json", "{"), ("--junit", "<?xml")])
def test_a_report_without_a_file_stands_in_place_of_the_lines(opened, capsys, option, begins):
    orders(opened)
    status, out, _ = run(capsys, "Orders", "--user", opened.actor.email, option)
    assert (status, out.startswith(begins)) == (0, True)
    assert json.loads(out)["as_expected"] == 2 if begins == "{" else ElementTree.fromstring(out.encode()) is not None


def test_production_is_called_only_by_who_agrees(opened, capsys):
    draft = replace(profiles.draft_of(opened.profile), environment="production")
    profiles.update(opened.actor, opened.profile.id, draft, expected_version=opened.profile.version)
    orders(opened)
    status, out, err = run(capsys, "Orders", "--user", opened.actor.email)
    assert (status, out) == (3, "")
    assert "nothing was sent" in err
    assert run(capsys, "Orders", "--user", opened.actor.email, "--production")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Nothing", "--user", "ina@example.com"], "may run no collection “Nothing”"),
        (["Orders", "--user", "nobody@example.com"], "nobody here has the address"),
        (["Orders"], "the following arguments are required: --user"),
        (["Orders", "--user", "ina@example.com", "--junit", "/nowhere/x.xml"], "cannot be written"),
        (["Orders", "--user", "ina@example.com", "--json", "--junit"], "cannot both be printed"),
        (["Empty", "--user", "ina@example.com"], "Empty has no steps yet"),
        (["a\x00b", "--user", "ina@example.com"], "may run no collection"),
    ],
    ids=["name", "person", "usage", "file", "both", "empty", "nul"],
)
def test_bad_input_is_one_sentence_and_exit_status_3(opened, capsys, arguments, told):
    orders(opened)
    collections.make(opened, "Empty", [], stops_early=False)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (3, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_name_that_two_have_is_asked_about(opened, capsys):
    orders(opened)
    other = opened_sample(opened.actor, "Sample: orders with a certificate")
    collections.make(other, "Orders", [step(other, "One", NOBODY)], stops_early=False)
    status, _, err = run(capsys, "Orders", "--user", opened.actor.email)
    assert status == 3
    assert "2 collections are called “Orders”" in err


@pytest.mark.parametrize("option", [None, "--json", "--junit"])
def test_a_build_server_is_told_no_command_by_what_a_step_is_called_or_answered(opened, capsys, option):
    mark = "##vso[task.setvariable variable=a]b"
    orders(opened, step(opened, mark, NOBODY, f"$.x is {mark}"), name=f"Orders {mark}")
    _, out, _ = run(capsys, f"Orders {mark}", "--user", opened.actor.email, *([option] if option else []))
    assert "task.setvariable" in out
    assert "##vso[" not in out
