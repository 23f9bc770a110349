"""A case handed to a named person: the right, the mail with the link, and nothing for whoever has only the link."""

import pytest

from console.core.actor import Role
from console.core.diagnosis import read_evidence
from console.core.errors import NotAllowed, NotFound
from console.models import AuditEntry, Share
from console.services import case_handing, cases, groups
from tests.services.builders import person
from tests.services.test_case_evidence import CALL, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(time_machine, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(NOW, tick=False)
    return person()


@pytest.fixture
def support(owner):
    return person("sam@example.com", Role.SUPPORT)


@pytest.fixture
def lena(owner):
    return person("lena@example.com")


@pytest.fixture
def case(owner):
    return cases.create_of(owner, read_evidence(CALL), title="Refused since nine", note="what Mira wrote")


@pytest.mark.parametrize("giver", ["owner", "support"])
def test_who_is_named_gets_a_right_and_a_mail_with_the_link(giver, request, case, lena, mailoutbox):
    with pytest.raises(NotFound):
        cases.open_case(lena, case.id)
    mailoutbox.clear()
    assert case_handing.give(request.getfixturevalue(giver), case.id, "lena@example.com", right="use") == lena.email
    cases.comment(lena, case.id, "The import dropped a line.")
    (mail,) = [one for one in mailoutbox if one.to == ["lena@example.com"]]
    assert f"/cases/{case.id}/" in mail.body and "Refused since nine" in mail.body
    assert "what Mira wrote" not in mail.body and "api.example" not in mail.body
    assert AuditEntry.objects.filter(action="case given to somebody", detail='"use for lena@example.com"').exists()


def test_who_has_the_link_and_no_right_sees_nothing(case, support):
    with pytest.raises(NotFound):
        cases.open_case(person("kim@example.com"), case.id)


def test_the_owner_hears_of_it_and_can_take_it_back(owner, support, case, lena, mailoutbox):
    cases.open_case(owner, case.id)
    mailoutbox.clear()
    case_handing.give(support, case.id, lena.email, right="view")
    assert [one.to for one in mailoutbox] == [["lena@example.com"], ["ina@example.com"]]
    assert cases.unseen_count(owner) == 1 and cases.unseen_count(lena) == 1
    assert cases.open_case(lena, case.id).can_comment is False


def test_a_stronger_right_stays(owner, case, lena):
    case_handing.give(owner, case.id, lena.email, right="use")
    case_handing.give(owner, case.id, lena.email, right="view")
    assert Share.objects.get().right == "use"


def test_who_may_only_read_it_gives_nothing_and_strangers_are_told_nothing(owner, case, lena):
    case_handing.give(owner, case.id, lena.email, right="view")
    kim = person("kim@example.com")
    for actor in (lena, kim):
        with pytest.raises(NotFound):
            case_handing.give(actor, case.id, "kim@example.com", right="view")
    assert Share.objects.count() == 1


@pytest.mark.parametrize("who", ["nobody@example.com", "ina@example.com", "the team", ""])
def test_nobody_a_group_and_the_owner_are_refused_in_words(owner, support, case, who):
    groups.make(person("ada@example.com", Role.ADMIN), "the team")
    with pytest.raises(NotAllowed) as refused:
        case_handing.give(support, case.id, who, right="view")
    assert refused.value.what and refused.value.do and not Share.objects.exists()
