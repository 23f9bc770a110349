"""The finder of circles finds them."""

import pytest

from tests.imports import circles, imports_of

CASES = [
    ({"a": {"b"}, "b": set()}, []),
    ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
    ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [["a", "b", "c"]]),
    ({"a": {"b"}, "b": {"a", "m"}, "m": {"c"}, "c": {"d"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
]


@pytest.mark.parametrize(("edges", "found"), CASES)
def test_a_circle_is_found_and_a_way_between_two_is_none(edges, found):
    assert circles(edges) == found


def test_imports_of_any_form_and_place_are_seen(tmp_path):
    package = tmp_path / "house"
    package.mkdir()
    texts = {
        "__init__.py": "from house import a",
        "a.py": "def f():\n    from house.b import x",
        "b.py": "import house.c\nif TYPE_CHECKING:\n    from house import a",
        "c.py": "import json",
    }
    for name, text in texts.items():
        (package / name).write_text(text)
    edges = imports_of(sorted(package.glob("*.py")), tmp_path)
    assert edges == {"house": {"house.a"}, "house.a": {"house.b"}, "house.b": {"house.a", "house.c"}, "house.c": set()}
    assert circles(edges) == [["house.a", "house.b"]]
