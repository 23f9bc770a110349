"""A worker for tasks on its own: on another host, or beside another server than `serve`."""

import os
import signal
import socket
from typing import Any

from django.conf import settings

from console.management import task_loop
from console.management.arguments import ConsoleCommand, refuse


class Command(ConsoleCommand):
    help = (
        "Does tasks: mails, heartbeats, long work that nobody looks at, deleting; and makes the tick, once a minute "
        "among all workers. `serve` and `demo` start one beside themselves; with PostgreSQL any number may run, on any "
        "hosts. SIGTERM lets the task under way end, Ctrl+C leaves it to the next worker."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--beside", type=int, default=0, help="end when this process, its parent, is gone")

    def handle(self, *_: Any, beside: int, **__: Any) -> None:
        if not task_loop.is_ours():
            refuse(f"worker: tasks are kept by {settings.CONSOLE_TASKS_BACKEND}: start the worker that belongs to it.")
        loop = task_loop.TaskLoop(f"{socket.gethostname()}:{os.getpid()}")
        signal.signal(signal.SIGTERM, lambda *_: loop.end(is_hurried=False))
        signal.signal(signal.SIGINT, lambda *_: loop.end(is_hurried=True))
        loop.run(is_wanted=lambda: beside in (0, os.getppid()))
