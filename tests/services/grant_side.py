"""The far side of grants: an authorization server that answers each path with what a test lays ready for it."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pytest

from console.adapters import clock
from console.core import grants, providers
from console.core.attempts.token_result import TokenResult
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.profile import ProfileDraft
from console.services import opening, profiles, token_history, token_requests, wiring
from console.services.token_requests import Resumed, Using
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.far_sides import Provider, Quiet, allow
from tests.services.toys import any_provider

SECRET, TOKEN = "canary-client-secret-71a2b3c4", "canary-access-token-91a2b3c4d5"
REFRESH, CODE = "canary-refresh-token-5d6e7f80a1", "canary-code-11223344556677"


class _Side(Quiet):
    """`server.ready[path]` are (status, members or HTML text) in the order in which they are given; 404 beyond them."""

    def do_POST(self):  # noqa: N802 (the standard library's name)
        path, form = urlsplit(self.path).path, dict(parse_qsl(self.body(), keep_blank_values=True))
        self.server.seen.append({"method": self.command, "path": path, "form": form, "headers": dict(self.headers)})
        if path == "/.well-known/openid-configuration":
            return self.reply(200, {"issuer": self.server.url, "token_endpoint": f"{self.server.url}/token",
                                    "jwks_uri": f"{self.server.url}/jwks"})  # fmt: skip
        if path == "/jwks":
            return self.reply(200, {"keys": [jwk(rsa_key(), kid="k1")]})
        ready = self.server.ready.get(path)
        status, members = ready.pop(0) if ready else (404, {"error": "nothing laid ready"})
        if isinstance(members, str):
            return self._page(status, members)
        return self.reply(status, members)

    do_GET = do_POST  # noqa: N815 (the standard library's name)

    def _page(self, status, html):
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        self.wfile.write(html.encode())


class GrantSide(Provider):
    def __init__(self):
        super().__init__()
        self.RequestHandlerClass, self.ready = _Side, {}

    def lay(self, path, *answers):
        """What comes next at that path: members of a 200, or (status, members)."""
        pairs = [one if isinstance(one, tuple) else (200, one) for one in answers]
        self.ready.setdefault(path, []).extend(pairs)

    def forms(self, path="/token"):
        return [one["form"] for one in self.seen if one["path"] == path]

    def id_token(self, now, key=None, **claims):
        usual = {"iss": self.url, "aud": "c", "sub": "person-1", "iat": now, "exp": now + 600}
        return signed(key or rsa_key(), "RS256", {**usual, **claims}, kid="k1")


def granted(**members):
    return {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600, **members}


@pytest.fixture
def side(settings, monkeypatch):
    """The server, and a provider of the test's own in the list that leads to it."""
    known = any_provider.knowing(*(grant.code for grant in grants.GRANTS))
    monkeypatch.setattr(providers, "PROVIDERS", (*providers.PROVIDERS, known))
    with GrantSide() as running:
        allow(settings, running)
        yield running
    wiring.egress_policy.cache_clear()


def profile_for(actor, side, grant, *, credential=True, scope="openid orders", **settings):
    """A profile of that grant at the side; with a client secret unless a test brings its own credential."""
    draft = ProfileDraft(
        name=grant,
        environment="",
        provider="any",
        settings={"issuer": side.url, **settings},
        client_id="c",
        grant=grant,
        scope=scope,
        api_id=None,
    )
    made = profiles.create(actor, draft)
    if credential is True:
        profiles.replace_secret(actor, made.id, Secret(SECRET))
    return profiles.open_profile(actor, "manage", made.id)


@dataclass(frozen=True)
class Tried:
    """One request as whoever keeps its token makes it: what came of it, and what the history says."""

    result: TokenResult
    diagnosis: Diagnosis

    @property
    def cause(self):
        return self.diagnosis.primary.cause if self.diagnosis.primary else None


def tried(actor, profile, using=token_requests.USUAL):
    opened = opening.of_profile(actor, "use", profile.id)
    result = token_requests.send(opened, wiring.transport_for(opened.own), using)
    kept = token_history.keep(actor, opened.profile, opened.api, result, used=None, now=clock.now())
    return Tried(result, kept.diagnosis)


def came_back(actor, profile, move, **told):
    """A person came back from where `move` sent them; after a wait without anything told."""
    return tried(actor, profile, Using(resumed=Resumed(move.keep, told or None)))


def kept_texts(attempts):
    """All that the history holds, as one text, for canaries."""
    steps = [(step.request.url, step.request.body, step.response.body) for one in attempts for step in one.exchanges]
    return repr([one.evidence for one in attempts]) + repr(steps) + json.dumps([one.title for one in attempts])
