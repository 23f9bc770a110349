"""A database that is locked, full or gone is told as that: 503, in words, in the shape that the asker reads."""

import os
import runpy
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client

from console import database_settings
from console.core.actor import Role
from console.services import profiles, sandbox, tokens
from console.store import condition
from console.store.database_fault import WORDS, FaultKind
from tests import postgres
from tests.services.builders import PASSWORD, person, with_samples
from tests.web.people import signed_in

ROOT = Path(__file__).parent.parent.parent
ONLY_SQLITE = pytest.mark.sqlite  # they lock and fill a file, which PostgreSQL has none of
HTMX = {"HX-Request": "true"}


@contextmanager
def locked():
    """Another connection holds the file's write lock, as a long command would; this one does not wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()  # the next one waits as usual


@contextmanager
def full():
    """The file has reached the most pages that it may have: what a full disk is to SQLite (SQLITE_FULL)."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (content BLOB)")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OperationalError, match="full"):
            while True:
                cursor.execute("INSERT INTO filler VALUES (zeroblob(20000))")
        with pytest.raises(OperationalError, match="full"):
            while True:
                cursor.execute("INSERT INTO filler VALUES (zeroblob(100))")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")


@pytest.fixture
def at_work(transactional_db):
    """Somebody signed in, whose session was just seen; a crash becomes a page as in production."""
    actor = person("ada", Role.INTEGRATOR)
    browser = signed_in(actor, raise_request_exception=False)
    assert browser.get("/profiles/").status_code == 200
    return browser


def draft(name="New"):
    return {
        "name": name,
        "environment": "",
        "provider": "entra:global",
        "tenant": "contoso.example",
        "client_id": "client",
        "scope": f"api://{'x' * 400}/.default",
        "api_id": "",
        "version": "1",
    }


def first_refused(send):
    """A full file still has room in its last pages: the first answer that says otherwise."""
    answers = [send() for _ in range(20)]
    assert {answer.status_code for answer in answers} <= {200, 302, 503}
    return next(answer for answer in answers if answer.status_code == 503)


def is_told(answer, kind):
    words = WORDS[kind]
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == str(words.retry_after_s)
    assert "The console made a mistake" not in answer.text
    return words.what in unescape(answer.text) and words.why in unescape(answer.text)


@ONLY_SQLITE
@pytest.mark.parametrize(("state", "kind"), [(locked, FaultKind.BUSY), (full, FaultKind.FULL)])
def test_what_cannot_be_kept_is_told_and_reading_goes_on(at_work, state, kind):
    with state():
        assert at_work.get("/profiles/").status_code == 200
        page = first_refused(lambda: at_work.post("/profiles/new/", draft()))
        assert is_told(page, kind)
        assert "<html" in page.text
        fragment = first_refused(lambda: at_work.post("/profiles/new/", draft(), headers=HTMX))
        assert is_told(fragment, kind)
        assert "<html" not in fragment.text
        assert "data-problem" in fragment.text
        told = "database cannot be written"
        ready = at_work.get("/readyz")
        assert (ready.status_code, ready.text) == (503, f"not ready: {told}\n")
        assert at_work.get("/healthz").status_code == 200
    assert at_work.post("/profiles/new/", draft()).status_code in (200, 302)
    assert at_work.get("/readyz").text == "ready\n"


@ONLY_SQLITE
@pytest.mark.parametrize(("state", "kind"), [(locked, FaultKind.BUSY), (full, FaultKind.FULL)])
def test_signing_in_is_not_answered_with_too_many_tries(transactional_db, state, kind):
    actor = person("ada", Role.INTEGRATOR)
    browser = Client(raise_request_exception=False)
    browser.get("/accounts/login/")
    with state():
        answers = [browser.post("/accounts/login/", {"login": actor.email, "password": PASSWORD}) for _ in range(3)]
    assert 429 not in [answer.status_code for answer in answers]
    assert all(is_told(answer, kind) for answer in answers if answer.status_code >= 500)
    assert kind is FaultKind.FULL or [answer.status_code for answer in answers] == [503] * 3


@ONLY_SQLITE
def test_a_client_of_the_sandbox_reads_that_nothing_can_be_kept_in_the_shape_of_the_gateway(transactional_db):
    """Tokens, which only read, go on; long work, which the sandbox must remember, is told to come again."""
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    token = tokens.obtain(actor, profile.id).access_token.reveal()
    sandbox.change(actor, without_keys, told="a test")
    base = sandbox.workspace(actor).base.removeprefix("http://localhost:8000")
    headers = {"Host": "localhost:8000", "Authorization": f"Bearer {token}"}
    browser = Client(raise_request_exception=False, headers=headers)
    form = "grant_type=client_credentials&client_id=x&client_secret=y&scope=z/.default"
    token_endpoint = f"{base}/{sandbox.workspace(actor).state.tenant_id}/oauth2/v2.0/token"
    assert browser.post(f"{base}/gateway/orders/reports").status_code == 202
    with locked():
        refused = browser.post(f"{base}/gateway/orders/reports")
        answered = browser.post(token_endpoint, form, content_type="application/x-www-form-urlencoded")
    assert answered.json()["error"] == "unauthorized_client"
    assert (refused.status_code, refused.json()["statusCode"]) == (503, 503)
    assert WORDS[FaultKind.BUSY].what in refused.json()["message"]
    assert refused.headers["Retry-After"] == str(WORDS[FaultKind.BUSY].retry_after_s)


def without_keys(state):
    return replace(state, gateway_apis=tuple(replace(one, requires_key=False) for one in state.gateway_apis))


def test_the_probe_of_the_process_asks_no_database(django_assert_num_queries, at_work):
    with django_assert_num_queries(0):
        assert at_work.get("/healthz").text == "ok\n"


def test_a_mistake_in_a_query_stays_the_authors_mistake(db):
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing_of_that_name")
    assert condition.fault_of(raised.value) is None
    assert condition.fault_of(ValueError("x")) is None


@pytest.mark.parametrize(("said", "wait_s"), [(None, 2), ("7", 7)])
@pytest.mark.parametrize("url", ["sqlite:////tmp/never-opened.sqlite3", "postgresql://console@127.0.0.1/console"])
def test_either_database_is_waited_for_two_seconds_unless_the_deployment_says_otherwise(monkeypatch, url, said, wait_s):
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("CONSOLE_DATABASE_WAIT_S", raising=False)
    if said:
        monkeypatch.setenv("CONSOLE_DATABASE_WAIT_S", said)
    options = runpy.run_path(str(ROOT / "console" / "settings.py"))["DATABASES"]["default"]["OPTIONS"]
    pool = options.get("pool", {})
    waits = {options.get("timeout"), pool.get("timeout"), options.get("connect_timeout")} - {None}
    assert waits == {wait_s}
    assert bool(pool) is url.startswith("postgresql") is (f"lock_timeout={wait_s}s" in options.get("options", ""))


def test_nothing_waits_longer_than_the_configured_seconds():
    wait = django_settings.DATABASES["default"]["OPTIONS"]
    made = database_settings.complete({"ENGINE": "django.db.backends.sqlite3"}, wait_s=2, pool_size=3)
    assert made["OPTIONS"]["timeout"] == 2
    made = database_settings.complete({"ENGINE": "django.db.backends.postgresql"}, wait_s=2, pool_size=3)
    assert made["OPTIONS"]["connect_timeout"] == made["OPTIONS"]["pool"]["timeout"] == 2
    assert "lock_timeout=2s" in made["OPTIONS"]["options"]
    assert wait


SCRIPT = """
import django, sys, time
django.setup()
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.test import Client
from console.core.actor import Role
from console.core.credential import Secret
from console.models import Person
from console.store import people
call_command("migrate", verbosity=0)
people.create_person("ada@example.org", display_name="", roles=[Role.INTEGRATOR],
                     password=Secret("a long enough password"), now=1_790_000_000)
browser = Client(raise_request_exception=False)
browser.force_login(Person.objects.get())
def ask(method, *arguments, **options):
    close_old_connections()  # as the server does around each request; Django's test client leaves it out
    try:
        return getattr(browser, method)(*arguments, **options)
    finally:
        close_old_connections()
def told(answer):
    words = answer.content.decode()
    is_ours = "cannot reach its database" in words
    return f"{answer.status_code} {answer.headers.get('Retry-After')} {is_ours} {'made a mistake' in words}"
print("started", ask("get", "/profiles/").status_code, ask("get", "/readyz").content.decode().strip(), flush=True)
for line in sys.stdin:
    # A stopped database answers nobody, so that a second tells as much as a minute; a busy one may need the minute.
    connection.pool.timeout = 1 if line == "stopped\\n" else 60
    if line == "stopped\\n":
        print(told(ask("get", "/profiles/")), told(ask("get", "/profiles/", headers={"HX-Request": "true"})),
              told(ask("post", "/accounts/login/", {"login": "ada@example.org", "password": "x"})), flush=True)
        print(ask("get", "/readyz").content.decode().strip(), ask("get", "/healthz").status_code,
              ask("get", "/sandbox/abc/tenant/oauth2/v2.0/token").content.decode()[:60], flush=True)
    else:
        for _ in range(1_000):  # the pool comes back when it next tries: soon, and on a busy machine later
            if ask("get", "/readyz").status_code == 200:
                break
            time.sleep(0.1)
        codes = [ask("get", "/profiles/").status_code for _ in range(3)]
        print(codes, ask("get", "/readyz").content.decode().strip(), flush=True)
        break
"""


def test_postgresql_that_is_stopped_and_started_again_is_told_and_comes_back_by_itself():
    binaries = postgres.find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed.")
    pytest.importorskip("psycopg")
    with postgres.server(binaries) as server:
        environment = {
            **os.environ,
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CONSOLE_DATABASE_WAIT_S": "60",
        }
        with subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                _stop_and_start(server, process)
            except BaseException:
                process.kill()
                raise
        assert process.returncode == 0


def _stop_and_start(server: postgres.Server, process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline() == "started 200 ready\n"
    server.stop()
    process.stdin.write("stopped\n")
    process.stdin.flush()
    assert process.stdout.readline() == " ".join(["503 5 True False"] * 3) + "\n"
    ready = process.stdout.readline()
    assert ready.startswith("not ready: database 200 ")
    assert "temporarily_unavailable" in ready
    server.start()
    process.stdin.write("started\n")
    process.stdin.flush()
    assert process.stdout.readline() == "[200, 200, 200] ready\n"
    process.stdin.close()
