"""Links that sign in once: looking spends nothing, a second factor is still asked for, the demo's stays at home."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from console.core.errors import NotFound
from console.models import Person
from console.services import sign_in
from tests.store import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return builders.person("ada")


def path_of(actor, **options):
    return f"/sign-in/{sign_in.new_link(actor, **options)}/"


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_look_shows_whom_the_button_signs_in_and_spends_nothing(client, ada):
    path = path_of(ada)
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "ada@example.org" in answer.content.decode()
    assert not is_signed_in(client)
    assert client.post(path).status_code == 302
    assert is_signed_in(client)


def test_a_spent_link_says_so(client, ada):
    path = path_of(ada)
    client.post(path)
    client.logout()
    assert "does not work any more" in client.get(path).content.decode()
    answer = client.post(path)
    assert (answer.status_code, is_signed_in(client)) == (404, False)
    assert "This sign-in link does not work any more." in answer.content.decode()


@pytest.mark.parametrize(
    "far_away", [{"REMOTE_ADDR": "192.0.2.1"}, {"headers": {"X-Forwarded-For": "192.0.2.1"}}, {"REMOTE_ADDR": ""}]
)
def test_the_link_of_the_demo_works_only_from_its_own_machine(client, ada, far_away):
    path = path_of(ada, is_local=True)
    for ask in (client.get, client.post):
        answer = ask(path, **far_away)
        assert answer.status_code == 403
        assert "only on the machine that the demo runs on" in answer.content.decode()
    assert not is_signed_in(client)
    assert client.post(path).status_code == 302


def test_who_has_a_second_factor_is_asked_for_it(client, ada):
    TOTP.activate(Person.objects.get(pk=ada.user_id), generate_totp_secret())
    answer = client.post(path_of(ada))
    assert (answer.headers["Location"].split("?")[0], is_signed_in(client)) == ("/accounts/2fa/authenticate/", False)


def test_a_link_used_between_look_and_button_is_refused(ada):
    token = sign_in.new_link(ada)
    assert sign_in.peek_link(token, is_same_machine=True).email == ada.email
    sign_in.use_link(token, is_same_machine=True)
    with pytest.raises(NotFound):
        sign_in.use_link(token, is_same_machine=True)
