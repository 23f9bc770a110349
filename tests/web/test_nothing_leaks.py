"""Canaries in every field that bears a secret, and in tokens, are searched for everywhere after a whole day's work."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from console.core.actor import Role
from console.models import Person
from console.services import profiles, wiring
from tests.services.builders import person
from tests.services.test_profiles import draft
from tests.web.canaries import EveryRecord, database_bytes, leaks, temporary_files
from tests.web.day import FIXED, TOKENS, whole_day

# Django logs the path of a refused form, and of what is not there: a logger that the settings keep quiet.
SWEPT_FROM_PATHS = {"sign-in link", "invitation", "calendar address"}
SENT = {"client secret", "subscription key", "typed header", "typed query", "typed body", "token granting"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _usual_egress():
    yield
    wiring.egress_policy.cache_clear()


def found_in(pages, canaries):
    return [
        leak
        for page in pages
        for leak in leaks(page.where, page.content, {n: t for n, t in canaries.items() if n not in page.may_show})
    ]


def test_no_canary_is_anywhere_but_in_the_one_answer_that_was_asked_for_it(settings):
    before = temporary_files()
    with EveryRecord() as log, whole_day(settings) as day:
        left = temporary_files() - before
        stored, files = database_bytes(), {path: path.read_text("latin-1") for path in left if path.exists()}
    unswept = {name: text for name, text in day.canaries.items() if name not in SWEPT_FROM_PATHS}
    assert found_in(day.pages, day.canaries) == []
    assert leaks("the log as it is written", "\n".join(log.swept), day.canaries) == []
    assert leaks("the log before it is swept", "\n".join(log.plain), unswept) == []
    assert leaks("the database", stored, day.canaries) == []
    assert [leak for path, content in files.items() for leak in leaks(str(path), content, day.canaries)] == []
    _really_went_through(day, log)


def _really_went_through(day, log):
    """The far sides received the secrets and gave them back, so their absence elsewhere is our doing."""
    shown = "\n".join(page.content for page in day.pages)
    assert shown.count("X-Echo-0") > 20
    assert "AADSTS7000215" in shown
    assert (len(day.pages) > 120, len(day.canaries) > 30, len(log.plain) > 50) == (True, True, True)
    assert all(text in day.received for name, text in day.canaries.items() if name in SENT)


@pytest.mark.parametrize("path", ["/crash/holding/", "/crash/telling/"])
def test_a_view_that_crashes_with_a_secret_in_its_hands_tells_nobody(settings, path):
    settings.ROOT_URLCONF = "tests.web.urls_that_crash"
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(pk=person("ada@example.com", Role.ADMIN).user_id))
    canaries = {"secret": FIXED["second secret"], "token": TOKENS["granting"]}
    with EveryRecord() as log:
        answer = client.post(path, canaries)
    assert answer.status_code == 500
    assert leaks("the page", answer.content.decode(), canaries) == []
    assert leaks("the log", "\n".join(log.swept), canaries) == []
    assert any("Traceback" in line and "_crash_while" in line for line in log.swept)


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/plain"}], ids=["page", "text"])
def test_nor_does_it_while_debugging_where_any_visitor_could_read_it(settings, headers):
    settings.ROOT_URLCONF, settings.DEBUG = "tests.web.urls_that_crash", True
    settings.CONSOLE_EGRESS_PROXY = f"http://user:{FIXED['second secret']}@proxy.example"
    client = Client(raise_request_exception=False, headers=headers)
    client.force_login(Person.objects.get(pk=person("ada@example.com", Role.ADMIN).user_id))
    canaries = {
        "secret": FIXED["second secret"],
        "token": TOKENS["granting"],
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    answer = client.post("/crash/holding/", {**canaries, "token": TOKENS["granting"]})
    shown = answer.content.decode()
    assert (answer.status_code, "LookupError" in shown, "_crash_while_holding" in shown) == (500, True, True)
    assert leaks("the page", shown, canaries) == []


def test_an_upload_too_large_for_memory_is_refused_before_it_becomes_a_file(client, monkeypatch):
    actor = person()
    client.force_login(Person.objects.get(pk=actor.user_id))
    page = f"/profiles/{profiles.create(actor, draft()).id}/key-file/"
    written = []
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **options: written.append(args) or 1 / 0)
    large = SimpleUploadedFile("key.pem", b"-----BEGIN PRIVATE KEY-----" + b"x" * 700_000)
    answer = client.post(page, {"key_file": large})
    assert (answer.status_code, written) == (413, [])
    assert "larger than the console accepts" in answer.content.decode()
