"""The streams of a command, whatever it was started with: closed, of an old encoding, full, or cut off by its reader.

Python would end with a traceback and status 1, which scripts read as an answer of the command.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BAD_STREAM = 3
INTERRUPTED = 130
_FIRST_FREE = 3  # the number of the first file that is none of the streams
_NOT_WRITTEN = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


@contextmanager
def usable(command: str) -> Iterator[None]:
    """A closed one reads as empty and takes what is written; what an encoding lacks is written as an escape.

    What cannot be written is one sentence and status 3, and none where whoever read it has enough.
    """
    _open_closed()
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        stream.reconfigure(errors=errors)  # type: ignore[union-attr]  # the streams of a process are text on bytes
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except OSError as problem:
        if problem.errno not in _NOT_WRITTEN:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still held is let go at the end
        if problem.errno != errno.EPIPE:
            sys.stderr.write(f"{command}: something could not be written: {problem.strerror}.\n")
        raise SystemExit(BAD_STREAM) from None


def _open_closed() -> None:
    """The numbers 0 to 2 are taken: a database that is opened later must not be what somebody prints to."""
    while (number := os.open(os.devnull, os.O_RDWR)) < _FIRST_FREE:
        pass
    os.close(number)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 - open as long as the process
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
