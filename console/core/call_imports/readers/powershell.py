"""Invoke-RestMethod and Invoke-WebRequest, as scripts and the developer tools of browsers write them."""

from console.core.call_imports import bodies
from console.core.call_imports.clients import client_of_request
from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.model import ImportedCall
from console.core.call_imports.readers.base import TextReader
from console.core.call_imports.readers.curl import name_of
from console.core.call_imports.variables import placeholder
from console.core.paste.powershell import is_powershell, sent_commands
from console.core.paste.shell.syntax import Word, known, unknown
from console.core.redaction.names import MASK

_UNKNOWN = "{{value}}"  # only the running shell knows it


def read(text: str, draft: ImportDraft) -> None:
    for sent in sent_commands(text, _of_variable):
        request = sent.request
        headers = tuple((name, value.replace(MASK, _UNKNOWN)) for name, value in request.headers)
        body = request.body.decode("utf-8", "replace").replace(MASK, _UNKNOWN)
        wanted = bodies.FORM if body and request.method == "POST" else ""  # what both commands say of a body by default
        headers = bodies.with_type(headers, wanted)
        name = name_of(request.method, request.url)
        kind, limit_s = bodies.kind_of(body, headers), request.timeout_s
        call = ImportedCall(name, request.method, request.url, headers, body, kind, timeout_s=limit_s)
        if client := client_of_request(call):
            draft.add_client(client)
        else:
            draft.add(call)
        if draft.is_full:
            return


def _of_variable(written: str) -> Word:
    """`$token` and `${env:TOKEN}` by their names."""
    name = written.strip("${}").rpartition(":")[2]
    return known(placeholder(name)) if name.isidentifier() else unknown(written)


READER = TextReader("powershell", "PowerShell", is_powershell, read)
