"""The main navigation says in which section a page lies, also where its address lies elsewhere."""

import re

import pytest

from console.services import connections, profiles
from tests.services.builders import with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return with_samples()


def section(actor, path):
    nav = signed_in(actor).get(path).text.split('<nav aria-label="Main">')[1].split("</nav>")[0]
    return re.findall(r'aria-current="page">([^<]+)<', nav)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "Home"),
        ("/profiles/new/", "Profiles"),
        ("/import/", "Profiles"),
        ("/inspect/compare/", "Inspect"),
        ("/triage/", "Inspect"),
    ],
)
def test_each_page_lies_in_one_section(actor, path, name):
    assert section(actor, path) == [name]


def test_a_connection_lies_with_the_profiles(actor):
    made = connections.make(actor, profiles.list_profiles(actor)[0].id, "Nightly job")
    assert section(actor, f"/connections/{made.id}/") == ["Profiles"]
