"""Static members and constructors of the .NET types that policies name."""

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

from console.core.policy.csharp import static_lists, texts, time_zones, times
from console.core.policy.csharp.conversions import (
    number_converter,
    number_parser,
    parse_bool,
    parse_guid,
    to_bool,
    try_parse,
    wanted_text,
)
from console.core.policy.csharp.faults import NotKnown
from console.core.policy.csharp.json_members import as_token, made_object
from console.core.policy.csharp.json_reader import is_blank
from console.core.policy.csharp.json_trees import are_equal
from console.core.policy.csharp.json_values import (
    JArray,
    JObject,
    JToken,
    parse_token,
)  # fmt: skip
from console.core.policy.csharp.octets import (
    ENCODINGS,
    HASHES,
    copy_into,
    from_base64,
    hash_of,
    hex_text,
    little_endian,
    wanted_bytes,
)
from console.core.policy.csharp.patterns import all_matches, first_match, is_match, regex_replace, regex_split
from console.core.policy.csharp.static_texts import (
    changed_letter,
    char,
    concat,
    escaped,
    format,
    join,
    new_guid,
    numbers,
    of_text,
    parsed_as,
    serialised,
    span,
    unescaped,
)
from console.core.policy.csharp.time_formats import parsed_exactly
from console.core.policy.csharp.type_names import ENUMS
from console.core.policy.csharp.values import (
    Boxed,
    DateValue,
    EnumMember,
    Guid,
    Lambda,
    Long,
    Sequence,
    Thing,
    tuple_thing,
)  # fmt: skip
from console.core.policy.csharp.xml_values import XDocument, XName, XNamespace, name_of, parse_xml


def member(name: str, of: str, clock: Callable[[], DateValue]) -> Any:
    """A static member that is no method."""
    if of in ENUMS:
        return EnumMember(of, name)
    if (constant := _CONSTANTS.get((_SHORT.get(of, of), name))) is not None:
        return constant
    if of in {"DateTime", "DateTimeOffset"} and name in {"UtcNow", "Now", "Today"}:
        now = clock()
        moment = now.at.replace(hour=0, minute=0, second=0, microsecond=0) if name == "Today" else now.at
        return DateValue(moment, of == "DateTimeOffset", is_utc=name == "UtcNow")
    if of == "Encoding" and name in ENCODINGS:
        return Thing(f"Encoding.{name}", {})
    if of == "CultureInfo" and name == "InvariantCulture":
        return EnumMember(of, name)
    if of == "Environment" and name == "NewLine":
        raise NotKnown("the line end of the gateway's system")
    method = _CALLS.get((_SHORT.get(of, of), name))
    if method is not None and of != "Regex":  # named as a method to call: All(char.IsDigit)
        return Lambda(lambda *args: method(list(args)))
    raise NotKnown(f"{of}.{name}")


def call(of: str, name: str, args: list[Any], type_args: list[str]) -> Any:
    found = _CALLS.get((_SHORT.get(of, of), name))
    if of == "JsonConvert" and name == "DeserializeObject" and type_args and len(args) == 1:
        return _deserialised(wanted_text(args[0]), type_args[0])
    if found is None:
        raise NotKnown(f"{of}.{name}")
    return found([one.value if isinstance(one, Boxed) else one for one in args])


def _bare(args: list[Any]) -> str:
    """A text that is read as XML, with no options of how."""
    text = wanted_text(args[0])
    if len(args) > 1 or text.startswith("\ufeff"):
        raise NotKnown("this form of Parse")
    return text


def _deserialised(text: str, of: str) -> Any:
    """JsonConvert.DeserializeObject: null for a text without a token."""
    if is_blank(text):
        if of.rstrip("?") in {"int", "long", "bool", "double"}:
            raise NotKnown("a value from an empty text")
        return None
    return made_object(parse_token(text), of)


_CONSTANTS: dict[tuple[str, str], Any] = {
    ("string", "Empty"): "",
    ("bool", "TrueString"): "True",
    ("bool", "FalseString"): "False",
    ("int", "MaxValue"): 2**31 - 1,
    ("int", "MinValue"): -(2**31),
    ("long", "MaxValue"): Long(2**63 - 1),
    ("long", "MinValue"): Long(-(2**63)),
    ("XNamespace", "None"): XNamespace(""),
    ("XNamespace", "Xmlns"): XNamespace("http://www.w3.org/2000/xmlns/"),
    ("Guid", "Empty"): Guid("00000000-0000-0000-0000-000000000000"),
}
_SHORT = {"String": "string", "Int32": "int", "Int64": "long", "Boolean": "bool", "Double": "double", "Char": "char"}


_CALLS: dict[tuple[str, str], Callable[[list[Any]], Any]] = {
    ("string", "IsNullOrEmpty"): lambda args: not of_text(args[0]),
    ("string", "IsNullOrWhiteSpace"): lambda args: not (of_text(args[0]) or "").strip(),
    ("string", "Concat"): concat,
    ("string", "Format"): format,
    ("string", "Join"): join,
    ("string", "Equals"): lambda args: args[0] is args[1] if None in args[:2] else texts.equals(args[0], args[1:]),
    ("string", "Compare"): texts.compared,
    ("int", "Parse"): number_parser("int"),
    ("long", "Parse"): number_parser("long"),
    ("double", "Parse"): number_parser("double"),
    ("bool", "Parse"): parse_bool,
    ("int", "TryParse"): try_parse(number_parser("int"), 0),
    ("long", "TryParse"): try_parse(number_parser("long"), Long(0)),
    ("bool", "TryParse"): try_parse(parse_bool, False),
    ("Guid", "TryParse"): try_parse(parse_guid, Guid("00000000-0000-0000-0000-000000000000")),
    ("Guid", "Parse"): parse_guid,
    ("Guid", "NewGuid"): new_guid,
    ("Convert", "ToInt64"): number_converter("long"),
    ("Convert", "ToDouble"): number_converter("double"),
    ("Convert", "ToBoolean"): to_bool,
    ("Convert", "ToBase64String"): lambda args: base64.b64encode(wanted_bytes(args[0])).decode(),
    ("Convert", "FromBase64String"): from_base64,
    ("BitConverter", "ToString"): hex_text,
    ("BitConverter", "ToInt16"): little_endian(2, "int"),
    ("BitConverter", "ToInt32"): little_endian(4, "int"),
    ("BitConverter", "ToInt64"): little_endian(8, "long"),
    ("Array", "Copy"): copy_into,
    ("DateTime", "Parse"): times.parsed,
    ("DateTimeOffset", "FromUnixTimeSeconds"): lambda args: times.from_unix(args[0], unit="seconds"),
    ("DateTimeOffset", "FromUnixTimeMilliseconds"): lambda args: times.from_unix(args[0], unit="milliseconds"),
    ("TimeSpan", "FromSeconds"): span("seconds"),
    ("TimeSpan", "FromMinutes"): span("minutes"),
    ("TimeSpan", "FromHours"): span("hours"),
    ("TimeSpan", "FromDays"): span("days"),
    ("TimeSpan", "FromMilliseconds"): span("milliseconds"),
    ("Uri", "EscapeDataString"): escaped,
    ("Uri", "UnescapeDataString"): unescaped,
    ("JObject", "Parse"): parsed_as(JObject),
    ("JArray", "Parse"): parsed_as(JArray),
    ("JToken", "Parse"): parsed_as(JToken),
    ("JObject", "FromObject"): lambda args: as_token(args[0]),
    ("JArray", "FromObject"): lambda args: as_token(args[0]),
    ("JToken", "FromObject"): lambda args: as_token(args[0]),
    ("JsonConvert", "SerializeObject"): serialised,
    ("JsonConvert", "DeserializeObject"): lambda args: _deserialised(wanted_text(args[0]), "JToken"),
    ("Regex", "IsMatch"): is_match,
    ("Regex", "Match"): first_match,
    ("Regex", "Replace"): regex_replace,
    ("Math", "Min"): lambda args: min(args),
    ("Math", "Max"): lambda args: max(args),
    ("Math", "Abs"): lambda args: abs(args[0]),
    ("char", "IsDigit"): char(str.isdigit),
    ("char", "IsLetter"): char(str.isalpha),
    ("char", "IsLetterOrDigit"): char(str.isalnum),
    ("char", "IsWhiteSpace"): char(str.isspace),
    ("Enumerable", "Range"): lambda args: Sequence(numbers(args[0], args[1]), "lazy", "int"),
    ("char", "IsUpper"): char(str.isupper),
    **{("char", name): changed_letter(str.upper) for name in ("ToUpper", "ToUpperInvariant")},
    **{("char", name): changed_letter(str.lower) for name in ("ToLower", "ToLowerInvariant")},
    ("char", "IsLower"): char(str.islower),
    ("DateTime", "TryParse"): try_parse(times.parsed, times.FIRST),
    ("DateTimeOffset", "Parse"): times.parsed_offset,
    ("DateTimeOffset", "TryParse"): try_parse(times.parsed_offset, times.FIRST_OFFSET),
    ("TimeSpan", "Parse"): lambda args: times.span_of(wanted_text(args[0])),
    ("Tuple", "Create"): tuple_thing,
    ("JToken", "DeepEquals"): are_equal,
    ("XElement", "Parse"): lambda args: parse_xml(_bare(args)),
    ("XDocument", "Parse"): lambda args: XDocument(parse_xml(_bare(args))),
    ("XName", "Get"): lambda args: XName(*map(wanted_text, args)) if len(args) == 2 else name_of(args[0]),
    ("XNamespace", "Get"): lambda args: XNamespace(wanted_text(args[0])),
    ("Regex", "Matches"): all_matches,
    ("Regex", "Split"): regex_split,
    ("DateTime", "Compare"): times.compared,
    ("DateTime", "ParseExact"): parsed_exactly,
    ("DateTime", "TryParseExact"): try_parse(parsed_exactly, times.FIRST),
    **static_lists.CALLS,
    **time_zones.CALLS,
    **{(name, "Create"): partial(hash_of, how) for name, how in HASHES.items()},
}  # fmt: skip
