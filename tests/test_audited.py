"""What a service changes or sends out leaves an entry in the audit trail; what does not is listed with its reason."""

import ast
from functools import cache
from pathlib import Path

from console.core.audit.filter import KINDS, RESULTS

CONSOLE = Path(__file__).parent.parent / "console"
WRITES = {"save", "create", "update", "delete", "update_or_create", "get_or_create", "bulk_create"}
INSIDE = {"keep_with_api", "_carry_key", "_made", "_solved", "_wait", "mark"}  # called inside others' own
MAILS_BETWEEN = {"people.py"}  # a link goes out between a change and the entry that says how
APPENDS = {"append", "_audit", "tell", "_append", "_record", "_note", "began", "ended", "record"}
# Service functions that write rows and append nothing, each because of what it writes.
SILENT = {
    "apis.py": {"_save"},  # update tells of it
    "beats.py": {"beat", "_preflight", "_tell"},  # _note tells of a turn; preflight, cases and mail of theirs
    "heartbeats.py": {"hear"},  # whether somebody wants its mails
    "case_evidence.py": {"_turned", "_renew"},  # ask and add tell of it
    "case_handing.py": {"_let_in"},  # give tells of it
    "case_imports.py": {"_stand"},  # _kept tells of the case
    "authorization_answers.py": {"take_answer", "exchange", "answered"},  # token_requests.send and finish tell
    "authorization_outcomes.py": {"decline"},  # finish tells
    "authorizations.py": {"note", "fail"},  # moments of the picture; finish tells
    "device_waits.py": {"wait"},  # a run; authorizations tells of the sign-in that it waits for
    "proof_keys.py": {"of_profile"},  # a key made with the first request that needs one, which is told
    "case_desk.py": {"_say"},  # an entry of a conversation; who calls it tells
    "calls.py": {"_note"},  # a moment of a connection's picture; _send tells of the call
    "connection_tokens.py": {"keep", "_save"},  # token_requests.send tells of the refresh
    "budget.py": {"_take", "_took_with_room", "count_kept", "count_missed", "may_write"},  # counters of work
    "saved_requests.py": {"_remember"},  # what was sent last; the call itself is told
    "runs.py": {"begin", "_advanced"},  # operations.look tells of the look; the call that began the run is told
    "demo.py": {"_publish_samples"},  # the demo's own APIs, made before anybody is here
    "keys.py": {"_fetch"},  # public keys
    "left_alone.py": {"go_on"},  # when a run that is stuck is due again; what it does itself is told
    "pauses.py": {"note"},  # counters of failing addresses
    "sandbox.py": {"ensure_installation"},  # made once
    "sandbox_workspace.py": {
        "of_actor",
        "save",
    },  # the played world's own; sandbox.change tells what people did
    "token_history.py": {"keep"},  # token_requests.send tells of the request
    "tokens.py": {"_request", "_used"},  # token_requests.send tells of it; a moment of the connection's picture
    "token_checks.py": {"revoke"},  # token_requests.told tells of it
    "handover.py": {"seal"},  # a form's hidden field, no row but the canary
    "mail.py": {"send", "deliver"},  # a mail on its way; whoever writes it tells why
    "pruning.py": {"prune_if_due"},  # a lease; _prune tells
    "held.py": {"seal_form"},  # a form's hidden field, no row but the canary
    "calendar_feeds.py": {"_count_wrong"},  # counters of wrong addresses
    "reminders.py": {"remind", "_remind"},  # a lease; that a mail was written, of what its reader sees anyway
    "sign_in.py": {"new_link", "use_link", "end_links"},  # who asks for it, the sign-in and what ends them are told
    "sign_in_limits.py": {"attempt", "succeeded"},  # counters; the failed sign-in itself is told
    "health.py": {"failing_part"},  # the heartbeat
    "tasks.py": {"_bearing", "wake"},  # marks of tasks that wait: leases
    "tick.py": {"tick_if_due"},  # a lease
    "triage.py": {"sort_export", "forget_columns"},  # how one person reads columns, by digests
}


@cache
def functions(path):
    return {node.name: node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


@cache
def called(node):
    """(module, function) of each call `module.function(...)`, and ("", function) of each plain one."""
    calls = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    named = [(getattr(one.value, "id", "?"), one.attr) for one in calls if isinstance(one, ast.Attribute)]
    return named + [("", one.id) for one in calls if isinstance(one, ast.Name)]


def is_write(module, function):
    """By the ORM, or by a statement that was written out (store/statements.py)."""
    return function in WRITES or (module, function) == ("statements", "changed")


@cache
def writers(path):
    """Functions of a store's file that write rows, themselves or through another of the file."""
    found = functions(path)
    writing = {name for name, node in found.items() if any(is_write(*one) for one in called(node))}
    while more := {
        name
        for name, node in found.items()
        if name not in writing and any(module == "" and one in writing for module, one in called(node))
    }:
        writing |= more
    return writing


def store_modules(tree):
    """The name under which each module of the store is used in a service."""
    return {
        alias.asname or alias.name: alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "console.store"
        for alias in node.names
        if alias.name != "audit"
    }


def silent_writers(path):
    writing = {module.stem: writers(module) for module in (CONSOLE / "store").glob("*.py")}
    modules = store_modules(ast.parse(path.read_text("utf-8")))
    found = set()
    for name, node in functions(path).items():
        calls = set(called(node))
        writes = any(
            module in modules and one in writing[modules[module]] for module, one in calls if module != "audit"
        )
        if writes and not any(one in APPENDS for _, one in calls):
            found.add(name)
    return found


def test_every_service_function_that_writes_rows_appends_to_the_audit_trail_or_is_listed():
    found = {path.name: names for path in (CONSOLE / "services").glob("*.py") if (names := silent_writers(path))}
    assert found == SILENT


def test_a_change_and_its_entry_are_kept_together():
    """A function that writes and appends does both inside `audit.together()`, or tells of what it sent."""
    apart = []
    for path in {*(CONSOLE / "services").glob("*.py")} - {CONSOLE / "services" / name for name in MAILS_BETWEEN}:
        modules = store_modules(ast.parse(path.read_text("utf-8")))
        writing = {module.stem: writers(module) for module in (CONSOLE / "store").glob("*.py")}
        for name, node in functions(path).items():
            calls = set(called(node))
            writes = any(
                module in modules and one in writing[modules[module]] for module, one in calls if module != "audit"
            )
            if (
                writes
                and any(one in ("append", "_audit", "tell") for _, one in calls)
                and ("audit", "together") not in calls
                and name not in INSIDE
            ):
                apart.append(f"{path.name}:{name}")
    assert apart == []


def said_in_entries(keyword):
    """Each text that a call which appends gives for that part of the entry, and what `_result` may give."""
    for path in (
        (CONSOLE / "services").glob("*.py"),
        (CONSOLE / "web").rglob("*.py"),
        (CONSOLE / "management").rglob("*.py"),
    ):
        for file in path:
            for call in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(call, ast.Call):
                    yield from (
                        one.value.value
                        for one in call.keywords
                        if one.arg == keyword and isinstance(one.value, ast.Constant)
                    )
    outgoing = functions(CONSOLE / "services" / "outgoing.py")["_result"]
    if keyword == "result":
        yield from (
            one.value for one in ast.walk(outgoing) if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )


def test_what_entries_say_can_be_chosen_in_the_filter():
    assert {text for text in said_in_entries("result") if text} <= set(RESULTS)
    kinds = {kind for kinds in KINDS.values() for kind in kinds}
    assert {text for text in said_in_entries("object_kind") if text} <= kinds
    refused = {text for path in (CONSOLE / "store").glob("*.py") for text in whats(path)}
    assert refused <= kinds


def whats(path):
    """What `rows.one` calls what somebody asked for: the kind of the entry about who asked for another's."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "one":
            yield from (one.value.value for one in call.keywords if one.arg == "what")
