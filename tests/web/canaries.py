"""Looking for what must not be there: every log record, every byte of the database, sessions, temporary files."""

import base64
import html
import json
import logging
import pathlib
import subprocess
import tempfile

from django.contrib.sessions.models import Session
from django.db import connection

from console.adapters.log import SweptFormatter
from tests.far_sides import spellings


class EveryRecord(logging.Handler):
    """Every record that reaches the root, all loggers at DEBUG: `plain` as it was made, `swept` as it is written."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.plain, self.swept = [], []
        self._plain, self._swept = logging.Formatter("%(name)s %(message)s"), SweptFormatter("%(name)s %(message)s")

    def emit(self, record):
        self.plain.append(self._plain.format(record))
        self.swept.append(self._swept.format(record))

    def __enter__(self):
        root = logging.getLogger()
        loggers = [root, *(logging.getLogger(name) for name in list(logging.root.manager.loggerDict))]
        self._levels = {logger: logger.level for logger in loggers}
        root.addHandler(self)
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *args):
        logging.getLogger().removeHandler(self)
        for logger, level in self._levels.items():
            logger.setLevel(level)


def leaks(where, content, canaries):
    """Sentences that say which canary is where; empty when there is none. HTML is read as a browser would, too."""
    content = f"{content}\n{html.unescape(content)}"
    found = [
        (name, content.index(form)) for name, text in canaries.items() for form in spellings(text) if form in content
    ]
    return [f"{name} is in {where}: …{content[max(0, start - 80) : start + 60]}…" for name, start in found]


def database_bytes():
    """The file with its journal, or every row of every table; beside that what is packed in it, unpacked."""
    if connection.vendor == "sqlite":
        file = pathlib.Path(str(connection.settings_dict["NAME"]))
        files = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))]
        text = "\n".join(_bytes_of(one).decode("latin-1") for one in files if one.exists())
    else:
        text = "\n".join(str(row) for table in _tables() for row in _rows(table))
    packed = [base64.b64decode(row[1]).decode("latin-1") for row in _rows("console_rate_limits")]
    sessions = [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join([text, *packed, *sessions])


def _bytes_of(file):
    """Read by another process: whoever closes a file gives up all locks that its process has on it, SQLite's too; the
    next process that leaves the database would take the journal away from under this one.
    """
    return subprocess.run(["cat", str(file)], capture_output=True, check=True).stdout


def _tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return cursor.fetchall()


def temporary_files():
    return {path for path in pathlib.Path(tempfile.gettempdir()).iterdir() if path.is_file()}
