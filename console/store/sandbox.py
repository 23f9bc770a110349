"""The sandbox's installation and workspaces. What they hold is JSON text of the sandbox's own making."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from console.core.actor import Actor
from console.core.credential import Secret
from console.core.errors import NotFound
from console.models import SandboxInstallation as InstallationRow
from console.models import SandboxWorkspace
from console.store import rows, vault


@dataclass(frozen=True, slots=True)
class SandboxInstallation:
    """`signing_keys` and `catalogue` are JSON texts; the keys belong to this installation alone."""

    tenant_id: str
    signing_keys: Secret
    catalogue: str


@dataclass(frozen=True, slots=True, repr=False)
class Workspace:
    """One person's sandbox: its JSON state ("{}" at first) and the version to save against.

    `signing_keys` are the installation's, None until there is one.
    """

    segment: str
    state: str
    version: int
    signing_keys: Secret | None


def row_name(tenant_id: str) -> str:
    """What the vault binds the signing keys to."""
    return f"sandbox|{tenant_id}|signing_keys"


def installation() -> SandboxInstallation | None:
    """None until `create_installation` was called."""
    row = InstallationRow.objects.first()
    if row is None:
        return None
    return SandboxInstallation(row.tenant_id, _opened(row.sealed_keys, row.tenant_id), row.catalogue)


def create_installation(value: SandboxInstallation, *, now: int) -> SandboxInstallation:
    """Keeps the installation, unless another process was first: then that one is given."""
    sealed = vault.seal(value.signing_keys.reveal().encode(), row=row_name(value.tenant_id))
    try:
        with transaction.atomic():
            InstallationRow.objects.create(
                id=1, tenant_id=value.tenant_id, sealed_keys=sealed, catalogue=value.catalogue, created_at=now
            )
    except IntegrityError:
        return installation() or value
    return value


def workspace_of(actor: Actor, *, new_segment: str) -> str:
    """The path segment of the actor's workspace; made with `new_segment` on first use."""
    found = SandboxWorkspace.objects.filter(owner_id=rows.owner_id(actor)).first()
    if found is not None:
        return found.segment
    try:
        with transaction.atomic():
            created = SandboxWorkspace.objects.create(segment=new_segment, owner_id=rows.owner_id(actor), state="{}")
    except IntegrityError:
        return SandboxWorkspace.objects.get(owner_id=rows.owner_id(actor)).segment
    return created.segment


_LOAD = f"""
    SELECT w.segment, w.state, w.version, i.tenant_id, i.sealed_keys
    FROM {SandboxWorkspace._meta.db_table} w LEFT JOIN {InstallationRow._meta.db_table} i ON i.id = 1
    WHERE LOWER(w.segment) = %s
"""  # noqa: S608 (the names of two tables)


def load(segment: str) -> Workspace:
    """The workspace of a segment in any letter case; raises NotFound for an unknown one.

    Every request to the sandbox comes through here: one query, in SQL because building it anew costs more than running
    it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [segment.lower()])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("There is no such sandbox workspace.")
    found, state, version, tenant_id, sealed_keys = row
    return Workspace(found, state, version, None if sealed_keys is None else _opened(sealed_keys, tenant_id))


@lru_cache(maxsize=2)
def _opened(sealed_keys: str, tenant_id: str) -> Secret:
    """Kept in memory, as the key made of it is: opening costs as much as the rest of the look-up."""
    return Secret(vault.open_sealed(sealed_keys, row=row_name(tenant_id)).decode())


def save(segment: str, state: str, *, expected_version: int) -> bool:
    """Compare and set; False when somebody saved since `expected_version` (load again and retry)."""
    same = SandboxWorkspace.objects.filter(segment=segment, version=expected_version)
    return same.update(state=state, version=F("version") + 1) == 1
