"""Ids that are made: unguessable, and where it matters in their order."""

import uuid

from console.adapters import random


def test_ordered_ids_sort_by_their_microsecond_and_are_uuids_of_version_7():
    start = 1_900_000_000_999_990
    made = [random.ordered_id(start + 3 * number) for number in range(1000)]
    assert made == sorted(made)
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in made} == {(7, uuid.RFC_4122)}


def test_two_of_one_moment_differ():
    assert len({random.ordered_id(1) for _ in range(1000)}) == 1000
