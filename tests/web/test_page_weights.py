"""No page weighs more on its way than a slow connection carries at once; what is long is opened by parts."""

import gzip

import pytest

from tests.web import rights_world
from tests.web.url_map import every_address

MOST_BYTES = 60_000
AS_SENT = 5  # compression as a proxy or the console itself would do it

pytestmark = pytest.mark.django_db


def weights(world, who):
    """Compressed bytes of each page that this one is shown, by its name."""
    for one in every_address(**world.ids):
        answer = world.ask(who, "get", one.path, {})
        is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        if is_page:
            yield one.name, len(gzip.compress(b"".join(answer), AS_SENT))


@pytest.mark.parametrize("who", ["owner", "support", "admin"])
def test_each_page_is_light(who):
    seen = dict(weights(rights_world.world(), who))
    assert len(seen) > 20
    assert {name: size for name, size in seen.items() if size > MOST_BYTES} == {}
