"""Types and namespaces of .NET that an expression may name."""

from console.core.policy.csharp.values import TypeName

ENUMS = frozenset({
    "StringComparison", "StringSplitOptions", "Formatting", "JTokenType", "RegexOptions", "DateTimeKind",
    "StringComparer", "UriKind", "DateTimeStyles", "NumberStyles", "DayOfWeek", "MidpointRounding", "UriPartial",
    "SaveOptions",
})  # fmt: skip
NAMESPACES = frozenset({
    "System", "Newtonsoft", "Json", "Linq", "Text", "RegularExpressions", "Collections", "Generic", "Net",
    "Security", "Cryptography", "Globalization", "Xml",
})  # fmt: skip
TYPES = NAMESPACES | frozenset({
    "string", "int", "long", "bool", "double", "char", "object", "byte", "decimal", "String", "Int32", "Int64",
    "Boolean", "Double", "Char", "Object", "Byte", "Decimal", "Convert", "Guid", "DateTime", "DateTimeOffset",
    "TimeSpan", "TimeZoneInfo", "Encoding", "Uri", "JObject", "JArray", "JToken", "JValue", "JProperty",
    "JsonConvert", "Regex", "Math", "Enumerable", "Array", "BitConverter", "Random", "StringBuilder",
    "HttpUtility", "WebUtility", "Environment", "List", "Dictionary", "SHA256", "SHA1", "SHA384", "SHA512", "MD5",
    "CultureInfo", "Enum", "Tuple", "Path", "XElement", "XDocument", "XName", "XNamespace", "XNode", "XmlConvert",
})  # fmt: skip


def type_named(name: str) -> TypeName | None:
    return TypeName(name) if name in TYPES or name in ENUMS else None
