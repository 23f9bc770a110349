"""The body of an answer, to be looked at part by part, searched and taken along."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.errors import NotFound
from console.core.exchange import Exchange
from console.core.http.content import binary_kind
from console.core.redaction.bodies import is_only_told, text_of
from console.services import budget
from console.store import answer_bodies, attempts, runs
from console.store.attempts import AttemptRecord


@dataclass(frozen=True, slots=True, repr=False)
class OpenBody:
    """The body as it was kept: redacted text, or bytes that were looked through. `told` is a sentence on a body of
    which nothing else was kept, "" for any other. `is_of_work`: it is the last answer about the work that it began.
    """

    record: AttemptRecord
    exchange: Exchange
    content: bytes
    content_type: str
    is_text: bool
    is_cut: bool
    told: str = ""
    is_of_work: bool = False


@contextmanager
def opened(actor: Actor, attempt_id: str, *, of_work: bool = False) -> Iterator[OpenBody]:
    """Raises NotFound where there is no answer to a call, or it is not the actor's to see; Busy.

    `of_work`: the last answer about the long work that the call began, instead of its own.
    """
    record = attempts.get(actor, attempt_id).value
    run = runs.of_attempt(actor, attempt_id) if of_work else None
    exchanges = record.exchanges if not of_work else run.exchanges if run else ()
    exchange = exchanges[-1] if exchanges else None
    response = exchange.response if exchange is not None else None
    if exchange is None or response is None or record.kind != "call" or not response.body:
        raise NotFound(
            "This attempt has no answer with a body.",
            why="Nothing came back, or the answer was empty.",
            do="The page of the attempt says what happened.",
        )
    beside = answer_bodies.of_attempt(actor, attempt_id) if response.whole_bytes else None
    content = response.body if beside is None else beside
    with budget.thinking(actor, len(content)):
        is_text = text_of(content, response.headers) is not None and not binary_kind(response)
        is_told = beside is None and is_only_told(response)
        yield OpenBody(
            record,
            exchange,
            content,
            response.header("Content-Type") or "",
            is_text=is_text,
            is_cut=response.is_cut,
            told=response.body.decode("utf-8", "replace")[1:-1] if is_told else "",
            is_of_work=of_work,
        )
