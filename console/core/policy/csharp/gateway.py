"""`context` as an expression sees it, from the parts that are given; a part that is not given is not known.

Microsoft Learn, "API Management policy expressions": context variable, IUrl, IMessageBody, Jwt. The shapes of the parts
are those of `policy_expressions/README.md`.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject, JToken, parse_token, token_of
from console.core.policy.csharp.jwts import jwt_of
from console.core.policy.csharp.values import DateValue, Dictionary, Guid, HeldValue, Long, Sequence, Thing, Url
from console.core.policy.csharp.xml_values import XDocument, parse_xml

Parts = Mapping[str, Any]
PARTS = frozenset({
    "method", "url", "original_url", "headers", "matched_parameters", "body", "ip", "certificate", "variables", "user",
    "subscription", "product", "operation", "api", "deployment", "last_error", "response", "request_id", "timestamp",
    "now", "named_values",
})  # fmt: skip
Maker = Callable[[], Any]


def context_of(parts: Parts) -> Thing:
    """The root object."""
    return Thing(
        "context",
        {
            "Request": lambda: _request(parts),
            "Response": lambda: _response(part(parts, "response")),
            "Variables": lambda: _variables_of(parts),
            "User": lambda: _named(part(parts, "user"), "User", _USER),
            "Subscription": lambda: _named(part(parts, "subscription"), "Subscription", _SUBSCRIPTION),
            "Product": lambda: _named(part(parts, "product"), "Product", _PRODUCT),
            "Operation": lambda: _named(part(parts, "operation"), "Operation", _OPERATION),
            "Api": lambda: _named(part(parts, "api"), "Api", _API),
            "Deployment": lambda: _deployment(part(parts, "deployment")),
            "LastError": lambda: _named(part(parts, "last_error"), "LastError", _ERROR),
            "RequestId": lambda: Guid(part(parts, "request_id")),
            "Timestamp": lambda: moment(part(parts, "timestamp")),
        },
        {"Trace": lambda message: None},
    )


def part(parts: Parts, name: str) -> Any:
    if name not in parts:
        raise NotKnown(name)
    return parts[name]


def moment(text: str) -> DateValue:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return DateValue(at if at.tzinfo else at.replace(tzinfo=UTC))


_USER = {"Id": "id", "Email": "email", "FirstName": "first_name", "LastName": "last_name", "Groups": "groups"}
_SUBSCRIPTION = {"Id": "id", "Name": "name", "Key": "key"}
_PRODUCT = {"Id": "id", "Name": "name"}
_OPERATION = {"Id": "id", "Name": "name", "Method": "method", "UrlTemplate": "url_template"}
_API = {"Id": "id", "Name": "name", "Path": "path", "Version": "version", "Revision": "revision"}
_ERROR = {
    "Source": "source", "Reason": "reason", "Message": "message", "Scope": "scope", "Section": "section",
    "Path": "path", "PolicyId": "policy_id",
}  # fmt: skip


def _named(given: Any, name: str, members: Mapping[str, str]) -> Thing | None:
    if given is None:
        return None
    return Thing(name, {member: _maker(given, key, f"{name}.{member}") for member, key in members.items()})


def _maker(given: Mapping[str, Any], key: str, name: str) -> Maker:
    def make() -> Any:
        if key not in given:
            raise NotKnown(name)
        value = given[key]
        if isinstance(value, list):
            items = [_named(one, name, {"Id": "id", "Name": "name"}) for one in value]
            return Sequence(list(items), "lazy", "Group")
        return value

    return make


def _deployment(given: Mapping[str, Any]) -> Thing:
    gateway = {"Id": "id", "InstanceId": "instance_id", "IsManaged": "is_managed"}
    return Thing(
        "Deployment",
        {
            "Region": _maker(given, "region", "Deployment.Region"),
            "ServiceName": _maker(given, "service_name", "Deployment.ServiceName"),
            "Gateway": lambda: _named(given.get("gateway", {}), "Gateway", gateway),
        },
    )


def _request(parts: Parts) -> Thing:
    body = _body(lambda: part(parts, "body"))
    return Thing(
        "Request",
        {
            "Method": lambda: part(parts, "method"),
            "Url": lambda: _url_of(parts),
            "OriginalUrl": lambda: Url(part(parts, "original_url"), is_request=True),
            "Headers": lambda: _headers_of(parts),
            "MatchedParameters": lambda: Dictionary(dict(part(parts, "matched_parameters")), part="matched parameters"),
            "Body": lambda: None if part(parts, "body") is None else body,
            "IpAddress": lambda: part(parts, "ip"),
            "Certificate": lambda: _certificate(part(parts, "certificate")),
        },
    )


def _url_of(parts: Parts) -> Url:
    """The address as policies see it, or what is known of it: the query."""
    if "url" not in parts and "url_query" in parts:
        return Url(f"https://gateway.invalid/?{parts['url_query']}", is_request=True, knows_query_alone=True)
    return Url(part(parts, "url"), is_request=True)


def _certificate(given: Any) -> Thing | None:
    if given is None:
        return None
    texts = {"Thumbprint": "thumbprint", "Subject": "subject", "Issuer": "issuer"}
    names = {"SubjectName": "subject", "IssuerName": "issuer"}
    times = {"NotBefore": "not_before", "NotAfter": "not_after"}
    asked = {name: _maker(given, key, f"Certificate.{name}") for name, key in {**texts, **times}.items()}
    dates = {name: partial(_date, asked[name]) for name in times}
    named = {name: partial(_distinguished, _maker(given, key, f"Certificate.{name}")) for name, key in names.items()}
    return Thing("Certificate", {**asked, **dates, **named})


def _distinguished(name: Maker) -> Thing:
    """X500DistinguishedName, of which policies ask the name as it is written."""
    return Thing("X500DistinguishedName", {"Name": name})


def _date(text: Maker) -> DateValue:
    return moment(text())


def _response(given: Any) -> Thing | None:
    if given is None:
        return None
    body = _body(lambda: given["body"])
    return Thing(
        "Response",
        {
            "StatusCode": _maker(given, "status", "Response.StatusCode"),
            "StatusReason": _maker(given, "reason", "Response.StatusReason"),
            "Headers": lambda: headers(given["headers"]) if "headers" in given else _missing("Response.Headers"),
            "Body": lambda: (None if given["body"] is None else body) if "body" in given else _missing("Response.Body"),
        },
    )


def _missing(name: str) -> Any:
    raise NotKnown(name)


def _body(text: Maker) -> Thing:
    """IMessageBody. Without preserveContent the content is read once: what a second reading gives is not settled."""
    is_spent = [False]

    def as_type(name: str, keeps: bool) -> Any:
        if is_spent[0]:
            raise NotKnown("a body that is read a second time")
        is_spent[0] = not keeps
        return _content(text(), name)

    def as_form(keeps: bool = False) -> Dictionary:
        fields: dict[str, Sequence] = {}
        for name, value in parse_qsl(as_type("string", keeps), keep_blank_values=True):
            fields.setdefault(name, Sequence([], "list", "string")).items.append(value)
        return Dictionary(fields, part="form fields")

    return Thing("Body", {}, {"As": as_type, "AsFormUrlEncodedContent": as_form})


def _content(text: str, name: str) -> Any:
    if name == "string":
        return text
    if name == "byte[]":
        return bytearray(text.encode())
    if name in {"XElement", "XDocument"}:
        root = parse_xml(text.removeprefix("\ufeff"))
        return XDocument(root) if name == "XDocument" else root
    kinds: dict[str, type[JToken]] = {"JObject": JObject, "JArray": JArray, "JToken": JToken}
    if name not in kinds:
        raise NotKnown(f"a body as {name}")
    token = parse_token(text)
    if not isinstance(token, kinds[name]):
        raise Thrown("JsonReaderException")
    return token


def _headers_of(parts: Parts) -> Dictionary:
    """All headers, or those that are known: `some_headers`, with `may_be_sent` for names that are not among them."""
    if "headers" not in parts and "some_headers" in parts:
        return replace(headers(parts["some_headers"]), is_partial=True, may_hold=parts.get("may_be_sent"))
    return headers(part(parts, "headers"))


def headers(given: Mapping[str, list[str]]) -> Dictionary:
    lists = {name: Sequence(list(values), "array", "string") for name, values in given.items()}
    return Dictionary(lists, folds=True, part="headers", values_are_lists=True)


def query_of(url: Url) -> Dictionary:
    found: dict[str, Sequence] = {}
    for name, value in parse_qsl(urlsplit(url.text).query, keep_blank_values=True):
        found.setdefault(name, Sequence([], "array", "string")).items.append(value)
    return Dictionary(found, part="query parameters", values_are_lists=True)


def _variables_of(parts: Parts) -> Dictionary:
    """All variables, or those that are known: `some_variables`."""
    if "variables" not in parts and "some_variables" in parts:
        return replace(variables(parts["some_variables"]), is_partial=True)
    return variables(part(parts, "variables"))


def variables(given: Mapping[str, Any]) -> Dictionary:
    made = {name: _variable(value) for name, value in given.items()}
    return Dictionary(made, part="variables", values_are_objects=True)


def _variable(value: Any) -> Any:
    if isinstance(value, HeldValue):
        return value.value if isinstance(value.value, Thing) else deepcopy(value.value)
    if not isinstance(value, dict):
        return value
    kind = value.get("$type")
    if kind == "Int64":
        return Long(int(value["value"]))
    if kind == "Jwt":
        return jwt_of(value["token"])
    if kind in {"JObject", "JArray"}:
        found = value["json"]
        return parse_token(found) if isinstance(found, str) else token_of(found)
    if kind == "Response":
        return _response({key: one for key, one in value.items() if key != "$type"})
    raise NotKnown("a variable of this type")
