"""The pages of the auth matrix: what will be tried, its progress, expected beside actual, and the files."""

import json
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from console.core.access import SharedWith
from console.models import Attempt, Profile, Run
from console.services import matrix, opening, profiles, sandbox, sharing, variables
from console.store import people
from tests.services.builders import begun_matrix, with_samples
from tests.services.test_matrix import SECRET
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
CALL = {"method": "GET", "path": "/orders", "query": "", "other": ""}


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def profile(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == SECRET)


@pytest.fixture
def client(actor):
    return signed_in(actor)


@pytest.fixture
def url(profile):
    return reverse("profile-matrix", args=[profile.id])


def text_of(answer):
    return " ".join(answer.content.decode().replace("<wbr>", "").split())


def test_the_page_says_what_will_be_sent_where_to_and_what_follows_from_the_policy(client, url, profile):
    page = text_of(client.get(url))
    assert "/gateway/orders" in page
    assert "GET or HEAD may change something" in page
    assert "It is always tried, and first." in page
    assert page.count('type="checkbox" name="variants"') == 16
    assert "What you choose here counts for this run" in page
    link = f'<a class="button quiet" id="matrix-of-profile" href="{url}">'
    assert link in text_of(client.get(reverse("profile", args=[profile.id])))


def test_a_run_whose_usual_call_is_refused_as_is_demanded_says_that_it_proves_nothing(client, url, actor):
    sandbox.set_fault(actor, "wrong-audience")
    page = text_of(client.post(url, {**CALL, "variants": ["without-token"]}, follow=True))
    assert "<h1>The refusals prove nothing: the usual call was not let in. 2 were to be refused, and were.</h1>" in page
    assert '<section class="verdict warning"' in page
    assert "Mend the usual call first: its row says what came of it." in page
    assert "Not everything is decided" not in page
    assert '<span class="chip warning"' in page


def test_without_scripts_one_post_goes_to_the_end_and_the_answer_is_the_heading(client, url, actor):
    sandbox.set_fault(actor, "key-not-asked")
    answer = client.post(url, {**CALL, "variants": ["without-key", "twice"]}, follow=True)
    page = text_of(answer)
    headline = "The gateway let in 1 of 2 that it must refuse: without subscription key."
    assert f"<h1>{headline}</h1>" in page
    assert f'<caption class="visually-hidden">{headline}</caption>' in page
    row = page.partition('id="variant-without-key"')[2].partition("</tr>")[0]
    assert "refuse" in row and "let in (200)</span> <strong>not as expected</strong>" in row
    assert "Open the attempt" in row
    assert page.index("variant-without-key") < page.index("variant-with-token")


def test_what_the_policy_would_refuse_leads_to_what_it_says_of_that_very_call(client, url, actor, profile):
    sandbox.set_fault(actor, "token-not-checked")
    page = text_of(client.post(url, {**CALL, "variants": ["wrong-audience", "without-token"]}, follow=True))
    row = page.partition('id="variant-wrong-audience"')[2].partition("</tr>")[0]
    assert "compare it with the policy that the gateway runs" in row
    link = row.partition('<a href="')[2].partition('"')[0]
    assert link.startswith(reverse("api-policy", args=[profile.api_id]) + "?call=")
    assert "TokenAudienceNotAllowed" in text_of(client.get(link.partition("#")[0]))
    without = page.partition('id="variant-without-token"')[2].partition("</tr>")[0]
    assert "not as expected" in without and "See what the policy says" not in without


def test_what_was_tried_last_is_offered_again(client, url):
    client.post(url, {**CALL, "variants": ["twice"], "must-twice": "let in"})
    page = text_of(client.get(url))
    assert page.count('name="variants"') == 16
    assert page.count(" checked aria-describedby") == 1 and 'id="try-twice" checked' in page
    assert '<option value="let in" selected>' in page


def test_with_htmx_each_look_is_one_variant_and_a_reload_shows_where_it_stands(client, url):
    answer = client.post(url, {**CALL, "variants": ["twice"]}, headers={"HX-Request": "true"})
    page = text_of(answer)
    assert 'hx-trigger="load delay:300ms"' in page and '<progress id="progress" max="2" value="0"' in page
    where = reverse("matrix", args=[Run.objects.get().profile_id, Run.objects.get().pk])
    first = text_of(client.post(where, headers={"HX-Request": "true"}))
    assert 'value="1"' in first and "Next: Authorization twice." in first
    assert "Next: Authorization twice." in text_of(client.get(where))
    last = text_of(client.post(where, headers={"HX-Request": "true"}))
    assert "hx-trigger" not in last.partition('id="matrix"')[2].partition(">")[0]
    assert "data-announce" in last


def test_it_is_stopped_by_a_button(client, actor, profile):
    run_id = begun_matrix(actor, profile.id)
    matrix.look(actor, run_id)
    page = text_of(client.post(reverse("matrix-stop", args=[profile.id, run_id]), follow=True))
    assert "It was stopped: 1 of 17 were tried." in page
    assert Attempt.objects.filter(kind="test").count() == 1


def test_the_files_are_for_programs(client, url):
    where = client.post(url, {**CALL, "variants": ["twice"]}).headers["Location"]
    told = json.loads(client.get(f"{where}matrix.json").content)
    assert [one["variant"] for one in told["variants"]] == ["with-token", "twice"]
    answer = client.get(f"{where}matrix.xml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="matrix.xml"'
    suite = ElementTree.fromstring(answer.content).find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("2", "0")
    assert client.get(f"{where}matrix.txt").status_code == 404


def test_production_is_asked_about_and_what_was_chosen_stays(client, url, profile):
    Profile.objects.filter(pk=profile.id).update(environment="Production")
    chosen = {**CALL, "path": "/orders/7", "variants": ["twice"], "must-twice": "refuse"}
    answer = client.post(url, chosen)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Nothing was sent yet: this profile is for Production" in page
    assert 'value="/orders/7"' in page and '<option value="refuse" selected>' in page
    assert 'id="try-unsigned" aria' in page  # not chosen, and not checked
    assert not Run.objects.exists()
    assert client.post(url, {**chosen, "production": "1"}).status_code == 302
    assert client.post(url, chosen).status_code == 302  # asked once


def test_the_environment_of_the_other_profile_is_asked_about_too(client, url, actor):
    other = next(one for one in profiles.list_profiles(actor) if "certificate" in one.name)
    Profile.objects.filter(pk=other.id).update(environment="Production")
    chosen = {**CALL, "variants": ["other-profile"], "other": other.id}
    assert "this profile is for Production" in text_of(client.post(url, chosen))
    assert client.post(url, {**chosen, "variants": ["twice"]}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"path": "//evil.example/"}, "absolute address"),
        ({"path": "/orders/{id}"}, "still holds {id}"),
        ({"path": "/{{what}}"}, "names {{what}}, which has no value"),
        ({"variants": ["nothing"]}, "is not offered here"),
        ({"method": "BREW"}, "is not offered here"),
    ],
)
def test_what_cannot_be_sent_is_said_and_nothing_is_begun(client, url, changed, told):
    answer = client.post(url, {**CALL, "variants": ["twice"], **changed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not Run.objects.exists()


def test_a_kept_choice_says_so_and_another_person_is_not_led_to_attempts_of_a_profile_they_do_not_see(
    client, url, actor, profile
):
    ada = people.find("ada@example.com")
    sharing.give(ada, "api", profile.api_id, SharedWith(actor.user_id), right="manage")
    other = next(one for one in profiles.list_profiles(actor) if "certificate" in one.name)
    where = client.post(url, {**CALL, "variants": ["other-profile"], "other": other.id}).headers["Location"]
    assert "kept with the API" in text_of(client.get(url))
    sharing.give(actor, "profile", profile.id, SharedWith(ada.user_id), right="view")
    seen = text_of(signed_in(ada).get(where))
    row = seen.partition('id="variant-other-profile"')[2].partition("</tr>")[0]
    assert "let in (200)" in row and "Open the attempt" not in row
    assert "ina@example.com" in seen


def test_the_page_of_the_api_says_what_each_profile_found(client, url, profile, actor):
    where = reverse("api", args=[profile.api_id])
    assert text_of(client.get(where)).count("Not tried yet.") == 2
    sandbox.set_fault(actor, "key-not-asked")
    client.post(url, {**CALL, "variants": ["without-key"]})
    page = text_of(client.get(where))
    assert "The gateway let in 1 of 1 that it must refuse: without subscription key." in page
    assert page.count("Not tried yet.") == 1
    assert "Auth matrix of" not in text_of(signed_in(people.find("ada@example.com")).get(where))


def test_who_has_sent_as_much_as_one_may_waits_and_what_was_tried_stays(client, url, settings):
    settings.CONSOLE_CALLS_PER_MINUTE = 4
    chosen = {**CALL, "variants": ["without-token", "twice", "unsigned", "no-scheme"]}
    answer = client.post(url, chosen, follow=True)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "of 5 variants are tried." in page and "You have sent as many calls" in page
    where = reverse("matrix", args=[Run.objects.get().profile_id, Run.objects.get().pk])
    waiting = client.post(where, headers={"HX-Request": "true"})
    assert waiting.status_code == 200
    assert "It goes on by itself." in text_of(waiting)
    assert "load delay:300ms" not in text_of(waiting) and "load delay:" in text_of(waiting)


def test_a_variable_of_the_profile_is_filled_in_when_it_is_sent(client, url, actor, profile):
    variables.save(opening.of_profile(actor, "manage", profile.id), {"what": "orders"}, None, version=0)
    page = text_of(client.post(url, {**CALL, "path": "/{{what}}", "variants": ["twice"]}, follow=True))
    assert "The gateway refused all 1 that it must refuse" in page
    assert set(Attempt.objects.filter(kind="test").values_list("status", flat=True)) == {200, 401}
