"""What `manage.py check` says about this deployment before anybody meets it on a page.

`console/apps.py` registers the two functions at the end.
"""

import stat
from pathlib import Path
from urllib.parse import urlsplit

from django import db
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning

from console.adapters.egress import EgressPolicy, parse_allow, warnings_for
from console.core.company_groups import read_groups
from console.core.errors import Misconfigured
from console.services import mail
from console.store import vault

MODES = "CONSOLE_EGRESS_MODE is public, allowlist or proxy; proxy needs CONSOLE_EGRESS_PROXY, the others have none."


def key_ring_file() -> list[CheckMessage]:
    """The key ring parses, its ids are unique, and nobody else on the machine reads its file."""
    try:
        vault.key_ring()
    except Misconfigured as refusal:
        return [Error(f"{refusal.what} {refusal.why}", hint=refusal.do, id="console.E001")]
    if settings.CONSOLE_SECRET_KEYS:
        return []
    mode = stat.S_IMODE(Path(settings.CONSOLE_SECRET_KEYS_FILE).stat().st_mode)
    if mode & 0o077:
        hint = "Give it to the console's user alone: mode 0400 or 0600."
        return [Warning(f"The key ring file can be read by others (mode {mode:04o}).", hint=hint, id="console.W001")]
    return []


def key_ring_of_this_database() -> list[CheckMessage]:
    """The key ring opens what this database was sealed with. A database that is not there yet says nothing."""
    try:
        why = vault.ring_problem()
    except (Misconfigured, db.Error):
        return []
    hint = "Restore the key ring that belongs to this database; nothing can be kept with this one."
    return [Error(why, hint=hint, id="console.E005")] if why else []


def public_url() -> list[CheckMessage]:
    """The address people use is absolute, without path, and encrypted unless it is this machine."""
    parts = urlsplit(settings.CONSOLE_PUBLIC_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        hint = "Example: https://tokens.example.com"
        return [Error("CONSOLE_PUBLIC_URL is not of the form scheme://host.", hint=hint, id="console.E002")]
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        hint = "Put TLS in front and set CONSOLE_PUBLIC_URL to the https address."
        return [Error("CONSOLE_PUBLIC_URL is plain http for other machines.", hint=hint, id="console.E003")]
    return []


def mail_goes_to_people() -> list[CheckMessage]:
    """Without mail people can be invited all the same; a mail must not go where its links are read by others."""
    if mail.is_set_up():
        return []
    hint = "Set CONSOLE_EMAIL_URL, for example smtp+tls://user:password@host:587."
    if settings.EMAIL_BACKEND == mail.TERMINAL:
        what = "CONSOLE_EMAIL_URL is consolemail://, which prints links that sign people in; nothing is sent that way."
        return [Error(what, hint=hint, id="console.E006")]
    what = (
        "No e-mail is sent: administrators hand over invitations, nobody can reset a password by themselves, "
        "and nobody is told by mail when their account changes."
    )
    return [Info(what, hint=hint, id="console.I002")]


def egress() -> list[CheckMessage]:
    """The rules for what may leave this server can be read and are not wider than meant."""
    try:
        entries = parse_allow(settings.CONSOLE_EGRESS_ALLOW)
        EgressPolicy(mode=settings.CONSOLE_EGRESS_MODE, allow=entries, proxy=settings.CONSOLE_EGRESS_PROXY or None)
    except ValueError as problem:
        return [Error(f"The egress rules cannot be read: {problem}", hint=MODES, id="console.E004")]
    return [Warning(text, id="console.W002") for text in warnings_for(entries)]


def assertion_folders() -> list[CheckMessage]:
    """Files are read for people only below folders that hold nothing else."""
    entries = [one.partition("=") for one in settings.CONSOLE_ASSERTION_FOLDERS]
    odd = ["".join(one) for one in entries if not (one[0].startswith("/") and one[0].strip("/") and "://" in one[2])]
    hint = "Example: /var/run/secrets/azure=https://login.microsoftonline.com"
    what = "CONSOLE_ASSERTION_FOLDERS wants, for each folder, its full path and the provider that it is for"
    return [Error(f"{what}; {one!r} is not that.", hint=hint, id="console.E007") for one in odd]


def egress_in_force() -> list[CheckMessage]:
    """Prints the policy in force, so that an operator sees it once before it matters."""
    allowed = settings.CONSOLE_EGRESS_ALLOW or "no internal hosts"
    return [Info(f"Egress: mode {settings.CONSOLE_EGRESS_MODE}; allowed: {allowed}.", id="console.I001")]


def groups_of_the_company() -> list[CheckMessage]:
    """Each part of the setting names a value and a group, and there is a claim and a sign-in to take them from."""
    found, odd = read_groups(settings.CONSOLE_OIDC_GROUPS)
    hint = "Write value=name of the group, one by line or with semicolons between."
    told: list[CheckMessage] = [
        Error(f"CONSOLE_OIDC_GROUPS: {part!r} names no value and group.", hint=hint, id="console.E008") for part in odd
    ]
    if bool(found) != bool(settings.CONSOLE_OIDC_GROUPS_CLAIM):
        hint = "Set both CONSOLE_OIDC_GROUPS_CLAIM and CONSOLE_OIDC_GROUPS, or neither."
        told.append(Warning("Groups of the company's sign-in are half set up.", hint=hint, id="console.W003"))
    return told


def of_each_start() -> list[CheckMessage]:
    """What each command says before it begins."""
    return [*egress(), *assertion_folders()]


def of_a_deployment() -> list[CheckMessage]:
    """What `check --deploy` and the start of a server say besides."""
    every = (
        key_ring_file,
        key_ring_of_this_database,
        public_url,
        mail_goes_to_people,
        egress_in_force,
        groups_of_the_company,
    )
    return [told for check in every for told in check()]
