"""A page is compressed where that tells nobody a secret, and only there."""

import gzip

import pytest
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.urls import get_resolver

from console.adapters import clock
from console.web.compression import COMPRESSED, LEAST_BYTES, MAX_PADDING
from tests.core.tokens.wire import compact
from tests.web.people import HTMX, owned, signed_in  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db

OURS = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "same-origin"}
PASTE = {"text": compact({"sub": "a", "aud": "api://orders"}, signature=b"s" * 32)}


@pytest.fixture
def visitor(owned):  # noqa: F811
    return signed_in(owned[0])


@pytest.fixture
def same_mask(monkeypatch, time_machine):
    """The token of a form is masked anew for each page (against guesses from its size); here with one mask.

    A page tells its moment too: here it is the same for all.
    """
    time_machine.move_to(clock.now(), tick=False)
    monkeypatch.setattr("django.middleware.csrf._get_new_csrf_string", lambda: "a" * CSRF_SECRET_LENGTH)


def is_packed(answer):
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Sec-Fetch-Site" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    return answer.headers.get("Content-Encoding") == "gzip"


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_page_asked_for_by_the_console_itself_or_by_hand_is_compressed(visitor, site):
    plain = visitor.get("/inspect/")
    small = visitor.get("/inspect/", headers={**OURS, "Sec-Fetch-Site": site})
    assert not is_packed(plain)
    assert is_packed(small)
    assert len(small.content) < len(plain.content) / 2
    assert b"<h1>Inspect</h1>" in gzip.decompress(small.content)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", None])
def test_a_page_that_another_site_had_the_browser_ask_for_is_not(visitor, site):
    headers = {"Accept-Encoding": "gzip"} | ({} if site is None else {"Sec-Fetch-Site": site})
    assert not is_packed(visitor.get("/inspect/", headers=headers))


def test_a_browser_that_takes_no_gzip_gets_none(visitor):
    assert not is_packed(visitor.get("/inspect/", headers={**OURS, "Accept-Encoding": "br"}))


@pytest.mark.usefixtures("same_mask")
def test_a_fragment_is_compressed_like_its_page(visitor):
    small = visitor.post("/inspect/", PASTE, headers={**OURS, **HTMX})
    assert is_packed(small)
    assert gzip.decompress(small.content) == visitor.post("/inspect/", PASTE, headers=HTMX).content


def test_what_fits_into_one_packet_is_left_alone(visitor):
    answer = visitor.get("/apis/00000000-0000-4000-8000-000000000000/", headers={**OURS, **HTMX})
    assert answer.status_code == 404
    assert len(answer.content) < LEAST_BYTES
    assert "Content-Encoding" not in answer.headers


@pytest.mark.usefixtures("same_mask")
def test_the_size_of_the_same_page_differs_from_time_to_time(visitor):
    pages = [visitor.post("/inspect/", PASTE, headers={**OURS, **HTMX}) for _ in range(30)]
    assert len({gzip.decompress(page.content) for page in pages}) == 1
    sizes = [len(page.content) for page in pages]
    assert len(set(sizes)) > 1  # all thirty alike: once in 10^58 runs
    assert max(sizes) - min(sizes) <= MAX_PADDING


def test_what_signs_in_or_shows_a_secret_once_is_never_compressed(visitor, owned):  # noqa: F811
    profile = f"/profiles/{owned[1]['profile_id']}/"
    asked = [
        visitor.post(f"{profile}token/reveal/", headers=OURS),
        visitor.get("/accounts/2fa/totp/activate/", headers=OURS, follow=True),
        Client().get("/accounts/login/", headers=OURS),
        visitor.get("/profiles/hand-over/", headers=OURS),
        visitor.get("/sandbox/", headers=OURS),
    ]
    assert [answer.headers.get("Content-Encoding") for answer in asked] == [None] * len(asked)


def test_the_longest_pages_weigh_little_on_their_way(visitor, owned):  # noqa: F811
    profile = f"/profiles/{owned[1]['profile_id']}/"
    for path in ("/reference/providers/entra/", "/reference/codes/", "/reference/messages/", f"{profile}auth-matrix/"):
        answer = visitor.get(path, headers=OURS)
        assert answer.status_code == 200
        assert len(answer.content) <= 30_000, path


def test_each_compressed_address_exists():
    assert not COMPRESSED - set(get_resolver().reverse_dict)
