"""The timeout of a call stands in its form and on the page of its attempt, and what is none is refused in words."""

import re
from html import unescape

import pytest

from console.models import SavedRequest
from console.services import profiles, wiring
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"method": "GET", "path": "/orders", "sends_token": "on", "sends_subscription_key": "on"}
OR_EMPTY = "Enter 1 to 20, or leave it empty for the console’s own limit."
WHOLE = f"The timeout is a whole number of seconds. {OR_EMPTY}"
TOO_LONG = (
    "This console ends each call after 20 seconds, so a longer timeout would never be reached. Enter 1 to 20, or leave "
    "it empty for the console’s own limit. Whoever runs it can raise that by CONSOLE_CALL_S, up to 120 seconds."
)
REFUSED = [
    ("0", f"Without at least 1 second nothing could answer. {OR_EMPTY}"),
    ("21", TOO_LONG),
    ("9" * 5000, TOO_LONG),
    ("2.5", WHOLE),
    ("-1", WHOLE),
    ("1e1", WHOLE),
    ("٣", WHOLE),
    ("5 s", WHOLE),
    ("soon", WHOLE),
]


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def page(owner):
    found = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    return f"/profiles/{found.id}/"


def text_of(answer):
    return unescape(answer.content.decode())


def field(html):
    return re.search(r'<input[^>]*name="timeout_s"[^>]*>', html)[0]


def value(html):
    found = re.search(r'value="([^"]*)"', field(html))
    return found[1] if found else ""


def test_the_form_has_it_folded_empty_and_names_the_consoles_limit(owner, page):
    html = text_of(signed_in(owner).get(page))
    assert value(html) == ""
    assert '<details class="plain" id="timeout-fold">' in html
    assert "How long an answer is waited for, 1 to 20. Left empty it is the console’s own limit, 20 seconds." in html
    assert wiring.longest_call_s() == 20


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["whole page", "fragment"])
@pytest.mark.parametrize(("typed", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_timeout_is_refused_in_words_and_stays_typed(owner, page, typed, told, headers):
    answer = signed_in(owner).post(f"{page}call/", {**TYPED, "timeout_s": typed}, headers=headers)
    html = text_of(answer)
    assert answer.status_code == 422
    assert told in html
    assert value(html) == typed
    assert '<details class="plain" id="timeout-fold" open>' in html


def test_what_was_sent_with_a_timeout_shows_it_and_is_there_again(owner, page):
    client = signed_in(owner)
    html = text_of(client.post(f"{page}call/", {**TYPED, "timeout_s": " 7 "}))
    assert "Timeout 7 s, set in the form" in html
    attempt_id = re.search(r'id="open-attempt" href="/calls/([^/"]+)/"', html)[1]
    assert "Timeout 7 s, set in the form" in text_of(client.get(f"/calls/{attempt_id}/"))
    again = text_of(client.get(page))
    assert (value(again), '<span class="chip number">7 s</span>' in again) == ("7", True)
    assert value(text_of(client.get(f"{page}?replay={attempt_id}"))) == "7"
    client.post(f"{page}call/", TYPED)
    assert value(text_of(client.get(page))) == ""


def test_a_call_without_one_says_nothing_of_it(owner, page):
    assert "set in the form" not in text_of(signed_in(owner).post(f"{page}call/", TYPED))


def test_it_is_saved_copied_and_refused_where_it_is_saved_too(owner, page):
    client = signed_in(owner)
    client.post(f"{page}requests/", {**TYPED, "timeout_s": "3", "name": "Quick"})
    saved = SavedRequest.objects.get(name="Quick")
    assert value(text_of(client.get(f"{page}?saved={saved.id}"))) == "3"
    copied = client.post(f"{page}copy/", {**TYPED, "timeout_s": "3", "language": "curl-bash"}, headers=HTMX)
    assert "--max-time '3'" in text_of(copied)
    refused = client.post(f"{page}requests/", {**TYPED, "timeout_s": "99", "name": "Long"})
    assert refused.status_code == 422 and TOO_LONG in text_of(refused)
    assert not SavedRequest.objects.filter(name="Long").exists()
