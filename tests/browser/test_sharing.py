"""Two people and what one lets the other do: given on a page, used on another, and nothing secret on the way."""

from playwright.sync_api import expect

from console.core.access import SharedWith
from console.core.call import ApiCall
from console.services import apis, calls, cases, groups, sharing
from console.store import groups as group_store
from console.store import people
from tests.browser.steps import get_token, press, profile_of, prove, send
from tests.services.builders import person

SAMPLE = "Sample: orders with a secret"


def unfold(page, text):
    page.locator("#access summary", has_text=text).click()


def test_a_profile_is_shared_to_be_used_and_called_with_by_who_can_read_no_secret(
    open_page,
    look,
    integrator,
):
    other, profile = person("otto@example.com"), profile_of(integrator, SAMPLE)
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/", java_script_enabled=False)
    unfold(page, "Let a person or a group in")
    page.get_by_label("Person or group").fill("nobody@example.com")
    page.get_by_label("use:").check()
    press(page, "#share")
    assert page.get_by_label("Person or group").input_value() == "nobody@example.com"
    page.get_by_label("Person or group").fill(other.email)
    press(page, "#share")
    assert page.url.endswith(f"/profiles/{profile.id}/#access")
    expect(page.locator("#access summary", has_text="otto@example.com use")).to_have_count(1)
    guest = open_page(other.email, at=f"/profiles/{profile.id}/")
    get_token(guest)
    send(guest, "/orders")
    guest.locator("#answer .diagnosis.pass").wait_for()
    guest.reload()
    for absent in ("#reveal-token", "#edit-profile", "#delete-profile", "#save-secret", "#share"):
        assert guest.locator(absent).count() == 0, absent
    look(guest, "profile-shared-use")


def test_the_panel_with_people_groups_and_a_wrong_name(open_page, look, integrator):
    admin, profile = people.find("ada@example.com"), profile_of(integrator, SAMPLE)
    team = groups.make(admin, "The team that looks after the orders of the north")
    for number, right in enumerate(("view", "use", "manage")):
        subject = SharedWith(person(f"somebody-with-a-long-name-{number}@subsidiary.example.com").user_id)
        sharing.give(integrator, "profile", profile.id, subject, right=right, reveals_token=True)
    sharing.give(integrator, "profile", profile.id, SharedWith(group_id=team.id), right="use")
    page = open_page(integrator.email, at=f"/profiles/{profile.id}/sharing/")
    look(page, "access")
    unfold(page, "somebody-with-a-long-name-1")
    unfold(page, "Let somebody else in")
    look(page, "access-unfolded")
    page.get_by_label("Person or group").fill("otto")
    press(page, "#share")
    look(page, "access-refused")


def test_what_who_may_only_view_sees(open_page, look, integrator):
    other, profile = person("otto@example.com"), profile_of(integrator, SAMPLE)
    sent = calls.send(integrator, profile.id, ApiCall("GET", "/orders", sends_token=False))
    case = cases.create(integrator, sent.attempt_id, title="Refused", note="Why?")
    api = apis.create(integrator, apis.get_stored(integrator, "view", profile.api_id))
    for kind, id_ in (("profile", profile.id), ("api", api.id), ("case", case.id)):
        sharing.give(integrator, kind, id_, SharedWith(other.user_id), right="view")
    page = open_page(other.email)
    for path, name in (
        (f"/profiles/{profile.id}/", "profile-shared-view"),
        (f"/profiles/{profile.id}/checklist/", "checklist-shared-view"),
        (f"/calls/{sent.attempt_id}/", "attempt-shared-view"),
        (f"/apis/{api.id}/", "api-shared-view"),
        (f"/cases/{case.id}/", "case-shared-view"),
        ("/profiles/", "profiles-shared"),
        ("/apis/", "apis-shared"),
        ("/cases/", "cases-shared"),
        ("/", "home-shared"),
    ):
        page.goto(path)
        look(page, name)


def test_groups_are_made_and_filled(open_page, look, integrator, settings):
    settings.CONSOLE_OIDC_GROUPS_CLAIM, settings.CONSOLE_OIDC_GROUPS = "groups", "8f2c=The company’s team; 77aa=Soon"
    admin, other = people.find("ada@example.com"), person("otto@example.com")
    team = groups.make(admin, "The company’s team")
    group_store.set_claimed(other.user_id, [team.id], now=1)
    page = open_page(admin.email, at="/people/groups/")
    prove(page)
    look(page, "groups")
    page.get_by_label("Name of the group").fill("Orders team")
    press(page, "#make-group")
    look(page, "group-empty")
    page.get_by_label("Person").fill(integrator.email)
    press(page, "#put-in")
    page.get_by_label("Person").fill("nobody")
    press(page, "#put-in")
    look(page, "group-refused")
    page.goto(f"/people/groups/{team.id}/")
    look(page, "group-claimed")
    page.goto(f"/people/groups/{team.id}/delete/")
    look(page, "group-delete")


def test_a_member_calls_with_what_is_shared_with_the_group_until_it_is_taken_away(open_page, integrator):
    admin, other, profile = people.find("ada@example.com"), person("otto@example.com"), profile_of(integrator, SAMPLE)
    team = groups.make(admin, "Orders team")
    groups.add(admin, team.id, other.user_id)
    page, guest = open_page(integrator.email), open_page(other.email)
    page.goto(f"/profiles/{profile.id}/")
    unfold(page, "Let a person or a group in")
    page.get_by_label("Person or group").fill("orders team")
    press(page, "#share")
    guest.goto("/profiles/")
    guest.get_by_role("link", name=SAMPLE).click()
    send(guest, "/orders")
    guest.locator("#answer .diagnosis.pass").wait_for()
    unfold(page, "Orders team")
    press(page, "#share-0-take")
    guest.goto(f"/profiles/{profile.id}/")
    guest.get_by_text("There is no such profile.").first.wait_for()
