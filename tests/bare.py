"""Commands of a bare clone: in a process of their own, and in this one where the process is not what is looked at.

A process costs half a second, most of which goes into reading the same modules again.
"""

import io
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from unittest import mock

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    """The program alone: no data folder, and a place where none may be made unseen."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "console", folder / "console", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    return folder


def started(folder, *arguments, given=b""):
    """(exit status, standard output, standard error) of a command line in that clone, without any environment."""
    line = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(line, input=given, env={}, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def called(name, *arguments, given=b""):
    """The same of the command called in this process."""
    read = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.multiple(sys, stdin=read, stdout=out, stderr=err):
        command = import_module(f"console.management.commands.{name}").Command()
        try:
            command.run_from_argv(["manage.py", name, *map(str, arguments)])
            status = 0
        except SystemExit as end:
            status = end.code or 0
    return status, out.getvalue(), err.getvalue()
