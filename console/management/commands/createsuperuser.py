"""Django's own makes accounts without roles or a trace in the audit trail: this one names the right way."""

from typing import Any

from console.management.arguments import ConsoleCommand, refuse


class Command(ConsoleCommand):
    help = "Makes nothing: accounts are made by manage.py create_person, which has --role admin."

    def handle(self, *_: Any, **__: Any) -> None:
        refuse(
            "createsuperuser: nobody here is a superuser. manage.py create_person EMAIL --role admin makes the account "
            "of an administrator."
        )
