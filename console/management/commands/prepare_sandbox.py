"""The embedded sandbox for a real deployment."""

from typing import Any

from console.management.arguments import ConsoleCommand
from console.services import demo


class Command(ConsoleCommand):
    help = (
        "Makes the sandbox's tenant and signing key, publishes its sample APIs in the name of an administrator, and "
        "gives integrators without any profile the sample profiles. Changes nothing that is there already."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        demo.prepare()
        self.stdout.write("The sandbox is ready. Set CONSOLE_SANDBOX=true to serve it.")
