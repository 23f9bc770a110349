"""The whole console on this machine, with sample content, in one command."""

import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command

from console.adapters import clock
from console.core.actor import SYSTEM, Role
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.management import demo_environment, folder_lock, local_tls, serving, task_loop
from console.management.arguments import ConsoleCommand, refuse
from console.services import demo as sample
from console.services import sign_in
from console.store import audit, people
from console.web.application import application

PEOPLE = (
    ("integrator@demo.example", "Ina Integrator", Role.INTEGRATOR),
    ("support@demo.example", "Sam Support", Role.SUPPORT),
    ("admin@demo.example", "Ada Admin", Role.ADMIN),
)


class Command(ConsoleCommand):
    help = (
        "Runs the whole console on this machine: makes the data folder, key ring, database, sandbox and three "
        "accounts on first use and keeps them afterwards. Stop it with Ctrl+C."
    )
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        demo_environment.add_arguments(parser)

    def handle(self, *_: Any, port: int, host: str, https: bool, **__: Any) -> None:
        if not settings.CONSOLE_DEMO:
            refuse("Start the demo with python manage.py demo: its settings are made before Django starts.")
        _refuse_if_taken(host, port)
        with folder_lock.alone_in(settings.CONSOLE_DATA_DIR, on_wait=demo_environment.say_waiting):
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
            passwords = _make_people()
            sample.prepare()
            link = _link()
            options = self._tls_options() if https else {}
            _print_welcome(link, passwords)
        _refuse_if_taken(host, port)  # once more: another start may have been waited for
        serving.serve(
            application(),
            _addresses(host, port),
            loglevel="warning",
            when_ready=_say_ready,
            task_workers=int(task_loop.is_ours()),
            **options,
        )

    def _tls_options(self) -> dict[str, str]:
        files = local_tls.ensure(settings.CONSOLE_DATA_DIR, now=clock.now())
        print(f"Trust this authority for https on this machine: {files.ca}")
        return {"certfile": str(files.certificate), "keyfile": str(files.key)}


def _refuse_if_taken(host: str, port: int) -> None:
    if serving.is_taken(host, port):
        refuse(f"Port {port} on {host} is taken: stop what listens there, or choose another with --port.")


def _make_people() -> dict[str, str]:
    """The passwords of the accounts that were made now; they are known only here."""
    made = {}
    for email, name, role in PEOPLE:
        if people.find(email) is None and people.closed(email) is None:
            made[email] = secrets.token_urlsafe(12)
            now = clock.now()
            people.create_person(email, display_name=name, roles=[role], password=Secret(made[email]), now=now)
            told = f"roles: {role}"
            audit.append(
                SYSTEM,
                Action.PERSON_INVITED,
                object_kind="person",
                object_id=email,
                result="done",
                now=now,
                detail=told,
            )
    return made


def _link() -> str:
    actor = people.find(PEOPLE[0][0])
    if actor is None:
        refuse(f"The account {PEOPLE[0][0]} is closed: open it again, or remove the data folder to begin anew.")
    return f"{settings.CONSOLE_PUBLIC_URL}/sign-in/{sign_in.new_link(actor, is_local=True)}/"


def _print_welcome(link: str, passwords: dict[str, str]) -> None:
    print(f"Data folder: {settings.CONSOLE_DATA_DIR}")
    if passwords:
        print("Accounts (these passwords are shown only now):")
        for email, password in passwords.items():
            print(f"  {email}  {password}")
    else:
        print(f"Accounts: {', '.join(email for email, _, _ in PEOPLE)}")
    print(f"Forgotten a password? {sys.executable} manage.py changepassword EMAIL")
    print(f"The console: {settings.CONSOLE_PUBLIC_URL}/")
    print(f"Sign in as {PEOPLE[0][0]} (works once, within ten minutes):\n  {link}", flush=True)


def _say_ready() -> None:
    print("Ready. Stop it with Ctrl+C.", flush=True)


def _addresses(host: str, port: int) -> list[str]:
    """`localhost` is IPv4 and, where this machine has it, IPv6."""
    if host != "localhost":
        return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    names = ["127.0.0.1"] if serving.is_taken("::1", port) else ["127.0.0.1", "[::1]"]
    return [f"{name}:{port}" for name in names]
