"""Commands that work in a bare clone: no database, data folder or key ring. `manage.py` calls this for them.

They decide from what they are given alone. Loading the settings and every application would cost half a second and
ask for an environment they do not need.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

NAMES = ("inspect", "evaluate_policy", "evaluate_expression", "diagnose", "triage")
_COMMANDS = "console.management.commands"


def is_bare(arguments: Sequence[str]) -> bool:
    """Whether a command line (without the program's name) asks for one of these commands."""
    return bool(arguments) and arguments[0] in NAMES and find_spec(f"{_COMMANDS}.{arguments[0]}") is not None


def run(program: Sequence[str]) -> None:
    """Runs the command of a whole command line, with Django's own defaults as settings."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    import_module(f"{_COMMANDS}.{program[1]}").Command().run_from_argv(list(program))
