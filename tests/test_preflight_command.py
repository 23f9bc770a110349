"""manage.py preflight: a line a stage, JSON, JUnit, and one sentence for what is asked wrongly."""

import json
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from console.core.preflight import STAGES
from console.services import preflight, profiles, sandbox
from tests.services.builders import with_samples
from tests.tables import failures

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"


@pytest.fixture
def actor():
    return with_samples()


def run(capsys, *arguments):
    """Exit status, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        call_command("preflight", *arguments)
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_each_stage_is_a_line_and_the_answer_the_last(actor, capsys):
    status, out, err = run(capsys, NAME, "--user", actor.email)
    lines = out.splitlines()
    assert (status, err, len(lines)) == (0, "", len(STAGES) + 1)
    assert [line.split()[1] for line in lines[:-1]] == [stage.code for stage in STAGES]
    assert lines[7] == "ok      token      The provider gave a token."
    assert lines[-1] == f"{NAME} is ready: 8 of 8."


def test_a_stage_that_fails_says_what_to_do_and_who_and_ends_with_1(actor, capsys):
    sandbox.set_fault(actor, "secret-expired")
    status, out, _ = run(capsys, NAME, "--user", actor.email)
    failed = next(line for line in out.splitlines() if line.startswith("fail"))
    assert status == 1
    assert "Do: " in failed
    assert "Who: " in failed
    assert out.splitlines()[-1].startswith("Stops at “Token”: ")


def test_json_is_one_object_with_every_stage(actor, capsys):
    status, out, _ = run(capsys, NAME, "--user", actor.email, "--json")
    found = json.loads(out)
    assert (status, found["is_good"], found["passed"], found["of"]) == (0, True, 8, 8)
    assert [one["stage"] for one in found["stages"]] == [stage.code for stage in STAGES]
    assert set(found["stages"][0]) == {
        "stage",
        "title",
        "status",
        "what",
        "why",
        "do",
        "who",
        "cause",
        "seen",
        "attempt",
    }


def test_junit_is_written_beside_the_lines(actor, capsys, tmp_path):
    file = tmp_path / "preflight.xml"
    sandbox.set_fault(actor, "secret-expired")
    status, out, _ = run(capsys, NAME, "--user", actor.email, "--junit", str(file))
    suite = ElementTree.parse(file).getroot().find("testsuite")
    assert status == 1 and out
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("12", "1", "7")


def test_wrong_input_is_one_sentence_and_3(actor, capsys, tmp_path):
    twin = profiles.duplicate(actor, profiles.list_profiles(actor)[0].id)
    profiles.update(
        actor, twin.id, profiles.draft_of(twin), expected_version=profiles.open_profile(actor, "view", twin.id).version
    )
    cases = [
        ("nobody", (NAME, "--user", "nobody@example.com"), "nobody here has the address “nobody@example.com”"),
        ("no profile", ("Nothing", "--user", actor.email), "ina@example.com may use no profile “Nothing”. Give"),
        ("nobody's", (NAME, "--user", "ada@example.com"), f"ada@example.com may use no profile “{NAME}”."),
        ("no user", (NAME,), "the following arguments are required: --user"),
        ("no folder", (NAME, "--user", actor.email, "--junit", str(tmp_path / "no" / "x.xml")), "cannot be written"),
    ]

    def is_refused(_name, arguments, sentence):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (3, "")
        assert len(err.strip().splitlines()) == 1
        assert sentence in err

    assert failures(is_refused, cases) == []


def test_a_name_that_two_profiles_have_is_refused_with_their_ids(actor, capsys):
    first = next(one for one in profiles.list_profiles(actor) if one.name == NAME)
    twin = profiles.create(actor, profiles.draft_of(first))
    status, _, err = run(capsys, NAME, "--user", actor.email)
    assert status == 3
    assert first.id in err
    assert twin.id in err


def test_the_run_is_kept_like_one_of_the_pages(actor, capsys):
    run(capsys, NAME, "--user", actor.email, "--json")
    profile = next(one for one in profiles.list_profiles(actor) if one.name == NAME)
    opened = preflight.opening.of_profile(actor, "view", profile.id)
    assert [one.value.is_good for one in preflight.newest(opened)] == [True]
