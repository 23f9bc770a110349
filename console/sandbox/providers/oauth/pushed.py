"""Pushed authorization requests (RFC 9126): the client proves itself first and sends the person with a reference."""

from dataclasses import replace

from console.sandbox.answers import json_response
from console.sandbox.issued import mark
from console.sandbox.providers.base import ProviderVisit
from console.sandbox.providers.form import read_form, repeated
from console.sandbox.providers.oauth import errors
from console.sandbox.providers.oauth.authorization import SEVERAL, SentBack, ShownOnPage, read_ask
from console.sandbox.providers.oauth.client_auth import authenticate
from console.sandbox.providers.oauth.errors import OAuthRefusal
from console.sandbox.providers.oauth.rules import Rules
from console.sandbox.providers.oauth.sign_in import push, pushed_name
from console.sandbox.routes import Answered


def answer(visit: ProviderVisit, rules: Rules) -> Answered:
    form = read_form(visit.request)
    if name := repeated(form, allowed=SEVERAL):
        return errors.answer(errors.twice(name), visit), visit.state
    if "request_uri" in form:
        told = OAuthRefusal("invalid_request", "A pushed request may not refer to another (request_uri).")
        return errors.answer(told, visit), visit.state
    proven = authenticate(form, visit, rules)
    if isinstance(proven, OAuthRefusal):
        return errors.answer(proven, visit), visit.state
    here = replace(visit, state=proven.state)
    named = {**form, "client_id": (proven.client.id,)}
    ask = read_ask(named, here, rules)
    if isinstance(ask, ShownOnPage):
        return errors.answer(OAuthRefusal("invalid_request", ask.text), visit), here.state
    if isinstance(ask, SentBack):
        return errors.answer(OAuthRefusal(ask.error, ask.text), visit), here.state
    body, kept = push(named, proven.client.id, here, rules)
    name = pushed_name(str(body["request_uri"]), rules)
    after = mark(here.state, name, now=visit.now, until=visit.now + rules.pushed_s, value=kept)
    return json_response(201, body, now=visit.now), after
