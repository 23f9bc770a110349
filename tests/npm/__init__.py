"""Peers out of npm: installed once, outside the checkout's own files, in the versions of package.json."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".data" / "npm"  # ignored by git; one folder for each package.json
REQUIRED = "CONSOLE_REQUIRE_NODE"


def why_missing() -> str:
    """Why the peers cannot run here; "" when node and npm are installed, or must be."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if not missing or REQUIRED in os.environ:
        return ""
    return f"{' and '.join(missing)} not installed (apt-get install nodejs npm)"


def installed() -> Path:
    """The folder that holds `node_modules`; installs on first use, and two installing at once do not meet."""
    wanted = (HERE / "package.json").read_bytes()
    folder = FOLDER / hashlib.sha256(wanted).hexdigest()[:12]
    if folder.is_dir():
        return folder
    making = FOLDER / f"{folder.name}.{os.getpid()}"
    making.mkdir(parents=True)
    (making / "package.json").write_bytes(wanted)
    options = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(["npm", "install", *options], cwd=making, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(making)
        raise RuntimeError(f"npm install ended with {done.returncode}: {done.stderr[-2000:]}")
    try:
        making.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(making)
    return folder
