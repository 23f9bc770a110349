"""The form of a profile asks for what the chosen provider needs, and keeps what was typed for another."""

import pytest

from console.core.profile_checks.settings import usable
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Orders",
    "environment": "test",
    "client_id": "11111111-2222-4333-8444-555555555555",
    "tenant": "contoso.example",
    "scope": "api://orders/.default",
    "do": "show",
}


@pytest.fixture
def client():
    return signed_in(person())


def shown(client, **changes):
    answer = client.post("/profiles/new/", {**TYPED, **changes})
    assert answer.status_code == 200
    return answer.context["form"], answer.content.decode()


@pytest.mark.parametrize("choice", [value for one in usable(has_sandbox=True) for value, _ in one.choices])
def test_showing_the_fields_of_a_provider_loses_nothing_and_judges_nothing(client, choice):
    form, page = shown(client, provider=choice)
    code, _, variant = choice.partition(":")
    assert form.chosen.code == code
    asked = {one.name for one in form.chosen.settings if not one.is_variant and not one.is_confirmed}
    asked -= {one.name for one in form.chosen.settings if one.when and variant not in one.when[1]}
    assert asked <= set(form.fields), "every setting of the provider has its field"
    for name, value in TYPED.items():
        if name != "do":
            assert form[name].value() == value if name in form.fields else (name, value) in form.carried
            assert f'name="{name}"' in page and f'value="{value}"' in page
    assert not form.errors


def test_fields_follow_the_choice_at_once_with_scripts_and_by_a_button_without(client):
    page = client.get("/profiles/new/").content.decode()
    select = page.partition('<select name="provider"')[2].partition(">")[0]
    assert 'hx-post="/profiles/new/?do=show"' in select and 'hx-trigger="change"' in select
    posted = client.post("/profiles/new/?do=show", {**TYPED, "do": "", "provider": "okta"})
    assert posted.status_code == 200 and "server" in posted.context["form"].fields
    noscript = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert 'name="do" value="show"' in noscript and "formnovalidate" in noscript


def test_an_edit_shows_another_provider_and_saves_nothing(client):
    made = client.post("/profiles/new/", {**TYPED, "do": "", "provider": "entra:global"})
    assert made.status_code == 302, made.context["form"].errors
    sent = {**TYPED, "provider": "sandbox", "name": "Renamed", "version": "1"}
    page = client.post(f"{made.url}edit/", sent).content.decode()
    assert 'value="Renamed"' in page and '<option value="sandbox" selected>' in page
    assert "Renamed" not in client.get(made.url).content.decode()


def test_the_label_of_a_profile_is_not_the_environment_of_its_provider(client):
    made = client.post("/profiles/new/", {**TYPED, "do": "", "provider": "entra:china"})
    edit = client.get(f"{made.url}edit/").context["form"]
    assert (edit["environment"].value(), edit["provider"].value()) == ("test", "entra:china")
