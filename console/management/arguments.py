"""What the commands share: wrong usage and bad input are one sentence on standard error and exit status 3."""

import sys
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from console.core.json.text import shorten
from console.core.reports.build_log import in_lines

BAD_INPUT = 3


def refuse(sentence: str) -> NoReturn:
    """Ends the program with one sentence and exit status 3."""
    print(in_lines(" ".join(sentence.split())), file=sys.stderr)
    raise SystemExit(BAD_INPUT)


class QuietParser(ArgumentParser):
    """argparse without its usage block: one sentence and status 3."""

    def error(self, message: str) -> NoReturn:
        refuse(f"{self.prog}: {message}; see --help.")


class ConsoleCommand(BaseCommand):
    """A command whose wrong usage is one sentence and exit status 3, not argparse's own 2.

    argparse repeats what it does not understand, which may be a token. What the settings of this deployment say is
    checked before each; what can be wrong in the code alone, `manage.py check` says, and a server before it serves.
    """

    requires_system_checks: list[str] | tuple[str, ...] = ("console",)  # the tag that console/apps.py gives ours

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def error(message: str) -> NoReturn:
            from console.core.redaction.redact import redact_text  # a lot to load for a line that is seldom wrong

            told = shorten(redact_text(message), 300)
            refuse(f"{subcommand}: {told}; see manage.py {subcommand} --help.")

        parser.error = error  # type: ignore[method-assign]  # Django chooses the parser's class
        return parser
