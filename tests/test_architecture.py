"""The plan of the house, kept by tests: catalogues, layers that a linter cannot see, sizes, and who may query."""

import ast
import collections
import pathlib
import pkgutil
import subprocess
import sys

import pytest

from tests.catalogues import CATALOGUES, declared, empty_fields, left_blank, listed, path_of, unproved
from tests.imports import circles, imports_of

ROOT = pathlib.Path(__file__).parent.parent
CONSOLE = ROOT / "console"
MAX_LINES = 300
TABLES_OF_DATA = ("core/diagnosis/codes/", "core/diagnosis/messages/families/", "core/diagnosis/sentences/rules")
MOST_TWICE = 10

# A class name that stands in more than one file, and why nobody is misled by it.
DEFINED_TWICE = {
    "Command": "Django finds a command by this name; the file's name says which",
    "Api": "models.api is the row of core.api; only the store imports both",
    "Connection": "models.connection is the row of core.connection; gunicorn's is the browser's, never beside them",
    "Profile": "models.profile is the row of core.profile; only the store imports both",
    "PolicySettings": "models.policy is the row of what core keeps; only the store imports both",
    "SandboxInstallation": "models.sandbox is the row of what the store gives",
    "Rules": "what one policy demands; the module's name is the policy's",
    "Server": "gunicorn's and the plain one, which never run in one process",
}
catalogues = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda one: one.kind)


def sources(folder=CONSOLE):
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


@catalogues
def test_every_file_of_a_catalogue_is_listed_and_nothing_else(catalogue):
    found = [getattr(entry, catalogue.key) for entries in declared(catalogue).values() for entry in entries]
    assert sorted(found) == sorted(getattr(entry, catalogue.key) for entry in listed(catalogue))
    assert found


@catalogues
def test_no_code_is_used_twice(catalogue):
    codes = [getattr(entry, catalogue.key) for entry in listed(catalogue)]
    assert sorted(set(codes)) == sorted(codes)


@catalogues
def test_an_entry_can_be_read_replaced_and_deleted_alone(catalogue):
    imports = imports_of([path_of(module) for module in declared(catalogue)], ROOT)
    assert {module: others for module, others in imports.items() if others} == {}


@catalogues
def test_no_field_that_people_read_is_empty(catalogue):
    assert empty_fields(catalogue) == []


@catalogues
def test_nothing_that_was_begun_is_left_to_be_written(catalogue):
    assert left_blank(catalogue) == []


@catalogues
def test_every_entry_is_checked_by_a_test_of_its_own(catalogue):
    assert unproved(catalogue) == []


def test_importing_the_core_loads_neither_django_nor_the_network():
    modules = [module.name for module in pkgutil.walk_packages([str(CONSOLE / "core")], "console.core.")]
    code = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted({'django', 'msal', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (told.stdout.strip(), told.stderr) == ("[]", "")


def test_no_file_is_longer_than_a_person_reads_at_once():
    lengths = {str(path.relative_to(CONSOLE)): len(path.read_text("utf-8").splitlines()) for path in sources()}
    too_long = {
        name: count for name, count in lengths.items() if count > MAX_LINES and not name.startswith(TABLES_OF_DATA)
    }
    assert too_long == {}


def test_no_module_imports_itself_by_way_of_others():
    assert circles(imports_of(sources(), ROOT)) == []


def test_a_class_name_is_defined_once_or_says_why_not():
    files = collections.defaultdict(list)
    for path in sources():
        for statement in ast.parse(path.read_text("utf-8")).body:
            if isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
                files[statement.name].append(str(path.relative_to(CONSOLE)))
    twice = {name: found for name, found in files.items() if len(found) > 1}
    assert {name: found for name, found in twice.items() if name not in DEFINED_TWICE} == {}
    assert sorted(DEFINED_TWICE.keys() - twice.keys()) == []
    assert len(DEFINED_TWICE) <= MOST_TWICE


def test_nothing_that_is_missing_or_switched_off_is_left_in_the_code():
    marks = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    found = [f"{path.name}: {mark}" for path in sources() for mark in marks if mark in path.read_text("utf-8")]
    assert found == []


# Functions that query without an actor, each because nobody owns the rows or the caller has checked the right.
SYSTEM_FUNCTIONS = {
    # Asks what visible_to composed; parts of it; which of the actor's own shares let them see a token.
    "visibility.py": {"_profile", "_case", "visible_to", "names_of", "all_names", "_shared", "shown_whole_to"},
    "base.py": {"DatabaseWrapper"},  # makes the cursors of SQLite, and asks nothing
    "composed.py": {"_answered"},  # asks what a caller composed of visible_to, whose callers this list is about
    # of SeenAttempts, which visible_to gave
    "attempt_hours.py": {"counts", "bounds", "people_of", "profiles_refused", "refusals", "sandboxes_of"},
    "history.py": {"lines"},  # the same
    "changes.py": {"between"},  # of objects that the caller sees
    "answer_bodies.py": {"add", "of_attempt"},  # of an attempt that was just made; of visible ones
    # a new one of the actor; a part of of_profile, which is visible_to; of the owner of one that the caller may manage
    "attempts.py": {"add", "prune", "_last", "count_pinned"},
    "saved_requests.py": {"add", "put_last"},  # new ones of a profile that its caller has open to use
    "budgets.py": {"prune", "_spend", "_begin", "_spent_until_us"},  # of whoever the caller names
    "audit.py": {"append", "_wanted"},
    # what opens a sign-in is the state and the cookie of its browser, whoever brings them
    "authorizations.py": {"by_state", "of_run", "_row", "prune", "wipe_expired"},
    "audit_objects.py": {"_named"},  # of entries that an administrator reads
    "audit_chain.py": {"begin", "locked_head", "advance"},
    "audit_triggers.py": {"are_in_place"},
    "column_readings.py": {"list_of", "keep", "forget"},  # of whom the caller names: the actor
    "calendar_feeds.py": {"put", "take_back", "of_person", "find", "note_reading"},  # the actor's own; by its token
    "condition.py": {"answers", "beat"},  # whether the database works
    "audit_verify.py": {"checkpoint", "_walk", "_judge_end", "_checkpoints"},
    "cases.py": {"_parts_of", "note_opening", "prune", "_next_number"},  # parts of visible ones; numbers
    "case_stands.py": {"save", "say", "speakers"},  # of a case that passed visible_to and is held
    "case_news.py": {
        "tell",
        "settle",
        "staff",
        "addresses",
        "seen",
        "count",
    },  # of whom the caller names; one's own
    "case_queue.py": {"counts", "_rows"},  # a row to hang counts on; of cases that passed visible_to
    "case_filters.py": {"_marks", "_fewest"},  # the actor's own news; parts of a query that passes visible_to
    "case_terms.py": {"keep", "having"},  # of a new case; a part of a query that passed visible_to
    "credentials.py": {"replace_subscription_key"},  # after _profile, which is visible_to
    "endings.py": {"date_credential", "date_subscription_key"},  # of a profile that passed visible_to
    "reminders.py": {  # for the whole console, or of the person that the caller names
        *("people_to_ask", "_concerned", "_managed", "claim", "give_back", "wants", "switch", "prune"),
    },
    "groups.py": {
        *("list_all", "create", "rename", "add", "remove", "_row"),  # of administrators, as people.py
        *(
            "called",
            "names_of",
            "ids_of",
            "set_claimed",
            "share_count",
        ),  # of whom the caller has checked
    },
    "keysets.py": {"get_all", "put", "prune"},
    "connections.py": {"_of_profile"},  # of a profile that passed visible_to
    "leases.py": {"acquire", "release", "prune", "is_held", "extend"},
    "login_links.py": {"find", "get", "use", "give_back", "finish", "prune"},  # by its token, as sign_in_links
    "api_operations.py": {"replace", "remove"},  # after rows.one
    "api_matrices.py": {"keep"},  # after rows.one
    "policies.py": {"put_settings"},  # after _api, which is visible_to
    "people.py": {
        "of_session",
        "create_person",
        "list_all",
        "record",
        "change",
        "change_address",
        "closed",
        "set_password",
        "_with_groups",
        "_groups",
    },
    "rate_limits.py": {"prune"},  # the table of Django's cache
    "rotation.py": {"_to_rotate", "_rotate_row"},
    "finds.py": {"attempts", "_together"},  # the actor's own, and of profiles that visible_to gave
    "heartbeats.py": {  # of a profile that its reader or the task has opened; what is due; prune
        *("_one", "_rows", "claim", "due", "hear", "listeners", "newest", "note", "prune", "shares", "switch", "wants"),
    },
    # of mails and tasks, which are the console's own
    "mails.py": {"due", "claim", "prune", "left", "put_off", "sent", "give_up", "has_failed", "is_failing"},
    "task_rows.py": {
        *("saw", "has_ready", "put_back_lost", "queue", "wait_again", "prune", "prune_workers", "_running"),
    },
    # parts of a run that passed visible_to; of the caller's own profile; prune; a task looks as the owner
    "due_runs.py": {"due", "owner_of", "put_off", "forget_orphans"},  # for the task of all people
    "runs.py": {"_keep", "trim", "prune", "hold_profile"},  # the last: of a profile that was opened
    "rows.py": {"delete_some"},  # of what the caller has found
    "sessions.py": {"prune"},
    "troubles.py": {"failed", "prune", "in_a_row", "_of"},  # of whoever the caller names
    "shares.py": {
        *("put", "take", "_record_of"),  # after _managed, which is visible_to
        *("with_shares", "counts"),  # a part of held_by; of what visible_to gives
    },
    "sandbox.py": {"installation", "create_installation", "workspace_of", "segments_of", "_loaded", "save"},
    "sign_in_links.py": {"create", "consume", "end", "last_recovery", "prune", "_fresh"},
    "sign_in_tries.py": {"attempt", "take_back", "prune"},
    "ways_in.py": {"has_company_account", "has_passkey", "has_second_step", "remove_second_step"},
    "tokens.py": {
        "find",
        "held",
        "ends_of",
        "save",
        "forget",
        "forget_connection",
        "forget_one",
        "prune",
        "asked_since",
    },
    "case_evidence.py": {
        *("of_cases", "ask", "add", "renew", "_next"),  # of cases that passed visible_to
        "take_over",  # what an imported case brings along
    },
    "call_variables.py": {"of_profile", "put"},  # callers have checked what the actor may do with the profile
    "case_sizes.py": {"size_of"},  # of cases that passed visible_to
    "case_imports.py": {"keep_talk"},  # of a case that was just made
    "profile_progress.py": {"list_progress", "_tried"},  # parts of what visible_to gives
    "proof_keys.py": {"find", "find_or_keep"},  # callers have checked the right to use the profile
    "statements.py": {"asked", "changed"},  # what others wrote out
    "vault.py": {"require_own_ring", "_canaries"},  # the canaries of the key ring
}


QUERYING = ("objects", "_default_manager", "_base_manager", "cursor")


def querying_functions(path):
    """Names of the top-level functions of a file that touch a manager, or write SQL."""
    text = path.read_text("utf-8")
    if not any(word in text for word in (*QUERYING, "statements.")):
        return set()  # most files say none of these, and parsing them takes seconds
    tree = ast.parse(text)
    return {
        getattr(statement, "name", "module level")
        for statement in tree.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and (node.attr in QUERYING or is_statement(node))
    }


def is_statement(node):
    """Whether SQL is asked that was written out (store/statements.py)."""
    return node.attr in ("asked", "changed") and getattr(node.value, "id", "") == "statements"


def test_only_the_store_queries():
    outside = [
        str(path.relative_to(CONSOLE)) for path in sources() if "store" not in path.parts and querying_functions(path)
    ]
    assert outside == []


def test_in_the_store_every_query_passes_visible_to_or_is_a_listed_system_function():
    found = {path.name: names for path in sources(CONSOLE / "store") if (names := querying_functions(path))}
    assert found == SYSTEM_FUNCTIONS


def test_the_top_of_the_tree_holds_only_what_the_plan_names():
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.split(
        "\n"
    )
    top = {name.split("/")[0] for name in tracked if name and not name.startswith(".")}
    assert top <= {"manage.py", "pyproject.toml", "README.md", "console", "templates", "static", "tests"}
