"""The page of an answer's body: each view, parts, search, file and picture; nothing of it is ever active content."""

import base64
import gzip
import json
import random
import re
import zlib
from html import unescape

import pytest

from console.core.call import ApiCall
from console.services import calls, wiring
from console.web.present.diagnosis import UNREAD
from tests.core.answer.test_body import png
from tests.far_sides import allow
from tests.served_bodies import Bodies
from tests.services.builders import person, with_samples
from tests.services.outside import outside_api, outside_profile
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
BARE = {"sends_token": False, "sends_subscription_key": False}
EVIL = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>"
PICTURE = png(3, 2) + bytes(range(256))
LIMIT_BYTES = 60_000  # of a page on its way


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def answered(settings, actor):
    """The id of the attempt that was answered with that body."""

    def call(media_type, body):
        with Bodies({"/it": (media_type, body)}) as server:
            allow(settings, server)
            profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
            return calls.send(actor, profile.id, ApiCall("GET", "/it", **BARE)).attempt_id

    yield call
    wiring.egress_policy.cache_clear()


def get(actor, attempt_id, query=""):
    page = signed_in(actor).get(f"/calls/{attempt_id}/body/{query}")
    assert page.status_code == 200
    return page.content.decode()


def words(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def text_of(page):
    return unescape(re.sub(r"<[^>]+>", "", re.search(r'id="body-text".*?>(.*?)</pre>', page, re.DOTALL)[1]))


def views(page):
    return re.findall(r'id="as-(\w+)"', page)


def test_json_is_shown_indented_as_a_tree_as_it_came_and_as_bytes(actor, answered):
    attempt_id = answered("application/json", b'{"orders":[{"id":1042,"total":12.50}]}')
    page = get(actor, attempt_id)
    assert views(page) == ["pretty", "tree", "raw", "hex"]
    assert text_of(page) == '{\n  "orders": [\n    {\n      "id": 1042,\n      "total": 12.50\n    }\n  ]\n}'
    tree = get(actor, attempt_id, "?as=tree")
    assert "12.50" in words(tree)
    assert tree.count("<details") == 2
    assert text_of(get(actor, attempt_id, "?as=raw")) == '{"orders":[{"id":1042,"total":12.50}]}'
    copied = text_of(get(actor, attempt_id, "?as=hex")).splitlines()
    assert copied[0] == '00000000  7b 22 6f 72 64 65 72 73  22 3a 5b 7b 22 69 64 22  {"orders":[{"id"'


def test_the_page_of_the_call_leads_to_each_view(actor, answered):
    attempt_id = answered("application/json", b'{"a":1}')
    page = signed_in(actor).get(f"/calls/{attempt_id}/").content.decode()
    for view in ("pretty", "tree", "raw", "hex"):
        assert f'href="/calls/{attempt_id}/body/?as={view}"' in page
    assert f'href="/calls/{attempt_id}/body/file/" download' in page


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript"])
def test_what_would_be_active_is_text_and_a_file_of_text(actor, answered, media_type):
    body = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{EVIL}</svg>'
    attempt_id = answered(media_type, body.encode())
    page = get(actor, attempt_id, "?as=raw")
    assert views(page) == [*(["pretty"] if media_type.endswith("+xml") else []), "raw", "hex"]
    assert text_of(page) == body
    assert EVIL not in page + get(actor, attempt_id)
    client = signed_in(actor)
    file = client.get(f"/calls/{attempt_id}/body/file/")
    assert file.content == body.encode()
    assert file["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="answer-[0-9a-f]{8}\.txt"', file["Content-Disposition"])
    assert client.get(f"/calls/{attempt_id}/body/picture/").status_code == 404


def test_names_and_values_of_a_tree_are_no_markup(actor, answered):
    page = get(actor, answered("application/json", json.dumps({EVIL: [EVIL, {EVIL: 1}]}).encode()), "?as=tree")
    assert EVIL not in page
    assert words(page).count(EVIL) == 5


def test_a_picture_is_shown_by_the_type_of_its_bytes_and_shut_in(actor, answered):
    attempt_id = answered("text/html", PICTURE)
    page = get(actor, attempt_id)
    assert views(page) == ["picture", "hex"]
    assert f'src="/calls/{attempt_id}/body/picture/"' in page
    shown = signed_in(actor).get(f"/calls/{attempt_id}/body/picture/")
    assert (shown.content, shown["Content-Type"]) == (PICTURE, "image/png")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert shown["Content-Disposition"].startswith("attachment; ")
    assert shown["Cache-Control"] == "no-store, private"


def test_a_picture_that_no_browser_bears_is_bytes(actor, answered):
    attempt_id = answered("image/png", png(60_000, 60_000) + bytes(range(256)))
    assert views(get(actor, attempt_id)) == ["hex"]
    assert signed_in(actor).get(f"/calls/{attempt_id}/body/picture/").status_code == 404


def test_bytes_of_which_nothing_was_kept_are_told_and_there_is_no_file(actor, answered):
    attempt_id = answered("application/zip", b"PK\x03\x04" + bytes(range(256)))
    page = get(actor, attempt_id)
    assert views(page) == []
    assert "Only this is kept, because secrets cannot be masked in it." in words(page)
    assert signed_in(actor).get(f"/calls/{attempt_id}/body/file/").status_code == 404


LINES = "".join(f"line {number} of the log\n" for number in range(1, 5_001))


def test_a_long_text_is_shown_by_parts_that_make_the_whole(actor, answered):
    attempt_id = answered("text/plain", LINES.encode())
    first = get(actor, attempt_id)
    count = int(re.search(r"Part 1 of (\d+)", first)[1])
    assert "".join(text_of(get(actor, attempt_id, f"?as=raw&part={one}")) for one in range(1, count + 1)) == LINES
    assert "Next part" in first
    assert "Part before" not in first
    assert f"Part {count} of {count}" in get(actor, attempt_id, "?as=raw&part=9999999")


def test_words_are_found_with_the_part_that_holds_them_and_stand_in_no_address(actor, answered):
    attempt_id = answered("text/plain", LINES.encode())
    page = signed_in(actor).post(f"/calls/{attempt_id}/body/", {"wanted": "LINE 4321 of"}).content.decode()
    assert "1 place. Letter case does not matter." in words(page)
    assert 'id="body-text"' not in page
    part = re.search(rf'href="/calls/{attempt_id}/body/\?as=raw&amp;part=(\d+)#body-title">line 4321<', page)[1]
    assert "line 4321 of the log" in get(actor, attempt_id, f"?as=raw&part={part}")
    none = signed_in(actor).post(f"/calls/{attempt_id}/body/", {"wanted": EVIL}).content.decode()
    assert "0 places" in words(none)
    assert EVIL not in none
    empty = signed_in(actor).post(f"/calls/{attempt_id}/body/", {"wanted": ""})
    assert empty.status_code == 422


NOISE = random.Random(7)
HOSTILE = {
    "noise": ("text/plain", base64.b64encode(NOISE.randbytes(675_000)).decode()),
    "noise as JSON": ("application/json", json.dumps([NOISE.random() for _ in range(40_000)])),
    "deep JSON": ("application/json", '{"a":' * 900 + "1" + "}" * 900),
    "numbers below sixty objects": ("application/json", '{"a":' * 60 + "[" + "0," * 85_000 + "0]" + "}" * 60),
    "many members": ("application/json", json.dumps({f"member {one}": {"x": one} for one in range(20_000)})),
    "characters that are not seen": ("text/plain", "\u200b" * 200_000),
    "characters that are escaped": ("text/plain", "<&>" * 200_000),
    "bytes": ("application/octet-stream", NOISE.randbytes(900_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_stays_small_whatever_the_body(actor, answered, name):
    media_type, body = HOSTILE[name]
    attempt_id = answered(media_type, body if isinstance(body, bytes) else body.encode())
    client = signed_in(actor)
    pages = [
        f"/calls/{attempt_id}/",
        *(f"/calls/{attempt_id}/body/?as={one}" for one in ("pretty", "tree", "raw", "hex")),
    ]
    for path in pages:
        page = client.get(path)
        assert page.status_code == 200
        assert len(gzip.compress(page.content, 1)) < LIMIT_BYTES, path


@pytest.mark.parametrize(
    "query",
    [
        "?as=evil",
        "?at=1.x",
        "?at=..",
        "?at=9.9.9",
        "?part=-1",
        "?part=x",
        "?from=99999999",
        "?as=tree&at=" + "1." * 500,
    ],
)
def test_an_address_that_nobody_made_shows_the_body_all_the_same(actor, answered, query):
    attempt_id = answered("application/json", b'{"a":1}')
    assert "Body of the answer" in get(actor, attempt_id, query)


def test_somebody_elses_body_is_not_there(answered, actor):
    attempt_id = answered("application/json", b"{}")
    client = signed_in(person("stranger@example.com"))
    for path in ("", "file/", "picture/"):
        assert client.get(f"/calls/{attempt_id}/body/{path}").status_code == 404


@pytest.mark.parametrize(
    ("media_type", "body", "said"),
    [
        ("application/json", zlib.compress(b'{"error": "away"}' * 40), UNREAD),
        ("application/gzip", gzip.compress(b'{"error": "away"}' * 40), UNREAD),
        ("image/png", PICTURE, "It worked: nothing to explain."),
        ("application/json", b'{"a": 1}', "It worked: nothing to explain."),
    ],
    ids=["zlib", "uploaded gzip", "picture", "text"],
)
def test_a_good_status_with_a_body_that_nobody_read_is_told_as_that(actor, answered, media_type, body, said):
    page = words(signed_in(actor).get(f"/calls/{answered(media_type, body)}/").content.decode())
    titles = {one for one in (UNREAD, "It worked: nothing to explain.") if one in page}
    assert titles == {said}
