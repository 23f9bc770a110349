"""The documented production environment passes Django's and our own deployment checks; a wrong one is told why."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RING = f"k1:{base64.b64encode(b'1' * 32).decode()}"


def documented() -> dict[str, str]:
    """The production environment as the README shows it."""
    block = re.search(r"```env\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    lines = [line.split("#")[0].strip() for line in block.group(1).splitlines()]
    return dict(line.split("=", 1) for line in lines if line)


@pytest.fixture
def environment(tmp_path):
    """As documented, with files of this test's own and SQLite instead of a server that is not there."""
    ring, key = tmp_path / "secret_keys", tmp_path / "secret_key"
    ring.write_text(RING)
    key.write_text("k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz")
    for path in (ring, key):
        path.chmod(0o600)
    values = documented()
    assert {"CONSOLE_SECRET_KEY_FILE", "CONSOLE_SECRET_KEYS_FILE", "DATABASE_URL"} <= values.keys()
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONSOLE_", "DATABASE_", "DJANGO_"))
    }
    return {
        **inherited,
        **values,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        "CONSOLE_DATA_DIR": str(tmp_path),
        "CONSOLE_SECRET_KEY_FILE": str(key),
        "CONSOLE_SECRET_KEYS_FILE": str(ring),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'console.sqlite3'}",
    }


OF_SETTINGS = ("--tag", "console", "--tag", "security")  # ours, and Django's that look at the environment


def check(environment, *tags):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", *tags]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_documented_production_environment_is_clean(environment):
    status, told = check(environment)
    assert (status, "WARNINGS" in told, "ERRORS" in told) == (0, False, False), told
    assert "console.I002" not in told
    assert "Egress: mode public; allowed: no internal hosts." in told


WRONG = [
    {
        ("CONSOLE_SECRET_KEYS_FILE", "/nowhere"): "The key ring file cannot be read.",
        ("CONSOLE_PUBLIC_URL", "http://tokens.example.com"): "CONSOLE_PUBLIC_URL is plain http for other machines.",
        ("CONSOLE_EGRESS_ALLOW", "10.0.0.0/8:443"): "The allow-list range 10.0.0.0/8 is wide",
        ("CONSOLE_DEBUG", "true"): "security.W018",
    },
    {
        ("CONSOLE_SECRET_KEYS", f"{RING},{RING}"): "Key id k1 stands twice in the key ring.",
        ("CONSOLE_PUBLIC_URL", "tokens.example.com"): "CONSOLE_PUBLIC_URL is not of the form scheme://host.",
        ("CONSOLE_EGRESS_MODE", "proxy"): "The egress rules cannot be read",
        ("CONSOLE_ASSERTION_FOLDERS", "/var/run/tokens"): "(console.E007) CONSOLE_ASSERTION_FOLDERS wants, for each",
    },
    {
        (
            "CONSOLE_EMAIL_URL",
            "consolemail://",
        ): "(console.E006) CONSOLE_EMAIL_URL is consolemail://, which prints links",
        ("CONSOLE_EGRESS_ALLOW", "no port"): "The egress rules cannot be read",
    },
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_wrong_setting_is_told_in_words(environment, wrong):
    """Several at once, as none of them hides another; each is told as what the check fails for."""
    status, text = check({**environment, **dict(wrong.keys())}, *OF_SETTINGS)
    assert status == 1
    faults, _, _ = text.partition("INFOS:")
    assert "ERRORS:" in faults or "WARNINGS:" in faults
    assert [told for told in wrong.values() if told not in faults] == []


def test_without_mail_the_check_passes_and_says_what_that_means(environment):
    without = {name: value for name, value in environment.items() if name != "CONSOLE_EMAIL_URL"}
    status, told = check(without, *OF_SETTINGS)
    assert status == 0
    assert "(console.I002) No e-mail is sent: administrators hand over invitations" in told


def test_the_key_ring_of_another_database_is_told(environment):
    migrate = [sys.executable, "manage.py", "migrate", "-v", "0"]
    subprocess.run(migrate, env=environment, cwd=ROOT, check=True)
    assert check(environment, *OF_SETTINGS)[0] == 0
    other = f"k1:{base64.b64encode(b'2' * 32).decode()}"
    Path(environment["CONSOLE_SECRET_KEYS_FILE"]).write_text(other)
    status, told = check(environment, *OF_SETTINGS)
    assert (status, "(console.E005)" in told) == (1, True), told


def test_each_check_has_an_id_of_its_own():
    ids = re.findall(r'id="(console\.[EWI]\d+)"', (ROOT / "console" / "system_checks.py").read_text("utf-8"))
    assert sorted(ids) == sorted(set(ids))


def test_a_key_ring_that_others_can_read_is_told(environment):
    Path(environment["CONSOLE_SECRET_KEYS_FILE"]).chmod(0o644)
    status, text = check(environment, *OF_SETTINGS)
    assert status == 1
    assert "The key ring file can be read by others (mode 0644)." in text


def test_groups_of_the_company_that_are_half_set_up_or_misspelt_are_told(environment):
    environment |= {"CONSOLE_OIDC_GROUPS_CLAIM": "groups", "CONSOLE_OIDC_GROUPS": "8f2c=Orders;nothing"}
    status, told = check(environment, *OF_SETTINGS)
    assert (status, "CONSOLE_OIDC_GROUPS: 'nothing' names no value and group." in told) == (1, True), told
    status, told = check(
        environment | {"CONSOLE_OIDC_GROUPS_CLAIM": "", "CONSOLE_OIDC_GROUPS": "8f2c=Orders"}, *OF_SETTINGS
    )
    assert (status, "Groups of the company's sign-in are half set up." in told) == (1, True), told
    assert check(environment | {"CONSOLE_OIDC_GROUPS": "8f2c=Orders"}, *OF_SETTINGS)[0] == 0
