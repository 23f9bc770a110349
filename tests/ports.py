"""Ports for servers that a test starts: nobody else takes one between the choice and the server's start.

They lie below the ports that the system itself hands out to connections, and each process counts through its own.
"""

import itertools
import os
import socket

BLOCK, BLOCKS, FIRST = 100, 190, 11_000
_START = FIRST + os.getpid() % BLOCKS * BLOCK
_NUMBERS = itertools.cycle(range(_START, _START + BLOCK))


def free_port() -> int:
    """The next of this process's ports on which nothing listens."""
    return next(number for number in itertools.islice(_NUMBERS, BLOCK) if _is_free(number))


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True
