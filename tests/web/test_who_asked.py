"""Each line of a log and each entry of the trail can be led back to one request of one person."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client

from console.core.actor import Role
from console.management.access_log import line
from console.services import profiles, sandbox
from console.store import audit
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, api, outside_api
from tests.services.test_destinations import used
from tests.store import builders
from tests.web.people import signed_in

__all__ = ["api"]  # a fixture

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


def test_a_line_about_a_request_that_leaves_names_person_destination_and_end_and_no_secret(api, caplog):
    actor = with_samples()
    caplog.set_level(logging.INFO, "console.egress")
    called, refused = (_called(actor, url) for url in (api.url, "https://169.254.169.254"))
    lines = [one.getMessage() for one in caplog.records if one.name == "console.egress"]
    (there,) = (line for line in lines if api.url in line)
    (nowhere,) = (line for line in lines if "169.254" in line)
    whose = f"person {actor.user_id} request "
    assert re.fullmatch(rf"{whose}{called} POST {re.escape(api.url)} 401, \d+ bytes, \d+ ms", there)
    assert re.fullmatch(
        rf"{whose}{refused} POST https://169.254.169.254:443 blocked_address never, 0 bytes, \d+ ms", nowhere
    )
    assert all(line.startswith(whose) for line in lines)
    (arrived,) = api.seen
    token = arrived["headers"]["Authorization"].removeprefix("Bearer ")
    assert (token[:3], arrived["headers"]["Ocp-Apim-Subscription-Key"]) == ("eyJ", KEY)
    secrets = (KEY, token, token.rpartition(".")[2], sandbox.samples().client_secret, "canary")
    assert not [line for line in lines if any(secret in line for secret in secrets)]


def _called(actor, url):
    """The id of the request in which the person sent a call there, with all that a call can hold that is secret."""
    profile = used(actor, outside_api(actor, url))
    form = {"method": "POST", "path": "/canary-path", "query": "code=canary-query", "sends_token": "on"}
    form |= {"sends_subscription_key": "on", "headers": "X-Own: canary-header", "body": "canary-body"}
    answer = signed_in(actor).post(f"/profiles/{profile.id}/call/", form)
    return answer.wsgi_request.environ["console.request"]


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
