"""Data of earlier versions: their database files migrate, credentials open, profiles work, the history shows."""

import base64
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "tests/vectors/previous").glob("console-*.sqlite3.gz"))
OURS = ("CONSOLE_", "DATABASE_", "DJANGO_")
RING = base64.b64encode(b"the ring of the previous version!"[:32]).decode()


@pytest.fixture(params=FILES, ids=lambda path: path.name.partition(".")[0])
def environment(request, tmp_path):
    (tmp_path / "console.sqlite3").write_bytes(gzip.decompress(request.param.read_bytes()))
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CONSOLE_", "DATABASE_", "DJANGO_"))
        },
        "CONSOLE_DATA_DIR": str(tmp_path),
        "CONSOLE_SECRET_KEY": "previous-" + "k" * 60,
        "CONSOLE_SECRET_KEYS": f"k1:{RING}",
        "CONSOLE_PUBLIC_URL": "http://localhost:8000",
        "CONSOLE_ALLOWED_HOSTS": "localhost",
        "CONSOLE_SANDBOX": "true",
        "CONSOLE_LOG_LEVEL": "ERROR",
    }


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_data_of_an_earlier_version_is_all_there(environment):
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    seen = json.loads(run(environment, "tests/reader_of_previous_data.py"))
    assert sorted(seen["history"]) == [
        "200: GET orders ✓ 200",
        "200: GET orders ✕ 401",
        "200: POST reports ✓ 202",
        "200: Token for Sample: invoices, v1 tokens ✓ 200",
        "200: Token for Sample: orders with a certificate ✓ 200",
        "200: Token for Sample: orders with a secret ✓ 200",
    ]
    samples = ("invoices, v1 tokens", "orders with a certificate", "orders with a secret")
    assert seen["profiles"] == {f"200: Sample: {name} sandbox": [True, True] for name in samples}
    assert seen["cases"] == ["200: #1 No token was sent"]
    assert seen["again"] == [200, 404, 404, 404, 404, 404]  # the 202 is followed on, the others are no long work
    run(environment, "manage.py", "verify_audit")
