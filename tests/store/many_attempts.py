"""Very many attempts at once, spread over some days: written by the database's own means, counted by its triggers."""

import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

DAY_S = 86_400
BATCH = 5_000
RARE = "clock-skew"
_ANSWERS = (
    *[(200, "")] * 70,
    *[(401, "token-expired")] * 10,
    *[(401, "audience-other-api")] * 8,
    *[(403, "app-permission-not-granted")] * 6,
    *[(401, "subscription-key-missing")] * 3,
    *[(404, "path-unknown")] * 2,
    (503, "backend-down"),
)
_COLUMNS = ("id", "kind", "owner_id", "profile_id", "api_id", "title", "created_at", "evidence", "exchanges", "status",
            "primary_cause", "catalogue_version")  # fmt: skip


def add(count: int, *, profiles: Sequence[tuple[str, int]], apis: Sequence[str], now: int, days: int = 30) -> None:
    """`profiles` are pairs of id and owner. The newest is of `now`; one in five thousand has a rare cause."""
    places = ", ".join(["%s"] * len(_COLUMNS))
    statement = f"INSERT INTO console_attempt ({', '.join(_COLUMNS)}) VALUES ({places})"
    rows = _rows(count, profiles, apis, (now, days * DAY_S))
    while batch := list(itertools.islice(rows, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, batch)


def _rows(
    count: int, profiles: Sequence[tuple[str, int]], apis: Sequence[str], time: tuple[int, int]
) -> Iterator[tuple[Any, ...]]:
    chance, (now, span_s) = random.Random(7), time
    ids = [(_key(profile), owner, _key(apis[place % len(apis)])) for place, (profile, owner) in enumerate(profiles)]
    for number in range(count):
        profile, owner, api = chance.choice(ids)
        status, cause = chance.choice(_ANSWERS)
        if number % 5_000 == 4_999:
            status, cause = 401, RARE
        at = now - number * span_s // count
        key = _key(str(uuid.UUID(int=(at << 80) | chance.getrandbits(79))))
        title = f'"GET /orders/{number % 100}"'
        yield (key, "call", owner, profile, api, title, at, "{}" + " " * 400, "[]", status, cause, "2")


def _key(text: str) -> Any:
    return uuid.UUID(text) if connection.vendor == "postgresql" else uuid.UUID(text).hex
