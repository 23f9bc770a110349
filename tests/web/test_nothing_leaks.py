"""Canaries in every field that bears a secret, and in tokens, are searched for everywhere after a whole day's work."""

import base64
import json
import logging
import pathlib
import re
import tempfile
import urllib.parse

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from console.core.actor import Role
from console.services import profiles, sandbox_tenant, wiring
from console.store import people
from console.store.tokens import StoredTokenValue
from tests.services.builders import PASSWORD, person, with_samples
from tests.web.echo_server import EchoServer

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = 'canary-secret/"Q~8~7f3a9b1c5d'
KEY = "canary-key/9d8c7b6a5f4e3d2c"
PASSPHRASE = "canary-passphrase-5b6c7d"
TYPED = "canary-typed-header-4d3c2b"


class Everything(logging.Handler):
    """Every record of every logger, formatted with its traceback."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture
def log():
    handler, root = Everything(), logging.getLogger()
    names = [name for name in logging.root.manager.loggerDict]
    before = {name: logging.getLogger(name).level for name in names}
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in names:
        if not name.startswith("faker"):
            logging.getLogger(name).setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    for name, old in before.items():
        logging.getLogger(name).setLevel(old)


def spellings(text):
    """A text in the forms in which a careless part might keep it."""
    raw = text.encode()
    standard, url = base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")
    forms = [text, standard, url, urllib.parse.quote(text, safe=""), json.dumps(text)[1:-1], raw.hex()]
    return {form for form in forms if len(form) >= 8}


def assert_clean(where, content, canaries):
    for name, text in canaries.items():
        for form in spellings(text):
            assert form not in content, f"{name} is in {where}: …{content[max(0, content.index(form) - 80):][:120]}…"


def database_text():
    """Every byte the database holds: the file with its journal, or every row of every table."""
    if connection.vendor == "sqlite":
        file = pathlib.Path(str(connection.settings_dict["NAME"]))
        files = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))]
        return "\n".join(one.read_bytes().decode("latin-1") for one in files if one.exists())
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.fixture
def client():
    client = Client()
    yield client


def sign_in(client, actor):
    assert client.login(email=actor.email, password=PASSWORD)


def test_no_canary_leaves_the_vault(client, log, settings, monkeypatch):
    pages = []

    def visit(method, url, *args, **kwargs):
        response = getattr(client, method)(url, *args, follow=True, **kwargs)
        assert response.status_code < 500, response.content
        pages.append((f"{method} {url}", response.content.decode("utf-8", "replace") + str(response.headers)))
        return response

    actor = with_samples()
    sign_in(client, actor)
    before = set(pathlib.Path(tempfile.gettempdir()).iterdir())
    with EchoServer() as echo:
        settings.CONSOLE_EGRESS_ALLOW = echo.url.removeprefix("http://")
        wiring.egress_policy.cache_clear()
        registered = sandbox_tenant.register_client(actor, "Canary client", roles={})
        monkeypatch.setattr("console.sandbox.ids.hash_of", lambda text, old=sandbox_tenant.hash_of: old(text))
        tenant = profiles.list_profiles(actor)[0].tenant
        visit("post", "/apis/new/", {
            "name": "Echo", "base_url": echo.url, "subscription_key_header": "Ocp-Apim-Subscription-Key", "leeway_s": 0,
        })
        api_id = re.search(r"/apis/([0-9a-f-]{36})/edit/", pages[-1][1]).group(1)
        scope = profiles.list_profiles(actor)[0].scope
        visit("post", "/profiles/new/", {
            "name": "Canary", "provider": "sandbox", "tenant": tenant, "client_id": registered.client.id,
            "scope": scope, "api_id": api_id, "assertion_style": "PS256",
        })
        profile = next(one for one in profiles.list_profiles(actor) if one.name == "Canary")
        page = f"/profiles/{profile.id}"
        # Wrong secret first: it is sent, refused and explained.
        visit("post", f"{page}/secret/", {"secret": SECRET})
        visit("post", f"{page}/token/", {})
        visit("post", f"{page}/key-file/", {"passphrase": PASSPHRASE, "key_file": _upload()})
        # Then the right one, so that a token exists, and a far side that echoes everything.
        profiles.replace_secret(actor, profile.id, registered.secret)
        visit("post", f"{page}/subscription-key/", {"subscription_key": KEY})
        visit("post", f"{page}/token/", {"fresh": "1"})
        visit("post", f"{page}/call/", {
            "method": "POST", "path": "/x", "sends_token": "on", "sends_subscription_key": "on",
            "headers": f"X-Api-Token: {TYPED}", "body": '{"a": 1}',
        })
        visit("post", "/profiles/hand-over/", {
            "handover": f"Directory (tenant) ID: {tenant}\nClient secret: {SECRET}\nOcp-Apim-Subscription-Key: {KEY}\n",
        })
        visit("get", f"{page}/")
        visit("get", f"{page}/edit/")
        visit("get", "/calls/")
        attempt = re.search(r"/calls/([0-9a-f-]{36})/", pages[-1][1]).group(1)
        visit("get", f"/calls/{attempt}/")
        case = visit("post", f"/calls/{attempt}/case/", {"title": "Canary", "note": ""})
        case_path = case.redirect_chain[-1][0]
    tokens = _stored_tokens()
    assert tokens, "the day's work must have left a token in the store"
    canaries = {
        "client secret": SECRET,
        "sandbox secret": registered.secret.reveal(),
        "subscription key": KEY,
        "passphrase": PASSPHRASE,
        "typed header": TYPED,
        **{f"token {number}": value for number, value in enumerate(tokens)},
        **{f"token signature {number}": value.rpartition(".")[2] for number, value in enumerate(tokens)},
    }
    support = person("sam@example.com", Role.SUPPORT)
    sign_in(client, support)
    shared = visit("get", case_path)
    assert shared.status_code == 200
    call_command("verify_audit", verbosity=0)
    for where, content in pages:
        assert_clean(f"the page of {where}", content, canaries)
    assert_clean("the log", "\n".join(log.lines), canaries)
    assert_clean("the database", database_text(), canaries)
    for name in set(pathlib.Path(tempfile.gettempdir()).iterdir()) - before:
        if name.is_file():
            assert_clean(f"a temporary file {name.name}", name.read_bytes().decode("latin-1"), canaries)
    wiring.egress_policy.cache_clear()
    assert people.find(actor.email) is not None


def _upload():
    from django.core.files.uploadedfile import SimpleUploadedFile

    folder = pathlib.Path(__file__).parent.parent / "vectors" / "bad_input" / "files"
    return SimpleUploadedFile("key.pfx", (folder / "wrongpw.pfx").read_bytes())


def _stored_tokens() -> list[str]:
    """The tokens in the store, opened: the most valuable canaries."""
    from console.models import StoredToken
    from console.store import vault
    from console.store.tokens import row_name

    assert StoredTokenValue
    rows = StoredToken.objects.all()
    return [vault.open_sealed(row.sealed, row=row_name(row.key_digest)).decode() for row in rows]
