"""Walking a flow: what is shown before anything leaves, and that nothing leaves but by its button."""

from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.services import connections
from tests.services import signing_in
from tests.services.builders import person
from tests.services.signing_in import connection_at, profile_at
from tests.web.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
CODE = "canary-code-9f8e7d6c"


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def server(settings, monkeypatch):
    with signing_in.running(settings, monkeypatch) as running:
        yield running


@pytest.fixture
def connection(actor, server):
    return connection_at(actor, server)


def page_of(response):
    return LexborHTMLParser(response.content.decode())


def requests_to_token_endpoint(server):
    return [one for one in server.seen if "grant_type" in one["form"]]


def gone_and_come_back(client, connection, **answer):
    """Begins by the button of the steps, and comes back from the provider; gives the address of the sign-in."""
    begun = client.post(f"/connections/{connection.id}/authorize/", {"guided": "1"})
    link = page_of(client.get(begun.headers["Location"])).css_first("#go").attributes["href"]
    state = parse_qs(urlsplit(link).query)["state"][0]
    back = client.get("/back/", {"state": state, **(answer or {"code": CODE})})
    return back.headers["Location"]


def test_the_steps_of_a_connection_explain_the_link_and_send_nothing(actor, server, connection):
    page = page_of(signed_in(actor).get(f"/connections/{connection.id}/steps/"))
    assert page.css_first("h1").text() == "Nothing has been sent yet"
    explained = [row.text() for row in page.css("table.parameters th[scope=row]")]
    assert {"response_type", "state", "code_challenge", "redirect_uri"} <= set(explained)
    assert page.css_first("#send-step").text() == "Prepare the link"
    assert server.seen == []


def test_a_code_that_came_back_waits_for_the_button_however_often_the_page_is_opened(actor, server, connection):
    client = signed_in(actor)
    address = gone_and_come_back(client, connection)
    for _ in range(3):
        page = page_of(client.get(address))
        assert page.css_first("#exchange").text() == "Send step 5"
    assert CODE not in page.html
    assert "code_verifier" in page.css_first("#flow-5").text()
    assert requests_to_token_endpoint(server) == []
    client.post(address, {"do": "exchange"})
    client.post(address, {"do": "exchange"})
    assert [one["form"]["code"] for one in requests_to_token_endpoint(server)] == [CODE]
    page = page_of(client.get(address))
    assert page.css_first("#confirm") is not None
    assert "6 of 6" in page.css_first("#flow header").text()


def test_who_does_not_go_step_by_step_is_not_stopped(actor, server, connection):
    client = signed_in(actor)
    begun = client.post(f"/connections/{connection.id}/authorize/")
    link = page_of(client.get(begun.headers["Location"])).css_first("#go").attributes["href"]
    state = parse_qs(urlsplit(link).query)["state"][0]
    page = page_of(client.get("/back/", {"state": state, "code": CODE}, follow=True))
    assert page.css_first("#confirm") is not None
    assert len(requests_to_token_endpoint(server)) == 1


def test_an_answer_with_an_error_sends_nothing_and_says_why(actor, server, connection):
    client = signed_in(actor)
    address = gone_and_come_back(client, connection, error="access_denied")
    page = page_of(client.get(address))
    assert "access_denied" in page.css_first("#flow-4").text()
    assert page.css_first("#exchange").text() == "Go on: nothing is to be sent"
    ended = client.post(address, {"do": "exchange"}, follow=True)
    assert "cancelled" in ended.content.decode()
    assert requests_to_token_endpoint(server) == []


def test_a_profile_whose_person_must_sign_in_sends_its_reader_to_a_connection(actor, server):
    profile = profile_at(actor, server)
    page = page_of(signed_in(actor).get(f"/profiles/{profile.id}/token/steps/"))
    assert page.css_first("#send-step") is None
    assert "connection" in page.css_first("main").text()


def test_a_connection_that_nobody_signs_in_for_has_the_steps_of_its_profile(actor, server):
    profile = profile_at(actor, server, grant="client_credentials")
    made = connections.make(actor, profile.id, "own")
    answer = signed_in(actor).get(f"/connections/{made.id}/steps/")
    assert answer.headers["Location"] == f"/profiles/{profile.id}/token/steps/"
