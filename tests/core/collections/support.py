"""Answers and lines for the tests of collections."""

import json

from console.core.collections.answer import AnswerPart, CollectionAnswer
from console.core.collections.taken import TakenValue
from console.core.exchange import Response
from console.core.redaction.redact import Redactor


def answer(body=b"", status=200, headers=()) -> CollectionAnswer:
    raw = Response(status, "", headers, body if isinstance(body, bytes) else json.dumps(body).encode())
    return CollectionAnswer(AnswerPart(raw), AnswerPart(Redactor(()).response(raw)))


def values(**texts) -> dict[str, TakenValue]:
    return {name: TakenValue(name, str(text), isinstance(text, str)) for name, text in texts.items()}
