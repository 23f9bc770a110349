"""manage.py run_matrix: a line a variant, JSON, JUnit, and one sentence for what is asked wrongly."""

import json
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from console.models import Attempt, Profile
from console.services import sandbox
from tests.services.builders import with_samples
from tests.tables import failures

pytestmark = pytest.mark.django_db
NAME, INVOICES = "Sample: orders with a secret", "Sample: invoices, v1 tokens"
FEW = "without-token,without-key,twice"


@pytest.fixture
def actor():
    return with_samples()


def run(capsys, *arguments):
    """Exit status, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        call_command("run_matrix", *arguments)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_each_variant_is_a_line_and_the_answer_the_last(actor, capsys):
    status, out, err = run(capsys, NAME, "--user", actor.email, "--variants", FEW)
    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", 5)
    assert lines[0] == "ok        with token: let in (200), must be: let in. The policy lets this call through."
    assert lines[-1] == "The gateway refused all 3 that it must refuse and let in all 1 that it must let in."


def test_what_is_let_in_wrongly_ends_with_1_in_lines_json_and_junit(actor, capsys, tmp_path):
    sandbox.set_fault(actor, "key-not-asked")
    file = tmp_path / "matrix.xml"
    ask = [NAME, "--user", actor.email, "--variants", FEW, "--call", "get /orders?top=1"]
    status, out, _ = run(capsys, *ask, "--junit", str(file))
    assert status == 1
    assert "WRONG     without subscription key: let in (200), must be: refuse." in out
    suite = ElementTree.fromstring(file.read_bytes()).find("testsuite")
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["4", "1", "0", "0"]
    assert suite.find(".//failure").get("type") == "wrongly-let-in"
    status, out, _ = run(capsys, *ask, "--json")
    found = json.loads(out)
    assert (status, found["is_good"], found["call"]) == (1, False, "GET /orders")
    wrong = next(one for one in found["variants"] if one["variant"] == "without-key")
    assert set(wrong) == {
        *("variant", "title", "verdict", "expected", "expected_by", "expected_why", "actual", "status", "told", "do"),
        *("cause", "attempt", "elapsed_ms", "before"),
    }
    assert (wrong["verdict"], wrong["expected_by"], wrong["before"]) == ("wrongly let in", "sandbox", None)


def test_refusals_are_no_proof_where_the_usual_call_is_refused_as_is_demanded(actor, capsys, tmp_path):
    sandbox.set_fault(actor, "wrong-audience")
    file = tmp_path / "matrix.xml"
    ask = [NAME, "--user", actor.email, "--variants", "without-token,twice"]
    status, out, _ = run(capsys, *ask, "--junit", str(file))
    assert out.startswith("ok        with token: refused (401), must be: refuse.")
    assert status == 1
    assert out.splitlines()[-1].startswith("The refusals prove nothing: the usual call was not let in. 3 were to be")
    suite = ElementTree.fromstring(file.read_bytes()).find("testsuite")
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["3", "0", "2", "0"]
    assert "was not let in either" in suite.find(".//error").get("message")
    status, out, _ = run(capsys, *ask, "--json")
    assert (status, json.loads(out)["is_good"]) == (1, False)


def test_an_api_is_tried_by_the_one_profile_for_it(actor, capsys):
    status, out, _ = run(capsys, "Invoices (sandbox)", "--user", actor.email, "--variants", "twice")
    assert (status, len(out.splitlines())) == (0, 3)
    status, _, err = run(capsys, "Orders (sandbox)", "--user", actor.email)
    assert status == 3
    assert err.startswith("run_matrix: 2 profiles fit “Orders (sandbox)”; give the id of one: ")


def test_production_is_called_only_when_it_is_said(actor, capsys):
    Profile.objects.filter(name=INVOICES).update(environment="Production")
    ask = [INVOICES, "--user", actor.email, "--variants", "twice"]
    status, _, err = run(capsys, *ask)
    assert (status, err) == (3, f"run_matrix: “{INVOICES}” is for Production; add --production to call it.\n")
    assert not Attempt.objects.filter(kind="test").exists()
    assert run(capsys, *ask, "--production")[0] == 0


def test_what_is_asked_wrongly_is_one_sentence_and_3(actor, capsys, tmp_path):
    def is_refused(_name, arguments, words):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (3, "")
        assert err.startswith("run_matrix: ") and err.count("\n") == 1
        assert words in err

    user = ["--user", actor.email]
    cases = [
        ("nobody", [NAME, "--user", "nobody@example.com"], "nobody here has the address"),
        ("no profile", ["Nothing", *user], "may use no profile “Nothing”"),
        ("no variant", [NAME, *user, "--variants", "twice,thrice"], "there is no variant “thrice”"),
        ("no call", [NAME, *user, "--call", "/orders"], "wants a method and a path"),
        ("no folder", [NAME, *user, "--junit", str(tmp_path / "no" / "x.xml")], "cannot be written"),
        ("no person", [NAME], "the following arguments are required"),
        ("a token", ["eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln", *user], "may use no profile"),
    ]
    assert failures(is_refused, cases) == []
