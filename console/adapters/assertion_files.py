"""Reads a federated assertion from a file that something else keeps fresh: a projected service account token, say.

Only below folders that the administrator names, so that nobody makes the console read a file of its own or another's.
"""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from console.core.credential import Secret

MAX_BYTES = 16 * 1024
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a FIFO is opened without waiting for its writer


@dataclass(frozen=True, slots=True)
class AssertionFileProblem:
    """Why no assertion was read; never a part of the file. `who` can do something about it."""

    what: str
    why: str
    do: str
    who: str


def place_problem(path: str, folders: Iterable[str]) -> AssertionFileProblem | None:
    """Why no such file may be named, before any is touched; None when it lies below one of the folders."""
    named = list(folders)
    if not named:
        return AssertionFileProblem(
            "No assertion is read from files here.",
            why="The administrator of this console allows no folder for this provider (CONSOLE_ASSERTION_FOLDERS).",
            do="Paste the assertion, or ask the administrator to allow the folder of the file.",
            who="The console's administrator can do this.",
        )
    is_plain = path.startswith("/") and "\0" not in path and ".." not in path.split("/")
    if is_plain and any(_is_below(os.path.normpath(path), os.path.normpath(folder)) for folder in named):
        return None
    return _outside()


def read(path: str, folders: Iterable[str]) -> Secret | AssertionFileProblem:
    """The assertion in the file, without blanks around it. Never raises for what stands in the file system.

    Links are followed, because projected tokens are such; where they end is asked of the opened file itself, so that
    nobody can exchange it between the question and the reading.
    """
    allowed = list(folders)
    if problem := place_problem(path, allowed):
        return problem
    try:
        opened = os.open(path, _FLAGS)
    except OSError:
        return _unread("It is not there, or this console may not read it.")
    try:
        true_path = str(Path(f"/proc/self/fd/{opened}").readlink())
        if not any(_is_below(true_path, os.path.realpath(folder)) for folder in allowed):
            return _outside()
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return _unread("It is no plain file.")
        with os.fdopen(os.dup(opened), "rb") as file:
            return _judged(file.read(MAX_BYTES + 1))
    except OSError:
        return _unread("It cannot be read.")
    finally:
        os.close(opened)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip("/") + "/")


def _judged(content: bytes) -> Secret | AssertionFileProblem:
    if len(content) > MAX_BYTES:
        return _unread(f"It is larger than {MAX_BYTES // 1024} KB, which no assertion is.")
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return _unread("It is empty.")
    if not text.isascii() or len(text.split()) > 1 or text.count(".") != 2:
        return _unread("It holds no assertion: that is one line of three parts with dots between them.")
    return Secret(text)


def _outside() -> AssertionFileProblem:
    return AssertionFileProblem(
        "This file is not read.",
        why="It lies outside of the folders from which the administrator of this console allows them.",
        do="Enter the full path of a file below one of those folders, without ‘..’.",
        who="You can do this; the console's administrator can allow another folder.",
    )


def _unread(why: str) -> AssertionFileProblem:
    return AssertionFileProblem(
        "The file with the federated assertion could not be read, so nothing was sent.",
        why=why,
        do="Have whatever writes that file put the assertion there, or enter another path.",
        who="Who runs the workload that writes the file, or the console's administrator.",
    )
