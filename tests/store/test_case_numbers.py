"""Numbers of cases: one sequence for the installation, whoever makes cases at the same moment."""

from threading import Thread

import pytest
from django.db import close_old_connections, connection, transaction

from console.core.actor import Role
from console.models import Case, CaseSequence
from console.store import cases
from tests.store import builders

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH = 4, 5


def test_cases_made_at_the_same_moment_get_different_numbers_without_a_gap():
    owner = builders.person("owner", Role.INTEGRATOR)
    CaseSequence.objects.all().delete()  # also where no row was made yet
    problems = []

    def make():
        try:
            for _ in range(EACH):
                with transaction.atomic():
                    cases.create(owner, builders.case_record(owner))
        except Exception as problem:
            problems.append(problem)
        finally:
            close_old_connections()
            connection.close()

    threads = [Thread(target=make) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE * EACH + 1))


def test_a_number_that_was_not_kept_is_taken_by_the_next():
    owner = builders.person("owner", Role.INTEGRATOR)
    first = cases.create(owner, builders.case_record(owner))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert cases.create(owner, builders.case_record(owner)) == first + 1
        raise ZeroDivisionError
    assert cases.create(owner, builders.case_record(owner)) == first + 1
