"""What the audit trail can say that somebody did: one closed list of words, as they are stored and shown.

A word that was stored once is never changed or removed: entries of years ago are read with it. A new thing that
changes rows gets a line here; `tests/test_architecture.py` names the services that forgot to append.
"""

from enum import StrEnum


class Action(StrEnum):
    """The value is what the entry holds and what a person reads after "who"."""

    # Signing in, and what changes how one signs in
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "sign-in failed"
    REAUTHENTICATED = "proved who they are again"
    SESSIONS_ENDED = "signed out everywhere else"
    PASSWORD_SET = "password set"
    PASSWORD_CHANGED = "password changed"
    PASSWORD_RESET_ASKED = "password reset asked for"
    PASSWORD_RESET = "password reset"
    ADDRESS_ADDED = "address added"
    ADDRESS_CHANGED = "address changed"
    ADDRESS_REMOVED = "address removed"
    AUTHENTICATOR_ADDED = "authenticator added"
    AUTHENTICATOR_REMOVED = "authenticator removed"
    RECOVERY_CODES_MADE = "recovery codes made"
    CALENDAR_MADE = "calendar address made"
    CALENDAR_READ = "calendar read for the first time"
    CALENDAR_REVOKED = "calendar address taken back"
    HEARTBEAT_SET = "heartbeat set"
    HEARTBEAT_TURNED = "heartbeat turned"
    REMINDERS_SWITCHED = "reminders switched"
    COMPANY_ACCOUNT_LINKED = "company account linked"
    COMPANY_ACCOUNT_UNLINKED = "company account unlinked"
    # People
    PERSON_INVITED = "person invited"
    LINK_MADE = "sign-in link made"
    LINKS_ENDED = "sign-in links ended"
    ROLES_CHANGED = "roles changed"
    ACCOUNT_CLOSED = "account closed"
    ACCOUNT_OPENED = "account opened again"
    GROUP_MADE = "group made"
    GROUP_RENAMED = "group renamed"
    GROUP_DELETED = "group deleted"
    GROUP_JOINED = "person put into a group"
    GROUP_LEFT = "person taken out of a group"
    # APIs and their policies
    API_MADE = "api made"
    API_CHANGED = "api changed"
    API_DELETED = "api deleted"
    OPERATIONS_IMPORTED = "operations imported"
    OPERATIONS_REMOVED = "operations removed"
    API_PUBLISHED = "api published"
    API_UNPUBLISHED = "api unpublished"
    API_VERSION_PROPOSED = "api version proposed"
    API_VERSION_APPROVED = "api version approved"
    API_VERSION_REFUSED = "api version refused"
    API_REFUSAL_DISMISSED = "api declined version read"
    POLICY_SAVED = "policy saved"
    SAMPLE_ADDED = "sample added"
    SAMPLE_CHANGED = "sample changed"
    SAMPLE_DELETED = "sample deleted"
    # Profiles and what is kept in them
    PROFILE_MADE = "profile made"
    PROFILE_CHANGED = "profile changed"
    PROFILE_DELETED = "profile deleted"
    SIGNING_KEY_REPLACED = "signing key replaced"
    ASSERTION_REPLACED = "federated assertion replaced"
    DESTINATION_CONFIRMED = "destination confirmed"
    SECRET_REPLACED = "secret replaced"
    CERTIFICATE_REPLACED = "certificate replaced"
    CREDENTIAL_DISCARDED = "credential discarded"
    SUBSCRIPTION_KEY_REPLACED = "subscription key replaced"
    SUBSCRIPTION_KEY_REMOVED = "subscription key removed"
    END_DATED = "end dated"
    REQUEST_SAVED = "request saved"
    REQUEST_RENAMED = "request renamed"
    REQUEST_DELETED = "request deleted"
    COLLECTION_MADE = "collection made"
    COLLECTION_CHANGED = "collection changed"
    COLLECTION_DELETED = "collection deleted"
    VARIABLES_SAVED = "variables saved"
    # Connections: what a person signed in for
    CONNECTION_MADE = "connection made"
    CONNECTION_CHANGED = "connection changed"
    CONNECTION_DELETED = "connection deleted"
    CONNECTED = "connected"
    CONNECTION_FAILED = "connection in error"
    DISCONNECTED = "disconnected"
    AUTHORIZATION_BEGAN = "sign-in at the provider began"
    AUTHORIZATION_ENDED = "sign-in at the provider ended"
    LOGIN_LINK_MADE = "login link made"
    LOGIN_LINK_USED = "login link used"
    LOGIN_LINK_REVOKED = "login link taken back"
    # Who else may see, use or manage a profile or an API
    SHARE_GIVEN = "share given"
    SHARE_CHANGED = "share changed"
    SHARE_TAKEN = "share taken away"
    # What left this server. "began" is written before, the other after: a "began" alone is a crash in between
    TOKEN_REQUEST_BEGAN = "token request began"
    TOKEN_REQUESTED = "token requested"
    TOKEN_INTROSPECTION_BEGAN = "question about a token began"
    TOKEN_INTROSPECTED = "token asked about"
    TOKEN_REVOCATION_BEGAN = "revocation of a token began"
    TOKEN_REVOKED = "revocation of a token ended"
    CALL_BEGAN = "call began"
    CALL_SENT = "call sent"
    RUN_LOOK_BEGAN = "look at a run began"
    RUN_LOOKED_AT = "run looked at"
    RUN_CANCEL_BEGAN = "cancelling of long work began"
    RUN_CANCEL_SENT = "long work asked to cancel"
    RUN_LEFT = "long work not followed any more"
    PREFLIGHT_BEGAN = "preflight began"
    COLLECTION_BEGAN = "collection began"
    COLLECTION_STOPPED = "collection stopped"
    MATRIX_BEGAN = "matrix began"
    MATRIX_KEPT = "matrix kept"
    MATRIX_STOPPED = "matrix stopped"
    CREDENTIAL_USED = "credential used"  # of before: what is now the two entries of a token request
    TOKEN_REVEALED = "token revealed"
    SUBSCRIPTION_KEY_REVEALED = "subscription key revealed"
    # What is kept of it
    ATTEMPT_DELETED = "attempt deleted"
    ATTEMPT_PINNED = "attempt pinned"
    ATTEMPT_UNPINNED = "attempt unpinned"
    CASE_SHARED = "case shared"
    CASE_READ = "case read"
    CASE_COMMENTED = "case commented"
    CASE_ASSIGNED = "case assigned"
    CASE_WAITS = "case waits"
    CASE_SOLVED = "case solved"
    CASE_CLOSED = "case closed"
    CASE_REOPENED = "case opened again"
    CASE_ASKED = "evidence asked for"
    CASE_ADDED_TO = "evidence added"
    CASE_GIVEN = "case given to somebody"
    CASE_EXPORTED = "case exported"
    CASE_IMPORTED = "case imported"
    CASE_WITHDRAWN = "case withdrawn"
    CASE_DELETED = "case deleted"
    # The sandbox
    SANDBOX_CHANGED = "sandbox changed"
    # The console itself
    ASKED_FOR_ANOTHERS = "asked for another's"
    TRAIL_EXPORTED = "audit trail exported"
    KEYS_ROTATED = "key rotated"
    PRUNED = "old rows pruned"


_GROUPS = (
    ("Signing in", Action.SIGNED_IN),
    ("People", Action.PERSON_INVITED),
    ("APIs and their policies", Action.API_MADE),
    ("Profiles and their secrets", Action.PROFILE_MADE),
    ("Connections", Action.CONNECTION_MADE),
    ("Sharing", Action.SHARE_GIVEN),
    ("What left this server", Action.TOKEN_REQUEST_BEGAN),
    ("Attempts and cases", Action.ATTEMPT_DELETED),
    ("The sandbox", Action.SANDBOX_CHANGED),
    ("The console itself", Action.ASKED_FOR_ANOTHERS),
)


def groups() -> dict[str, tuple[Action, ...]]:
    """All actions below the words of their group, in the order of the list; each ends where the next begins."""
    every = list(Action)
    starts = [every.index(first) for _, first in _GROUPS]
    return {
        words: tuple(every[start:end])
        for (words, _), start, end in zip(_GROUPS, starts, [*starts[1:], len(every)], strict=True)
    }
