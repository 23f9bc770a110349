"""An account, made by whoever runs the server: the first administrator begins here."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from console.adapters import clock
from console.core.actor import SYSTEM, Actor, Role
from console.core.audit_actions import Action
from console.management.arguments import ConsoleCommand, refuse
from console.services import sign_in
from console.store import audit, people

DAY_S = 86_400


class Command(ConsoleCommand):
    help = (
        "Makes an account, or gives an existing one other roles, and prints a link that signs its person in once, "
        "within a day. There a password, a passkey or a second factor is set up."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument(
            "--role",
            action="append",
            choices=[role.value for role in Role],
            required=True,
            help="integrator, support or admin; may be given more than once",
        )
        parser.add_argument("--name", default="", help="the name shown to others")

    def handle(self, *_: Any, email: str, role: list[str], name: str, **__: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            refuse(f"create_person: {email} is not an e-mail address.")
        roles = [Role(text) for text in role]
        person = _changed(email, roles) or _made(email, name, roles)
        print(f"{person.email}: {', '.join(sorted(role))}")
        path = reverse("sign-in-link", kwargs={"token": sign_in.new_link(person, life_s=DAY_S)})
        print(f"Sign in (works once, within a day): {settings.CONSOLE_PUBLIC_URL}{path}")


def _changed(email: str, roles: list[Role]) -> Actor | None:
    """Somebody who is here already, with other roles."""
    person = people.set_roles(email, roles)
    if person is not None:
        _record(Action.ROLES_CHANGED, person, roles)
    return person


def _made(email: str, name: str, roles: list[Role]) -> Actor:
    person = people.create_person(email, display_name=name, roles=roles, password=None, now=clock.now())
    _record(Action.PERSON_INVITED, person, roles)
    return person


def _record(action: Action, person: Actor, roles: list[Role]) -> None:
    told = f"roles: {', '.join(sorted(roles))}"
    audit.append(
        SYSTEM, action, object_kind="person", object_id=person.email, result="done", now=clock.now(), detail=told
    )
