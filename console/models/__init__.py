"""Tables. Columns and constraints only; what varies is one ASCII JSON text column validated by the core.

Times are epoch seconds. Ids of rows that stand in URLs are UUIDs; they and all times come in as arguments.
"""

from console.models.answer_body import AnswerBody
from console.models.api import Api
from console.models.api_document import ApiOperation, ImportedDocument
from console.models.api_matrix import ApiMatrix
from console.models.attempt import Attempt
from console.models.attempt_hour import AttemptHour
from console.models.audit import AuditEntry, AuditHead
from console.models.budget import FarSideTrouble, WorkBudget
from console.models.call_variables import CallVariables
from console.models.case import Case, CaseComment, CaseNews, CaseOpening, CaseSequence, CaseTerm
from console.models.case_evidence import CaseAddition, CaseAsk, CaseOrigin
from console.models.collection import RequestCollection
from console.models.condition import Heartbeat
from console.models.connection import Connection, LoginLink, PendingAuthorization
from console.models.ending import CalendarFeed, Reminder
from console.models.heartbeat import HeartbeatListener, HeartbeatResult, ProfileHeartbeat
from console.models.keyset import KeySetCache
from console.models.person import Person, SignInLink, SignInTries
from console.models.policy import PolicySample, PolicySettings
from console.models.profile import Profile, StoredCredential, SubscriptionKey
from console.models.run import Run, RunStep
from console.models.sandbox import SandboxInstallation, SandboxWorkspace
from console.models.saved_request import SavedRequest
from console.models.sharing import Group, GroupMember, Share
from console.models.task import OutgoingMail, WorkerSeen
from console.models.token import Lease, ProofKey, StoredToken
from console.models.triage import ColumnReading
from console.models.vault import KeyCanary

__all__ = [
    "AnswerBody",
    "Api",
    "ApiMatrix",
    "ApiOperation",
    "Attempt",
    "AttemptHour",
    "AuditEntry",
    "AuditHead",
    "CalendarFeed",
    "CallVariables",
    "Case",
    "CaseAddition",
    "CaseAsk",
    "CaseComment",
    "CaseNews",
    "CaseOpening",
    "CaseOrigin",
    "CaseSequence",
    "CaseTerm",
    "ColumnReading",
    "Connection",
    "FarSideTrouble",
    "Group",
    "GroupMember",
    "Heartbeat",
    "HeartbeatListener",
    "HeartbeatResult",
    "ImportedDocument",
    "KeyCanary",
    "KeySetCache",
    "Lease",
    "LoginLink",
    "OutgoingMail",
    "PendingAuthorization",
    "Person",
    "PolicySample",
    "PolicySettings",
    "Profile",
    "ProfileHeartbeat",
    "ProofKey",
    "Reminder",
    "RequestCollection",
    "Run",
    "RunStep",
    "SandboxInstallation",
    "SandboxWorkspace",
    "SavedRequest",
    "Share",
    "SignInLink",
    "SignInTries",
    "StoredCredential",
    "StoredToken",
    "SubscriptionKey",
    "WorkBudget",
    "WorkerSeen",
]
