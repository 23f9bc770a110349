"""Programs read back by real grammars (tree-sitter): what their texts say by the rules of each language."""

import re
from dataclasses import dataclass, field
from functools import cache

import tree_sitter
import tree_sitter_c_sharp
import tree_sitter_go
import tree_sitter_java

MODULES = {"csharp": tree_sitter_c_sharp, "java": tree_sitter_java, "go": tree_sitter_go}
NAMED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
NUMBER = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|([0-7]{3}))")
CALLS = ("invocation_expression", "method_invocation", "call_expression", "object_creation_expression")
STRINGS = ("string_literal", "interpreted_string_literal")


@cache
def parser(language):
    return tree_sitter.Parser(tree_sitter.Language(MODULES[language].language()))


@dataclass
class Program:
    """`environment` is what it finds when it runs. Its texts are bytes as the language holds them: UTF-16, Go UTF-8."""

    language: str
    text: str
    environment: dict = field(default_factory=dict)

    def __post_init__(self):
        self.encoding = "utf-8" if self.language == "go" else "utf-16-le"
        self.root = parser(self.language).parse(self.text.encode()).root_node
        assert not self.root.has_error, self.text[:2000]
        self.variables = dict(self._declared())

    def arguments_of(self, name):
        """The arguments of each call of a function whose name ends so, in the order in which they stand."""
        found = [_arguments(node) for node in walk(self.root) if node.type in CALLS and _name(node).endswith(name)]
        return sorted(found, key=lambda arguments: arguments[0].start_byte if arguments else 0)

    def value(self, node, encoding=""):
        raw = self._raw(node)
        return raw.decode(encoding or self.encoding, "surrogatepass" if self.language != "go" else "strict")

    def _declared(self):
        for node in walk(self.root):
            if node.type == "variable_declarator" and node.named_children[1:]:
                yield node.named_children[0].text.decode(), node.named_children[-1]
            elif node.type == "short_var_declaration" and node.child_by_field_name("right").named_children:
                left, right = (node.child_by_field_name(side) for side in ("left", "right"))
                yield left.text.decode(), right.named_children[0]

    def _raw(self, node):
        if node.type in STRINGS:
            return b"".join(self._part(part) for part in node.named_children)
        if node.type == "binary_expression":
            return self._raw(node.child_by_field_name("left")) + self._raw(node.child_by_field_name("right"))
        if node.type == "identifier":
            return self._raw(self.variables[node.text.decode()])
        if node.type in ("argument", "literal_element", "parenthesized_expression"):
            return self._raw(node.named_children[0])
        assert node.type in CALLS, node.type
        return self._called(_name(node), _arguments(node))

    def _called(self, name, arguments):
        if name in ("wanted", "Wanted"):
            return self.environment[self.value(arguments[0])].encode(self.encoding)
        if name in ("string.Concat", "URI.create"):
            return b"".join(map(self._raw, arguments))
        if name == "String.join":
            return self._raw(arguments[0]).join(map(self._raw, arguments[1:]))
        assert name == "strings.Join", name
        items = arguments[0].child_by_field_name("body").named_children
        return self._raw(arguments[1]).join(map(self._raw, items))

    def _part(self, part):
        text = part.text.decode()
        if part.type != "escape_sequence":
            return text.encode(self.encoding)
        if text[1] in NAMED and len(text) == 2:
            return NAMED[text[1]].encode(self.encoding)
        short, long, byte, octal = NUMBER.fullmatch(text).groups()
        if byte and self.language == "go":
            return bytes.fromhex(byte)
        code = int(short or long or byte or octal, 8 if octal else 16)
        return chr(code).encode(self.encoding, "surrogatepass")


def walk(node):
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def _name(node):
    if node.type == "method_invocation":
        target = node.child_by_field_name("object")
        start = f"{target.text.decode()}." if target is not None and target.type == "identifier" else ""
        return start + node.child_by_field_name("name").text.decode()
    named = node.child_by_field_name("function") or node.child_by_field_name("type")
    return named.text.decode()


def _arguments(node):
    listed = node.child_by_field_name("arguments")
    return [one for one in listed.named_children if "comment" not in one.type] if listed is not None else []
