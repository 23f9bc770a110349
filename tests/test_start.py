"""What a command loads before it works: what it has no use for is not among it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOW = """
import sys
from manage import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(["LOADED", *sys.modules]))
"""
DECIDES = {"console.core.diagnosis", "console.core.policy", "console.core.checks", "console.core.providers"}
SENDS = {"console.adapters.transport", "msal"}  # allauth brings requests along
ACTS = {"console.services.wiring", "console.services.own_sandbox", "console.sandbox", "console.web.present.words"}
SETTINGS = {"console.settings", "console.models", "console.store", "allauth"}
KEYS = {"jwt", "cryptography.x509", "joserfc", "tree_sitter"}
# Each command with what it must not have loaded when it begins; `--help` ends it there.
NOT_LOADED = {
    "migrate": DECIDES | SENDS | ACTS | {"console.urls", "console.system_checks", "console.core.redaction.redact"},
    "verify_audit": DECIDES | SENDS | ACTS,
    "create_person": DECIDES | SENDS | ACTS,
    "changepassword": DECIDES | SENDS | ACTS,
    "remove_second_step": DECIDES | SENDS | ACTS,
    "prune": (DECIDES | SENDS | ACTS) - {"console.core.providers"},
    "inspect": SETTINGS | SENDS | ACTS | KEYS | {"console.core.diagnosis", "console.core.policy.engine"},
    "evaluate_policy": SETTINGS | SENDS | ACTS | KEYS | {"console.core.diagnosis"},
    "evaluate_expression": SETTINGS | SENDS | ACTS | KEYS | (DECIDES - {"console.core.policy"}),
    "diagnose": SETTINGS | SENDS | ACTS,
    "triage": SETTINGS | SENDS | ACTS | KEYS,
}


def environment(tmp_path, **given):
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONSOLE_", "DATABASE_", "DJANGO_"))
    }
    return {**inherited, "CONSOLE_DATA_DIR": str(tmp_path), "CONSOLE_SECRET_KEY": "k" * 50, **given}


def ran(*command, given):
    done = subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", NOT_LOADED)
def test_a_command_loads_nothing_that_it_has_no_use_for(name, tmp_path):
    status, told, errors = ran(sys.executable, "-c", SHOW, name, "--help", given=environment(tmp_path))
    shown, _, loaded = told.partition("LOADED\n")
    assert (status, errors) == (0, "")
    assert name in shown
    assert NOT_LOADED[name] & set(loaded.split()) == set()


@pytest.mark.parametrize("name", ["tick", "prune", "verify_audit"])
def test_a_command_says_which_setting_is_wrong_before_it_begins(name, tmp_path):
    status, told, errors = ran(
        sys.executable, "manage.py", name, given=environment(tmp_path, CONSOLE_EGRESS_MODE="proxy")
    )
    assert (status, told) == (1, "")
    assert "(console.E004) The egress rules cannot be read" in errors
