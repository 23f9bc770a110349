"""The matrix of rights: every address, every method, every role."""

import pytest

from tests.web import rights_world, url_table
from tests.web.rights_table import OBJECTS, OTHERS, ROLES, SENT
from tests.web.rights_world import SHARED
from tests.web.url_map import every_address

METHODS = ("get", "post")
NOT_SO = "405"
SIGN_IN = "/accounts/login/?next="


def told(answer):
    """The status; "in" for who is asked to sign in."""
    return "in" if answer.headers.get("Location", "").startswith(SIGN_IN) else str(answer.status_code)


def expected_of_object(cell):
    """By role; a member of a group is answered as the person with the same share is."""
    if cell == NOT_SO:
        return {"owner": NOT_SO, "anonymous": "in"}  # nobody's rights are looked at
    one = cell.split()
    by_role = dict(zip(ROLES, one * len(ROLES) if len(one) == 1 else one, strict=True))
    members = {f"{right} by group": by_role[right] for right in SHARED}
    return {**by_role, **members, "anonymous": "in"}


def expected_of_other(cell):
    one = cell.split()
    shown = {1: one * 4, 2: [one[0], *one[1:] * 3], 4: one}[len(one)]
    return dict(zip(("anonymous", "stranger", "support", "admin"), shown, strict=True))


def expected_of(name, method):
    """By role: of an object all of them, else who is signed in or not and the roles."""
    column = METHODS.index(method)
    return expected_of_object(OBJECTS[name][column]) if name in OBJECTS else expected_of_other(OTHERS[name][column])


def test_every_address_has_a_row_and_no_row_is_left_over():
    assert sorted([*OBJECTS, *OTHERS]) == sorted(one.name for one in every_address())
    assert OBJECTS.keys() == url_table.OBJECTS.keys()
    assert SENT.keys() <= OBJECTS.keys()


@pytest.mark.long
@pytest.mark.django_db
def test_each_role_is_answered_at_each_address_as_the_table_says():
    """One test for all of them: the world is made once, and each request takes back what it changed."""
    world = rights_world.world()
    wrong = {}
    for one in every_address(**world.ids):
        for method in METHODS:
            expected = expected_of(one.name, method)
            data = SENT.get(one.name, {}) if method == "post" else {}
            answers = {who: told(world.ask(who, method, one.path, data)) for who in expected}
            if answers != expected:
                wrong[one.name, method] = {who: (answers[who], expected[who]) for who in expected}
    assert wrong == {}
    assert len(set(world.sessions.values())) == len(world.sessions) == len(expected_of("profile", "get")) - 1
