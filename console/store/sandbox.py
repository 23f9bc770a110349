"""The sandbox's installation and workspaces. What they hold is JSON text of the sandbox's own making."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
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


@dataclass(frozen=True, slots=True)
class Workspace:
    """One person's sandbox: its JSON state ("{}" at first) and the version to save against."""

    segment: str
    owner_id: int
    state: str
    version: int


def row_name(tenant_id: str) -> str:
    """What the vault binds the signing keys to."""
    return f"sandbox|{tenant_id}|signing_keys"


def installation() -> SandboxInstallation | None:
    """None until `create_installation` was called."""
    row = InstallationRow.objects.first()
    if row is None:
        return None
    keys = vault.open_sealed(row.sealed_keys, row=row_name(row.tenant_id))
    return SandboxInstallation(row.tenant_id, Secret(keys.decode()), row.catalogue)


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


def load(segment: str) -> Workspace:
    """Raises NotFound for an unknown segment."""
    row = SandboxWorkspace.objects.filter(segment=segment).first()
    if row is None:
        raise NotFound("There is no such sandbox workspace.")
    return Workspace(row.segment, row.owner_id, row.state, row.version)


def save(segment: str, state: str, *, expected_version: int) -> bool:
    """Compare and set; False when somebody saved since `expected_version` (load again and retry)."""
    same = SandboxWorkspace.objects.filter(segment=segment, version=expected_version)
    return same.update(state=state, version=F("version") + 1) == 1
