"""Every address from the outside: no other method, no form of another site, no object of another person."""

import pytest
from django.test import Client

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.diagnosis import read_evidence
from console.models import Case, CaseAsk, Person, Run
from console.services import calls, case_evidence, cases, connections, demo, preflight, profiles
from tests.services.builders import begun_matrix, person
from tests.services.test_case_evidence import CALL
from tests.web.people import owned, signed_in
from tests.web.url_map import every_address

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db

BEFORE = ("account_", "mfa_", "socialaccount_")


def addresses(ids):
    return [one for one in every_address(**ids) if not one.name.startswith(BEFORE)]


def test_a_form_of_another_site_is_refused_at_every_address(owned):
    actor, ids = owned
    ids["run_id"] = preflight.begin(actor, ids["profile_id"]).id
    ids["matrix_id"] = begun_matrix(actor, ids["profile_id"])
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=actor.user_id))
    open_to_programs = {}
    for one in addresses(ids):
        answer = strict.post(one.path, {"x": "1"})
        if answer.status_code not in (403, 405):
            open_to_programs[one.name] = answer.status_code
    assert open_to_programs == {}


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_no_other_method_does_anything(owned, method):
    actor, ids = owned
    ids["run_id"] = preflight.begin(actor, ids["profile_id"]).id
    ids["matrix_id"] = begun_matrix(actor, ids["profile_id"])
    client = signed_in(actor, raise_request_exception=False)
    done = {one.name: getattr(client, method)(one.path).status_code for one in addresses(ids)}
    assert {name: status for name, status in done.items() if status not in (404, 405)} == {}


@pytest.mark.parametrize("state", ["solved", "closed", "open", "nobody", "", "\x00"])
def test_whom_a_case_waits_for_is_somebody_of_the_list(state):
    owner, sam = person("ina@example.com"), person("sam@example.com", Role.SUPPORT)
    made = cases.create_of(owner, read_evidence(CALL), title="T", note="")
    answer = signed_in(sam).post(f"/cases/{made.id}/wait/", {"state": state})
    assert answer.status_code == 403, answer.status_code
    assert Case.objects.get().state == "new"


@pytest.mark.parametrize("chosen", ["me", "-1", "1e3", "\u0663", "999999", "9" * 17, "owner"])
def test_a_case_is_given_to_somebody_of_the_desk_or_stays_where_it_is(chosen):
    owner, sam = person("ina@example.com"), person("sam@example.com", Role.SUPPORT)
    made = cases.create_of(owner, read_evidence(CALL), title="T", note="")
    cases.assign(sam, made.id, sam.user_id)
    who = str(owner.user_id) if chosen == "owner" else chosen
    answer = signed_in(sam).post(f"/cases/{made.id}/assign/", {"person": who})
    assert answer.status_code == 403
    assert Case.objects.get().assignee_id == sam.user_id


CANARY = "canary-of-another-person"


@pytest.fixture
def two(owned):
    """The owner of one of each thing, their ids, and the ids of another's, whose names are canaries."""
    actor, ids = owned
    ids["run_id"] = preflight.begin(actor, ids["profile_id"]).id
    ids["matrix_id"] = begun_matrix(actor, ids["profile_id"])
    other = person("eve@example.com")
    demo.prepare()
    profile = profiles.list_profiles(other)[0]
    sent = calls.send(other, profile.id, ApiCall("GET", "/orders"))
    made = cases.create(other, sent.attempt_id, title=CANARY, note=CANARY)
    case_evidence.ask(person("sam@example.com", Role.SUPPORT), made.id, wanted=(), other=CANARY)
    ask = str(CaseAsk.objects.get().pk)
    theirs = {
        "profile_id": profile.id,
        "attempt_id": sent.attempt_id,
        "case_id": made.id,
        "connection_id": connections.make(other, profile.id, CANARY).id,
        "run_id": preflight.begin(other, profile.id).id,
        "matrix_id": begun_matrix(other, profile.id),
    }
    return actor, ids, theirs, ask


def test_of_two_objects_in_an_address_the_second_is_asked_for_as_well(two):
    actor, ids, theirs, _ = two
    client = signed_in(actor, raise_request_exception=False)
    opened = {}
    for name, other_id in theirs.items():
        for one in addresses({**ids, name: other_id}):
            if name not in one.parameters:
                continue
            for method in ("get", "post"):
                answer = getattr(client, method)(one.path, {"note": "N"})
                is_led_back = (
                    method == "get" and answer.status_code == 302
                )  # to the page of the object, which is not there
                if not (is_led_back or answer.status_code in (404, 405)) or CANARY in answer.content.decode():
                    opened[one.name, method, name] = answer.status_code
    assert opened == {}


def test_objects_of_others_in_forms_and_queries_are_not_there(two):
    actor, ids, theirs, ask = two
    client = signed_in(actor, raise_request_exception=False)
    case, profile = f"/cases/{ids['case_id']}/", f"/profiles/{ids['profile_id']}/"
    before = str(list(Case.objects.filter(pk=theirs["case_id"]).values())) + str(list(CaseAsk.objects.values()))
    sent = [
        ("get", "/cases/", {"like": Case.objects.get(pk=theirs["case_id"]).number}),
        ("get", "/cases/", {"q": CANARY}),
        ("get", "/cases/", {"profile": theirs["profile_id"]}),
        ("get", "/calls/", {"profile": theirs["profile_id"]}),
        ("get", "/calls/", {"q": theirs["attempt_id"]}),
        ("get", "/cases/export/", {"case": theirs["case_id"]}),
        ("post", "/cases/export/", {"cases": [theirs["case_id"]], "people": "names"}),
        ("post", "/cases/export/", {"cases": [ids["case_id"], theirs["case_id"]], "people": "names"}),
        ("get", "/profiles/compare/", {"attempt": [ids["attempt_id"], theirs["attempt_id"]]}),
        ("post", f"{case}evidence/", {"held": '{"http_status": 401}', "answers": [ask]}),
        ("post", f"{case}solve/", {"was": "other", "cause": "token-expired", "all": "", "also": [theirs["case_id"]]}),
        ("get", f"{profile}auth-matrix/", {"connection": theirs["connection_id"]}),
        ("post", f"{profile}auth-matrix/", {"method": "GET", "path": "/orders", "other": theirs["profile_id"]}),
        ("get", f"{profile}preflight/", {"connection": theirs["connection_id"]}),
        ("post", f"{profile}preflight/", {"method": "GET", "path": "/orders", "connection": theirs["connection_id"]}),
        ("post", f"/triage/case/{theirs['case_id']}/", {"note": "N"}),
    ]
    for method, path, data in sent:
        answer = getattr(client, method)(path, data)
        page = answer.content.decode().replace(f"q={CANARY}", "").replace(f'"{CANARY}"', "")  # what was searched for
        assert answer.status_code < 500 and CANARY not in page and f"/cases/{theirs['case_id']}" not in page, path
    after = str(list(Case.objects.filter(pk=theirs["case_id"]).values())) + str(list(CaseAsk.objects.values()))
    assert before == after
    assert (
        not Run.objects.filter(connection_id=theirs["connection_id"])
        .exclude(pk__in=(theirs["run_id"], theirs["matrix_id"]))
        .exists()
    )
