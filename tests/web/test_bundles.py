"""The styles and the scripts of every page: one file each, kept for ever under the name of its content."""

import gzip
import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from console.web import bundles

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.fixture
def own_files(tmp_path, settings):
    """What of `static/` is asked for stands in a folder of the test's own, as while somebody develops."""
    shutil.copytree(STATIC, tmp_path / "static")
    settings.STATICFILES_DIRS, settings.DEBUG = [tmp_path / "static"], True
    return tmp_path / "static"


def linked(page: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/bundle/[^"]+)"', page)


def test_a_page_asks_for_one_style_sheet_and_one_script_which_hold_all_parts_in_order(client):
    addresses = linked(client.get("/accounts/login/").content.decode())
    assert [address.rpartition(".")[2] for address in addresses] == ["css", "js"]
    for address in addresses:
        kind = address.rpartition(".")[2]
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, bundles.KINDS[kind])
        places = [answer.content.find((STATIC / name).read_bytes()) for name in bundles.PARTS[kind]]
        assert -1 not in places
        assert places == sorted(places)


def test_it_travels_compressed_is_kept_for_ever_and_is_not_taken_for_something_else(client):
    for address in linked(client.get("/accounts/login/").content.decode()):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(answer.content) == client.get(address).content
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        head = client.head(address)
        assert (head.content, head.headers["Content-Length"]) == (b"", f"{len(client.get(address).content)}")


def test_a_page_of_another_version_gets_what_there_is_now_and_keeps_it_under_no_old_name(client):
    answer = client.get("/static/bundle/frame.0123456789abcdef.css")
    assert (answer.status_code, answer.content) == (200, bundles.bundle("css").content)
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["frame.0123.png", "frame.", "other.0123.css", "frame.0123.css/x"])
def test_nothing_else_is_a_bundle(client, path):
    assert client.get(f"/static/bundle/{path}").status_code == 404


def test_nobody_writes_to_it():
    assert Client().post("/static/bundle/frame.0123.css").status_code in (302, 403, 404, 405)


def test_another_content_has_another_name_which_shows_at_once_while_developing(client, own_files):
    before = bundles.bundle("css").address
    (own_files / "css/tokens.css").write_text("/* another */\n")
    after = bundles.bundle("css").address
    assert after != before
    assert client.get(after).content.startswith(b"/* another */\n")


def test_a_part_that_is_missing_is_named(own_files):
    (own_files / "js/clock.js").unlink()
    with pytest.raises(FileNotFoundError, match=r"js/clock\.js"):
        bundles.bundle("js")
