"""What the last step of the suite compares."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from console.models import Api
from console.store.composed import Composed
from console.store.shares import with_shares
from tests import places
from tests.store import builders


def test_a_place_that_asked_one_database_alone_is_named(tmp_path):
    (tmp_path / "sqlite.1").write_text("a.py:1 < b.py:2\na.py:1 < c.py:3\nd.py:4\ne.py:5\nmigrations/x.py:1\n")
    (tmp_path / "sqlite.2").write_text("a.py:1 < b.py:2\n\n")
    (tmp_path / "postgresql.1").write_text("a.py:1 < b.py:2\n")
    (tmp_path / "postgresql.2").write_text("d.py:4 < b.py:9\n")
    assert places.never_asked_again(tmp_path) == ["a.py:1 < c.py:3", "e.py:5"]


@pytest.mark.once
@pytest.mark.django_db
def test_what_django_asks_to_find_out_what_sqlite_can_is_no_place(tmp_path, monkeypatch):
    """Shares are read as JSON: the first statement on a connection that is composed of them asks whether it may be."""
    monkeypatch.setenv(places.FOLDER, str(tmp_path))
    ina, composed = builders.person("ina"), Composed(lambda *_: with_shares(Api.objects.all(), "api"))
    connection.features.__dict__.pop("supports_json_field", None)
    with places.noted("sqlite"), CaptureQueriesContext(connection) as asked:
        assert composed.question(connections["default"], ina, "view") is not None
    assert any("JSON" in one["sql"] for one in asked)
    assert set((next(tmp_path.iterdir())).read_text().splitlines()) <= {""}
