"""Commands of a PowerShell script or session: their parameters, with variables, tables and splats put in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from console.core.paste.shell import syntax
from console.core.paste.shell.syntax import MAX_DEPTH, Word, joined, known, text_of, unknown

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_LENGTH = 65_536  # characters of a script that are read
MAX_NODES = 50_000
MAX_LEVELS = 60  # of the grammar, which wraps a value once for each level of precedence
_PROMPT = re.compile(r"^PS(?: [^>\n]{0,260})?>+ ?", re.MULTILINE)
_OUTPUT = re.compile(  # what PowerShell prints below a command: its error, where that stood, an answer
    r"^(?:(?:Invoke|Connect|Get|New|Test|Update|Send|Start|Import|Install)-[A-Za-z]{2,40} ?: "
    r"(?:.*\n?)(?:(?!At |PS |[ \t]*\+ |\n).*\n?)*+"
    r"|(?:At (?:line|[A-Za-z]:)|Line \||HTTP/\d).*"
    r"|[ \t]*+(?:\d{1,6} +)?[|+~].*|[ \t]*+\{?[ \t]{0,40}\"[\w.-]{1,100}\"[ \t]{0,40}:.*)",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"`(.)|\"(\")", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_NAMED_LIKE = ("headers", "body", "form", "method", "uri", "contenttype", "token", "authentication", "credential",
    "websession", "usedefaultcredentials", "certificate", "infile", "outfile", "useragent", "timeoutsec")  # fmt: skip
_SWITCHES = frozenset({"usedefaultcredentials", "usebasicparsing", "skipcertificatecheck", "skiphttperrorcheck",
    "allowunencryptedauthentication", "passthru", "verbose", "debug", "disablekeepalive"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class HashTable:
    """A hash table. `is_open`: entries were added that the text does not show; `is_json`: it was turned into JSON."""

    entries: "dict[str, Value]" = field(default_factory=dict)
    is_open: bool = False
    is_json: bool = False


Value = Word | HashTable
OfVariable = Callable[[str], Word]


@dataclass(frozen=True, slots=True)
class Command:
    """`parameters` are by their whole names in lower case; `has_unknown_parameters`: a splat nobody can look into."""

    parameters: dict[str, Value]
    arguments: tuple[Value, ...] = ()
    has_unknown_parameters: bool = False

    def parameter(self, name: str) -> Value | None:
        return self.parameters.get(name)


def commands_in(text: str, names: frozenset[str], of_variable: OfVariable = unknown) -> Iterator[Command]:
    """The commands of these names (in lower case) in a text that may also hold prompts and output.

    `of_variable` gives what stands for a variable that the text does not set, by how it is written.
    """
    script = _OUTPUT.sub("", _PROMPT.sub("", text[:MAX_LENGTH].replace("\r\n", "\n")))
    root = syntax.powershell(script)
    if root is not None:
        yield from _Session(names, of_variable).commands(root)


class _Session:
    """Walks a script in its order and keeps what variables hold."""

    def __init__(self, names: frozenset[str], of_variable: OfVariable) -> None:
        self.names = names
        self.of_variable = of_variable
        self.variables: dict[str, Value] = {}

    def commands(self, root: "Node") -> Iterator[Command]:
        left = [root]
        for _ in range(MAX_NODES):
            if not left:
                return
            node = left.pop()
            if node.type == "command" and self._name(node) in self.names:
                if (command := self._command(node)) is not None:
                    yield command
                continue
            if node.type == "assignment_expression":
                left += reversed(node.named_children[1:])
                self._assign(node)
                continue
            if node.type == "invokation_expression":
                self._add(node)
            left += reversed(node.named_children)

    def _name(self, node: "Node") -> str:
        name = node.child_by_field_name("command_name")
        return text_of(name).lower() if name is not None else ""

    def _assign(self, node: "Node") -> None:
        parts = node.named_children
        target, value = _bare(parts[0]), self._value(parts[-1])
        if target.type == "variable":
            self.variables[_variable(text_of(target))] = value
        elif target.type in ("element_access", "member_access") and len(target.named_children) > 1:
            self._put(target.named_children[0], self._value(target.named_children[1]), value)

    def _add(self, node: "Node") -> None:
        """`$headers.Add("name", "value")`."""
        parts = node.named_children
        if len(parts) < 3 or text_of(parts[1]).lower() != "add":
            return
        given = _arguments(parts[2])
        if len(given) == 2:
            self._put(parts[0], self._value(given[0]), self._value(given[1]))

    def _put(self, target: "Node", name: Value, value: Value) -> None:
        variable = _variable(text_of(target))
        before = self.variables.get(variable)
        table = before if isinstance(before, HashTable) else HashTable(is_open=before is not None)
        if isinstance(name, Word) and name.is_known:
            self.variables[variable] = replace(table, entries={**table.entries, name.text: value})
        else:
            self.variables[variable] = replace(table, is_open=True)

    def _command(self, node: "Node") -> Command | None:
        parameters: dict[str, Value] = {}
        arguments: list[Value] = []
        is_unknown = False
        waiting = ""
        elements = node.child_by_field_name("command_elements")
        for part in elements.named_children if elements is not None else ():
            bare = _bare(part)
            if part.type == "command_argument_sep":
                continue
            if part.type == "command_parameter":
                waiting = _whole(text_of(part).strip("-: ").lower())
                parameters[waiting] = known("")
                waiting = "" if waiting in _SWITCHES else waiting
            elif text_of(bare).startswith("@") and bare.type == "variable":
                splat = self.variables.get(_variable(text_of(bare)))
                table = splat if isinstance(splat, HashTable) else HashTable(is_open=True)
                is_unknown = is_unknown or table.is_open
                parameters |= {name.lower(): value for name, value in table.entries.items()}
            elif waiting:
                parameters[waiting], waiting = self._value(part), ""
            else:
                arguments.append(self._value(part))
        return Command(parameters, tuple(arguments), is_unknown)

    def _value(self, node: "Node", depth: int = 0) -> Value:
        node = _bare(node)
        kind = node.type
        if depth > MAX_DEPTH:
            return unknown(text_of(node))
        if kind in ("hash_literal_expression", "hash_literal_body", "hash_entry"):
            return self._table(node, depth)
        if kind == "variable":
            written = text_of(node)
            return self.variables.get(_variable(written)) or self.of_variable(written)
        if kind in ("expandable_string_literal", "expandable_here_string_literal"):
            return self._expanded(node, depth)
        if kind in ("verbatim_string_characters", "verbatim_here_string_characters"):
            return known(_verbatim(text_of(node)))
        if kind in ("pipeline_chain", "pipeline"):
            return self._piped(node, depth)
        if kind.startswith("additive_") and len(node.named_children) == 2:
            return joined(self._part(part, depth) for part in node.named_children)
        if kind in ("command", "invokation_expression"):
            return self._called(node, depth)
        if kind in ("generic_token", "simple_name", "type_literal") or kind.endswith("literal"):
            return known(text_of(node).strip("\"'"))
        return unknown(text_of(node))

    def _called(self, node: "Node", depth: int) -> Value:
        """`ConvertTo-Json $body`, and `[Text.Encoding]::UTF8.GetBytes($body)`, which is sent as the text itself."""
        if node.type == "command" and self._name(node) == "convertto-json":
            return self._as_json(node, depth)
        parts = node.named_children
        is_bytes = len(parts) > 2 and node.type != "command" and text_of(parts[1]).lower() == "getbytes"
        given = _arguments(parts[2]) if is_bytes else []
        return self._value(given[0], depth + 1) if len(given) == 1 else unknown(text_of(node))

    def _part(self, node: "Node", depth: int) -> Word:
        value = self._value(node, depth + 1)
        return value if isinstance(value, Word) else unknown(text_of(node))

    def _as_json(self, node: "Node", depth: int) -> Value:
        """`ConvertTo-Json $body`, as a table that is JSON."""
        elements = node.child_by_field_name("command_elements")
        values = [self._value(part, depth + 1) for part in elements.named_children] if elements is not None else []
        table = next((one for one in values if isinstance(one, HashTable)), None)
        return replace(table, is_json=True) if table else unknown(text_of(node))

    def _piped(self, node: "Node", depth: int) -> Value:
        """`$body | ConvertTo-Json`; any other pipeline gives what only the shell knows."""
        parts = node.named_children
        first = self._value(parts[0], depth + 1)
        is_json = len(parts) == 2 and text_of(parts[1]).lower().startswith("convertto-json")
        return replace(first, is_json=True) if is_json and isinstance(first, HashTable) else unknown(text_of(node))

    def _table(self, node: "Node", depth: int) -> HashTable:
        entries: dict[str, Value] = {}
        is_open = False
        for entry in [node] if node.type == "hash_entry" else _entries(node):
            name, value = self._value(entry.named_children[0], depth + 1), entry.named_children[-1]
            if isinstance(name, Word) and name.is_known and len(entry.named_children) > 1:
                entries[_cut_off(entry) + name.text] = self._value(value, depth + 1)
            else:
                is_open = True
        return HashTable(entries, is_open)

    def _expanded(self, node: "Node", depth: int) -> Word:
        """A text in double quotes; what is between two nodes belongs to it."""
        source, parts = node.text or b"", []
        first, last = (2, -2) if "here_string" in node.type else (1, -1)
        at, end = first, len(source) + last
        for child in node.named_children:
            start = child.start_byte - node.start_byte
            parts.append(known(_escaped(source[at:start])))
            value = self._value(child, depth + 1)
            parts.append(value if isinstance(value, Word) else unknown(text_of(child)))
            at = child.end_byte - node.start_byte
        parts.append(known(_escaped(source[at:end])))
        return joined(parts)


def _bare(node: "Node") -> "Node":
    """The node below those that only wrap it: precedence levels, casts, parentheses."""
    for _ in range(MAX_LEVELS):
        inner = node.named_children
        if len(inner) == 2 and inner[0].type == "type_literal" and node.type in ("cast_expression", "unary_expression"):
            node = inner[1]
        elif len(inner) == 1 and node.type not in ("command", "hash_entry", "hash_literal_expression", "variable",
                "expandable_string_literal", "expandable_here_string_literal", "command_parameter"):  # fmt: skip
            node = inner[0]
        else:
            break
    return node


def _entries(node: "Node") -> "Iterator[Node]":
    for child in node.named_children:
        if child.type == "hash_entry":
            yield child
        elif child.type == "hash_literal_body":
            yield from _entries(child)


def _cut_off(entry: "Node") -> str:
    """What the grammar cuts from a name without quotation marks that has a dash: PowerShell takes no such name."""
    before = entry.prev_sibling
    is_cut = before is not None and before.type == "ERROR" and before.end_byte == entry.start_byte
    return text_of(before).split()[-1] if before is not None and is_cut else ""


def _arguments(node: "Node") -> "list[Node]":
    node = _bare(node)
    return list(node.named_children) if node.type == "argument_expression_list" else [node]


def _variable(text: str) -> str:
    return text.strip("$@{}").lower().removeprefix("global:").removeprefix("script:")


def _whole(name: str) -> str:
    """The whole name of a shortened parameter: PowerShell takes `-Head` for `-Headers`."""
    if name in _SWITCHES:
        return name
    return next((one for one in _NAMED_LIKE if one.startswith(name)), name)


def _verbatim(text: str) -> str:
    return text.removeprefix("@'").removesuffix("'@").strip("\n") if text[:2] == "@'" else text[1:-1].replace("''", "'")


def _escaped(source: bytes) -> str:
    text = source.decode("utf-8", "replace")
    return _ESCAPE.sub(lambda match: match[2] or _ESCAPES.get(match[1], match[1]), text)
