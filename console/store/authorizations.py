"""Sign-ins on their way. What opens one is no actor: it is the browser that began it, by its cookie.

The tables keep HMACs of state and cookie; only who brings them finds the row.
"""

import uuid
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from console.core.authorization import AuthorizationParts, AuthorizationStage, PersonAuthorization
from console.core.connection import ConnectionProblem
from console.core.credential import Secret
from console.models import PendingAuthorization as Row
from console.store import json_text, rows, vault

_STATE, _BROWSER, _ANSWER = b"state of a sign-in", b"browser of a sign-in", b"answer of a sign-in"
TOLD_FOR_S = 86_400  # for how long an old one is still known, so that its cause can be told


@dataclass(frozen=True, slots=True)
class FoundAuthorization:
    """A sign-in by its state. `is_same_answer`: the answer that was taken before is this very one."""

    authorization: PersonAuthorization
    is_this_browser: bool
    is_same_answer: bool


def create(authorization: PersonAuthorization, *, state: Secret, browser: Secret) -> None:
    Row(
        id=uuid.UUID(authorization.id),
        state_hash=vault.mac(state.reveal(), purpose=_STATE),
        browser_hash=vault.mac(_of_browser(authorization.id, browser), purpose=_BROWSER),
        connection_id=uuid.UUID(authorization.connection_id),
        link_id=_uuid(authorization.link_id),
        person_id=authorization.person_id,
        made_at=authorization.made_at,
        **_columns(authorization),
    ).save(force_insert=True)


def by_state(state: Secret, browsers: dict[str, str], *, answer: str) -> FoundAuthorization | None:
    """The sign-in that expects this state; None when none does. `browsers` are cookies by the id of their sign-in."""
    row = Row.objects.filter(state_hash__in=vault.macs(state.reveal(), purpose=_STATE)).first()
    if row is None:
        return None
    cookie = browsers.get(str(row.pk), "")
    is_same = bool(row.answer_hash) and row.answer_hash in vault.macs(answer, purpose=_ANSWER)
    return FoundAuthorization(_to_core(row), bool(cookie) and _is_of(row, Secret(cookie)), is_same)


def get(authorization_id: str, browser: Secret) -> PersonAuthorization | None:
    """The sign-in that this browser began; None for any other."""
    row = _row(authorization_id).first()
    return _to_core(row) if row is not None and _is_of(row, browser) else None


def of_run(run_id: str) -> PersonAuthorization | None:
    """The sign-in by device code that a run waits for; callers have opened the run."""
    row = Row.objects.filter(run=uuid.UUID(run_id)).first()
    return _to_core(row) if row is not None else None


def advance(before: PersonAuthorization, after: PersonAuthorization, *, answer: str = "") -> PersonAuthorization | None:
    """One stage on; None when another request did it meanwhile. `answer` names what came back."""
    hashed = {"answer_hash": vault.mac(answer, purpose=_ANSWER)} if answer else {}
    moved = replace(after, version=before.version + 1)
    same = _row(before.id).filter(version=before.version, stage=before.stage.value)
    return moved if same.update(**_columns(moved), **hashed) else None


def wipe_expired(*, now: int) -> None:
    """What is sealed in sign-ins that nobody finished in time is gone; the row stays, so that this can be told."""
    Row.objects.filter(expires_at__lte=now).exclude(sealed="").update(sealed="")


def prune(*, now: int, limit: int = rows.BATCH) -> int:
    """Deletes at most `limit` sign-ins of which nothing is told any more; gives how many."""
    return rows.delete_some(Row.objects.filter(expires_at__lt=now - TOLD_FOR_S), limit)


def row_name(authorization_id: object) -> str:
    """What the vault binds the sealed parts to."""
    return f"authorization|{authorization_id}|parts"


def beside(row: Row) -> vault.Beside:
    """For which connection and person it is, and by which link: nobody's tokens are kept with another's."""
    return (str(row.connection_id), str(row.link_id) if row.link_id else None, row.person_id)


def _beside_of(authorization: PersonAuthorization) -> vault.Beside:
    return (authorization.connection_id, authorization.link_id, authorization.person_id)


def _row(authorization_id: str) -> QuerySet[Row]:
    return Row.objects.filter(pk=uuid.UUID(authorization_id))


def _is_of(row: Row, browser: Secret) -> bool:
    return row.browser_hash in vault.macs(_of_browser(row.pk, browser), purpose=_BROWSER)


def _of_browser(authorization_id: object, browser: Secret) -> str:
    """Of this sign-in alone: copied to another's row it is no browser's."""
    return f"{authorization_id}|{browser.reveal()}"


def _columns(authorization: PersonAuthorization) -> dict[str, object]:
    """Once it is over nothing stays sealed."""
    parts, name = json_text.dump(authorization.parts).encode(), row_name(authorization.id)
    return {
        "stage": authorization.stage.value,
        "sealed": "" if authorization.is_over else vault.seal(parts, row=name, beside=_beside_of(authorization)),
        "problem": json_text.dump(authorization.problem) if authorization.problem else "",
        "attempt_id": _uuid(authorization.attempt_id),
        "expires_at": authorization.expires_at,
        "version": authorization.version,
    }


def _to_core(row: Row) -> PersonAuthorization:
    name = row_name(row.pk)
    opened = vault.open_sealed(row.sealed, row=name, beside=beside(row)).decode() if row.sealed else "{}"
    return PersonAuthorization(
        id=str(row.pk),
        connection_id=str(row.connection_id),
        link_id=str(row.link_id) if row.link_id else None,
        person_id=row.person_id,
        stage=AuthorizationStage(row.stage),
        made_at=row.made_at,
        expires_at=row.expires_at,
        parts=json_text.load(opened, AuthorizationParts),
        problem=json_text.load(row.problem, ConnectionProblem) if row.problem else None,
        attempt_id=str(row.attempt_id) if row.attempt_id else None,
        version=row.version,
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None
