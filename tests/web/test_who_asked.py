"""Each line of a log and each entry of the trail can be led back to one request of one person."""

from datetime import timedelta

import pytest
from django.test import Client

from console.core.actor import Role
from console.management.access_log import line
from console.services import profiles
from console.store import audit
from tests.services.builders import person
from tests.store import builders
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


def access_line(answer):
    environ = answer.wsgi_request.environ
    return line(environ, status="200 OK", sent=5, taken=timedelta(milliseconds=7))


def test_an_access_line_names_client_person_and_request_and_no_query(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    actor = person("ada", Role.INTEGRATOR)
    browser = signed_in(actor, headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"}, REMOTE_ADDR="10.0.0.1")
    answer = browser.get("/profiles/?code=secret-in-a-query")
    request_id = answer.wsgi_request.environ["console.request"]
    told = access_line(answer)
    assert told == f'192.0.2.7 person {actor.user_id} request {request_id} "GET /profiles/" 200 5 7ms'
    assert access_line(browser.get("/profiles/")) != told


def test_an_address_cannot_write_the_rest_of_its_access_line():
    told = access_line(Client().get("/a%22%20200%205%207ms%0d%0a%5c%22"))
    assert told.endswith(r'"GET /a\" 200 5 7ms\r\n\\\"" 200 5 7ms')


def test_an_entry_of_the_trail_has_the_address_of_who_did_it():
    actor = person("ada", Role.INTEGRATOR)
    made = profiles.create(actor, builders.draft())
    signed_in(actor, REMOTE_ADDR="192.0.2.7").post(f"/profiles/{made.id}/delete/")
    newest = audit.recent(limit=1)[0]
    assert (newest.action, newest.address) == ("profile deleted", "192.0.2.7")


def test_the_audit_page_shows_what_changed_and_from_where():
    actor = person("ada", Role.INTEGRATOR)
    made = profiles.create(actor, builders.draft())
    signed_in(actor, REMOTE_ADDR="192.0.2.7").post(f"/profiles/{made.id}/delete/")
    page = signed_in(person("root", Role.ADMIN)).get("/people/audit/").text
    assert "profile deleted" in page
    assert "192.0.2.7" in page
    assert made.name in page
