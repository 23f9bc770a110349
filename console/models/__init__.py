"""Tables. Columns and constraints only; what varies is one ASCII JSON text column validated by the core.

Times are epoch seconds. Ids of rows that stand in URLs are UUIDs; they and all times come in as arguments.
"""

from console.models.api import Api
from console.models.attempt import Attempt
from console.models.audit import AuditEntry, AuditHead
from console.models.budget import FarSideTrouble, WorkBudget
from console.models.case import Case, CaseComment, CaseOpening
from console.models.condition import Heartbeat
from console.models.connection import Connection, LoginLink, PendingAuthorization
from console.models.keyset import KeySetCache
from console.models.person import Person, SignInLink, SignInTries
from console.models.policy import PolicySample, PolicySettings
from console.models.profile import Profile, StoredCredential, SubscriptionKey
from console.models.run import Run, RunStep
from console.models.sandbox import SandboxInstallation, SandboxWorkspace
from console.models.sharing import Group, GroupMember, Share
from console.models.token import Lease, ProofKey, StoredToken
from console.models.vault import KeyCanary

__all__ = [
    "Api",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "Case",
    "CaseComment",
    "CaseOpening",
    "Connection",
    "FarSideTrouble",
    "Group",
    "GroupMember",
    "Heartbeat",
    "KeyCanary",
    "KeySetCache",
    "Lease",
    "LoginLink",
    "PendingAuthorization",
    "Person",
    "PolicySample",
    "PolicySettings",
    "Profile",
    "ProofKey",
    "Run",
    "RunStep",
    "SandboxInstallation",
    "SandboxWorkspace",
    "Share",
    "SignInLink",
    "SignInTries",
    "StoredCredential",
    "StoredToken",
    "SubscriptionKey",
    "WorkBudget",
]
