"""A newer document against the one before."""

from console.core.openapi.changes import compared


def test_added_removed_and_changed_operations_are_told():
    found = compared({"GET /a": "1", "GET /b": "1", "GET /c": "1"}, {"GET /d": "1", "GET /a": "2", "GET /b": "1"})
    assert (found.added, found.removed, found.changed) == (("GET /d",), ("GET /c",), ("GET /a",))
    assert compared({"GET /a": "1"}, {"GET /a": "1"}).is_none
