"""The formats that calls are imported from: one file each, the one that knows a text best first."""

from console.core.call_imports.readers import (
    bruno,
    bruno_export,
    curl,
    har,
    http_file,
    httpie,
    insomnia,
    insomnia5,
    opencollection,
    postman,
    powershell,
)
from console.core.call_imports.readers.base import TextReader, ValueReader

TEXT_READERS: tuple[TextReader, ...] = (
    bruno.READER,
    powershell.READER,
    http_file.READER,
    curl.READER,
    httpie.READER,
)
VALUE_READERS: tuple[ValueReader, ...] = (
    har.READER,
    postman.READER,
    insomnia.READER,
    insomnia5.READER,
    opencollection.READER,
    bruno_export.READER,
)
