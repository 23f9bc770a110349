"""The plan of the house, kept by tests: catalogues, layers that a linter cannot see, sizes, and who may query."""

import ast
import importlib
import pathlib
import pkgutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent
CONSOLE, TESTS = ROOT / "console", ROOT / "tests"
MAX_LINES = 300
TABLES_OF_DATA = ("migrations/", "core/diagnosis/codes/", "core/tokens/claim_catalogue.py")

# package, its explicit tuple, the constant (or tuple of them) of an entry's file, what identifies an entry,
# and the fields that people read
CATALOGUES = [
    ("console.core.checks", "CHECKS", "CHECK", "code", ("title", "source", "why")),
    ("console.core.grants", "GRANTS", "GRANT", "code", ("title", "grant_type", "source", "scope_rule")),
    ("console.core.providers", "PROVIDERS", "PROVIDER", "code", ("title",)),
    ("console.core.policy.policies", "POLICIES", "POLICY", "name", ("title", "source")),
    ("console.core.policy.repair.checks", "REPAIRS", "REPAIR", "check", ()),
    ("console.core.diagnosis", "CAUSES", "CAUSE", "slug", ("title", "what", "do", "who")),
    ("console.sandbox.faults", "FAULTS", "FAULTS", "code", ("title", "explanation", "cause")),
]
catalogues = pytest.mark.parametrize(
    ("package", "listing", "constant", "key", "fields"), CATALOGUES, ids=[row[1] for row in CATALOGUES]
)


def sources(folder=CONSOLE):
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def listed(package, listing):
    entries = getattr(importlib.import_module(package), listing)
    return tuple(entries.values()) if isinstance(entries, dict) else tuple(entries)


def entries_by_module(package, constant):
    """What each file of a package declares, its own tuple of several entries taken apart."""
    found = {}
    top = importlib.import_module(package)
    for module in pkgutil.walk_packages(top.__path__, f"{package}."):
        if not module.ispkg:
            value = vars(importlib.import_module(module.name)).get(constant)
            if value is not None:
                found[module.name] = value if isinstance(value, tuple) else (value,)
    return found


@catalogues
def test_every_file_of_a_catalogue_is_listed_and_nothing_else(package, listing, constant, key, fields):
    declared = [getattr(entry, key) for entries in entries_by_module(package, constant).values() for entry in entries]
    assert sorted(declared) == sorted(getattr(entry, key) for entry in listed(package, listing))
    assert declared


@catalogues
def test_no_code_is_used_twice(package, listing, constant, key, fields):
    codes = [getattr(entry, key) for entry in listed(package, listing)]
    assert sorted(set(codes)) == sorted(codes)


@catalogues
def test_no_field_that_people_read_is_empty(package, listing, constant, key, fields):
    empty = [
        f"{getattr(entry, key)}.{field}"
        for entry in listed(package, listing)
        for field in fields
        if not str(getattr(entry, field)).strip()
    ]
    assert empty == []


@catalogues
def test_every_entry_is_named_by_a_test(package, listing, constant, key, fields):
    mirror = TESTS.joinpath(*package.split(".")[1:])
    text = "\n".join(path.read_text("utf-8") for path in [*mirror.rglob("*.py"), *mirror.parent.glob("*.py")])
    untested = [
        getattr(entry, key)
        for module, entries in entries_by_module(package, constant).items()
        for entry in entries
        if getattr(entry, key) not in text and module.rpartition(".")[2] not in text and f"in {listing}" not in text
    ]
    assert untested == []


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


def test_nothing_that_is_missing_or_switched_off_is_left_in_the_code():
    marks = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    found = [f"{path.name}: {mark}" for path in sources() for mark in marks if mark in path.read_text("utf-8")]
    assert found == []


# Functions that query without an actor, each because nobody owns the rows or the caller has checked the right.
SYSTEM_FUNCTIONS = {
    "visibility.py": {"visible_to", "names_of"},  # the latter asks what visible_to composed
    "attempts.py": {"prune"},
    "budgets.py": {"prune", "_spend", "_begin", "_spent_until_us"},  # of whoever the caller names
    "audit.py": {"_wanted"},
    "audit_objects.py": {"_named"},  # of entries that an administrator reads
    "audit_chain.py": {"begin", "locked_head"},
    "audit_triggers.py": {"are_in_place"},
    "condition.py": {"answers", "beat"},  # whether the database works
    "audit_verify.py": {"checkpoint", "_walk", "_judge_end", "_checkpoints"},
    "cases.py": {"_with_parts", "note_opening", "prune"},  # parts of cases that passed visible_to; prune
    "credentials.py": {"replace_subscription_key"},  # after _profile, which is visible_to
    "keysets.py": {"get_all", "put", "prune"},
    "leases.py": {"acquire", "release", "prune", "is_held", "extend"},
    "policies.py": {"put_settings"},  # after _api, which is visible_to
    "people.py": {
        "find",
        "create_person",
        "list_all",
        "record",
        "change",
        "change_address",
        "closed",
        "set_password",
    },
    "rate_limits.py": {"prune"},  # the table of Django's cache
    "rotation.py": {"_to_rotate", "_rotate_row"},
    "rows.py": {"delete_some"},  # of what the caller has found
    "sessions.py": {"prune"},
    "troubles.py": {"failed", "prune", "_of"},  # of whoever the caller names
    "sandbox.py": {"installation", "create_installation", "workspace_of", "load", "save"},
    "sign_in_links.py": {"create", "consume", "end", "last_recovery", "prune", "_fresh"},
    "sign_in_tries.py": {"attempt", "take_back", "prune"},
    "ways_in.py": {"has_company_account", "has_passkey"},
    "tokens.py": {"find", "held", "ends_of", "save", "forget", "prune", "asked_since"},
    "vault.py": {"require_own_ring", "_canaries"},  # the canaries of the key ring
}


QUERYING = ("objects", "_default_manager", "_base_manager", "cursor")


def querying_functions(path):
    """Names of the top-level functions of a file that touch a manager, or write SQL."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        getattr(statement, "name", "module level")
        for statement in tree.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and node.attr in QUERYING
    }


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
