"""What the last step of the suite compares."""

from tests import places


def test_a_place_that_asked_one_database_alone_is_named(tmp_path):
    (tmp_path / "sqlite.1").write_text("a.py:1 < b.py:2\na.py:1 < c.py:3\nd.py:4\ne.py:5\nmigrations/x.py:1\n")
    (tmp_path / "sqlite.2").write_text("a.py:1 < b.py:2\n\n")
    (tmp_path / "postgresql.1").write_text("a.py:1 < b.py:2\n")
    (tmp_path / "postgresql.2").write_text("d.py:4 < b.py:9\n")
    assert places.never_asked_again(tmp_path) == ["a.py:1 < c.py:3", "e.py:5"]
