"""A PostgreSQL of our own for one run of the tests: a temporary folder, a socket, a free port, and gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def find_binaries() -> Path | None:
    """The folder that holds initdb and pg_ctl; None when PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if all((folder / name).exists() for name in ("initdb", "pg_ctl"))), None)


@dataclass(frozen=True)
class Server:
    """A server that a test may stop and start again; `url` is its database."""

    url: str
    stop: Callable[[], None]
    start: Callable[[], None]


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Its database URL while it runs."""
    with server(binaries) as made:
        yield made.url


@contextmanager
def server(binaries: Path) -> Iterator[Server]:
    """A running server. As root it runs as the user postgres, because initdb refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="token-console-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    data, port = folder / "data", free_port()

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(binaries / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    def start() -> None:
        options = f"{SETTINGS} -c port={port} -c unix_socket_directories={folder}"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")

    try:
        run("initdb", "-D", str(data), "-U", "console", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        start()
        yield Server(f"postgres://console@127.0.0.1:{port}/postgres", stop, start)
    finally:
        if (data / "postmaster.pid").exists():
            stop()
        shutil.rmtree(folder, ignore_errors=True)
