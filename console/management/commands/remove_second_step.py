"""The second step of somebody who lost it, taken away from the server: no page and no sign-in link goes round one."""

from typing import Any

from console.management.arguments import ConsoleCommand, refuse
from console.services import people

NAME = "remove_second_step"


class Command(ConsoleCommand):
    help = (
        "Removes every passkey, security key, authenticator app and recovery code of an account, for a person who has "
        "lost them. Make sure first that it is this person who asks. Sign-in links of the account end, its person is "
        "told by mail where mail is set up, and the audit trail says that it was done from the server."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *_: Any, email: str, **__: Any) -> None:
        removed = people.remove_second_step(email)
        if removed is None:
            refuse(
                f"{NAME}: there is no open account {email}. Look for its address on the page People; a closed account "
                "is opened again there."
            )
        if not removed:
            refuse(f"{NAME}: {email.strip().lower()} has no second step, and nothing is changed.")
        print(f"{email.strip().lower()}: {', '.join(removed)} removed.")
        print(
            "They sign in with their password; without one, an administrator sends them a new way to sign in from the "
            "page People, or manage.py create_person prints one here."
        )
