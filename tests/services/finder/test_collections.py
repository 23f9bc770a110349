"""Collections are found by name, by who may see their profile."""

import pytest
from django.urls import reverse

from console.services.finder import find
from console.services.finder.collections import FINDER
from console.web.present.finder import found_things
from tests.services.builders import person, with_samples
from tests.services.collection_samples import SECRET, opened_sample, orders
from tests.services.finder.looking import hits, names

pytestmark = pytest.mark.django_db


def test_one_is_found_by_words_of_its_name_by_who_may_see_its_profile():
    opened = opened_sample(with_samples())
    made = orders(opened, name="Nightly orders Ä")
    (hit,) = hits(FINDER, opened.actor, "orders nightly")
    assert (hit.opens, hit.key, hit.about) == ("collection", (opened.profile.id, made.id), SECRET)
    assert names(FINDER, opened.actor, "ä") == names(FINDER, opened.actor, "NIGHT") == ["Nightly orders Ä"]
    assert names(FINDER, person("other@example.com"), "nightly") == names(FINDER, opened.actor, "nightly\0") == []
    kinds = found_things(find(opened.actor, "nightly"), "nightly", 0)["kinds"]
    url = next(kind for kind in kinds if kind["code"] == "collection")["rows"][0]["url"]
    assert url == reverse("collection", args=[opened.profile.id, made.id])
