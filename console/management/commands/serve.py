"""The production server."""

from typing import Any

from django.core.management import call_command

from console.management import serving, task_loop
from console.management.arguments import ConsoleCommand, refuse
from console.web.application import application


class Command(ConsoleCommand):
    help = "Serves the console for a proxy in front of it; settings come from the environment. Stop it with SIGTERM."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 127.0.0.1 unless given")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on; 8000 unless given")
        parser.add_argument("--workers", type=int, default=2, help="processes; 2 unless given")
        parser.add_argument("--threads", type=int, default=8, help="threads of each process; 8 unless given")
        parser.add_argument(
            "--task-workers", type=int, default=1, help="processes that do tasks; 1 unless given, 0 for none"
        )

    def handle(self, *_: Any, host: str, port: int, workers: int, threads: int, task_workers: int, **__: Any) -> None:
        call_command("check", deploy=True, fail_level="ERROR")
        if serving.is_taken(host, port):
            refuse(f"Port {port} on {host} is taken: stop what listens there, or choose another with --port.")
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        serving.serve(
            application(),
            [address],
            when_ready=lambda: print(f"Serving on {address}.", flush=True),
            workers=workers,
            threads=threads,
            task_workers=task_workers if task_loop.is_ours() else 0,
            accesslog="-",
        )
