"""The environment of the demo. `manage.py` calls this before settings load; nothing here needs Django.

The demo is the same program as in production: only its environment is made for one person on one machine.
"""

import base64
import os
import secrets
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from console.management import folder_lock
from console.management.arguments import QuietParser, refuse

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def add_arguments(parser: "QuietParser") -> None:
    """The options of `manage.py demo`."""
    parser.add_argument("--port", type=int, default=8000, help="port to listen on; 8000 unless given")
    parser.add_argument("--host", default="localhost", help="address to listen on; localhost unless given")
    parser.add_argument(
        "--https", action="store_true", help="serve https with a certificate of an authority made for this demo"
    )


def prepare(arguments: Sequence[str], environ: MutableMapping[str, str], *, base_dir: Path) -> None:
    """Sets the environment from the command line, and makes data folder and keys where they are missing."""
    parser = QuietParser(prog="demo", add_help=False)
    add_arguments(parser)
    options, _ = parser.parse_known_args(arguments)
    if not 1 <= options.port <= 65535:
        refuse(f"demo: the port must be between 1 and 65535, and {options.port} is not.")
    folder = Path(environ.get("CONSOLE_DATA_DIR") or base_dir / ".data")
    key_file, ring_file = _make_keys(folder)
    host = "localhost" if options.host in ("0.0.0.0", "::", *LOOPBACK) else options.host  # noqa: S104 (compared, not bound)
    defaults = {
        "CONSOLE_DATA_DIR": str(folder),
        "CONSOLE_SECRET_KEY_FILE": str(key_file),
        "CONSOLE_SECRET_KEYS_FILE": str(ring_file),
        "CONSOLE_PUBLIC_URL": f"{'https' if options.https else 'http'}://{host}:{options.port}",
        "CONSOLE_ALLOWED_HOSTS": ",".join(dict.fromkeys((host, *LOOPBACK[:2], "[::1]"))),
        "CONSOLE_SANDBOX": "true",
        "CONSOLE_LOG_LEVEL": "WARNING",
    }
    for name, value in defaults.items():
        environ.setdefault(name, value)
    environ["CONSOLE_DEMO"] = "true"


def _make_keys(folder: Path) -> tuple[Path, Path]:
    """The files of Django's secret key and of the key ring, made once, readable by their owner alone."""
    key_file, ring_file = folder / "secret_key", folder / "secret_keys"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with folder_lock.alone_in(folder, on_wait=say_waiting):
            write_once(key_file, secrets.token_urlsafe(64))
            write_once(ring_file, f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}")
    except OSError as problem:
        refuse(f"demo: the data folder {folder} cannot be written: {problem.strerror}.")
    return key_file, ring_file


def say_waiting() -> None:
    """One sentence for whoever looks at a start that does not go on."""
    print(
        "Another start of the demo prepares this data folder; this one goes on after it.", file=sys.stderr, flush=True
    )


def write_once(path: Path, text: str) -> None:
    """Writes a file that only its owner reads; leaves an existing one as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
