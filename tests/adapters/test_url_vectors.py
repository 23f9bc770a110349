"""The WHATWG URL tests: what they call a failure is refused, what they accept has the same host here or is refused."""

import json
import pathlib

import pytest

from console.adapters.egress import Target, read_target

FILE = pathlib.Path(__file__).parent.parent / "vectors" / "url" / "urltestdata.json"
CASES = [case for case in json.loads(FILE.read_text("utf-8")) if isinstance(case, dict)]


def test_every_failure_of_the_vectors_is_refused():
    failures = [case["input"] for case in CASES if case.get("failure")]
    assert len(failures) == 273
    assert [text for text in failures if isinstance(read_target(text), Target)] == []


def test_an_accepted_url_has_the_host_that_browsers_see():
    read = [(case, read_target(case["input"])) for case in CASES if not case.get("failure")]
    accepted = [(case, target) for case, target in read if isinstance(target, Target)]
    other = [case["input"] for case, target in accepted if target.host != case["hostname"].strip("[]")]
    assert other == []
    assert len(accepted) > 80


@pytest.mark.parametrize("text", ["https://example.com/", "http://192.0.2.1:8080/a?b", "http://[2001:db8::1]/"])
def test_plain_urls_are_not_lost(text):
    assert isinstance(read_target(text), Target)
