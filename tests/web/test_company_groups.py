"""Groups by the company's word: taken anew at each sign-in, told apart from those by hand, and never kept too long."""

from types import SimpleNamespace

import pytest
from allauth.account import signals
from allauth.core.context import request_context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from console.core.access import SharedWith
from console.core.actor import Role
from console.core.errors import NotAllowed
from console.models import AuditEntry, GroupMember, Person
from console.services import company_groups, groups, sharing
from console.store import people
from tests.services.builders import PASSWORD, person
from tests.store import builders
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def named(settings):
    settings.CONSOLE_OIDC_GROUPS_CLAIM = "groups"
    settings.CONSOLE_OIDC_GROUPS = "8f2c=Orders;77aa=Support team"


@pytest.fixture
def admin():
    return person("ada@example.com", Role.ADMIN)


@pytest.fixture
def ina():
    return person()


def arrives(rf, actor, said):
    """Signs in with these claims, or (None) in another way; gives what they are told."""
    user, told = Person.objects.get(pk=actor.user_id), []
    request = rf.get("/")
    request.session = {}
    request._messages = type("Told", (), {"add": lambda self, level, text, *_: told.append(text)})()
    came = {} if said is None else {"sociallogin": SocialLogin(user, SocialAccount(user=user, extra_data=said))}
    signals.user_logged_in.send(Person, request=request, response=None, user=user, **came)
    return told


def groups_of(admin, actor):
    """By name: whether by hand, and whether by the company's word."""
    return {
        group.name: (member.by_hand, member.by_claim)
        for group in groups.list_groups(admin)
        for member in group.members
        if member.person_id == actor.user_id
    }


def test_a_group_is_made_and_filled_at_the_sign_in_and_left_when_the_claim_no_longer_names_it(rf, admin, ina):
    assert arrives(rf, ina, {"id_token": {"groups": ["8f2c", "other"]}}) == []
    assert groups_of(admin, ina) == {"Orders": (False, True)}
    assert arrives(rf, ina, {"id_token": {"groups": ["77aa"]}}) == []
    assert groups_of(admin, ina) == {"Support team": (False, True)}
    assert arrives(rf, ina, {"id_token": {}, "userinfo": {"groups": "8f2c"}}) == []
    assert groups_of(admin, ina) == {"Orders": (False, True)}
    assert arrives(rf, ina, {"id_token": {}}) == []
    assert groups_of(admin, ina) == {}
    name = f"{people.label(ina)}, by the company's sign-in"
    entries = AuditEntry.objects.filter(object_kind="group").order_by("pk")
    assert [(one.action, one.detail.strip('"')) for one in entries] == [
        ("group made", "Orders, by the company's sign-in"),
        ("person put into a group", name),
        ("group made", "Support team, by the company's sign-in"),
        ("person put into a group", name),
        ("person taken out of a group", name),
        ("person put into a group", name),
        ("person taken out of a group", name),
        ("person taken out of a group", name),
    ]


def test_allauths_own_sign_in_brings_the_claims_here(rf, settings, admin, ina):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{"provider_id": "company", "name": "Example Ltd", "client_id": "c", "secret": "s"}]}
    }
    SocialAccount.objects.create(user_id=ina.user_id, provider="company", uid="ina-at-the-company")
    request = rf.get("/accounts/oidc/company/login/callback/")
    request.session, request.user, request.allauth = SessionStore(), AnonymousUser(), SimpleNamespace()
    request._messages = SimpleNamespace(add=lambda *told: None)
    said = {"id_token": {"sub": "ina-at-the-company", "groups": ["8f2c"]}, "userinfo": {"sub": "ina-at-the-company"}}
    came = SocialLogin(Person(), SocialAccount(provider="company", uid="ina-at-the-company", extra_data=said))
    came.state = {"process": "login"}
    with request_context(request):
        answer = complete_social_login(request, came)
    assert answer.status_code == 302
    assert request.user.pk == ina.user_id
    assert groups_of(admin, ina) == {"Orders": (False, True)}


def test_what_was_given_by_hand_stays_whatever_the_company_says(rf, admin, ina):
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    (orders,) = groups.list_groups(admin)
    groups.add(admin, orders.id, ina.user_id)
    assert groups_of(admin, ina) == {"Orders": (True, True)}
    arrives(rf, ina, {"id_token": {"groups": []}})
    assert groups_of(admin, ina) == {"Orders": (True, False)}
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    groups.remove(admin, orders.id, ina.user_id)
    assert groups_of(admin, ina) == {"Orders": (False, True)}
    with pytest.raises(NotAllowed, match="because the company's sign-in says so"):
        groups.remove(admin, orders.id, ina.user_id)


def test_a_sign_in_that_is_not_the_companys_vouches_for_no_group_and_says_so(rf, admin, ina):
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    assert arrives(rf, ina, None) == [
        "You did not sign in with your company account, so what is shared with its groups is not open to you."
    ]
    assert groups_of(admin, ina) == {}
    assert arrives(rf, ina, None) == []  # nothing changed: nothing is told


def test_the_form_of_the_sign_in_page_is_such_a_sign_in(rf, client, admin, ina):
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    answer = client.post("/accounts/login/", {"login": ina.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert groups_of(admin, ina) == {}


def test_a_claim_that_cannot_be_read_names_no_group_and_is_told(rf, admin, ina):
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    for odd in ({"groups": 7}, {"_claim_names": {"groups": "src1"}}):
        (told,) = arrives(rf, ina, {"id_token": odd})
        assert told.startswith("Your company's groups could not be read. ")
        assert groups_of(admin, ina) == {}


def test_unlinking_the_company_account_ends_what_rested_on_it(rf, settings, admin, ina):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{"provider_id": "company", "name": "Example Ltd", "client_id": "c", "secret": "s"}]}
    }
    linked = SocialAccount.objects.create(user_id=ina.user_id, provider="company", uid="ina-at-the-company")
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    prove(signed_in(ina)).post("/accounts/company/", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    assert groups_of(admin, ina) == {}


def test_without_the_setting_a_claim_means_nothing(rf, settings, admin, ina):
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    settings.CONSOLE_OIDC_GROUPS_CLAIM = ""
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    assert groups_of(admin, ina) == {}


def test_a_group_that_is_there_under_the_name_in_another_case_is_that_group(rf, admin, ina):
    made = groups.make(admin, "ORDERS")
    arrives(rf, ina, {"id_token": {"groups": ["8f2c"]}})
    assert [one.id for one in groups.list_groups(admin)] == [made.id]
    assert groups_of(admin, ina) == {"ORDERS": (False, True)}


def test_many_values_ask_the_database_no_more(rf, settings, admin, ina, django_assert_max_num_queries):
    settings.CONSOLE_OIDC_GROUPS = ";".join(f"v{number}=Group {number}" for number in range(30))
    arrives(rf, ina, {"id_token": {"groups": [f"v{number}" for number in range(30)]}})
    assert GroupMember.objects.count() == 30
    with django_assert_max_num_queries(8):
        arrives(rf, ina, {"id_token": {"groups": [f"v{number}" for number in range(30)]}})


def test_what_is_shared_with_such_a_group_opens_at_the_sign_in_and_closes_with_it(rf, admin):
    owner = person("olga@example.com")
    guest = person("gast@example.com")
    arrives(rf, guest, {"id_token": {"groups": ["8f2c"]}})
    profile = builders.profile(owner)
    subject = sharing.named(owner, "profile", profile.id, "orders")
    sharing.give(owner, "profile", profile.id, subject, right="view")
    assert signed_in(guest).get(f"/profiles/{profile.id}/").status_code == 200
    arrives(rf, guest, {"id_token": {"groups": []}})
    assert signed_in(guest).get(f"/profiles/{profile.id}/").status_code == 404
    assert subject == SharedWith(group_id=subject.group_id, name="Orders")


def test_the_groups_that_the_settings_name_are_known_before_anybody_is_in_them(admin):
    assert company_groups.names() == {"Orders", "Support team"}
    page = signed_in(admin).get("/people/groups/").text
    assert "it is made when the first of its people signs in" in page
