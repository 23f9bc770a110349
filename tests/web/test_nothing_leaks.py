"""Canaries in every field that bears a secret, and in tokens, are searched for everywhere after a whole day's work."""

import pytest
from django.core.management import call_command
from django.test import Client

from console.core.actor import Role
from console.models import Person
from console.services import wiring
from tests.services.builders import person
from tests.web.canaries import EveryRecord, database_bytes, leaks, temporary_files
from tests.web.day import FIXED, TOKENS, whole_day

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


def test_no_canary_is_anywhere_but_in_the_one_answer_that_was_asked_for_it(settings, monkeypatch):
    before = temporary_files()
    with EveryRecord() as log, whole_day(settings, monkeypatch) as day:
        left = temporary_files() - before
        print("\n".join("LEAK "+x for x in found_in(day.pages, day.canaries)+leaks("the log", "\n".join(log.plain), day.canaries)+leaks("the database", database_bytes(), day.canaries)))
        assert found_in(day.pages, day.canaries) == []
        assert leaks("the log", "\n".join(log.plain), day.canaries) == []
        assert leaks("the database", database_bytes(), day.canaries) == []
        for path in left:
            assert leaks(f"the file {path}", path.read_bytes().decode("latin-1"), day.canaries) == []
    assert len(day.pages) > 120
    assert len(day.canaries) > 30


def test_what_is_looked_for_really_went_through(settings, monkeypatch):
    """The far sides received the secrets, and echoed them: so their absence elsewhere is our doing."""
    with EveryRecord() as log, whole_day(settings, monkeypatch) as day:
        shown = "\n".join(page.content for page in day.pages)
    assert shown.count("X-Echo-0") > 20
    assert "AADSTS7000215" in shown
    assert "console.web" in "\n".join(log.plain) or len(log.plain) > 50
    call_command("verify_audit", verbosity=0)


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


def test_an_upload_too_large_for_memory_is_refused_before_it_becomes_a_file(client, monkeypatch):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from console.services import profiles
    from tests.services.test_profiles import draft

    actor = person()
    client.force_login(Person.objects.get(pk=actor.user_id))
    page = f"/profiles/{profiles.create(actor, draft()).id}/key-file/"
    written = []
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **options: written.append(args) or 1 / 0)
    large = SimpleUploadedFile("key.pem", b"-----BEGIN PRIVATE KEY-----" + b"x" * 700_000)
    answer = client.post(page, {"key_file": large})
    assert (answer.status_code, written) == (413, [])
    assert "larger than the console accepts" in answer.content.decode()
