"""A build server finds no command of its own in what is printed, and other readers find what was meant."""

import json
import re
from xml.etree import ElementTree

import pytest

from console.core.reports.build_log import in_json, in_lines, in_xml
from console.core.reports.junit import CaseVerdict, JUnitCase, JUnitSuite, to_junit

# As the agents look: Azure Pipelines and TeamCity anywhere in a line, GitHub Actions at its beginning.
COMMAND = re.compile(r"##(?:vso|teamcity)?\[|^\s*::", re.MULTILINE)
HOSTILE = [
    "##vso[task.setvariable variable=PATH]/evil",
    "answered ##vso[task.prependpath]/evil instead",
    "###vso[task.complete result=Succeeded;]",
    "##[error]x ##[group]y",
    "##teamcity[buildStatus status='SUCCESS']",
    "one\n::add-mask::x\n  \t::warning::y",
    "::set-output name=a::b",
    ":::x",
]
HARMLESS = ["## A title of Markdown", "#12: a case", "std::vector at 10::1", "https://x.example/#a##b", "C# [x]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_form_of_output_holds_a_command(text):
    assert COMMAND.search(text)
    assert not COMMAND.search(in_lines(text))
    for indent in (None, 2):
        told = in_json(json.dumps({"said": text, text: [text]}, indent=indent))
        assert not COMMAND.search(told)
        assert json.loads(told) == {"said": text, text: [text]}
    told = to_junit([JUnitSuite(text, text, (JUnitCase(text, CaseVerdict.FAILED, text, text, text),), 0)])
    assert not COMMAND.search(told)
    (case,) = ElementTree.fromstring(told.encode()).iter("testcase")
    assert (case[0].text, " ".join(case.get("name").split())) == (text, " ".join(text.split()))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_command_stays_as_it_is(text):
    assert in_lines(text) == text
    assert in_json(json.dumps(text)) == json.dumps(text)
    assert in_xml(text) == text


def test_whatever_stands_before_it_the_backslashes_of_json_stay_pairs():
    for before in ("", "\\", "\\\\", '"', "\\n", "#"):
        text = f"{before}##vso[x]"
        assert json.loads(in_json(json.dumps(text))) == text
