#!/usr/bin/env python3
"""Django's command line for the console."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    from console.management import streams

    with streams.usable(sys.argv[1] if len(sys.argv) > 1 else "manage.py"):
        _run()


def _run() -> None:
    if sys.argv[1:2] == ["demo"]:
        from console.management import demo_environment

        demo_environment.prepare(sys.argv[2:], os.environ, base_dir=Path(__file__).resolve().parent)
    from console.management import bare

    if bare.is_bare(sys.argv[1:]):
        bare.run(sys.argv)
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
