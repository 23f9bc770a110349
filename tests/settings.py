"""Settings of the tests: production's, with a data folder and keys that live as long as the run."""

import atexit
import base64
import os
import secrets
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="token-console-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(
    CONSOLE_DATA_DIR=_folder,
    CONSOLE_SECRET_KEY=secrets.token_urlsafe(64),
    CONSOLE_SECRET_KEYS=f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    CONSOLE_PUBLIC_URL="http://localhost:8000",
    CONSOLE_ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    CONSOLE_SANDBOX="true",
    CONSOLE_CALLS_PER_MINUTE="6000",  # tests of the budgets set their own: the others share people and minutes
    CONSOLE_PROCESSOR_S_PER_MINUTE="0",
    CONSOLE_PRUNES="false",
    CONSOLE_TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",  # done at once; tests of workers say so
)

from console.settings import *  # noqa: E402, F403  (the environment must be there first)
from tests.patience import wait_long  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; a test of Argon2 names it itself
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
wait_long(DATABASES["default"]["OPTIONS"], 20)  # noqa: F405  (as slow as the machine that runs the tests)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file as in production: threads of one test lock each other out of a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
