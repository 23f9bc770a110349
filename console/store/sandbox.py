"""The sandbox's installation and workspaces. What they hold is JSON text of the sandbox's own making."""

from collections.abc import Iterable
from contextlib import suppress
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
    """One person's sandbox as it is kept: its JSON state ("{}" at first) and the version to save against.

    `sealed_keys` and `tenant_id` are the installation's, None until there is one.
    """

    segment: str
    state: str
    version: int
    tenant_id: str | None = None
    sealed_keys: str | None = None

    @property
    def signing_keys(self) -> Secret | None:
        """None without an installation; raises Misconfigured when the key ring does not open them."""
        if self.sealed_keys is None or self.tenant_id is None:
            return None
        return _opened(self.sealed_keys, self.tenant_id)


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


_LOAD = f"""
    SELECT w.segment, w.state, w.version, i.tenant_id, i.sealed_keys
    FROM {SandboxWorkspace._meta.db_table} w LEFT JOIN {InstallationRow._meta.db_table} i ON i.id = 1
"""  # noqa: S608 (the names of two tables)
_OF_SEGMENT, _OF_OWNER = f"{_LOAD} WHERE LOWER(w.segment) = %s", f"{_LOAD} WHERE w.owner_id = %s"


def workspace_of(actor: Actor, *, new_segment: str) -> Workspace:
    """The actor's workspace, in one query; made with `new_segment` on first use."""
    found = _loaded(_OF_OWNER, rows.owner_id(actor))
    if found is not None:
        return found
    with suppress(IntegrityError), transaction.atomic():  # another request of the same person was first
        SandboxWorkspace.objects.create(segment=new_segment, owner_id=rows.owner_id(actor), state="{}")
    return _must_be(_loaded(_OF_OWNER, rows.owner_id(actor)))


def load(segment: str) -> Workspace:
    """The workspace of a segment in any letter case, in one query; raises NotFound for an unknown one."""
    return _must_be(_loaded(_OF_SEGMENT, segment.lower()))


def segments_of(owners: Iterable[int]) -> dict[int, str]:
    """The segment of each of these people's workspaces, by the person's id; without those who have none yet."""
    wanted = set(owners)
    found = SandboxWorkspace.objects.filter(owner_id__in=wanted) if wanted else SandboxWorkspace.objects.none()
    return dict(found.values_list("owner_id", "segment"))


def _loaded(statement: str, value: str | int) -> Workspace | None:
    """Everything the sandbox does comes through here: in SQL, because building it anew costs more than running it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        row = cursor.fetchone()
    return Workspace(*row) if row is not None else None


def _must_be(found: Workspace | None) -> Workspace:
    if found is None:
        raise NotFound("There is no such sandbox workspace.")
    return found


@lru_cache(maxsize=2)
def _opened(sealed_keys: str, tenant_id: str) -> Secret:
    """Kept in memory, as the key made of it is: opening costs as much as the rest of the look-up."""
    return Secret(vault.open_sealed(sealed_keys, row=row_name(tenant_id)).decode())


def save(segment: str, state: str, *, expected_version: int) -> bool:
    """Compare and set; False when somebody saved since `expected_version` (load again and retry)."""
    same = SandboxWorkspace.objects.filter(segment=segment, version=expected_version)
    return same.update(state=state, version=F("version") + 1) == 1
