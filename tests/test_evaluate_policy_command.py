"""`manage.py evaluate_policy` as a script uses it: in a bare clone, without any environment."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bare import called, clone, started
from tests.vectors.policy_cases import run as cases

__all__ = ["clone"]  # a fixture

FOLDER = Path(cases.__file__).parent
KEYS = cases.load_keys(FOLDER)
REQUEST = {"method": "GET", "url": "https://gw.example/orders", "headers": {}}
HEADER = '<check-header name="X-A" failed-check-httpcode="403" failed-check-error-message="No" ignore-case="true"/>'


def written(folder, policy=HEADER, request=REQUEST, **files):
    """Arguments for the files of one evaluation."""
    arguments = []
    for name, content in {"policy": policy, "request": request, **files}.items():
        path = folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        arguments += [f"--{name}", str(path)]
    return arguments


@pytest.mark.parametrize("name", ["P001", "P002", "P052", "P143", "P145", "P252"])
def test_a_public_case_is_answered_with_the_exit_status_of_its_verdict(clone, tmp_path, name):
    case = json.loads((FOLDER / "public" / f"{name}.json").read_text())
    status, out, err = started(clone, "evaluate_policy", *cases.materialise(case, KEYS, str(tmp_path)))
    assert (err, out.count("\n")) == ("", 1)
    assert cases.compare(case["expect"], json.loads(out), status) == []
    assert {path.name for path in clone.iterdir()} - {"__pycache__"} == {"console", "manage.py"}


VERDICTS = [
    ("allow", HEADER, {"X-A": "1"}, 0),
    ("reject", HEADER, {}, 1),
    (
        "undecided",
        '<check-header name="{{h}}" failed-check-httpcode="403" failed-check-error-message="No" ignore-case="true"/>',
        {},
        2,
    ),
    ("invalid_policy", "<check-header/>", {}, 3),
]


@pytest.mark.parametrize(("verdict", "policy", "headers", "expected"), VERDICTS, ids=[row[0] for row in VERDICTS])
def test_people_get_plain_text_and_the_same_exit_status(tmp_path, verdict, policy, headers, expected):
    status, out, err = called("evaluate_policy", *written(tmp_path, policy, {**REQUEST, "headers": headers}))
    assert (status, err) == (expected, "")
    assert out.startswith(f"Verdict: {verdict}: ")


def test_one_file_may_come_on_standard_input(tmp_path):
    arguments = written(tmp_path)
    arguments[1] = "-"
    status, out, _ = called("evaluate_policy", *arguments, "--json", given=HEADER.encode("utf-16"))
    assert (status, json.loads(out)["body"]) == (1, '{ "statusCode": 403, "message": "No" }')


def test_values_fill_the_policy(tmp_path):
    policy = HEADER.replace("X-A", "{{name}}")
    request = {**REQUEST, "headers": {"X-B": "1"}}
    arguments = written(tmp_path, policy, request, values={"named_values": {"name": "X-B"}})
    assert called("evaluate_policy", *arguments, "--json")[0] == 0


def test_expressions_read_what_the_request_gives_beside_the_call(tmp_path):
    refusal = "<return-response><set-status code='402'/></return-response>"
    policy = f"""<choose><when condition='@(context.Product?.Id == "trial")'>{refusal}</when></choose>"""
    for given, status in (({"product": {"id": "trial"}}, 1), ({"product": None}, 0), ({}, 2)):
        arguments = written(tmp_path, policy, {**REQUEST, "context": given})
        answered, out, _ = called("evaluate_policy", *arguments, "--json")
        assert (answered, bool(json.loads(out)["needs"])) == (status, status == 2)


def test_a_field_of_a_template_is_named_as_what_is_missing(tmp_path):
    policy = HEADER.replace("/>", "><value>#{Contract}#</value></check-header>")
    arguments = written(tmp_path, policy, {**REQUEST, "headers": {"X-A": "1"}})
    status, out, _ = called("evaluate_policy", *arguments, "--json")
    told = json.loads(out)
    assert (status, told["needs"]) == (2, ["{{Contract}}"])
    assert "template-field" in {one["code"] for one in told["warnings"]}


TABLE = {
    "requests": [
        {"name": "without", "request": REQUEST, "expect": {"verdict": "reject", "reason": "HeaderNotFound"}},
        {"name": "with", "request": {**REQUEST, "headers": {"X-A": "1"}}, "expect": {"verdict": "allow"}},
    ],
    "now": 0,
}


def changed(verdict):
    """The table with another expectation of its second row."""
    first, second = TABLE["requests"]
    return {"requests": [first, {**second, "expect": {"verdict": verdict}}]}


def test_a_table_passes_when_every_call_is_as_expected(tmp_path):
    status, out, err = called("evaluate_policy", *written(tmp_path, request=TABLE))
    assert (status, err) == (0, "")
    assert out == "ok   without\nok   with\n2 of 2 as expected\n"


def test_a_table_fails_when_one_call_is_not(tmp_path):
    status, out, _ = called("evaluate_policy", *written(tmp_path, request=changed("reject")), "--json")
    told = json.loads(out)
    assert (status, told["agree"], told["of"]) == (1, 1, 2)
    assert told["results"][1]["problem"] == "expected reject, got allow"


def test_build_servers_get_a_report(tmp_path):
    report = tmp_path / "report.xml"
    status, _, _ = called("evaluate_policy", *written(tmp_path, request=changed("undecided")), "--junit", str(report))
    suite = ElementTree.parse(report).getroot()
    assert (status, suite.get("tests"), suite.get("failures")) == (1, "2", "1")
    status, out, _ = called("evaluate_policy", *written(tmp_path), "--junit", str(report))
    assert (status, ElementTree.parse(report).getroot().get("failures")) == (1, "1")
    assert out.startswith("Verdict: reject")


def test_a_table_may_expect_a_text_that_is_no_policy(tmp_path):
    table = {"requests": [{"request": REQUEST, "expect": {"verdict": "invalid_policy"}}]}
    assert called("evaluate_policy", *written(tmp_path, "<a", table))[0] == 0


CASE = json.loads((FOLDER / "public" / "P001.json").read_text())


@pytest.mark.parametrize(("assumes", "expected"), [(True, 0), (False, 1)])
def test_a_row_may_take_the_signature_as_valid(tmp_path, assumes, expected):
    token = cases.make_token({**CASE["token"], "sign": "B"}, KEYS)
    request = cases.swap(CASE["request"], {"{token}": token})
    row = {"request": request, "expect": {"verdict": "allow"}, "assume_signature": assumes}
    arguments = written(tmp_path, CASE["policy"], {"requests": [row], "now": cases.T0}, metadata=CASE["metadata"])
    assert called("evaluate_policy", *arguments)[0] == expected


@pytest.mark.parametrize(("choice", "expected"), [("valid", 0), ("expired", 1)])
def test_a_table_may_choose_a_reading_of_unconfirmed_behaviour(tmp_path, choice, expected):
    """At the very second of exp a token may or may not be valid still."""
    case = json.loads((FOLDER / "public" / "P055.json").read_text())
    request = cases.swap(case["request"], {"{token}": cases.make_token(case["token"], KEYS)})
    row = {"request": request, "expect": {"verdict": "allow"}}
    table = {"requests": [row], "now": cases.T0, "switches": {"expiry-second": choice}}
    assert (
        called("evaluate_policy", *written(tmp_path, case["policy"], table, metadata=case["metadata"]))[0] == expected
    )


@pytest.mark.parametrize(
    ("switches", "told"),
    [({"expiry": "valid"}, "there is no switch expiry"), ({"expiry-second": "x"}, "is one of valid, expired")],
)
def test_a_choice_that_does_not_exist_is_named(tmp_path, switches, told):
    status, _, err = called("evaluate_policy", *written(tmp_path, request={**TABLE, "switches": switches}))
    assert status == 3
    assert told in err


WRONG = [
    ("no policy", ["--request", "x"], "evaluate_policy: the following arguments are required: --policy;"),
    ("no such file", ["--policy", "/nowhere/p", "--request", "/nowhere/r"],
     "evaluate_policy: the file of --request cannot be read from /nowhere/r: No such file"),
    ("standard input twice", ["--policy", "-", "--request", "-"],
     "evaluate_policy: only one of the files can be standard input."),
    ("an unknown option", ["--policy", "x", "--request", "y", "--verbose"], "evaluate_policy: "),
    ("two forms", ["--policy", "x", "--request", "y", "--json", "--junit", "z"], "evaluate_policy: argument --junit"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_usage_is_one_sentence(arguments, sentence):
    status, out, err = called("evaluate_policy", *arguments)
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(sentence)


BAD = [
    ("request", {"request": "{"}, "--request", "it is not JSON."),
    ("request's shape", {"request": {"headers": {}}}, "--request", "Object missing required field `url`."),
    ("metadata", {"metadata": []}, "--metadata", "it is not a JSON object."),
    ("values", {"values": {"secrets": {}}}, "--values", "There is no member 'secrets' in the values"),
]


@pytest.mark.parametrize(("files", "option", "sentence"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_one_sentence_that_names_the_file(tmp_path, files, option, sentence):
    status, out, err = called("evaluate_policy", *written(tmp_path, **files), "--json")
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(f"evaluate_policy: {option} {tmp_path}")
    assert sentence in err


@pytest.mark.parametrize(("now", "expected"), [("0", 1), ("-1", 3), ("today", 3), ("9" * 13, 3)])
def test_a_moment_is_whole_seconds(tmp_path, now, expected):
    assert called("evaluate_policy", *written(tmp_path), f"--now={now}")[0] == expected


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path):
    status, _, err = called("evaluate_policy", *written(tmp_path), "--junit", str(tmp_path / "no" / "report.xml"))
    assert (status, err.count("\n")) == (3, 1)


def test_tokens_and_keys_are_never_repeated(tmp_path):
    token = cases.make_token(CASE["token"], KEYS)
    request = {
        **cases.swap(CASE["request"], {"{token}": token}),
        "subscription_keys": {"valid": ["s3cret-key"]},
    }
    request["headers"]["Ocp-Apim-Subscription-Key"] = "s3cret-wrong"
    arguments = written(tmp_path, CASE["policy"], request, metadata=CASE["metadata"])
    for form in ([], ["--json"]):
        _, out, err = called("evaluate_policy", *arguments, *form)
        assert "s3cret" not in out + err
        assert token.rpartition(".")[2] not in out + err
        assert token.split(".")[1] not in out + err


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_fault_of_the_program_is_no_refusal(clone, tmp_path, form):
    token = cases.make_token(CASE["token"], KEYS)
    faulty = tmp_path / "clone"
    shutil.copytree(clone, faulty)
    with (faulty / "console/core/policy/engine/evaluate.py").open("a") as module:
        module.write(f'\n\ndef evaluate(*_, **__):\n    raise ValueError("in {token}")\n')
    status, out, err = started(faulty, "evaluate_policy", *written(tmp_path), *form)
    assert (status, out) == (3, "")
    assert "Traceback" in err
    assert "ValueError: in " in err
    assert token.rpartition(".")[2] not in err
    assert err.splitlines()[-1] == (
        "evaluate_policy: the program met a fault of its own, told above, so there is no verdict; please report it."
    )


def test_the_help_stands_alone(clone):
    status, out, err = started(clone, "evaluate_policy", "--help")
    assert (status, err) == (0, "")
    for words in (
        "--policy POLICY",
        "--junit FILE",
        '"expect": {"verdict", "reason"?}',
        "Exit status: 0 allow, 1 reject",
    ):
        assert words in " ".join(out.split())


def test_it_loads_no_application(clone, tmp_path):
    arguments = written(tmp_path)
    code = (
        f"import sys; sys.argv = ['manage.py', 'evaluate_policy', *{arguments!r}]\n"
        "try:\n    import manage; manage.main()\nexcept SystemExit: pass\n"
        "loaded = {'allauth', 'msal', 'requests', 'sqlite3', 'console.settings', 'console.models',"
        " 'console.core.diagnosis'} & set(sys.modules)\nprint(sorted(loaded), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={}, cwd=clone, capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"
