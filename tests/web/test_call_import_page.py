"""Calls of another tool are read, looked at and kept with a profile, all of it without scripts."""

import html
import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.access import SharedWith
from console.core.actor import Role
from console.models import AuditEntry, Profile, SavedRequest
from console.services import opening, profiles, saved_requests, sharing
from tests.core.snippets.calls import TOKEN
from tests.services.builders import person, with_samples
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
POSTMAN = (Path(__file__).parents[1] / "vectors" / "call_imports" / "postman.json").read_text("utf-8")


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")


@pytest.fixture
def base(owner, profile):
    return opening.of_profile(owner, "use", profile.id).api.base_url


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", ""))).split())


def carried(answer):
    return html.unescape(re.search(r'name="found" value="([^"]*)"', answer.content.decode())[1])


def shown(client, profile, text):
    return client.post("/import/", {"pasted": text, "profile": profile.id})


def kept(client, profile, answer, *picked, **other):
    typed = {"found": carried(answer), "profile": profile.id, "shown": profile.id, "pick": list(picked)}
    return client.post("/import/keep/", {**typed, **other})


def drafts(profile):
    return {row.name: json.loads(row.detail)["draft"] for row in SavedRequest.objects.filter(profile_id=profile.id)}


def test_a_command_is_shown_and_kept_and_stands_in_the_form(owner, profile, base):
    client = signed_in(owner)
    command = f"curl -X POST '{base}/7?a=1' -H 'Authorization: Bearer {TOKEN}' -H 'X-A: 1' --json '{{\"b\": 2}}'"
    answer = shown(client, profile, command)
    assert answer.status_code == 200 and SavedRequest.objects.count() == 0
    assert "1 call was read" in words(answer) and "1 secret was left out: Authorization." in words(answer)
    assert TOKEN not in answer.content.decode()
    done = kept(client, profile, answer, 0)
    assert done.status_code == 302 and "?saved=" in done.url and done.url.endswith("#call")
    page = client.get(done.url.partition("#")[0])
    assert "is imported and stands in the form below. Nothing was sent." in words(page)
    (draft,) = drafts(profile).values()
    assert (draft["method"], draft["path"], draft["query"]) == ("POST", "/7", "a=1")
    assert ["X-A", "1"] in draft["headers"] and json.loads(draft["body"]) == {"b": 2}
    entry = AuditEntry.objects.latest("id")
    assert entry.action == "request saved" and "1 imported: " in entry.detail


def test_a_collection_of_another_place_is_picked_by_hand_and_goes_to_the_profiles_own(owner, profile, base):
    client = signed_in(owner)
    accepted = list(Profile.objects.values_list("pk", "accepted"))
    answer = shown(client, profile, POSTMAN)
    told = words(answer)
    assert "7 calls and 1 client were read" in told and "Postman collection “Orders”" in told
    assert "7 calls named another place: api.example (7). They are not picked; imported, only the path stays." in told
    assert f"Calls of this profile go to {base}" in told
    assert "checked" not in re.search(r'<input[^>]*id="pick-0"[^>]*>', answer.content.decode())[0]
    assert "X-Api-Key" in told and "The console adds the token of the profile." in told
    assert "a-real-secret-value" not in answer.content.decode()
    assert kept(client, profile, answer, 0, 1).status_code == 302
    assert {draft["path"] for draft in drafts(profile).values()} == {"/v1/orders/1042", "/v1/orders"}
    assert list(Profile.objects.values_list("pk", "accepted")) == accepted


def test_where_nothing_was_left_out_no_room_is_left_for_it(owner, profile, base):
    page = shown(signed_in(owner), profile, f"curl {base}/7").content.decode()
    assert 'id="pick-0"' in page
    assert not re.search(r'<div class="body[^"]*">\s*</div>', page)


def test_nothing_is_replaced_and_names_stay_apart(owner, profile):
    client = signed_in(owner)
    answer = shown(client, profile, "curl {{base}}/a\ncurl {{base}}/a -X PUT -d b")
    for _ in range(2):
        kept(client, profile, answer, 0, 1)
    assert sorted(drafts(profile)) == ["GET /a", "GET /a (2)", "PUT /a", "PUT /a (2)"]


def test_of_two_calls_of_a_name_each_says_where_it_stood(owner, profile):
    client = signed_in(owner)
    login = {"name": "Login", "request": {"method": "GET", "url": "{{host}}:{{port}}//in"}}
    folders = [{"name": name, "item": [login]} for name in ("North", "South")]
    answer = shown(client, profile, json.dumps({"info": {"name": "x"}, "item": folders}))
    kept(client, profile, answer, 0, 1)
    assert {name: draft["path"] for name, draft in drafts(profile).items()} == {
        "North › Login": "/in",
        "South › Login": "/in",
    }


def test_a_client_fills_in_a_new_profile_without_its_secret(owner, profile):
    client = signed_in(owner)
    answer = shown(client, profile, POSTMAN)
    handed = html.unescape(re.search(r'name="handover" value="([^"]*)"', answer.content.decode())[1])
    form = client.post("/profiles/hand-over/", {"handover": handed})
    assert form.status_code == 200
    assert "11111111-2222-3333-4444-555555555555" in form.content.decode()
    assert "api://orders/.default" in form.content.decode()
    assert "a-real-secret-value" not in form.content.decode()


def test_without_a_profile_it_is_shown_and_a_profile_is_asked_for(owner, profile):
    client = signed_in(owner)
    answer = client.post("/import/", {"pasted": "curl {{base}}/a", "profile": ""})
    assert "choose a profile" in words(answer) and "Import the picked calls" not in words(answer)
    again = client.post("/import/keep/", {"found": carried(answer), "profile": profile.id, "shown": "", "pick": "0"})
    assert again.status_code == 200 and "Import the picked calls" in words(again)
    assert SavedRequest.objects.count() == 0  # it was not shown for this profile before
    refused = client.post("/import/keep/", {"found": carried(answer), "profile": "", "shown": ""})
    assert refused.status_code == 422 and "Choose the profile to keep them with." in words(refused)


def test_files_are_read_together(owner, profile):
    files = [
        SimpleUploadedFile("a.bru", b"meta {\n  name: A\n}\n\nget {\n  url: {{base}}/a\n}\n"),
        SimpleUploadedFile("b.bru", b"meta {\n  name: B\n}\n\ndelete {\n  url: {{base}}/b\n}\n"),
    ]
    answer = signed_in(owner).post("/import/", {"documents": files, "profile": profile.id})
    assert "2 calls were read" in words(answer) and "Bruno" in words(answer)


REFUSED = [
    ({}, "Choose a file, or paste a command or a collection."),
    ({"pasted": "hello"}, "This is none of the formats that are read"),
    ({"pasted": "###\nnothing\n"}, "Line 1 : What stands here is no request line"),
    ({"pasted": "x" * 250_001}, "at most 250000"),
    ({"pasted": "curl {{b}}/a", "profile": "nobody"}, "is not offered here"),
]


def test_what_was_refused_stays_typed_without_its_secrets(owner):
    answer = signed_in(owner).post("/import/", {"pasted": f"hello there {TOKEN}"})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and "hello there <token>" in page and TOKEN not in page


@pytest.mark.parametrize(("typed", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_told(owner, typed, told):
    answer = signed_in(owner).post("/import/", typed)
    assert answer.status_code == 422
    assert told in words(answer)


CHANGED = ["", "nothing", "[]", "{}", '{"calls": 1}', '{"title": "\\ud800"}', '{"calls":[{"name":"a"}]}']


@pytest.mark.parametrize("found", CHANGED, ids=range(len(CHANGED)))
def test_a_preview_that_was_changed_on_its_way_keeps_nothing(owner, profile, found):
    typed = {"found": found, "profile": profile.id, "shown": profile.id, "pick": ["0", "7"]}
    assert signed_in(owner).post("/import/keep/", typed).status_code in (302, 422)
    assert SavedRequest.objects.count() == 0


def test_a_secret_that_comes_back_from_the_page_is_not_kept(owner, profile):
    client = signed_in(owner)
    answer = shown(client, profile, "curl {{base}}/a -H 'X-A: 1'")
    changed = carried(answer).replace('"X-A","1"', f'"Authorization","Bearer {TOKEN}"')
    assert TOKEN in changed
    kept(client, profile, answer, 0, found=changed)
    assert TOKEN not in repr(drafts(profile)) and len(drafts(profile)) == 1


def test_more_than_a_profile_holds_is_refused_and_the_pick_stays(owner, profile, monkeypatch):
    monkeypatch.setattr(saved_requests, "MOST", 1)
    client = signed_in(owner)
    answer = shown(client, profile, "curl {{base}}/a\ncurl {{base}}/b")
    refused = kept(client, profile, answer, 1, 0)
    assert refused.status_code == 422 and "At most 1 are kept with one profile" in words(refused)
    assert SavedRequest.objects.count() == 0


def test_a_call_that_climbs_out_of_the_api_cannot_be_picked(owner, profile):
    client = signed_in(owner)
    answer = shown(client, profile, "curl '{{base}}/../admin'\ncurl -X TRACE {{base}}/a")
    assert "The path climbs out" in words(answer) and "not with TRACE" in words(answer)
    assert kept(client, profile, answer, 0, 1).status_code == 302
    assert SavedRequest.objects.count() == 0


@pytest.mark.parametrize(("right", "status"), [("view", 422), ("use", 302)])
def test_of_a_shared_profile_who_may_use_it_imports(owner, profile, right, status):
    other = person("other@example.com", Role.INTEGRATOR)
    sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right=right)
    client = signed_in(other)
    answer = client.post("/import/", {"pasted": "curl {{base}}/a"})
    assert kept(client, profile, answer, 0).status_code == status
    assert SavedRequest.objects.count() == (status == 302)


def test_a_profile_of_somebody_else_is_none(owner, profile):
    other = signed_in(person("other@example.com", Role.INTEGRATOR))
    assert profile.name not in words(other.get(f"/import/?profile={profile.id}"))
    answer = other.post("/import/", {"pasted": "curl {{base}}/a"})
    refused = kept(other, profile, answer, 0)
    assert refused.status_code == 422 and SavedRequest.objects.count() == 0


def test_a_timeout_is_kept_where_the_console_waits_as_long_and_told_where_it_does_not(owner, profile, base):
    client = signed_in(owner)
    answer = shown(client, profile, f"curl -m 5 '{base}/7'\ncurl --max-time 60 '{base}/8'")
    assert "Timeout 5 s." in words(answer)
    assert "Without its timeout of 60 s: this console ends a call earlier." in words(answer)
    kept(client, profile, answer, 0, 1)
    assert {one["path"]: one["timeout_s"] for one in drafts(profile).values()} == {"/7": 5, "/8": None}


@pytest.mark.parametrize("forged", ["-1", "0", "1000000", '"5"', "1e3"])
def test_a_timeout_that_was_forged_on_its_way_is_none(owner, profile, base, forged):
    client = signed_in(owner)
    answer = shown(client, profile, f"curl -m 5 '{base}/7'")
    changed = carried(answer).replace('"timeout_s":5', f'"timeout_s":{forged}')
    assert changed != carried(answer)
    typed = {"found": changed, "profile": profile.id, "shown": profile.id, "pick": [0]}
    assert client.post("/import/keep/", typed).status_code < 500
    assert [one["timeout_s"] for one in drafts(profile).values()] in ([], [None])
