"""What is good once at the sandbox is good once through the store, whoever else asks at the same moment."""

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from console.core.exchange import Request
from console.services import sandbox, sandbox_workspace
from console.services.sandbox_workspace import OpenWorkspace
from tests.sandbox.people import CHALLENGE, VERIFIER, Page
from tests.services.builders import with_samples

pytestmark = pytest.mark.django_db
FORM = ("Content-Type", "application/x-www-form-urlencoded")


@pytest.fixture
def workspace() -> OpenWorkspace:
    return sandbox.workspace(with_samples())


def tenant(space):
    return f"{space.base}/{space.state.tenant_id}/oauth2/v2.0"


def workspace_page(space):
    """The page on which the code of a device is typed."""
    return f"{tenant(space).removesuffix('/v2.0')}/deviceauth"


def posted(url, fields):
    return Request("POST", url, (FORM,), urlencode(fields).encode())


def code_of(space):
    """A code after a whole sign-in, each step through the store."""
    asked = {
        "client_id": sandbox.samples().secret_client.id, "response_type": "code", "scope": "openid offline_access",
        "redirect_uri": f"{space.console}/back/", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    url = f"{tenant(space)}/authorize?{urlencode(asked)}"
    answer = sandbox.answer(space.segment, Request("GET", url))
    for button in ("Kari Nordmann", "Allow"):
        url, fields = Page(url, answer.body.decode(), answer.status).form(button)
        answer = sandbox.answer(space.segment, posted(url, fields))
    return dict(parse_qsl(urlsplit(answer.header("Location")).query))["code"]


def form(space, **changes):
    samples = sandbox.samples()
    return {
        "client_id": samples.secret_client.id, "client_secret": samples.client_secret,
        "redirect_uri": f"{space.console}/back/", "code_verifier": VERIFIER, **changes,
    }  # fmt: skip


def asked_at_once(space, request):
    """Both begin with the workspace as it is now; the second is answered when the first has been."""
    found = [sandbox_workspace.load(space.segment) for _ in range(2)]
    return [json.loads(sandbox.answered(one, request)[0].body) for one in found]


def test_of_two_that_redeem_the_same_code_at_once_one_gets_tokens(workspace):
    sent = posted(
        f"{tenant(workspace)}/token", form(workspace, grant_type="authorization_code", code=code_of(workspace))
    )
    first, second = asked_at_once(workspace, sent)
    assert "access_token" in first
    assert second["error_codes"] == [54005]
    kept = sandbox_workspace.load(workspace.segment).state
    assert [family.is_revoked for family in kept.refresh_families] == [True]


def test_of_two_that_refresh_at_once_one_gets_the_next_token_and_the_other_is_told(workspace):
    url = f"{tenant(workspace)}/token"
    redeem = form(workspace, grant_type="authorization_code", code=code_of(workspace))
    token = json.loads(sandbox.answer(workspace.segment, posted(url, redeem)).body)["refresh_token"]
    sent = posted(url, form(workspace, grant_type="refresh_token", refresh_token=token))
    first, second = asked_at_once(workspace, sent)
    assert first["refresh_token"] not in ("", token)
    assert "it was reused" in second["error_description"]


def test_the_store_holds_no_code_and_no_token_in_clear(workspace):
    code = code_of(workspace)
    redeem = form(workspace, grant_type="authorization_code", code=code)
    got = json.loads(sandbox.answer(workspace.segment, posted(f"{tenant(workspace)}/token", redeem)).body)
    kept = sandbox_workspace.load(workspace.segment).kept.state
    assert code not in kept and got["refresh_token"] not in kept and got["access_token"] not in kept
    assert sandbox.samples().client_secret not in kept


def test_a_request_that_changes_nothing_saves_nothing(workspace):
    own = {"grant_type": "client_credentials", "scope": f"{sandbox.samples().orders.identifier_uri}/.default"}
    before = sandbox_workspace.load(workspace.segment).kept
    assert sandbox.answer(workspace.segment, posted(f"{tenant(workspace)}/token", form(workspace, **own))).status == 200
    assert sandbox.answer(workspace.segment, Request("GET", workspace_page(workspace))).status == 200
    assert sandbox_workspace.load(workspace.segment).kept == before
