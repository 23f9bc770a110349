"""Static members and constructors of the .NET types that policies name."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import re2  # type: ignore[import-untyped]

from console.core.policy.csharp import lists, texts, times
from console.core.policy.csharp.as_text import text_of
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.json_members import as_token
from console.core.policy.csharp.json_values import (
    JArray,
    JObject,
    JProperty,
    JToken,
    JValue,
    add,
    parse_token,
    put,
    written,
)  # fmt: skip
from console.core.policy.csharp.operators import converted, parsed_number
from console.core.policy.csharp.values import (
    Boxed,
    Builder,
    Char,
    Dictionary,
    Guid,
    Long,
    Member,
    Moment,
    Out,
    Sequence,
    Span,
    Thing,
    TypeName,
    Untold,
    Url,
)  # fmt: skip

MAX_BYTES = 1_000_000
_ENCODINGS = {"UTF8": "utf-8", "ASCII": "ascii", "Unicode": "utf-16-le", "Latin1": "latin-1"}
_HASHES = {"SHA256": "sha256", "SHA1": "sha1", "SHA384": "sha384", "SHA512": "sha512", "MD5": "md5"}
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?")
ENUMS = frozenset(
    [
        "StringComparison",
        "StringSplitOptions",
        "Formatting",
        "JTokenType",
        "RegexOptions",
        "DateTimeKind",
        "StringComparer",
        "UriKind",
        "DateTimeStyles",
        "NumberStyles",
    ]
)
TYPES = frozenset(
    [
        "string",
        "int",
        "long",
        "bool",
        "double",
        "char",
        "object",
        "byte",
        "decimal",
        "String",
        "Int32",
        "Int64",
        "Boolean",
        "Double",
        "Char",
        "Object",
        "Byte",
        "Decimal",
        "Convert",
        "Guid",
        "DateTime",
        "DateTimeOffset",
        "TimeSpan",
        "Encoding",
        "Uri",
        "JObject",
        "JArray",
        "JToken",
        "JValue",
        "JProperty",
        "JsonConvert",
        "Regex",
        "Math",
        "Enumerable",
        "Array",
        "BitConverter",
        "Random",
        "StringBuilder",
        "HttpUtility",
        "WebUtility",
        "Environment",
        "List",
        "Dictionary",
        "SHA256",
        "SHA1",
        "SHA384",
        "SHA512",
        "MD5",
        "CultureInfo",
        "Enum",
        "Tuple",
        "Path",
        "XElement",
        "XDocument",
        "XNode",
        "XmlConvert",
        "System",
        "Newtonsoft",
        "Json",
        "Linq",
        "Text",
        "RegularExpressions",
        "Collections",
        "Generic",
        "Net",
        "Security",
        "Cryptography",
        "Globalization",
        "Xml",
    ]
)
NAMESPACES = frozenset(
    [
        "System",
        "Newtonsoft",
        "Json",
        "Linq",
        "Text",
        "RegularExpressions",
        "Collections",
        "Generic",
        "Net",
        "Security",
        "Cryptography",
        "Globalization",
        "Xml",
    ]
)


def member(name: str, of: str, clock: Callable[[], Moment]) -> Any:
    """A static member that is no method."""
    if of in ENUMS:
        return Member(of, name)
    if of in {"string", "String"} and name == "Empty":
        return ""
    if of in {"DateTime", "DateTimeOffset"} and name in {"UtcNow", "Now", "Today"}:
        now = clock()
        moment = now.at.replace(hour=0, minute=0, second=0, microsecond=0) if name == "Today" else now.at
        return Moment(moment, of == "DateTimeOffset")
    if of == "Guid" and name == "Empty":
        return Guid("00000000-0000-0000-0000-000000000000")
    if of == "Encoding" and name in _ENCODINGS:
        return Thing(f"Encoding.{name}", {})
    if of == "CultureInfo" and name == "InvariantCulture":
        return Member(of, name)
    if of in {"int", "Int32"} and name in {"MaxValue", "MinValue"}:
        return 2**31 - 1 if name == "MaxValue" else -(2**31)
    if of == "Environment" and name == "NewLine":
        raise NotKnown("the line end of the gateway's system")
    raise NotKnown(f"{of}.{name}")


def call(of: str, name: str, args: list[Any], type_args: list[str]) -> Any:
    found = _CALLS.get((_SHORT.get(of, of), name))
    if found is None:
        raise NotKnown(f"{of}.{name}")
    return found([one.value if isinstance(one, Boxed) else one for one in args])


_SHORT = {"String": "string", "Int32": "int", "Int64": "long", "Boolean": "bool", "Double": "double", "Char": "char"}


def _parse_bool(args: list[Any]) -> bool:
    if args[0] is None:
        raise Thrown("ArgumentNullException")
    word = str(args[0]).strip().lower()
    if word not in {"true", "false"}:
        raise Thrown("FormatException")
    return word == "true"


def _try(parse: Callable[[list[Any]], Any], default: Any) -> Callable[[list[Any]], bool]:
    def tried(args: list[Any]) -> bool:
        if not isinstance(args[-1], Out) or len(args) != 2:
            raise NotKnown("this form of TryParse")
        try:
            args[-1].put(parse(args[:1]))
        except Thrown:
            args[-1].put(default)
            return False
        return True

    return tried


def _number(name: str) -> Callable[[list[Any]], Any]:
    def parse(args: list[Any]) -> Any:
        if args[0] is None:
            raise Thrown("ArgumentNullException")
        return parsed_number(_text(args[0]), name)

    return parse


def _text(value: Any) -> str:
    if value is None:
        raise Thrown("ArgumentNullException")
    if not isinstance(value, str):
        raise NotKnown("an argument that is no text")
    return str(value)


def _to_number(name: str) -> Callable[[list[Any]], Any]:
    def convert(args: list[Any]) -> Any:
        value = args[0]
        if len(args) > 1:
            raise NotKnown("this form of Convert")
        if value is None:
            return converted(0, name)
        if isinstance(value, bool):
            return converted(int(value), name)
        if isinstance(value, str) and not isinstance(value, Char):
            return parsed_number(value, name)
        if isinstance(value, float) and value != int(value):
            raise NotKnown("a rounding conversion")
        if isinstance(value, JToken):
            raise NotKnown("Convert of JSON")
        return converted(value, name)

    return convert


def _to_bool(args: list[Any]) -> bool:
    value = args[0]
    if value is None:
        return False
    if isinstance(value, str):
        return _parse_bool([value])
    if isinstance(value, int | float):
        return bool(value)
    raise NotKnown("Convert.ToBoolean of this")


def _bytes(value: Any) -> bytes:
    if value is None:
        raise Thrown("ArgumentNullException")
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    raise NotKnown("an argument that is no bytes")


def _from_base64(args: list[Any]) -> bytearray:
    text = re.sub(r"[ \t\r\n]", "", _text(args[0]))
    try:
        return bytearray(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise Thrown("FormatException") from None


def encode(encoding: str, text: Any) -> bytearray:
    try:
        return bytearray(_text(text).encode(_ENCODINGS[encoding]))
    except UnicodeEncodeError:
        raise NotKnown("letters that the encoding does not have") from None


def decode(encoding: str, raw: Any) -> str:
    try:
        return _bytes(raw).decode(_ENCODINGS[encoding])
    except UnicodeDecodeError:
        raise NotKnown("bytes that are no text of the encoding") from None


def _hex(args: list[Any]) -> str:
    return "-".join(f"{one:02X}" for one in _bytes(args[0]))


def _little(size: int, kind: str) -> Callable[[list[Any]], Any]:
    def read(args: list[Any]) -> Any:
        raw, at = _bytes(args[0]), args[1]
        if not isinstance(at, int) or at < 0 or at >= len(raw):
            raise Thrown("ArgumentOutOfRangeException")
        if at + size > len(raw):
            raise Thrown("ArgumentException")
        return converted(int.from_bytes(raw[at : at + size], "little", signed=True), kind)

    return read


def _copy(args: list[Any]) -> None:
    if len(args) != 5 or not isinstance(args[2], bytearray):
        raise NotKnown("this form of Array.Copy")
    source, start, target, to, count = args
    raw = _bytes(source)
    if min(start, to, count) < 0:
        raise Thrown("ArgumentOutOfRangeException")
    if start + count > len(raw) or to + count > len(target):
        raise Thrown("ArgumentException")
    target[to : to + count] = raw[start : start + count]


def _pattern(text: Any, options: list[Any]) -> Any:
    """The pattern in linear time; what it cannot do, or does otherwise than .NET, nobody tells here."""
    names = {name for one in options if isinstance(one, Member) for name in one.name.split("|")}
    if names - {"IgnoreCase", "None", "Compiled", "CultureInvariant"} or any(
        not isinstance(one, Member) for one in options
    ):
        raise NotKnown("these options of an expression")
    source = _text(text)
    if re.search(r"\(\?[=!<#>]|\\[1-9GZAzpPbB]|\(\?[imnsx-]+\)|\$", source.removesuffix("$")) and re.search(
        r"\(\?(?:[=!>#]|<[=!])|\\[1-9Gp]", source
    ):
        raise NotKnown("this regular expression")
    try:
        return re2.compile(
            ("(?i)" if "IgnoreCase" in names else "") + re.sub(r"\(\?<([A-Za-z_]\w*)>", r"(?P<\1>", source)
        )
    except re2.error:
        raise NotKnown("this regular expression") from None


def _is_match(args: list[Any]) -> bool:
    return _pattern(args[1], args[2:]).search(_plain(args[0])) is not None


def _plain(value: Any) -> str:
    """What is searched: \\d, \\w and $ mean more than ASCII and the very end in .NET."""
    text = _text(value)
    if not text.isascii() or text.endswith("\n"):
        raise NotKnown("a regular expression on this text")
    return text


def _match(args: list[Any]) -> Thing:
    return match_thing(_pattern(args[1], args[2:]).search(_plain(args[0])))


def match_thing(found: Any) -> Thing:
    def group(key: Any) -> Thing:
        if found is None:
            return _group(None)
        try:
            return _group(found.group(int(key) if isinstance(key, int) else str(key)))
        except (IndexError, KeyError):
            return _group(None)

    return Thing(
        "Match",
        {"Success": lambda: found is not None, "Value": lambda: "" if found is None else found.group(0),
         "Groups": lambda: Thing("Groups", {}, {"[]": group})},
    )  # fmt: skip


def _group(value: str | None) -> Thing:
    return Thing(
        "Group", {"Success": lambda: value is not None, "Value": lambda: value or ""}, {"ToString": lambda: value or ""}
    )


def _regex_replace(args: list[Any]) -> str:
    if "$" in _text(args[2]) or "\\" in args[2]:
        raise NotKnown("a replacement with groups")
    return str(_pattern(args[1], args[3:]).sub(args[2], _plain(args[0])))


def _escaped(args: list[Any]) -> str:
    return quote(_text(args[0]), safe="-_.~")


def _unescaped(args: list[Any]) -> str:
    return decode("UTF8", bytearray(unquote_to_bytes(_text(args[0]))))


def _parsed_as(kind: type[JToken]) -> Callable[[list[Any]], JToken]:
    def parse(args: list[Any]) -> JToken:
        token = parse_token(_text(args[0]))
        if not isinstance(token, kind):
            raise Thrown("JsonReaderException")
        return token

    return parse


def _serialised(args: list[Any]) -> str:
    indented = any(isinstance(one, Member) and one.name == "Indented" for one in args[1:])
    return written(as_token(args[0]), is_indented=indented)


def _new_guid(args: list[Any]) -> Untold:
    return Untold("random")


def _parse_guid(args: list[Any]) -> Guid:
    text = _text(args[0]).strip()
    if not _GUID.fullmatch(text):
        raise (
            Thrown("FormatException")
            if not re.fullmatch(r"[0-9a-fA-F]{32}|\(.*\)|\{0x.*", text)
            else NotKnown("this Guid")
        )
    return Guid(text.strip("{}").lower())


def _span(unit: str) -> Callable[[list[Any]], Span]:

    return lambda args: Span(timedelta(**{unit: args[0]}))


def _concat(args: list[Any]) -> str:
    if len(args) == 1 and isinstance(args[0], Sequence):
        args = args[0].items
    return "".join(text_of(one) for one in args)


def _format(args: list[Any]) -> str:
    if args and isinstance(args[0], Member):
        args = args[1:]
    values = args[1].items if len(args) == 2 and isinstance(args[1], Sequence) else args[1:]
    return texts.formatted(_text(args[0]), values)


def _join(args: list[Any]) -> str:
    if len(args) == 2 and not isinstance(args[1], str):
        return lists.joined(args[0], args[1])
    return text_of(args[0]).join(text_of(one) for one in args[1:])


def _char(test: Callable[[str], bool]) -> Callable[[list[Any]], bool]:
    def ask(args: list[Any]) -> bool:
        one = str(args[0])
        if len(args) != 1 or not one.isascii():
            raise NotKnown("a kind of letter beyond ASCII")
        return test(one)

    return ask


def _hash_of(how: str, args: list[Any]) -> Thing:  # noqa: ARG001
    return hasher(how, None)


def hasher(how: str, key: bytes | None) -> Thing:
    def compute(raw: Any) -> bytearray:
        data = _bytes(raw)
        if key is not None:
            return bytearray(hmac.new(key, data, how).digest())
        return bytearray(hashlib.new(how, data, usedforsecurity=False).digest())

    return Thing("Hash", {}, {"ComputeHash": compute})


_CALLS: dict[tuple[str, str], Callable[[list[Any]], Any]] = {
    ("string", "IsNullOrEmpty"): lambda args: not _of_text(args[0]),
    ("string", "IsNullOrWhiteSpace"): lambda args: not (_of_text(args[0]) or "").strip(),
    ("string", "Concat"): _concat,
    ("string", "Format"): _format,
    ("string", "Join"): _join,
    ("string", "Equals"): lambda args: args[0] is args[1] if None in args[:2] else texts.equals(args[0], args[1:]),
    ("string", "Compare"): texts.compared,
    ("int", "Parse"): _number("int"),
    ("long", "Parse"): _number("long"),
    ("double", "Parse"): _number("double"),
    ("bool", "Parse"): _parse_bool,
    ("int", "TryParse"): _try(_number("int"), 0),
    ("long", "TryParse"): _try(_number("long"), Long(0)),
    ("bool", "TryParse"): _try(_parse_bool, False),
    ("Guid", "TryParse"): _try(_parse_guid, Guid("00000000-0000-0000-0000-000000000000")),
    ("Guid", "Parse"): _parse_guid,
    ("Guid", "NewGuid"): _new_guid,
    ("Convert", "ToInt32"): _to_number("int"),
    ("Convert", "ToInt64"): _to_number("long"),
    ("Convert", "ToDouble"): _to_number("double"),
    ("Convert", "ToBoolean"): _to_bool,
    ("Convert", "ToString"): lambda args: text_of(args[0]),
    ("Convert", "ToBase64String"): lambda args: base64.b64encode(_bytes(args[0])).decode(),
    ("Convert", "FromBase64String"): _from_base64,
    ("BitConverter", "ToString"): _hex,
    ("BitConverter", "ToInt16"): _little(2, "int"),
    ("BitConverter", "ToInt32"): _little(4, "int"),
    ("BitConverter", "ToInt64"): _little(8, "long"),
    ("Array", "Copy"): _copy,
    ("DateTime", "Parse"): lambda args: times.parsed(args[0]),
    ("DateTimeOffset", "FromUnixTimeSeconds"): lambda args: times.from_unix(args[0], unit="seconds"),
    ("DateTimeOffset", "FromUnixTimeMilliseconds"): lambda args: times.from_unix(args[0], unit="milliseconds"),
    ("TimeSpan", "FromSeconds"): _span("seconds"),
    ("TimeSpan", "FromMinutes"): _span("minutes"),
    ("TimeSpan", "FromHours"): _span("hours"),
    ("TimeSpan", "FromDays"): _span("days"),
    ("TimeSpan", "FromMilliseconds"): _span("milliseconds"),
    ("Uri", "EscapeDataString"): _escaped,
    ("Uri", "UnescapeDataString"): _unescaped,
    ("JObject", "Parse"): _parsed_as(JObject),
    ("JArray", "Parse"): _parsed_as(JArray),
    ("JToken", "Parse"): _parsed_as(JToken),
    ("JObject", "FromObject"): lambda args: as_token(args[0]),
    ("JArray", "FromObject"): lambda args: as_token(args[0]),
    ("JToken", "FromObject"): lambda args: as_token(args[0]),
    ("JsonConvert", "SerializeObject"): _serialised,
    ("JsonConvert", "DeserializeObject"): lambda args: parse_token(_text(args[0])),
    ("Regex", "IsMatch"): _is_match,
    ("Regex", "Match"): _match,
    ("Regex", "Replace"): _regex_replace,
    ("Math", "Min"): lambda args: min(args),
    ("Math", "Max"): lambda args: max(args),
    ("Math", "Abs"): lambda args: abs(args[0]),
    ("char", "IsDigit"): _char(str.isdigit),
    ("char", "IsLetter"): _char(str.isalpha),
    ("char", "IsLetterOrDigit"): _char(str.isalnum),
    ("char", "IsWhiteSpace"): _char(str.isspace),
    ("Enumerable", "Range"): lambda args: Sequence(_range(args[0], args[1]), "lazy", "int"),
    **{(name, "Create"): partial(_hash_of, how) for name, how in _HASHES.items()},
}  # fmt: skip


def _range(start: int, count: int) -> list[Any]:
    if count < 0:
        raise Thrown("ArgumentOutOfRangeException")
    if count > 10_000:
        raise NotKnown("a range of this length")
    return list(range(start, start + count))


def _of_text(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and not isinstance(value, Char)):
        return value
    raise NotKnown("a text test of something else")


def new(of: str, args: list[Any], clock: Callable[[], Moment]) -> Any:
    """`new T(args)`, without initializer."""
    args = [one.value if isinstance(one, Boxed) else one for one in args]
    made = _NEW.get(of.partition("<")[0])
    if made is None:
        raise NotKnown(f"new {of}")
    return made(args, of)


def _new_json_object(args: list[Any], _: str) -> JObject:
    made = JObject()
    for one in args:
        if not isinstance(one, JProperty):
            raise NotKnown("this form of new JObject")

        put(made, one.name, as_token(one.value))
    return made


def _new_json_array(args: list[Any], _: str) -> JArray:

    made = JArray()
    listed = args[0].items if len(args) == 1 and isinstance(args[0], Sequence | JArray) else args
    for one in listed:
        add(made, as_token(one))
    return made


def _new_property(args: list[Any], _: str) -> JProperty:
    values = [as_token(one) for one in args[1:]]
    return JProperty(_text(args[0]), values[0] if len(values) == 1 else _new_json_array(values, ""))


def _new_text(args: list[Any], _: str) -> str:
    if len(args) == 2 and isinstance(args[0], Char) and isinstance(args[1], int):
        if args[1] < 0:
            raise Thrown("ArgumentOutOfRangeException")
        if args[1] > MAX_BYTES:
            raise NotKnown("a text of this length")
        return str(args[0]) * args[1]
    if len(args) == 1 and isinstance(args[0], Sequence):
        return "".join(str(one) for one in args[0].items)
    raise NotKnown("this form of new string")


def _new_list(args: list[Any], of: str) -> Sequence:
    inner = of.partition("<")[2].rstrip(">")
    copied = lists.items_of(args[0]) if args and not isinstance(args[0], int) else []
    if copied is None:
        raise NotKnown("this form of new List")
    return Sequence(list(copied), "list", inner)


def _new_uri(args: list[Any], _: str) -> Url:
    text = _text(args[0])
    if len(args) == 1 and ":" not in text and not text.startswith(("/", "\\")):
        raise Thrown("UriFormatException")
    if len(args) > 1 or not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\x21-\x7e]*)?", text):
        raise NotKnown("this form of Uri")
    return Url(text)


def _new_moment(args: list[Any], of: str) -> Moment:

    if len(args) not in {3, 6, 7} or not all(isinstance(one, int) for one in args[:6]):
        raise NotKnown(f"this form of new {of}")
    try:
        return Moment(datetime(*args[:6]).replace(tzinfo=UTC), of == "DateTimeOffset")
    except ValueError:
        raise Thrown("ArgumentOutOfRangeException") from None


def _new_hmac(how: str) -> Callable[[list[Any], str], Thing]:
    return lambda args, _: hasher(how, _bytes(args[0]))


def _unseeded(args: list[Any], _: str) -> Any:
    raise NotKnown("random")


_NEW: dict[str, Callable[[list[Any], str], Any]] = {
    "JObject": _new_json_object,
    "JArray": _new_json_array,
    "JProperty": _new_property,
    "JValue": lambda args, _: JValue(args[0]),
    "string": _new_text,
    "List": _new_list,
    "Dictionary": lambda args, of: Dictionary({}),
    "StringBuilder": lambda args, _: Builder(_text(args[0]) if args else ""),
    "Uri": _new_uri,
    "DateTime": _new_moment,
    "DateTimeOffset": _new_moment,
    "Random": _unseeded,
    "HMACSHA256": _new_hmac("sha256"),
    "HMACSHA1": _new_hmac("sha1"),
    "HMACSHA512": _new_hmac("sha512"),
    "Guid": lambda args, _: _parse_guid(args),
    "Regex": lambda args, _: _regex(args),
}


def _regex(args: list[Any]) -> Thing:
    pattern = _pattern(args[0], args[1:])
    return Thing(
        "Regex",
        {},
        {"IsMatch": lambda text: pattern.search(_plain(text)) is not None,
         "Match": lambda text: match_thing(pattern.search(_plain(text)))},
    )  # fmt: skip


def type_named(name: str) -> TypeName | None:
    return TypeName(name) if name in TYPES or name in ENUMS else None
