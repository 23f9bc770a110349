"""A person in a browser without scripts, at the sandbox's pages: they read forms and press buttons."""

import html
import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from console.core.exchange import Request, Response
from console.sandbox.handler import handle
from console.sandbox.state import dump_state, load_state
from tests.sandbox.builders import BASE, FORM, NOW, body_of, fresh, keys, post_form, samples, tenant_url

CONSOLE = BASE.partition("/sandbox/")[0]
BACK = f"{CONSOLE}/back/"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636 appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


@dataclass
class Page:
    url: str
    text: str
    status: int

    @property
    def told(self):
        """What it says, without its tags."""
        return html.unescape(re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", self.text))).strip()

    def buttons(self):
        """Text by name and value of each button."""
        found = re.findall(r'<button[^>]*name="([^"]*)" value="([^"]*)">(.*?)</button>', self.text)
        return {re.sub(r"<small>.*", "", text): (name, html.unescape(value)) for name, value, text in found}

    def form(self, pressed=None, **typed):
        """The address and the fields of the page's form."""
        action = html.unescape(re.search(r'<form method="post" action="([^"]*)"', self.text)[1])
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.text)
        fields = {html.unescape(name): html.unescape(value) for name, value in hidden} | typed
        if pressed:
            name, value = self.buttons()[pressed]
            fields |= {name: value} if name else {}
        return urljoin(self.url, action), fields


@dataclass
class World:
    """A workspace as requests find it one after the other: kept as text between them, with fresh entropy for each."""

    state: object = field(default_factory=fresh)
    now: int = NOW
    count: int = 0

    def send(self, request):
        self.count += 1
        before = replace(load_state(dump_state(self.state)), entropy=f"entropy {self.count}")
        answer, self.state = handle(request, before, self.now, keys=keys())
        assert isinstance(answer, Response), answer
        return answer

    def change(self, **changes):
        self.state = replace(self.state, **changes)

    def client(self, **changes):
        """The sample client with the secret, changed."""
        client = replace(self.state.client(samples().secret_client.id), **changes)
        self.change(clients=(client, *(one for one in self.state.clients if one.id != client.id)))

    def open(self, url):
        return self._seen(url, self.send(Request("GET", url)))

    def press(self, page, button, **typed):
        url, fields = page.form(button, **typed)
        return self.post(url, fields)

    def post(self, url, fields):
        return self._seen(url, self.send(Request("POST", url, (FORM,), urlencode(fields).encode())))

    def token(self, *, version=2, **form):
        """The body of the token endpoint's answer; the sample client proves itself unless told otherwise."""
        proof = {"client_id": samples().secret_client.id, "client_secret": samples().client_secret}
        form = {name: value for name, value in (proof | form).items() if value is not None}
        return body_of(self.send(post_form(form, endpoint("token", version=version))))

    def sign_in(self, who="Kari Nordmann", *, version=2, **asked):
        """A whole sign-in: the values that reach the redirect address."""
        seen = self.open(authorize_url(version=version, **asked))
        if not isinstance(seen, Page):
            return seen
        seen = self.press(seen, who)
        return self.press(seen, "Allow") if isinstance(seen, Page) else seen

    def redeemed(self, *, version=2, **asked):
        """The body of the token endpoint's answer for the code of a whole sign-in."""
        code = self.sign_in(version=version, **asked)["code"]
        form = {"code_verifier": VERIFIER} if asked.get("code_challenge", CHALLENGE) else {}
        return self.token(
            version=version, grant_type="authorization_code", code=code, redirect_uri=asked.get("redirect_uri", BACK),
            client_info="1", **form,
        )  # fmt: skip

    def _seen(self, url, answer):
        """A page, or what a redirect carries to its address (under "")."""
        location = answer.header("Location")
        if location is None:
            return Page(url, answer.body.decode(), answer.status)
        parts = urlsplit(location)
        return {"": location.partition("?")[0].partition("#")[0], **dict(parse_qsl(parts.query or parts.fragment))}


def endpoint(name, *, version=2):
    return f"{tenant_url()}/oauth2{'/v2.0' if version == 2 else ''}/{name}"


def delegated(name="access_as_user", api=None):
    return f"api://{(api or samples().orders).id}/{name}"


def authorize_url(*, version=2, **changes):
    usual = {
        "client_id": samples().secret_client.id,
        "response_type": "code",
        "redirect_uri": BACK,
        "scope": f"openid profile offline_access {delegated()}",
        "state": "state 1",
        "nonce": "nonce 1",
        **PKCE,
    }
    if version == 1:
        usual = {**usual, "scope": "openid", "resource": samples().orders.identifier_uri}
    asked = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    return f"{endpoint('authorize', version=version)}?{urlencode(asked)}"


def person(name="Kari Nordmann"):
    return next(one for one in samples().state.people if one.name == name)
