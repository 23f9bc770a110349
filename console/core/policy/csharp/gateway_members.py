"""Members of what the gateway gives: its objects, addresses, variables and bodies."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from console.core.policy.csharp import casts, dictionaries, gateway, octets
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_values import JArray, JObject
from console.core.policy.csharp.values import (
    Boxed,
    Dictionary,
    Sequence,
    Thing,
    Url,
)  # fmt: skip


def thing_member(value: Thing, name: str) -> Any:
    if name in value.members:
        return value.members[name]()
    raise NotKnown(f"{value.name}.{name}")


def url_member(value: Url, name: str) -> Any:
    parts = urlsplit(value.text)
    if value.knows_query_alone and name not in {"Query", "QueryString"}:
        raise NotKnown(f"Request.Url.{name}")
    if name == "Host":
        return parts.hostname or ""
    if name in ({"Path"} if value.is_request else {"AbsolutePath", "LocalPath"}):
        return parts.path or "/"
    if name == "Scheme":
        return parts.scheme
    if name == "Port":
        return parts.port if parts.port is not None else {"https": 443, "http": 80}[parts.scheme]
    if name == "Query":
        return gateway.query_of(value) if value.is_request else (f"?{parts.query}" if parts.query else "")
    if name == "QueryString" and value.is_request:
        return f"?{parts.query}" if parts.query else ""
    if not value.is_request and (told := _of_uri(value.text, parts, name)) is not None:
        return told
    raise NotKnown(f"Url.{name}")


def _of_uri(text: str, parts: SplitResult, name: str) -> Any:
    if name == "AbsoluteUri":
        return text
    if name == "Authority":
        return parts.netloc
    if name == "Fragment":
        return f"#{parts.fragment}" if parts.fragment else ""
    if name == "PathAndQuery":
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if name == "Segments":
        *before, last = (parts.path or "/").split("/")
        return Sequence([f"{one}/" for one in before] + ([last] if last else []), "array", "string")
    return None


_DEFAULTS = {"bool": False, "int": 0, "string": None, "object": None, "JObject": None, "JArray": None, "Jwt": None}


def variable(holder: Dictionary, args: list[Any], type_args: list[str]) -> Any:
    """Variables.GetValueOrDefault<T>(name, default): T is the default's type where it is not written."""
    name = type_args[0] if type_args else _inferred(args)
    is_there, found = dictionaries.found_in(holder, args[0])
    if not is_there:
        if len(args) > 1:
            return args[1]
        if name not in _DEFAULTS and name != "IResponse":
            raise NotKnown(f"the default of {name}")
        return Boxed(None) if name == "object" else _DEFAULTS.get(name)
    if name == "object":
        return Boxed(found)
    if found is None:
        if name in {"bool", "int", "long", "double"}:
            raise Thrown("NullReferenceException")
        return None
    if not casts.is_of(found, name):
        raise Thrown("InvalidCastException")
    return found


def _inferred(args: list[Any]) -> str:
    if len(args) < 2:
        return "object"
    kinds = {bool: "bool", int: "int", str: "string", JObject: "JObject", JArray: "JArray"}
    if type(args[1]) not in kinds:
        raise NotKnown("the type of a variable's default")
    return kinds[type(args[1])]


def url_call(value: Url, name: str) -> Any:
    """IUrl.ToUri(): the same address, with the members of a Uri."""
    if name != "ToUri" or not value.is_request or value.knows_query_alone:
        raise NotKnown(f"{name} of Url")
    return Url(value.text)


def thing_call(value: Thing, name: str, args: list[Any], type_args: list[str], names: list[str]) -> Any:
    if value.name == "Body" and name == "As" and type_args:
        return _as(value, args, type_args, names)
    if value.name.startswith("Encoding.") and name in {"GetBytes", "GetString"} and len(args) == 1:
        encoding = value.name.partition(".")[2]
        return octets.encode(encoding, args[0]) if name == "GetBytes" else octets.decode(encoding, args[0])
    if value.name == "Body" and names in ([], [""], ["preserveContent"]):
        names = []
    found = value.methods.get(name)
    if found is None or any(names):
        raise NotKnown(f"{value.name}.{name}()")
    return found(*args)


def _as(body: Thing, args: list[Any], type_args: list[str], names: list[str]) -> Any:
    if (
        len(args) > 1
        or (names and names[0] not in {"", "preserveContent"})
        or not all(isinstance(a, bool) for a in args)
    ):
        raise NotKnown("this form of Body.As")
    return body.methods["As"](type_args[0], bool(args and args[0]))
