"""What is noted of a test, and what the last step of the suite compares."""

import json
from contextlib import suppress
from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from console.models import Api, Person
from console.store import collections, people
from console.store.composed import Composed
from console.store.shares import with_shares
from tests import asked
from tests.store import builders


@pytest.fixture
def noted(request, tmp_path):
    """What is noted of this test while it does something."""

    def of(act):
        notes = asked.Notes(tmp_path / f"{connection.vendor}.1")
        session, test = notes.pytest_runtestloop(), notes.pytest_runtest_protocol(request.node)
        next(session), next(test)
        act()
        for ended in (test, session):
            with suppress(StopIteration):
                ended.send(None)
        found = asked.read(tmp_path, connection.vendor)
        return found[0] if found else None

    return of


def test_a_place_that_asked_one_database_alone_is_named(tmp_path):
    def write(name, *places):
        questions = [(place, "SELECT", "") for place in places]
        test = ["tests/test_a.py::test_a", 1.0, False, [], list(range(len(places)))]
        (tmp_path / name).write_text(json.dumps([questions, [test]]))

    write("sqlite.1", "a.py:1 < b.py:2", "a.py:1 < c.py:3", "d.py:4", "e.py:5", "migrations/x.py:1")
    write("sqlite.2", "a.py:1 < b.py:2", "")
    write("postgresql.1", "a.py:1 < b.py:2")
    write("postgresql.2", "d.py:4 < b.py:9")
    assert asked.never_asked_again(tmp_path) == ["a.py:1 < c.py:3", "e.py:5"]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_what_django_asks_to_find_out_what_sqlite_can_is_no_place():
    """Shares are read as JSON: the first statement on a connection that is composed of them asks whether it may be."""
    ina, composed = builders.person("ina"), Composed(lambda *_: with_shares(Api.objects.all(), "api"))
    connection.features.__dict__.pop("supports_json_field", None)
    found = []
    with asked.noted(lambda question, _: found.append(question)), CaptureQueriesContext(connection) as statements:
        assert composed.question(connections["default"], ina, "view") is not None
    assert any("JSON" in one["sql"] for one in statements)
    assert {lines for lines, *_ in found} == {()}


@pytest.mark.sqlite
@pytest.mark.django_db
def test_what_is_about_sqlite_alone_is_not_noted(noted):
    assert noted(lambda: builders.person("ina")) is None


@pytest.mark.django_db
def test_a_question_is_the_same_for_any_value_but_one_that_a_database_may_refuse_or_find_otherwise(noted):
    ina = builders.person("ina")

    def questions(*words):
        return noted(lambda: [collections.called(ina, word, limit=5) for word in words]).questions

    common = questions("orders")
    assert {place.partition(":")[0] for place, *_ in common} == {"store/collections.py"}
    assert questions("anything else", "orders") == common
    for special in ("Ærlig", "\\u00c6", "x" * 201):
        assert len(questions("orders", special)) == len(common) + 1, special


@pytest.mark.django_db
def test_an_order_is_asked_for_where_several_rows_come(noted):
    def came(*names):
        for name in names:
            builders.person(name)
        asked_for = " ".join(rest for *_, rest in noted(people.list_all).questions)
        return [word for word in ("'a row'", "'rows'") if word in asked_for]

    assert [came(), came("ina"), came("ola")] == [[], ["'a row'"], ["'a row'", "'rows'"]]


def test_what_is_special_about_values_is_told_by_letters():
    told = {"": (1, "a", None, True), "i": (2**31, -(2**31)), "ii": (2**63,), "u": ("é", "\\u00e9"), "0": ("a\0",)}
    assert {letters: {asked._special([value]) for value in values} for letters, values in told.items()} == {
        letters: {f"0{letters}"} for letters in told
    }
    assert asked._special(None) == asked._special({"a": [1]}) == "0"
    assert asked._special([(1, "a" * 21), ("é" * 3000,)]) == f"{len(asked.LENGTHS)}u"


def test_statements_of_any_number_of_values_rows_and_levels_have_one_shape():
    for one, other in (
        ("a IN (%s)", "a IN (%s, %s, %s)"),
        ("VALUES (%s, %s)", "VALUES (%s, %s), (%s, %s), (%s, %s)"),
        ('SAVEPOINT "s1_x1"', 'SAVEPOINT "s139_x25"'),
        ("LIMIT 21", "LIMIT 5"),
    ):
        assert asked._shape(one) == asked._shape(other)
    assert asked._shape("a = %s AND (%s)") == "a = %s AND (%s)"


@pytest.mark.django_db
def test_that_the_database_refused_is_noted(noted):
    builders.person("ina")

    def twice():
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(email="ina@example.org")

    assert noted(lambda: builders.person("ola")).beyond == frozenset()
    assert noted(twice).beyond == {asked.REFUSED}


@pytest.mark.django_db(transaction=True)
def test_transactions_and_threads_are_noted(noted):
    def beside():
        thread = Thread(target=lambda: (Person.objects.count(), connection.close()))
        thread.start()
        thread.join()

    assert noted(Person.objects.count).beyond == {asked.TRANSACTIONS}
    assert noted(beside).beyond == {asked.TRANSACTIONS, asked.THREADS}
