"""A provider at which people sign in, and a profile with a connection at it. It rotates its refresh tokens."""

import base64
import json
import threading
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from console.core import providers
from console.core.credential import Secret
from console.core.profile import ProfileDraft
from console.services import authorization_answers, authorizations, connections, profiles, wiring
from tests.far_sides import Provider, Quiet, allow
from tests.services.toys import toy_provider

SECRET = "canary-toy-secret-71a2b3c4"
OLA, KARI = "ola@example.com", "kari@example.com"


def unsigned(claims):
    """A token whose claims can be read; nobody here checks its signature."""
    parts = ({"alg": "none"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts) + "."


class _SignIn(Quiet):
    """`server.person` signs in; `server.more` is told beside each token. `server.errors` are told, one each, before a
    token is given; "lost" takes a request and answers nothing. A refresh token that was used before is refused, as
    reuse detection does (RFC 9700 section 4.14).
    """

    def do_POST(self):  # noqa: N802 (the standard library's name)
        path, form = urlsplit(self.path).path, {name: one[0] for name, one in parse_qs(self.body()).items()}
        server = self.server
        with server.lock:
            server.seen.append({"path": path, "form": form})
            if form.get("client_secret") != SECRET:
                return self.reply(401, {"error": "invalid_client"})
            if path == "/revoke":
                return self.reply(200, {})
            if path == "/device_authorization":
                return self.reply(200, {
                    "device_code": "canary-device-code-5d6e7f80", "user_code": "WDJB-MJHT",
                    "verification_uri": f"{server.url}/device", "expires_in": 600, "interval": 5,
                })  # fmt: skip
            if form.get("grant_type") == "refresh_token":
                time.sleep(server.takes_s)
                if form["refresh_token"] != server.refresh_token:
                    return self.reply(400, {"error": "invalid_grant", "error_description": "Used before."})
            error = server.errors.pop(0) if server.errors else None
            if error not in (None, "lost"):
                return self.reply(503 if error == "down" else 400, {} if error == "down" else {"error": error})
            answer = self.granted()
            return self.connection.close() if error == "lost" else self.reply(200, answer)

    def granted(self):
        server = self.server
        server.count += 1
        server.refresh_token = f"canary-refresh-{server.count}-0a1b2c3d"
        claims = {"iss": server.url, "sub": server.person, "name": server.person.split("@")[0].title()}
        answer = {"access_token": unsigned({**claims, "n": server.count}), "token_type": "Bearer"}
        if server.id_token_of:
            answer["id_token"] = unsigned({**claims, "sub": server.id_token_of})
        answer |= server.more
        return {**answer, "expires_in": server.life_s, "refresh_token": server.refresh_token}

    def do_GET(self):  # noqa: N802
        self.reply(404, {})


def running(settings, monkeypatch):
    """The provider, to be entered; everything it may be told to do is an attribute."""
    monkeypatch.setattr(providers, "PROVIDERS", (*providers.PROVIDERS, toy_provider.PROVIDER))
    server = Provider()
    server.RequestHandlerClass = _SignIn
    server.person, server.errors, server.life_s, server.takes_s, server.count = OLA, [], 3600, 0, 0
    server.refresh_token, server.lock, server.id_token_of, server.more = "", threading.Lock(), "", {}
    allow(settings, server)
    wiring.egress_policy.cache_clear()
    return server


def profile_at(actor, server, **changes):
    draft = ProfileDraft(
        name="Orders portal", environment="", provider="toy", settings={"issuer": server.url},
        client_id="portal", grant="authorization_code", scope="orders.read", api_id=None,
    )  # fmt: skip
    made = profiles.create(actor, replace(draft, **changes))
    profiles.replace_secret(actor, made.id, Secret(SECRET))
    return profiles.open_profile(actor, "manage", made.id)


def connection_at(actor, server, **changes):
    return connections.make(actor, profile_at(actor, server, **changes).id, "Ola's orders")


def state_of(begun):
    """The state that the address which a person is sent to asks to be given back."""
    return parse_qs(urlsplit(authorizations.find(begun.id, begun.browser).parts.url).query)["state"][0]


def answer(begun, **changes):
    given = {"state": state_of(begun), "code": "canary-code-9f8e7d6c", **changes}
    return {name: [value] for name, value in given.items() if value is not None}


def come_back(begun, actor, **changes):
    """What taking the answer gives: the id of the sign-in, or why nothing was taken."""
    cookies = {begun.id: begun.browser.reveal()}
    return authorization_answers.take_answer(answer(begun, **changes), cookies, actor)


def opened(begun, actor):
    return authorizations.open_for(authorizations.find(begun.id, begun.browser), actor, address="192.0.2.1")


def exchanged(begun, actor):
    return authorization_answers.exchange(opened(begun, actor))


def signed_in_connection(actor, server, **changes):
    """A connection that somebody signed in for."""
    from console.services import authorization_outcomes

    connection = connection_at(actor, server, **changes)
    begun = authorizations.begin(actor, connection.id)
    assert come_back(begun, actor) == begun.id
    authorization_outcomes.confirm(exchanged(begun, actor), accepts_other=False)
    return connection
