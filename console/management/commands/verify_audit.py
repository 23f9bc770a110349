"""Whether the audit trail is whole."""

from pathlib import Path
from typing import Any

from console.core.errors import Misconfigured
from console.management.arguments import ConsoleCommand, refuse
from console.store import audit_verify
from console.store.audit_verify import Anchor, Verification


class Command(ConsoleCommand):
    help = (
        "Walks the audit trail and says whether an entry was changed, removed, put in or signed with a foreign key, or "
        "the end was cut off. Exit status 1 when something is wrong. What it prints as anchor, kept outside the "
        "database, shows later that nothing before it is gone."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--retired",
            action="append",
            default=[],
            metavar="ID",
            help="a key that was removed from the ring on purpose; its entries are counted, not judged",
        )
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="COUNT:HASH",
            help="what an earlier run, or the log, gave as anchor; may be given more than once",
        )
        parser.add_argument(
            "--anchor-file",
            metavar="PATH",
            help="checks against the anchor in this file, if it is there, and keeps today's in it when all is well",
        )

    def handle(self, *_: Any, retired: list[str], anchor: list[str], anchor_file: str | None, **__: Any) -> None:
        file = Path(anchor_file) if anchor_file else None
        texts = [*anchor, *([_kept(file)] if file and file.exists() else [])]
        try:
            found = audit_verify.verify(retired=retired, anchors=[_anchor(text) for text in texts])
        except Misconfigured as refusal:
            refuse(f"{refusal.what} {refusal.why}")
        _tell(found)
        if found.problems:
            raise SystemExit(1)
        if file and found.anchor:
            _keep(file, found.anchor)


def _tell(found: Verification) -> None:
    print(f"Entries: {found.entries}. Made with a retired key and vouched for by none: {found.unchecked}.")
    for problem in found.problems:
        print(problem)
    if not found.problems:
        print("The trail is whole." if found.entries else "The trail is empty, and nobody has an account.")
    if found.anchor and not found.problems:
        print(f"Anchor: {found.anchor}")


def _anchor(text: str) -> Anchor:
    anchor = audit_verify.read_anchor(text)
    if anchor is None:
        refuse("verify_audit: an anchor is a number of entries, a colon and a hash, as verify_audit prints it.")
    return anchor


def _kept(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        refuse(f"verify_audit: the anchor file {file} cannot be read.")


def _keep(file: Path, anchor: Anchor) -> None:
    try:
        file.write_text(f"{anchor}\n", "ascii")
    except OSError as problem:
        refuse(f"verify_audit: the anchor file {file} cannot be written: {problem.strerror}.")
