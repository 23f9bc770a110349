"""Every address of the console: who may open it, whether it needs a fresh proof, and what it leaves in the audit trail.

A new address without a line here fails `test_url_table.py`: whoever adds one decides these three things.
"""

from typing import NamedTuple

STRANGERS, ANYBODY, ADMIN, OWNER = "strangers", "anybody signed in", "administrators", "owner, or as the roles say"
NO, ALWAYS, TO_SEND = "no", "always", "to send"


class Line(NamedTuple):
    """`proof`: when a fresh proof of who is here is asked for. `audited`: whether what it does leaves an entry."""

    who: str
    proof: str
    audited: bool


IN_AND_OUT = {
    "account_login": Line(STRANGERS, NO, audited=True),
    "account_logout": Line(STRANGERS, NO, audited=True),
    "account_inactive": Line(STRANGERS, NO, audited=False),
    "account_reset_password": Line(STRANGERS, NO, audited=False),
    "account_reset_password_done": Line(STRANGERS, NO, audited=False),
    "account_reset_password_from_key": Line(STRANGERS, NO, audited=True),
    "account_reset_password_from_key_done": Line(STRANGERS, NO, audited=False),
    "mfa_authenticate": Line(STRANGERS, NO, audited=True),
    "mfa_login_webauthn": Line(STRANGERS, NO, audited=True),
    "openid_connect_login": Line(STRANGERS, NO, audited=False),  # `process=connect` needs a proof: its own test
    "openid_connect_callback": Line(STRANGERS, NO, audited=True),
    "socialaccount_login_cancelled": Line(STRANGERS, NO, audited=False),
    "sign-in-link": Line(STRANGERS, NO, audited=True),
    "login-link": Line(STRANGERS, NO, audited=True),
    "back": Line(STRANGERS, NO, audited=True),
    "back-problem": Line(STRANGERS, NO, audited=False),
    "authorization": Line(STRANGERS, NO, audited=True),  # of the browser with its cookie alone
    "session": Line(STRANGERS, NO, audited=False),
    "choose-way-in": Line(ANYBODY, NO, audited=False),
    "go-back": Line(ANYBODY, NO, audited=False),
}
PROOFS = {
    "account_reauthenticate": Line(ANYBODY, NO, audited=True),
    "company-proof": Line(ANYBODY, NO, audited=False),
    "mfa_reauthenticate": Line(ANYBODY, NO, audited=True),
    "mfa_reauthenticate_webauthn": Line(ANYBODY, NO, audited=True),
}
OWN_ACCOUNT = {
    "account_change_password": Line(ANYBODY, ALWAYS, audited=True),
    "account_set_password": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_index": Line(ANYBODY, NO, audited=False),
    "mfa_activate_totp": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_deactivate_totp": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_view_recovery_codes": Line(ANYBODY, ALWAYS, audited=False),
    "mfa_generate_recovery_codes": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_download_recovery_codes": Line(ANYBODY, ALWAYS, audited=False),
    "mfa_list_webauthn": Line(ANYBODY, NO, audited=False),
    "mfa_add_webauthn": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_remove_webauthn": Line(ANYBODY, ALWAYS, audited=True),
    "mfa_edit_webauthn": Line(ANYBODY, ALWAYS, audited=False),
    "socialaccount_connections": Line(ANYBODY, TO_SEND, audited=True),
}
PEOPLE = {
    "people": Line(ADMIN, TO_SEND, audited=True),
    "person": Line(ADMIN, TO_SEND, audited=True),
    "person-link": Line(ADMIN, TO_SEND, audited=True),
    "person-address": Line(ADMIN, TO_SEND, audited=True),
    "groups": Line(ADMIN, TO_SEND, audited=True),
    "group": Line(ADMIN, TO_SEND, audited=True),
    "group-members": Line(ADMIN, TO_SEND, audited=True),
    "group-delete": Line(ADMIN, TO_SEND, audited=True),
    "audit": Line(ADMIN, NO, audited=False),
    "audit-export": Line(ADMIN, TO_SEND, audited=True),
}
WORK = {
    "start": Line(ANYBODY, NO, audited=False),
    "inspect": Line(ANYBODY, NO, audited=False),
    "triage": Line(ANYBODY, NO, audited=False),
    "compare": Line(ANYBODY, NO, audited=False),
    "profiles": Line(ANYBODY, NO, audited=False),
    "profile-new": Line(ANYBODY, NO, audited=True),
    "which-grant": Line(ANYBODY, NO, audited=False),
    "profile-handover": Line(ANYBODY, NO, audited=False),
    "profile-samples": Line(ANYBODY, NO, audited=True),
    "apis": Line(ANYBODY, NO, audited=False),
    "api-new": Line(ANYBODY, NO, audited=True),
    "policy": Line(ANYBODY, NO, audited=False),
    "calls": Line(ANYBODY, NO, audited=False),
    "cases": Line(ANYBODY, NO, audited=False),
    "case-new": Line(ANYBODY, NO, audited=True),
    "reference": Line(ANYBODY, NO, audited=False),
    "reference-kind": Line(ANYBODY, NO, audited=False),
    "reference-entry": Line(ANYBODY, NO, audited=False),
    "sandbox": Line(ANYBODY, NO, audited=False),
    "sandbox-fault": Line(ANYBODY, NO, audited=False),
    "sandbox-register": Line(ANYBODY, NO, audited=False),
    "sandbox-client": Line(ANYBODY, NO, audited=False),
    "sandbox-profile": Line(ANYBODY, NO, audited=True),
    "sandbox-key": Line(ANYBODY, NO, audited=False),
    "sandbox-provider": Line(ANYBODY, NO, audited=False),
    "sandbox-policy": Line(ANYBODY, NO, audited=False),
    "healthz": Line(STRANGERS, NO, audited=False),
    "readyz": Line(STRANGERS, NO, audited=False),
}
OBJECTS = {
    "profile": Line(OWNER, NO, audited=False),
    "profile-checklist": Line(OWNER, NO, audited=False),
    "profile-edit": Line(OWNER, NO, audited=True),
    "profile-duplicate": Line(OWNER, NO, audited=True),
    "profile-delete": Line(OWNER, NO, audited=True),
    "profile-destination": Line(OWNER, NO, audited=True),
    "profile-secret": Line(OWNER, NO, audited=True),
    "profile-key-file": Line(OWNER, NO, audited=True),
    "profile-make-certificate": Line(OWNER, NO, audited=True),
    "profile-certificate": Line(OWNER, NO, audited=False),
    "profile-make-key": Line(OWNER, NO, audited=True),
    "profile-signing-key": Line(OWNER, NO, audited=True),
    "profile-public-keys": Line(OWNER, NO, audited=False),
    "profile-assertion": Line(OWNER, NO, audited=True),
    "profile-credential-remove": Line(OWNER, NO, audited=True),
    "profile-subscription-key": Line(OWNER, NO, audited=True),
    "profile-token": Line(OWNER, NO, audited=True),
    "profile-token-steps": Line(OWNER, NO, audited=True),
    "profile-practise": Line(OWNER, NO, audited=True),
    "profile-sharing": Line(OWNER, NO, audited=True),
    "profile-connection-delete": Line(OWNER, NO, audited=True),
    "connection-steps": Line(OWNER, NO, audited=False),
    "connection-new": Line(OWNER, NO, audited=True),
    "connection": Line(OWNER, NO, audited=False),
    "connection-edit": Line(OWNER, NO, audited=True),
    "connection-authorize": Line(OWNER, NO, audited=True),
    "connection-link": Line(OWNER, NO, audited=True),
    "connection-link-revoke": Line(OWNER, NO, audited=True),
    "connection-refresh": Line(OWNER, NO, audited=True),
    "connection-disconnect": Line(OWNER, NO, audited=True),
    "connection-delete": Line(OWNER, NO, audited=True),
    "connection-sharing": Line(OWNER, NO, audited=True),
    "profile-token-introspect": Line(OWNER, NO, audited=True),
    "profile-token-revoke": Line(OWNER, NO, audited=True),
    "profile-token-reveal": Line(OWNER, TO_SEND, audited=True),
    "profile-call": Line(OWNER, NO, audited=True),
    "api": Line(OWNER, NO, audited=False),
    "api-checklist": Line(OWNER, NO, audited=False),
    "api-edit": Line(OWNER, NO, audited=True),
    "api-proposal": Line(OWNER, NO, audited=True),
    "api-delete": Line(OWNER, NO, audited=True),
    "api-sharing": Line(OWNER, NO, audited=True),
    "api-publish": Line(OWNER, NO, audited=True),
    "api-policy": Line(OWNER, NO, audited=True),
    "api-policy-expectation": Line(OWNER, NO, audited=True),
    "api-policy-row": Line(OWNER, NO, audited=True),
    "api-policy-file": Line(OWNER, NO, audited=False),
    "call": Line(OWNER, NO, audited=False),
    "call-again": Line(OWNER, NO, audited=False),
    "call-delete": Line(OWNER, NO, audited=True),
    "call-share": Line(OWNER, NO, audited=True),
    "case": Line(OWNER, NO, audited=True),
    "case-sharing": Line(OWNER, NO, audited=True),
    "case-withdraw": Line(OWNER, NO, audited=True),
}
TABLE = {**IN_AND_OUT, **PROOFS, **OWN_ACCOUNT, **PEOPLE, **WORK, **OBJECTS}
