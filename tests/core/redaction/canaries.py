"""A canary in every place of a call where people put secrets, in every way in which they are written there."""

import base64
import json
from urllib.parse import quote

CANARY = "canary-7f3a9b1c5d2e8f6a"
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")
XML = ("Content-Type", "text/xml; charset=utf-8")
PARTS = ("Content-Type", "multipart/form-data; boundary=Xy")


def b64(text, *, url=False):
    encoded = base64.b64encode(text.encode()).decode()
    return encoded.replace("+", "-").replace("/", "_").rstrip("=") if url else encoded


def jwt(*parts):
    return ".".join(b64(part, url=True) for part in parts)


JWT = jwt('{"alg":"RS256"}', '{"sub":"x"}', f"signature {CANARY} of it")
FIVE = jwt('{"alg":"dir","enc":"A256GCM"}', "", "iv of it", CANARY * 3, "tag of it")
SPACED = jwt('{ "alg": "dir" }', "", "iv of it", CANARY * 3, "tag of it")
SECRET = json.dumps({"client_secret": CANARY, "item": 1})
EVERY = "".join(f"%{ord(one):02x}" for one in CANARY)


def multipart(name, content, more=""):
    head = f'Content-Disposition: form-data; name="{name}"{more}'
    first = '--Xy\r\nContent-Disposition: form-data; name="item"\r\n\r\nchair\r\n'
    return f"{first}--Xy\r\n{head}\r\n\r\n{content}\r\n--Xy--\r\n"


BODIES = {
    "a form": (FORM, f"grant_type=x&client_secret={CANARY}"),
    "a form, its name percent-encoded": (FORM, f"item=1&client%5Fsecret={CANARY}"),
    "a form, JSON in it": (FORM, f"item=1&data={quote(SECRET)}"),
    "a form, a form in it": (FORM, f"item=1&data={quote(f'a=1&password={CANARY}')}"),
    "a form, an address in it": (FORM, f"item=1&next={quote(f'https://a.example/?sig={CANARY}')}"),
    "a form, XML in it": (FORM, f"item=1&data={quote(f'<a><Password>{CANARY}</Password></a>')}"),
    "a form, a pair": (FORM, f"name=password&value={CANARY}"),
    "a form, base64 in it": (FORM, f"item=1&data={quote(b64(SECRET))}"),
    "JSON": (JSON, SECRET),
    "JSON, deep": (JSON, json.dumps({"a": [{"b": {"dbPassword": CANARY}}]})),
    "JSON, a number": (JSON, '{"password": 740113990217, "item": 1}'),
    "JSON, a list": (JSON, json.dumps({"passwords": 1, "password": [CANARY, {"old": CANARY}]})),
    "JSON, other spellings": (JSON, json.dumps({"client-secret": CANARY, "Client.Secret": CANARY})),
    "JSON, key and value": (JSON, json.dumps({"settings": [{"key": "password", "value": CANARY}]})),
    "JSON, value and name": (JSON, json.dumps({"value": CANARY, "name": "ClientSecret"})),
    "JSON, parameter and secret": (JSON, json.dumps({"parameter": "client_secret", "secret": CANARY})),
    "JSON, a pair as a list": (JSON, json.dumps([["item", "chair"], ["password", CANARY]])),
    "JSON, a pair that is cut": (JSON, json.dumps([{"key": "password", "value": CANARY}])[:-9] + " cut"),
    "JSON in a string": (JSON, json.dumps({"note": SECRET})),
    "XML in a string": (JSON, json.dumps({"note": f"<a><b:Password>{CANARY}</b:Password></a>"})),
    "a user in an address": (JSON, json.dumps({"repository": f"https://{CANARY}@git.example/x.git"})),
    "a user without a password": (JSON, json.dumps({"hook": f"see https://{CANARY}:x-oauth-basic@git.example/"})),
    "an element": (XML, f"<?xml version='1.0'?><login><user>a</user><password>{CANARY}</password></login>"),
    "an element of a namespace": (XML, f'<s:E><w:Password Type="t">{CANARY}</w:Password><i>1</i></s:E>'),
    "an element in an element": (
        XML,
        f"<login><Credential/><ClientSecret><Value>{CANARY}</Value></ClientSecret></login>",
    ),
    "an element in CDATA": (XML, f"<login><password><![CDATA[{CANARY}<>&]]></password></login>"),
    "an attribute": (XML, f"<login user='a' password='{CANARY}'/>"),
    "a pair of attributes": (XML, f'<configuration><add key="ClientSecret" value="{CANARY}"/><i>1</i></configuration>'),
    "a pair of elements": (XML, f"<p><i>1</i><entry><name>password</name><value>{CANARY}</value></entry></p>"),
    "a pair of elements turned": (XML, f"<p><entry><value>{CANARY}</value><key>password</key></entry></p>"),
    "an element with a name": (XML, f'<p><property name="password">{CANARY}</property></p>'),
    "XML in XML": (XML, f"<p><body>&lt;login&gt;&lt;password&gt;{CANARY}&lt;/password&gt;&lt;/login&gt;</body></p>"),
    "JSON in XML": (XML, f"<p><body>{SECRET}</body></p>"),
    "XML of no type": (None, f"<login><password>{CANARY}</password></login>"),
    "XML in a text": (None, f"it said <Password>{CANARY}</Password> to us"),
    "a part": (PARTS, multipart("client_secret", CANARY)),
    "a part of a file": (PARTS, multipart("private_key", f"{CANARY}\r\nand more", '; filename="key.pem"')),
    "a part of JSON": (PARTS, multipart("data", SECRET)),
    "a part of no type": (None, multipart("password", CANARY)),
    "base64 around JSON": (None, b64(SECRET)),
    "base64 of the web around JSON": (None, b64(SECRET, url=True)),
    "base64 around a form": (JSON, json.dumps({"state": b64(f"user=a&password={CANARY}")})),
    "base64 around XML": (JSON, json.dumps({"saml": b64(f"<a><Password>{CANARY}</Password></a>")})),
    "base64 twice": (JSON, json.dumps({"state": b64(b64(SECRET))})),
    "base64 around a token": (None, b64(f"it is {JWT}")),
    "percent-encoded in a text": (None, f"it said {quote(SECRET)} to us"),
    "percent-encoded twice": (None, f"it said {quote(quote(SECRET))} to us"),
    "a token of three parts": (None, f"got {JWT} here"),
    "a token of five parts": (None, FIVE),
    "a token of five parts, spaced": (None, f"got {SPACED} here"),
    "a token of five parts, percent-encoded": (None, f"got {FIVE.replace('.', '%2E')} here"),
    "five parts in base64": (None, b64(f"it is {FIVE}")),
}
QUERIES = {
    "a query": f"client_secret={CANARY}",
    "a percent-encoded query": f"client_secret={EVERY}",
    "a query, its name percent-encoded": f"a=1&%63lient_secret={CANARY}",
    "a query, JSON in it": f"filter={quote(SECRET)}",
    "a query, base64 in it": f"state={b64(SECRET, url=True)}",
    "a token in the query": f"t={JWT}",
    "five parts in the query": f"t={FIVE}",
}
PATHS = {
    "a token in the path": f"/orders/{JWT}",
    "five parts in the path": f"/orders/{FIVE}/lines",
    "base64 in the path": f"/orders/{b64(SECRET, url=True)}/lines",
}
HEADERS = {
    "a header": ("X-Api-Key", CANARY),
    "a header of a word": ("X-Session", CANARY),
    "a cookie": ("Cookie", f"sid={CANARY}"),
    "Basic": ("Authorization", f"Basic {b64(f'me:{CANARY}')}"),
    "Bearer": ("Authorization", f"Bearer {CANARY}"),
    "JSON in a header": ("X-Context", SECRET),
    "base64 in a header": ("X-Context", b64(SECRET)),
    "an address in a header": ("Referer", f"https://{CANARY}@a.example/?a=1"),
    "a token in a header of any name": ("X-Trace", JWT),
    "five parts in a header": ("X-Trace", FIVE),
}
