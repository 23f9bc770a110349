"""An account, made by whoever runs the server: the first administrator begins here."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from console.core.actor import Role
from console.management.arguments import ConsoleCommand, refuse
from console.services import people
from console.store.people import closed


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
        if closed(email) is not None:
            refuse(f"create_person: the account {email} is closed. An administrator opens it again on the page People.")
        token = people.from_server(email, name=name, roles=frozenset(Role(text) for text in role))
        print(f"{email.strip().lower()}: {', '.join(sorted(role))}")
        path = reverse("sign-in-link", kwargs={"token": token})
        print(f"Sign in (works once, within a day): {settings.CONSOLE_PUBLIC_URL}{path}")
