"""A whole day's work through the pages, with a canary in every field that bears a secret."""

import base64
import contextlib
import json
import re
import urllib.parse
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from console.adapters import clock, keyfiles
from console.core.actor import Role
from console.core.profile import ProfileDraft
from console.services import cases, mail, profiles, sign_in
from console.store import attempts
from tests.far_sides import COOKIE, EchoApi, Provider, allow, stand_in
from tests.services.builders import PASSWORD, person, with_samples
from tests.web.day_of_a_case import evidence_of_a_case
from tests.web.day_of_copies import copies_of_history, copies_of_typed
from tests.web.people import prove, seen

UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


def fake_token(marker):
    """Looks like a JWT; its signature is the canary."""
    header, claims = ({"alg": "RS256", "kid": "k"}, {"sub": "someone", "aud": "api://echo", "exp": 1_999_999_999})
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, claims)]
    return ".".join([*parts, base64.urlsafe_b64encode(f"canary-signature-{marker}".encode() * 12).decode()])


FIXED = {
    "client secret": 'canary-secret/"Q~8~7f3a9b1c5d+äö',
    "second secret": "canary-second-secret-77b1",
    "subscription key": "canary-key/9d8c7b6a5f4e3d2c",
    "passphrase": "canary-passphrase-5b6c7d",
    "wrong passphrase": "canary-wrong-passphrase-11",
    "typed header": "canary-typed-header-4d3c2b",
    "typed authorization": "canary-typed-bearer-8a7b6c5d",
    "typed password": "canary-typed-password-90",
    "typed query": "canary-typed-query-5e6f",
    "typed body": "canary-typed-body-1a2b",
    "hand-over secret": "hO38Q~canary_handed_over_secret_01234567",
    "hand-over key": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "cookie of the far side": COOKIE,
    "refresh token": "canary-refresh-token-1f2e3d4c",
    "value of a policy": "canary-value-of-a-policy-3c4d5e",
    "pasted secret": "aB38Q~canary_pasted_by_mistake_012345678",
}
TOKENS = {
    "granting": fake_token("granted"),
    "certified": fake_token("certified"),
    "opaque": "canary-opaque-token-9f8e7d6c5b4a",
}
TYPED_TOKEN = fake_token("typed")
TYPED = {"typed header", "typed authorization", "typed password", "typed query", "typed body"}


@dataclass(frozen=True)
class Page:
    """An answer: where from, its text with headers, and the canaries that may stand in it."""

    where: str
    content: str
    may_show: frozenset[str] = frozenset()


@dataclass
class Day:
    """What was seen, what must be nowhere, and what the far sides received."""

    pages: list[Page] = field(default_factory=list)
    canaries: dict[str, str] = field(default_factory=dict)
    received: str = ""

    def visit(self, client, method, url, data=None, *, may_show=(), **options):
        response = getattr(client, method)(url, data or {}, follow=True, **options)
        assert response.status_code < 500, response.content
        content = response.content.decode("utf-8", "replace") + str(response.headers)
        if "typed" in may_show:
            content = _without_own_form(content)
        self.pages.append(Page(f"{method} {url}", content, frozenset(may_show)))
        return response


def _without_own_form(html):
    """A page without what its own form fields hold: a call's form keeps what was typed, in the answer to its sender."""
    fields = r'(<(?:textarea|output)[^>]*>).*?</(?:textarea|output)>|(<input[^>]*) value="[^"]*"'
    return re.sub(fields, r"\1\2", html, flags=re.DOTALL)


@contextlib.contextmanager
def whole_day(settings):
    """The Day, with the far sides still running."""
    day = Day(canaries=dict(FIXED))
    with EchoApi() as api, Provider(TOKENS, FIXED["refresh token"]) as provider:
        allow(settings, api, provider)
        settings.EMAIL_BACKEND = mail.DUMMY  # the invitation is shown, not mailed
        actor = with_samples()
        support = person("sam@example.com", Role.SUPPORT)
        client = Client()
        _sign_in_by_link(day, client, actor)
        _shown_once(day, client)
        stand_in(settings, provider)
        made = _profiles(day, client, actor, api)
        _credentials(day, client, made)
        _tokens(day, client, made)
        _calls(day, client, made["granting"], api)
        _mistakes(day, client)
        _policies(day, client, actor, made)
        shared = _share(day, client, actor)
        _read_everything(day, client, actor, made)
        _support(day, client, support, shared)
        day.received = "\n".join(urllib.parse.unquote_plus(str(one)) for one in [*api.seen, *provider.seen])
        yield day


def _sign_in_by_link(day, client, actor):
    token = sign_in.new_link(actor)
    day.canaries["sign-in link"] = token
    day.visit(client, "get", f"/sign-in/{token}/", may_show={"sign-in link"})
    day.visit(Client(enforce_csrf_checks=True), "post", f"/sign-in/{token}/", may_show={"sign-in link"})
    day.visit(client, "post", f"/sign-in/{token}/")
    prove(client)
    boss = Client()
    assert boss.login(email="ada@example.com", password=PASSWORD)
    prove(boss)
    page = day.visit(boss, "post", "/people/", {"email": "new@example.com", "role": "support"}, may_show={"invitation"})
    day.canaries["invitation"] = re.search(r"/sign-in/([\w-]+)/", page.content.decode())[1]
    day.visit(boss, "get", "/people/")
    day.visit(boss, "get", "/people/audit/")


def _shown_once(day, client):
    page = day.visit(client, "post", "/sandbox/-/clients/", {"name": "C"}, may_show={"sandbox secret"}).content.decode()
    day.canaries["sandbox secret"] = re.search(r'id="made-secret"[^>]*>(?:<[^>]+>)*([\w-]+)', page)[1]
    page = day.visit(client, "post", "/sandbox/-/key/", may_show={"sandbox key"}).content.decode()
    day.canaries["sandbox key"] = re.search(r'id="made-key"[^>]*>(?:<[^>]+>)*([\w-]+)', page)[1]
    for tab in ("faults", "clients", "addresses", "providers", "policies"):
        day.visit(client, "get", f"/sandbox/?tab={tab}")
    made = day.visit(client, "post", "/ends/address/", may_show={"calendar address"})
    day.canaries["calendar address"] = token = re.search(r"/ends/calendar/([\w-]+)\.ics", made.content.decode())[1]
    for path in (f"/ends/calendar/{token}.ics", f"/ends/calendar/{token}x.ics"):
        day.visit(Client(), "get", path)
    day.visit(client, "get", "/ends/")


def _profiles(day, client, actor, api):
    form = {"name": "Echo", "base_url": api.url, "subscription_key_header": "X-Api-Key", "leeway_s": 0}
    saved = day.visit(client, "post", "/apis/new/", form)
    api_id = re.search(UUID, saved.redirect_chain[-1][0])[0]
    draft = {"environment": "", "provider": "sandbox", "client_id": "c", "grant": "client_credentials"}
    return {
        kind: profiles.create(
            actor,
            ProfileDraft(
                name=kind, settings={"tenant": f"{kind}.example"}, scope="api://echo/.default", api_id=api_id, **draft
            ),
        )
        for kind in ("refusing", "granting", "certified", "opaque")
    }


def _credentials(day, client, made):
    for kind in ("refusing", "granting", "opaque"):
        page, shown = f"/profiles/{made[kind].id}", seen(client, made[kind].id)
        for typed in ("x" * 5000 + FIXED["second secret"], FIXED["second secret"], FIXED["client secret"]):
            day.visit(client, "post", f"{page}/secret/", {"secret": typed, "seen": shown})
        day.visit(client, "post", f"{page}/secret/", {"secret": FIXED["second secret"], "seen": "elsewhere"})
        key = {"subscription_key": FIXED["subscription key"], "seen": seen(client, made[kind].id, "subscription-key")}
        day.visit(client, "post", f"{page}/subscription-key/", key)
    page = f"/profiles/{made['certified'].id}"
    for passphrase in ("wrong passphrase", "passphrase"):
        shown = seen(client, made["certified"].id, "key-file")
        form = {"passphrase": FIXED[passphrase], "key_file": _key_file(day), "seen": shown}
        day.visit(client, "post", f"{page}/key-file/", form)


def _key_file(day):
    made = keyfiles.make_certificate("canary", days=30, now=clock.now())
    pem = made.private_key_pem.reveal()
    for number, line in enumerate(pem.splitlines()[2:20:4]):
        day.canaries[f"private key {len(day.canaries)} {number}"] = line
    key = load_pem_private_key(pem.encode(), None)
    encryption = BestAvailableEncryption(FIXED["passphrase"].encode())
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    day.canaries[f"uploaded key {len(day.canaries)}"] = encrypted.decode().splitlines()[4]
    return SimpleUploadedFile("key.pem", encrypted + made.chain_pem.encode())


def _tokens(day, client, made):
    for kind, profile in made.items():
        page = f"/profiles/{profile.id}"
        day.visit(client, "post", f"{page}/token/")
        day.visit(client, "post", f"{page}/token/", {"fresh": "1"}, headers={"HX-Request": "true"})
        day.visit(client, "get", f"{page}/")
        if kind in TOKENS:
            named = {f"token {kind}", f"signature {kind}"}
            revealed = day.visit(client, "post", f"{page}/token/reveal/", may_show=named)
            assert TOKENS[kind].rpartition(".")[2] in revealed.content.decode()
            day.canaries |= {f"token {kind}": TOKENS[kind], f"signature {kind}": TOKENS[kind].rpartition(".")[2]}


def _calls(day, client, profile, api):
    page = f"/profiles/{profile.id}/call/"
    basic = base64.b64encode(f"someone:{FIXED['typed password']}".encode()).decode()
    day.canaries["typed token"] = TYPED_TOKEN.rpartition(".")[2]
    typed = [
        {"headers": f"X-Api-Token: {FIXED['typed header']}", "sends_token": "on", "sends_subscription_key": "on"},
        {"headers": f"Authorization: Bearer {FIXED['typed authorization']}", "sends_subscription_key": "on"},
        {"headers": f"Authorization: Basic {basic}\nCookie: sid={FIXED['typed header']}"},
        {"query": f"api_key={FIXED['typed query']}&top=1", "sends_token": "on"},
        {"body": json.dumps({"user": "someone", "password": FIXED["typed body"]}), "sends_token": "on"},
        {"body": f"grant=x&client_secret={FIXED['typed body']}", "sends_token": "on"},
        {"path": f"/orders/{TYPED_TOKEN}", "sends_token": "on"},
        {"path": "/work", "sends_token": "on", "sends_subscription_key": "on"},
    ]
    api.answers["/work"] = (202, [("Location", "/monitor"), ("Retry-After", "0")])
    for form in typed:
        day.visit(client, "post", page, {"method": "POST", "path": "/x", **form}, may_show={"typed"})
        copies_of_typed(day, client, profile, form)
    attempt = re.search(rf"/calls/({UUID})/", day.visit(client, "get", "/calls/").content.decode())[1]
    day.visit(client, "post", f"/calls/{attempt}/again/")
    day.visit(
        client, "post", page, {"method": "NO", "headers": f"X-Api-Token {FIXED['typed header']}"}, may_show={"typed"}
    )


def _policies(day, client, actor, made):
    """The stored token of a profile and secret values in the policy editor, kept with an API and not."""
    text = '<inbound><validate-jwt header-name="Authorization"><audiences><audience>{{aud}}</audience></audiences>'
    text += '<decryption-keys><key certificate-id="c" /></decryption-keys></validate-jwt></inbound>'
    granting = made["granting"]
    for url in ("/policies/", f"/apis/{granting.api_id}/policy/"):
        form = {"policy": text, "token_from": f"profile:{granting.id}"}
        names = re.findall(r'name="v-(\w+)"', day.visit(client, "post", url, form).content.decode())
        assert len(names) == 2
        form |= {f"v-{name}": FIXED["value of a policy"] for name in names} | {f"s-{name}": "on" for name in names}
        may_show = {"typed", "value of a policy"} if url == "/policies/" else {"typed"}  # there nothing is a secret
        for pressed in ("", "save", "add-row", "fetch"):
            day.visit(client, "post", url, {**form, "do": pressed}, may_show=may_show)
            day.visit(client, "post", url, {**form, "do": pressed}, may_show=may_show, headers={"HX-Request": "true"})
        day.visit(client, "get", url)
    for name in ("policy.xml", "table.json", "metadata.json", "values.json"):
        day.visit(client, "get", f"/apis/{granting.api_id}/policy/files/{name}")


def _mistakes(day, client):
    """Secrets in a hand-over, too long a hand-over, and a secret pasted where a token belongs."""
    text = f"Client secret: {FIXED['hand-over secret']}\nOcp-Apim-Subscription-Key: {FIXED['hand-over key']}\n"
    filled = day.visit(client, "post", "/profiles/hand-over/", {"handover": f"Tenant ID: granting.example\n{text}"})
    found = re.search(r'name="found" value="([^"]+)"', filled.content.decode())[1]
    day.visit(client, "post", "/profiles/hand-over/", {"handover": text + "x" * 64_000})
    day.visit(client, "post", "/profiles/new/", {"name": "", "found": found})
    day.visit(client, "post", "/inspect/", {"text": FIXED["pasted secret"]})


def _share(day, client, actor):
    """Every attempt of the day as a case, with secrets in the free texts."""
    said = f"My secret is {FIXED['client secret']} and the key {FIXED['subscription key']}. Token: {TOKENS['granting']}"
    paths = []
    for record in attempts.list_recent(actor):
        page = day.visit(client, "post", f"/calls/{record.id}/case/", {"title": said[:200], "note": said})
        paths.append(page.redirect_chain[-1][0])
        day.visit(client, "post", paths[-1], {"text": said})
    return paths


def _read_everything(day, client, actor, made):
    lists = ["/profiles/", "/profiles/new/", "/apis/", "/calls/", "/cases/", "/inspect/"]
    own = [f"/profiles/{profile.id}/{end}" for profile in made.values() for end in ("", "edit/", "delete/")]
    history = [f"/calls/{record.id}/" for record in attempts.list_recent(actor)]
    for url in [*lists, *own, *history, f"/profiles/{made['certified'].id}/certificate.cer"]:
        day.visit(client, "get", url)
        day.visit(client, "get", url, headers={"HX-Request": "true"})
    copies_of_history(day, client, actor)
    day.visit(client, "post", f"/profiles/{made['granting'].id}/duplicate/")


def _support(day, owner, support, shared):
    client = Client()
    assert client.login(email=support.email, password=PASSWORD)
    for path in shared:
        assert day.visit(client, "get", path).status_code == 200
        ticket = cases.open_case(support, path.split("/")[2]).ticket
        day.pages.append(Page(f"the ticket of {path}", ticket))
    day.visit(client, "post", shared[0], {"text": f"Did you send {TOKENS['granting']}?"})
    day.visit(client, "get", "/cases/")
    said = f"client_secret={FIXED['client secret']} subscription-key={FIXED['subscription key']}"
    evidence_of_a_case(day, owner, client, shared, said=said, token=TOKENS["granting"])
