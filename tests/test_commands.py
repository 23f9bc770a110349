"""The commands that look after an installation: what they print, and how they end."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client

from console.core.actor import Role
from console.core.credential import Secret
from console.management.commands import changepassword
from console.models import AuditEntry
from console.services import sign_in
from console.store import audit, credentials, people
from tests.store import builders
from tests.store.test_audit import append
from tests.trail import use_ring, without_triggers

ROOT = Path(__file__).parent.parent
K1, K2 = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.mark.django_db
def test_create_person_makes_an_account_and_prints_a_link_that_signs_in_once(capsys, client):
    call_command("create_person", "Ada@Example.org", "--role", "admin", "--role", "integrator")
    told = capsys.readouterr().out
    assert told.startswith(
        "ada@example.org: admin, integrator\nSign in (works once, within a day): http://localhost:8000/"
    )
    assert people.find("ada@example.org").roles == {Role.ADMIN, Role.INTEGRATOR}
    path = told.strip().rpartition("http://localhost:8000")[2]
    assert client.get(path, REMOTE_ADDR="192.0.2.1").status_code == 200
    assert client.post(path, REMOTE_ADDR="192.0.2.1").headers["Location"] == "/"
    assert client.post(path).status_code == 404


@pytest.mark.django_db
def test_create_person_changes_the_roles_of_who_is_there(capsys):
    ada = builders.person("ada", Role.ADMIN)
    call_command("create_person", ada.email, "--role", "support")
    assert people.find(ada.email).roles == {Role.SUPPORT}


@pytest.mark.django_db
def test_prune_deletes_what_has_had_its_time_and_says_how_much(capsys, time_machine):
    time_machine.move_to(builders.NOW, tick=False)
    owner = builders.person("owner")
    builders.attempt(owner, created_at=builders.NOW - 90 * 86_400 - 1)
    builders.attempt(owner, created_at=builders.NOW - 90 * 86_400)
    call_command("prune")
    told = capsys.readouterr().out
    kinds = (
        "0 preflights, 0 runs of collections, 0 matrices, 0 cases, 0 tokens, 0 leases, 0 sign-in links, "
        "0 sign-ins at providers, 0 login links, "
        "0 counts of wrong passwords, 0 key sets, 0 sessions, 0 reminders, 0 rate limits, 1 budgets, "
        "0 failing addresses, 0 tasks, 0 workers, 0 heartbeats, 0 mails"
    )
    assert told == f"Deleted: 1 attempts, {kinds}.\n"


@pytest.mark.django_db
def test_verify_audit_ends_with_1_when_the_chain_is_broken(capsys):
    append()
    append()
    call_command("verify_audit")
    assert "The trail is whole.\n" in capsys.readouterr().out
    without_triggers(lambda: AuditEntry.objects.filter(previous_hash="").delete())
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "does not follow the one before it" in capsys.readouterr().out


@pytest.mark.django_db
def test_rotate_keys_says_what_is_left_and_ends_with_1_while_something_is(capsys, settings):
    use_ring(settings, f"k1:{K1}")
    owner = builders.person("owner")
    profile = builders.profile(owner)
    credentials.replace_secret(owner, profile.id, Secret("s3cret"), bound_to="", now=builders.NOW)
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2}"
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys")
    assert ended.value.code == 1
    assert f"Cannot be read with this key ring: profile|{profile.id}|client_secret" in capsys.readouterr().out
    settings.CONSOLE_SECRET_KEYS = f"k2:{K2},k1:{K1}"
    call_command("rotate_keys")
    assert capsys.readouterr().out == "Sealed anew: 1. Left under other keys: 0.\n"


@pytest.mark.django_db
def test_without_a_key_ring_commands_say_so_in_one_sentence(settings, capsys):
    settings.CONSOLE_SECRET_KEYS, settings.CONSOLE_SECRET_KEYS_FILE = "", "/nowhere"
    for command in ("rotate_keys", "verify_audit"):
        with pytest.raises(SystemExit) as ended:
            call_command(command)
        assert ended.value.code == 3
        what = "The console has no usable key ring, so it can neither keep nor open a secret."
        assert capsys.readouterr().err == f"{what} The key ring file cannot be read.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["create_person"], "create_person: the following arguments are required: email, --role; see manage.py"),
        (
            ["create_person", "ada@example.org", "--role", "king"],
            "create_person: argument --role: invalid choice: 'king'",
        ),
        (["create_person", "ada", "--role", "admin"], "create_person: ada is not an e-mail address."),
        (["prune", "--days", "0"], "prune: --days must be 1 or more, and 0 is not."),
        (
            ["createsuperuser"],
            "createsuperuser: nobody here is a superuser. manage.py create_person EMAIL --role admin",
        ),
        (["rotate_keys", "--nonsense"], "rotate_keys: unrecognized arguments: --nonsense; see manage.py"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_status_3(arguments, sentence):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert done.stderr.startswith(sentence)


@pytest.mark.django_db
def test_the_audit_trail_names_who_signed_in_with_a_link(client, capsys):
    call_command("create_person", "ada@example.org", "--role", "admin")
    client.post(capsys.readouterr().out.strip().rpartition("http://localhost:8000")[2])
    assert [(entry.who, entry.action, entry.detail) for entry in audit.recent()] == [
        ("ada@example.org", "signed in", ""),
        ("system", "sign-in link made", "printed on the server"),
        ("system", "person invited", "roles admin"),
    ]


def typed(monkeypatch, *passwords):
    answers = iter(passwords)
    monkeypatch.setattr(changepassword, "getpass", lambda _prompt: next(answers))


@pytest.mark.django_db
def test_a_password_changed_on_the_server_is_audited_told_and_ends_links_and_sessions(monkeypatch, capsys, client):
    ada = builders.person("ada", Role.ADMIN)
    assert client.login(email=ada.email, password=builders.PASSWORD)
    link = f"/sign-in/{sign_in.new_link(ada)}/"
    new = "another battery of staples"
    typed(monkeypatch, new, new)
    call_command("changepassword", "ADA@example.org")
    assert capsys.readouterr().out == "The password of ada@example.org is changed.\n"
    entry = audit.recent(limit=1)[0]
    told = (entry.who, entry.action, entry.object_kind, entry.object_id, entry.detail)
    assert told == ("system", "password set", "person", people.label(ada), "by whoever runs the server")
    assert "Whoever runs the server set a new password" in mail.outbox[0].body
    assert new not in mail.outbox[0].body
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    assert Client().post(link).status_code == 404
    assert not Client().login(email=ada.email, password=builders.PASSWORD)
    assert Client().login(email=ada.email, password=new)


@pytest.mark.django_db
def test_a_second_step_removed_on_the_server_is_audited_told_and_ends_links(capsys):
    ada, bob = builders.person("ada", Role.ADMIN), builders.person("bob")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        for person in (ada, bob):
            Authenticator.objects.create(user_id=person.user_id, type=kind, data={})
    link = f"/sign-in/{sign_in.new_link(ada)}/"
    call_command("remove_second_step", "ADA@example.org")
    told = capsys.readouterr().out
    assert told.startswith(
        "ada@example.org: recovery codes, authenticator app removed.\nThey sign in with their password"
    )
    assert {one.user_id for one in Authenticator.objects.all()} == {bob.user_id}
    entry = audit.recent(limit=1)[0]
    what = "recovery codes, authenticator app, by whoever runs the server"
    assert (entry.who, entry.action, entry.object_id, entry.detail) == (
        "system", "authenticator removed", people.label(ada), what,
    )  # fmt: skip
    assert "Whoever runs the server removed its second step" in mail.outbox[0].body
    assert Client().post(link).status_code == 404
    assert Client().login(email=ada.email, password=builders.PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("ada@example.org", "ada@example.org has no second step, and nothing is changed."),
        ("no@example.org", "there is no open account no@example.org. Look for its address on the page People"),
    ],
)
def test_a_second_step_that_is_not_there_is_not_removed(capsys, email, sentence):
    ada = builders.person("ada", Role.ADMIN)
    before, link = len(audit.recent()), f"/sign-in/{sign_in.new_link(ada)}/"
    with pytest.raises(SystemExit) as ended:
        call_command("remove_second_step", email)
    told = capsys.readouterr().err
    assert (ended.value.code, told.count("\n")) == (3, 1)
    assert told.startswith(f"remove_second_step: {sentence}")
    assert (len(audit.recent()), mail.outbox) == (before, [])
    assert Client().post(link).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "passwords", "sentence"),
    [
        (
            "ada@example.org",
            ("one long enough password", "another"),
            "the two passwords differ, and nothing is changed.",
        ),
        ("ada@example.org", ("short", "short"), "This password is too short."),
        ("no@example.org", ("one long enough password",) * 2, "there is no open account no@example.org. Make it with"),
    ],
)
def test_a_password_that_cannot_be_set_is_said_in_one_sentence_and_changes_nothing(
    email, passwords, sentence, monkeypatch, capsys
):
    builders.person("ada", Role.ADMIN)
    typed(monkeypatch, *passwords)
    with pytest.raises(SystemExit) as ended:
        call_command("changepassword", email)
    told = capsys.readouterr().err
    assert (ended.value.code, told.count("\n")) == (3, 1)
    assert told.startswith(f"changepassword: {sentence}")
    assert not {"one long", "another"} & set(told.split())
    assert Client().login(email="ada@example.org", password=builders.PASSWORD)
    assert "password set" not in [entry.action for entry in audit.recent()]


def test_settings_are_printed_without_secrets(capsys, settings):
    settings.SECRET_KEY = settings.CONSOLE_SECRET_KEYS = settings.EMAIL_HOST_PASSWORD = "canary-of-a-setting-1a2b3c"
    settings.CONSOLE_EGRESS_PROXY = "http://operator:canary-of-a-proxy-4d5e6f@proxy.example:8080"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{"client_id": "c", "secret": "canary-of-an-app"}]}}
    for form in ("hash", "unified"):
        call_command("diffsettings", output=form, no_color=True)
        told = capsys.readouterr().out
        assert "canary" not in told
        assert ("proxy.example" in told, "'client_id': 'c'" in told) == (True, True)
