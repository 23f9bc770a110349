"""The pages on which a destination is confirmed, proposed, approved and declined; each deed is a plain form."""

import re
from dataclasses import replace

import pytest

from console.core.actor import Role
from console.services import apis, destinations, opening, profiles, sandbox, wiring
from tests.services.builders import person, with_samples
from tests.services.outside import outside_api
from tests.store.builders import publish
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

EDIT = {"name": "Orders", "subscription_key_header": "Ocp-Apim-Subscription-Key", "leeway_s": "0"}


@pytest.fixture
def user():
    return with_samples()


def moved(user):
    """A profile whose API was moved by its owner."""
    made = outside_api(user, "https://api.example/orders")
    sample = profiles.list_profiles(user)[0]
    profile = profiles.create(user, replace(profiles.draft_of(sample), api_id=made.id))
    apis.update(user, made.id, replace(made, base_url="https://evil.example/orders"), expected_version=made.version)
    return profile


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", "")))


def hidden(answer, name):
    return re.search(rf'name="{name}" value="(\w+)"', answer.content.decode())[1]


def test_the_profile_page_shows_both_side_by_side_and_a_plain_button_confirms(user):
    profile, client = moved(user), signed_in(user)
    page = client.get(f"/profiles/{profile.id}/")
    assert "leads elsewhere than you accepted" in words(page)
    assert re.findall(r"<mark>.*?>(\w+)<", page.content.decode()) == ["api", "evil"]
    text = words(page).replace(" ", "")
    assert "https://api.example/orders" in text
    assert "https://evil.example/orders" in text
    answer = client.post(f"/profiles/{profile.id}/destination/", {"seen": hidden(page, "seen")}, follow=True)
    assert "Confirmed." in words(answer)
    assert "confirm-destination" not in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "0" * 32, None])
def test_a_confirmation_of_something_else_confirms_nothing(user, seen):
    profile, client = moved(user), signed_in(user)
    answer = client.post(f"/profiles/{profile.id}/destination/", {} if seen is None else {"seen": seen}, follow=True)
    assert "changed again while you were reading" in words(answer)
    assert destinations.change_of(opening.of_profile(user, "view", profile.id)) is not None


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_call_before_the_confirmation_loses_no_typing_and_says_what_to_do(user, headers):
    profile, client = moved(user), signed_in(user)
    call = {"method": "POST", "path": "/typed-path", "body": "typed body", "sends_token": "on"}
    answer = client.post(f"/profiles/{profile.id}/call/", call, headers=headers)
    assert answer.status_code == 422
    assert "Nothing was sent, because where the API leads is not what you accepted." in words(answer)
    assert "/typed-path" in answer.content.decode()
    assert "typed body" in answer.content.decode()


def test_a_token_is_not_asked_for_before_the_confirmation(user):
    profile = moved(user)
    answer = signed_in(user).post(f"/profiles/{profile.id}/token/")
    assert answer.status_code == 403
    assert "confirm them or choose another API" in words(answer)


@pytest.fixture
def waiting():
    """A published API whose owner, no administrator, wants it to lead elsewhere: owner, administrator, id."""
    owner, admin = person("maker@example.com"), person("root@example.com", Role.ADMIN)
    made = outside_api(owner, "https://api.example")
    publish(admin, made.id)
    client = signed_in(owner)
    version = hidden(client.get(f"/apis/{made.id}/edit/"), "version")
    form = {**EDIT, "base_url": "https://new.example", "version": version}
    assert client.post(f"/apis/{made.id}/edit/", form).status_code == 302
    return owner, admin, made.id


def test_what_waits_is_shown_to_its_owner_and_to_administrators_only(waiting):
    owner, admin, api_id = waiting
    path = f"/apis/{api_id}/"
    seen = {who.email: words(signed_in(who).get(path)) for who in (owner, admin, person("otto@example.com"))}
    assert "Everybody, you included, keeps the published addresses" in seen[owner.email]
    assert "Approve and publish" not in seen[owner.email]
    assert "Approve and publish" in seen[admin.email]
    assert "new .example" not in seen["otto@example.com"]
    assert "wait for an administrator" not in seen["otto@example.com"]
    listed = {who.email: words(signed_in(who).get("/apis/")) for who in (owner, admin, person("olga@example.com"))}
    told = ["waits for an administrator" in text for text in listed.values()]
    assert told == [True, True, False]


@pytest.mark.parametrize(
    ("button", "base_url", "told"),
    [("approve", "https://new.example", "approved"), ("decline", "https://api.example", "declined")],
)
def test_an_administrator_decides_with_one_button_and_the_owner_reads_the_outcome(waiting, button, base_url, told):
    owner, admin, api_id = waiting
    client = signed_in(admin)
    version = hidden(client.get(f"/apis/{api_id}/"), "version")
    assert client.post(f"/apis/{api_id}/proposal/", {button: "1", "version": version}).status_code == 302
    assert apis.get_stored(owner, "view", api_id).base_url == base_url
    assert f"An administrator {told} the new addresses" in words(signed_in(owner).get(f"/apis/{api_id}/"))


def decided(admin, api_id, **data):
    """The page after an administrator pressed a button of what waits."""
    client = signed_in(admin)
    version = hidden(client.get(f"/apis/{api_id}/"), "version")
    return client.post(f"/apis/{api_id}/proposal/", {"version": version, **data}, follow=True)


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("approve", "Approved: it leads to the new addresses now."),
        ("decline", "Declined: everybody keeps the published addresses. Its owner is told on home and on this page."),
    ],
)
def test_what_an_administrator_decided_is_said_to_them(waiting, button, told):
    _, admin, api_id = waiting
    assert told in words(decided(admin, api_id, **{button: "1"}))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Nobody <b>knows</b> that host.", "They say: Nobody &lt;b&gt;knows&lt;/b&gt; that host."),
        ("", "No reason was given: ask an administrator of this console for it before you propose them again."),
    ],
)
def test_an_owner_learns_on_home_in_the_list_and_on_the_page_that_their_version_was_declined(
    waiting, time_machine, reason, told
):
    owner, admin, api_id = waiting
    decided(admin, api_id, decline="1", reason=reason)
    client = signed_in(owner)
    page = re.sub("[\u2066-\u2069]", "", words(client.get(f"/apis/{api_id}/")))
    assert "Everybody, you included, keeps the published addresses." in page
    assert told in page
    assert ("They say" in page) == bool(reason)
    assert "new addresses declined" in words(client.get("/apis/"))
    assert "were declined" in words(client.get("/"))
    assert "declined" not in words(signed_in(admin).get("/apis/"))
    assert "were declined" not in words(signed_in(person("otto@example.com")).get("/"))
    time_machine.move_to(apis.get_stored(owner, "view", api_id).proposal.decided_at + 7 * 86_400)
    assert "were declined" not in words(signed_in(owner).get("/"))


def dismissed(client, api_id):
    """Home after its owner pressed the button beside what was declined, as it stands on the page."""
    home = client.get("/")
    path = f"/apis/{api_id}/proposal/seen/"
    assert f'action="{path}"' in home.content.decode()
    return client.post(path, {"decided": hidden(home, "decided")}, follow=True)


def test_an_owner_takes_a_declined_version_off_home_once_it_is_read(waiting):
    owner, admin, api_id = waiting
    decided(admin, api_id, decline="1", reason="No.")
    client, before = signed_in(owner), apis.get_stored(owner, "view", api_id)
    home = dismissed(client, api_id)
    assert home.redirect_chain == [("/", 302)]
    assert "It is off your home page. The page of the API still says it." in words(home)
    assert "were declined" not in words(home)
    assert "Waits for you" not in words(home)
    assert "They say" in words(client.get(f"/apis/{api_id}/"))
    assert "new addresses declined" in words(client.get("/apis/"))
    assert "api declined version read" in words(signed_in(admin).get("/people/audit/"))
    after = apis.get_stored(owner, "view", api_id)
    assert (after.version, after.destination) == (before.version, before.destination), "an open editor is not stale"


def test_what_is_declined_anew_is_told_anew_and_an_old_button_takes_nothing_off(waiting, time_machine):
    owner, admin, api_id = waiting
    decided(admin, api_id, decline="1")
    old = hidden(signed_in(owner).get("/"), "decided")
    dismissed(signed_in(owner), api_id)
    stored = apis.get_stored(owner, "view", api_id)
    time_machine.move_to(stored.proposal.decided_at + 60)
    apis.update(owner, api_id, replace(stored, base_url="https://third.example"), expected_version=stored.version)
    answer = signed_in(owner).post(f"/apis/{api_id}/proposal/seen/", {"decided": old}, follow=True)
    assert "Nothing was taken off" in words(answer)
    assert apis.get_stored(owner, "view", api_id).proposal.is_waiting
    decided(admin, api_id, decline="1")
    answer = signed_in(owner).post(f"/apis/{api_id}/proposal/seen/", {"decided": old}, follow=True)
    assert "were declined" in words(answer)
    assert "Nothing was taken off" in words(answer)
    for other in (admin, person("otto@example.com")):
        path, data = f"/apis/{api_id}/proposal/seen/", {"decided": hidden(answer, "decided")}
        assert signed_in(other).post(path, data).status_code == 404
    assert "were declined" in words(signed_in(owner).get("/"))


def test_a_reason_that_holds_a_secret_decides_nothing(waiting):
    owner, admin, api_id = waiting
    answer = decided(admin, api_id, decline="1", reason=f"Use {ENTRA}")
    assert answer.status_code == 422
    assert "This looks like a client secret" in words(answer)
    assert apis.get_stored(owner, "view", api_id).proposal.is_waiting


def test_the_form_of_a_published_api_says_what_will_wait_before_anything_is_typed(waiting):
    owner, admin, api_id = waiting
    told = "Another base URL, OpenID configuration or key header waits for an administrator"
    assert told in words(signed_in(owner).get(f"/apis/{api_id}/edit/"))
    assert told not in words(signed_in(admin).get(f"/apis/{api_id}/edit/"))
    assert told not in words(signed_in(owner).get(f"/apis/{outside_api(owner, 'https://a.example').id}/edit/"))


def test_saving_opening_and_closing_an_api_is_answered_in_words(waiting):
    owner, admin, api_id = waiting
    client = signed_in(owner)
    form = {
        **EDIT,
        "base_url": "https://new.example",
        "version": hidden(client.get(f"/apis/{api_id}/edit/"), "version"),
    }
    answer = client.post(f"/apis/{api_id}/edit/", form, follow=True)
    assert "The API is saved. Its new addresses wait for an administrator." in words(answer)
    client = signed_in(admin)
    for button, told in (
        ("close", "It is not open to everybody any more."),
        ("publish", "It is open to everybody here now"),
    ):
        version = hidden(client.get(f"/apis/{api_id}/"), "version")
        answer = client.post(f"/apis/{api_id}/publish/", {button: "1", "knows": "on", "version": version}, follow=True)
        assert told in words(answer)


@pytest.mark.parametrize("version", ["", "1", "nonsense", None])
@pytest.mark.parametrize(("place", "button"), [("proposal", "approve"), ("publish", "publish")])
def test_a_decision_about_another_version_decides_nothing(waiting, place, button, version):
    owner, admin, api_id = waiting
    before = apis.get_stored(owner, "view", api_id)
    data = {button: "1", "knows": "on"} | ({} if version is None else {"version": version})
    answer = signed_in(admin).post(f"/apis/{api_id}/{place}/", data)
    assert answer.status_code == 422
    assert "Nothing was done, because this API was changed or decided about" in words(answer)
    assert "Look at it as it is now, then decide again." in words(answer)
    assert apis.get_stored(owner, "view", api_id) == before


@pytest.mark.parametrize("version", ["", "0", "nonsense", "9" * 40, None])
def test_a_form_without_the_version_it_was_opened_on_overwrites_nothing(user, version):
    made = outside_api(user, "https://api.example")
    profile = profiles.create(user, profiles.draft_of(profiles.list_profiles(user)[0]))
    client = signed_in(user)
    base = {"tenant": profile.settings["tenant"], "client_id": profile.client_id, "scope": profile.scope}
    forms = {
        f"/apis/{made.id}/edit/": {**EDIT, "base_url": "https://api.example", "name": "Typed"},
        f"/profiles/{profile.id}/edit/": {
            **base,
            "name": "Typed",
            "provider": "sandbox",
        },
    }
    for path, form in forms.items():
        data = form if version is None else {**form, "version": version}
        answer = client.post(path, data)
        assert answer.status_code == 422
        assert "was changed while you were editing it" in words(answer)
        assert "Typed" in answer.content.decode()
        renewed = hidden(answer, "version")  # whoever saves again has been told
        assert client.post(path, {**form, "version": renewed}).status_code == 302


ENTRA = "abc8Q~" + "dEfGhIjKlMnOpQrStUvWxYz0123456789a"
API_FORM = {**EDIT, "base_url": "https://api.example"}
PROFILE_FORM = {
    "name": "Mine", "provider": "entra:global", "tenant": "t.example", "client_id": "c", "scope": "api://x/.default",
}  # fmt: skip
LISTED = [
    *(("/apis/new/", API_FORM, name) for name in ("name", "subscription_key_header", "tenant", "audiences", "roles")),
    *(("/profiles/new/", PROFILE_FORM, name) for name in ("name", "environment", "tenant", "client_id")),
]


@pytest.mark.parametrize(("path", "form", "field"), LISTED, ids=[f"{path}{name}" for path, _, name in LISTED])
def test_a_secret_in_a_text_that_is_listed_is_refused_before_it_is_saved(user, path, form, field):
    before = len(apis.list_apis(user)), len(profiles.list_profiles(user))
    answer = signed_in(user).post(path, {**form, field: ENTRA})
    assert answer.status_code == 422
    assert "This looks like a client secret" in words(answer)
    assert (len(apis.list_apis(user)), len(profiles.list_profiles(user))) == before


@pytest.mark.parametrize("field", ["base_url", "metadata_url"])
def test_a_secret_in_an_address_is_refused_before_it_is_saved(user, field):
    answer = signed_in(user).post("/apis/new/", {**API_FORM, field: f"https://api.example/{ENTRA}"})
    assert (answer.status_code, "This looks like a client secret" in words(answer)) == (422, True)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("base_url", "http://api.example/orders", "plain http, so everybody on the way could read"),
        ("subscription_key_header", "Authorization", "carries credentials of its own"),
        ("subscription_key_header", "X-Forwarded-For", "steers the request itself"),
    ],
)
def test_what_would_not_be_sent_is_said_at_saving(user, field, value, told):
    answer = signed_in(user).post("/apis/new/", {**API_FORM, field: value})
    assert (answer.status_code, told in words(answer)) == (422, True)


def test_the_sandbox_and_a_listed_host_may_be_plain_http(settings, user):
    settings.CONSOLE_EGRESS_ALLOW = "http://old.corp.example:8080"
    wiring.egress_policy.cache_clear()
    try:
        for url in (
            "{sandbox}/gateway/orders",
            "http://old.corp.example:8080/orders",
            f"{sandbox.workspace(user).base}/gateway",
        ):
            assert signed_in(user).post("/apis/new/", {**API_FORM, "base_url": url}).status_code == 302, url
    finally:
        wiring.egress_policy.cache_clear()


def test_an_address_that_is_too_long_is_told_and_not_cut_off_by_the_browser(user):
    client, long = signed_in(user), "https://api.example/" + "a" * 2000
    field = re.search(r'<(?:input|textarea)[^>]* name="base_url"[^>]*>', client.get("/apis/new/").content.decode())
    assert "maxlength" not in field[0]
    answer = client.post("/apis/new/", {**EDIT, "base_url": long})
    assert answer.status_code == 422
    assert "This is 2020 characters long; at most 500 are kept." in words(answer)
    assert long in answer.content.decode()
