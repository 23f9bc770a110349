"""What ends, on its pages: the answer first, dates that are typed, reminders that are switched."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from console.adapters import clock
from console.core.access import SharedWith
from console.core.credential import Secret
from console.core.ending import end_of_day
from console.services import profiles, reminders, sharing
from tests.services.builders import person
from tests.services.test_profiles import draft
from tests.web.people import seen, signed_in

pytestmark = pytest.mark.django_db

SECRET = "s8~canary-secret-9e0d"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False)


@pytest.fixture
def owner():
    return person()


def day(days):
    return (datetime.fromtimestamp(clock.now(), UTC) + timedelta(days=days)).date()


def ending(owner, days, name="Orders"):
    made = profiles.create(owner, draft(name=name))
    profiles.replace_secret(owner, made.id, Secret(SECRET), ends_at=None if days is None else end_of_day(day(days)))
    return profiles.open_profile(owner, "manage", made.id)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())


def heading(page):
    return re.search(r"<h1>([^<]+)</h1>", page)[1]


HEADINGS = {
    "Nothing of yours ends": (),
    "No end is known yet": (None,),
    "Nothing ends in the next 30 days": (31, None),
    "One client secret ends in 9 days": (9, 400, None),
    "One client secret ends tomorrow": (1,),
    "One client secret ends today": (0,),
    "2 things end soon, the first in 9 days": (9, 30, 31),
}


@pytest.mark.parametrize("title", HEADINGS)
def test_the_heading_is_the_answer(owner, title):
    for number, days in enumerate(HEADINGS[title]):
        ending(owner, days, f"Profile {number}")
    page = signed_in(owner).get("/ends/")
    assert (page.status_code, heading(page.text)) == (200, title)


def test_what_has_ended_stands_first(owner, time_machine):
    ending(owner, 3, "Old")
    ending(owner, 40, "New")
    time_machine.move_to(datetime(2026, 12, 4, 12, tzinfo=UTC), tick=False)
    page = signed_in(owner).get("/ends/").text
    assert heading(page) == "One client secret has ended"
    assert "Client secret of Old ended 2 days ago Client secret, 2026-12-02 , yours . Create" in words(page)
    assert page.index("Ended</h2>") < page.index("January 2027</h2>")


def test_each_line_says_what_to_do_and_leads_there(owner):
    profile = ending(owner, 9)
    undated = ending(owner, None, "Undated")
    page = signed_in(owner).get("/ends/").text
    assert "Create a new client secret under Certificates &amp; secrets, and copy its Value." in page
    assert f'href="/profiles/{profile.id}/#credential"' in page
    assert f'href="/profiles/{undated.id}/ends/?from=ends">Enter the date' in page
    assert SECRET not in page


def test_who_may_not_renew_it_is_told_who_can(owner):
    other, profile = person("otto@example.com"), ending(owner, 9)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right="view")
    page = signed_in(other).get("/ends/").text
    assert "2026-12-08 , ina@example.com . Its owner can renew it." in words(page)
    assert "?from=ends" not in page


def test_a_date_is_typed_with_the_secret_and_changed_without_it(owner):
    profile, client = profiles.create(owner, draft()), signed_in(owner)
    form = {"secret": SECRET, "secret_ends_on": "2026-12-08", "seen": seen(client, profile.id)}
    assert client.post(f"/profiles/{profile.id}/secret/", form).status_code == 302
    page = client.get(f"/profiles/{profile.id}/").text
    assert "client secret, ends in 9 days" in words(page)
    assert f'href="/profiles/{profile.id}/ends/">Change the date' in page
    form = client.get(f"/profiles/{profile.id}/ends/").text
    assert 'value="2026-12-08"' in form
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    answer = client.post(f"/profiles/{profile.id}/ends/?from=ends", {"ends_on": "2027-05-31", "version": version})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ends/")
    assert "2027-05-31" in client.get("/ends/").text
    answer = client.post(f"/profiles/{profile.id}/ends/", {"ends_on": "", "version": version}, follow=True)
    assert "The date is forgotten." in answer.text
    assert "Enter when it ends" in answer.text


def test_a_date_of_a_subscription_key_is_typed_and_changed(owner):
    profile, client = profiles.create(owner, draft()), signed_in(owner)
    form = {
        "subscription_key": "key-canary-5",
        "subscription_key_ends_on": "2026-12-08",
        "seen": seen(client, profile.id, "subscription-key"),
    }
    assert client.post(f"/profiles/{profile.id}/subscription-key/", form).status_code == 302
    assert "stored, ends in 9 days" in words(client.get(f"/profiles/{profile.id}/").text)
    url = f"/profiles/{profile.id}/subscription-key/ends/"
    version = re.search(r'name="version" value="(\d+)"', client.get(url).text)[1]
    assert client.post(url, {"ends_on": "2026-12-10", "version": version}).status_code == 302
    assert "One subscription key ends in 11 days" in client.get("/ends/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.05.2027", "Enter the day as year-month-day, for example 2027-05-31."),
        ("2026-11-28", "That day is over: today is 2026-11-29 (UTC). Enter the day on which it ends"),
        ("2127-01-01", "That is more than 100 years away. Look at the year again."),
        ("0001-01-01", "That day is over"),
        ("2026-02-30", "Enter the day as year-month-day"),
        ("٢٠٢٧-٠٥-٣١x", "Enter the day as year-month-day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words_and_nothing_changes(owner, typed, said):
    profile, client = ending(owner, 9), signed_in(owner)
    answer = client.post(f"/profiles/{profile.id}/ends/", {"ends_on": typed, "version": profile.credential.version})
    assert (answer.status_code, said in answer.text, "error" in answer.text) == (422, True, True)
    form = {"secret": "another", "secret_ends_on": typed, "seen": seen(client, profile.id)}
    answer = client.post(f"/profiles/{profile.id}/secret/", form)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert profiles.open_profile(owner, "manage", profile.id).credential == profile.credential


@pytest.mark.parametrize("typed", ["2026-11-29", "2126-12-31", "9999-12-31", ""])
def test_today_and_a_far_day_are_days_and_the_last_year_is_none(owner, typed):
    profile, client = ending(owner, 9), signed_in(owner)
    form = {"ends_on": typed, "version": profile.credential.version}
    assert client.post(f"/profiles/{profile.id}/ends/", form).status_code == 302
    kept = profiles.open_profile(owner, "manage", profile.id).credential.ends_at
    assert (kept is None) == (typed in ("9999-12-31", ""))


def test_a_date_for_the_secret_before_is_not_put_on_the_new_one(owner):
    profile, client = ending(owner, 9), signed_in(owner)
    profiles.replace_secret(owner, profile.id, Secret("another"))
    url, form = f"/profiles/{profile.id}/ends/", {"ends_on": "2027-05-31", "version": profile.credential.version}
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "This credential was changed while you were editing it." in answer.text
    assert 'value="2027-05-31"' in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert client.post(url, {**form, "version": version}).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "1.5", "²"])
def test_a_version_that_is_none_is_stale(owner, version):
    profile = ending(owner, 9)
    url, form = f"/profiles/{profile.id}/ends/", {"ends_on": "2027-05-31", "version": version}
    assert signed_in(owner).post(url, form).status_code == 422


def test_there_is_no_date_for_what_is_not_there(owner):
    profile, client = profiles.create(owner, draft()), signed_in(owner)
    profiles.make_certificate(owner, profile.id, days=90)
    for url in (f"/profiles/{profile.id}/ends/", f"/profiles/{profile.id}/subscription-key/ends/"):
        answer = client.get(url)
        assert (answer.status_code, "There is no date to enter here." in answer.text) == (404, True)


def test_reminders_are_switched_on_the_page(owner):
    client = signed_in(owner)
    assert 'name="on" value="0"' in client.get("/ends/").text
    client.post("/ends/reminders/", {"on": "0"})
    assert not reminders.are_on(owner)
    assert "Switch them on" in client.get("/ends/").text
    client.post("/ends/reminders/", {"on": "1"})
    assert reminders.are_on(owner)


def test_home_tells_what_ends_next_of_all_kinds(owner):
    profile = ending(owner, 9)
    profiles.replace_subscription_key(owner, profile.id, Secret("k"), ends_at=end_of_day(day(2)))
    ending(owner, None, "Undated")
    shown = words(signed_in(owner).get("/").text)
    assert "Ends next All that ends ! Subscription key of Orders ends in 2 days Subscription key, 2026-12-01" in shown
    assert "! Client secret of Orders ends in 9 days Client secret, 2026-12-08" in shown
    assert "Of 1 thing nobody has entered the date." in shown


def test_the_checks_of_a_profile_warn(owner):
    profile = ending(owner, 9)
    shown = words(signed_in(owner).get(f"/profiles/{profile.id}/").text)
    assert "The client secret ends soon." in shown
    assert "It ends at 2026-12-08 23:59:59 UTC; now it is 2026-11-29 12:00:00 UTC." in shown
