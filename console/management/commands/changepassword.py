"""Another password for somebody, from the server, in place of Django's own command, which leaves no audit entry."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from console.core.credential import Secret
from console.management.arguments import ConsoleCommand, refuse
from console.models import Person
from console.services import people


class Command(ConsoleCommand):
    help = (
        "Asks for a new password of an account, twice, and sets it. Its sign-in links and sessions end, its person is "
        "told by mail where mail is set up, and the audit trail says that it was done from the server."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *_: Any, email: str, **__: Any) -> None:
        if not people.set_password(email, Secret(_asked(email))):
            refuse(
                f"changepassword: there is no open account {email}. Make it with manage.py create_person, or have an "
                "administrator open it again on the page People."
            )
        print(f"The password of {email.strip().lower()} is changed.")


def _asked(email: str) -> str:
    """What was typed, when it is fit for a password; what is wrong with it is said without it."""
    try:
        password, again = getpass("New password: "), getpass("Again: ")
    except EOFError:
        refuse("changepassword: no password was typed, and nothing is changed.")
    if password != again:
        refuse("changepassword: the two passwords differ, and nothing is changed.")
    try:
        validate_password(password, Person(email=email))
    except ValidationError as problem:
        refuse(f"changepassword: {' '.join(problem.messages)} Nothing is changed.")
    return password
