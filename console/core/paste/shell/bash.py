"""The command a text begins with, in the words that bash would hand to it."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from console.core.json.halves import whole_characters
from console.core.paste.shell import syntax
from console.core.paste.shell.syntax import MAX_DEPTH, Word, joined, known, text_of, unknown

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_LENGTH = 65_536  # characters of one command
MAX_LINES = 60  # of one command, where a quotation mark is open
MAX_READ = 131_072  # characters that are given to the grammar until a command is whole, with what they cost beside
MAX_PARTS = 20  # of a script that is too dense to be read as a whole
MAX_WORDS = 2_000
MAX_NODES = 50_000  # of a script
_CONTINUED = re.compile(r"[\\^`]\n[ \t]*+")
_LOST_CONTINUATION = re.compile(r"\n[ \t]*+(?=--?[A-Za-z])")
_CARET = re.compile(r"\^(.)", re.DOTALL)
_BACKTICK = re.compile(r"`(.)", re.DOTALL)
_IN_DOUBLE = re.compile(r'\\(["\\$`\n])')
_IN_ANSI = re.compile(r"((?:\\x[0-9A-Fa-f]{2})++)|\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ANSI = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NEXT_COMMAND = re.compile(r"\n(?=[ \t]{0,20}(?:\$ )?(?:curl|https?)(?:\.exe)?[ \t])")
_EXPANSIONS = frozenset(
    {"simple_expansion", "expansion", "command_substitution", "process_substitution", "arithmetic_expansion"}
)
_ASSIGNMENT = re.compile(r"^[ \t]*+(?:[$#>%] )?(?:export[ \t]+)?([A-Za-z_]\w{0,60}=\S.{0,8000})$", re.MULTILINE)
_NO_VARIABLES: Mapping[str, str] = {}


def first_command(text: str, variables: Mapping[str, str] = _NO_VARIABLES) -> tuple[list[Word], str]:
    """The words of the command a text begins with, and the text behind it. An open quotation mark ends with its line.

    `variables` are put in where they stand; a variable, a file or a command that nobody knows stays as it is written.
    """
    text = _as_bash(text)
    command, rest = _extent(text)
    root = syntax.bash(command)
    node = _command(root) if root is not None else None
    words = [_word(child, variables) for child in node.children] if node is not None and not node.has_error else None
    if words is None:
        words = [known(word.strip("'\"")) for word in command.split()]
    return words[:MAX_WORDS], rest


def commands_in(text: str, variables: Mapping[str, str]) -> Iterator[tuple[str, list[Word]]]:
    """The name of each command in a script and the words behind it, of those that the grammar takes as whole."""
    left = [root for part in reversed([*_parts(text)]) if (root := syntax.bash(part)) is not None]
    for _ in range(MAX_NODES):
        if not left:
            return
        node = left.pop()
        name = node.child_by_field_name("name") if node.type == "command" else None
        if name is not None and not node.has_error:
            behind = (child for child in node.children if child.start_byte >= name.end_byte)
            words = (_word(child, variables) for child in behind if "redirect" not in child.type)
            yield text_of(name), list(islice(words, MAX_WORDS))
        left += reversed(node.named_children)


def _parts(text: str) -> Iterator[str]:
    """A script as a whole, or its commands in as few parts as the grammar reads, a bounded number of them."""
    if syntax.ends_in(text) <= syntax.MOST_ENDS:
        yield text
        return
    parts: list[list[str]] = [[]]
    open_ends = 0
    for command in _NEXT_COMMAND.split(text):
        ends = syntax.ends_in(command)
        if open_ends + ends > syntax.MOST_ENDS:
            parts.append([])
            open_ends = 0
        parts[-1].append(command)
        open_ends += ends
    yield from map("\n".join, parts[:MAX_PARTS])


def variables_in(text: str) -> dict[str, str]:
    """The variables that lines of a text set to something known."""
    found: dict[str, str] = {}
    for line in islice(_ASSIGNMENT.finditer(text), MAX_LINES):
        root = syntax.bash(line[1])
        node = next(iter(root.named_children), None) if root is not None else None
        value = node.child_by_field_name("value") if node is not None and node.type == "variable_assignment" else None
        word = _word(value, found) if value is not None and not value.has_error else None
        if word and word.is_known:
            found[line[1].partition("=")[0]] = word.text
    return found


def _as_bash(text: str) -> str:
    """Continued lines made one, and the escapes of cmd and PowerShell turned into those of bash."""
    head, tail = text[:MAX_LENGTH].replace("\r\n", "\n"), text[MAX_LENGTH:]
    is_cmd = '^"' in head or "^\n" in head
    is_powershell = "`\n" in head or '`"' in head
    head = _LOST_CONTINUATION.sub(" ", _CONTINUED.sub(" ", head))
    if is_cmd:
        head = _CARET.sub(r"\1", head)
    return (_BACKTICK.sub(r"\\\1", head) if is_powershell else head) + tail


def _extent(text: str) -> tuple[str, str]:
    """The least number of lines that the grammar takes as whole, and the rest; one line with its quotation closed."""
    end, read = -1, 0
    for _ in range(MAX_LINES):
        end = text.find("\n", end + 1)
        command = text if end < 0 else text[:end]
        read += len(command) + syntax.ends_in(command) ** 2 // 10
        if read > MAX_READ:
            break
        if syntax.is_whole_bash(command):
            return command, text[len(command) + 1 :]
        if end < 0:
            break
    line = text.partition("\n")[0][:MAX_LENGTH]
    closed = (line + mark for mark in ("'", '"', ""))
    best = next((one for one in closed if syntax.is_whole_bash(one)), line)
    return best, text[len(line) + 1 :]


def _command(node: "Node") -> "Node | None":
    """The first command: that of the first part of a pipeline, a list or a statement with a redirection."""
    for _ in range(MAX_DEPTH):
        if node.type == "command":
            return node
        if not node.named_children:
            break
        node = node.named_children[0]
    return None


def _word(node: "Node", variables: Mapping[str, str], depth: int = 0) -> Word:
    if node.type in _EXPANSIONS:
        return _expansion(node, variables)
    if depth > MAX_DEPTH:
        return unknown(text_of(node))
    if node.type == "string":
        return joined(_inside(node, variables, depth))
    if node.type in ("concatenation", "command_name"):
        return joined(_word(child, variables, depth + 1) for child in node.children)
    return known(_plain(node.type, text_of(node)))


def _inside(node: "Node", variables: Mapping[str, str], depth: int) -> Iterator[Word]:
    """The parts of a text in double quotes; what stands between two nodes, a blank say, belongs to it."""
    source, at = node.text or b"", 1
    for child in node.named_children:
        if child.type == "string_content":
            continue
        start, end = child.start_byte - node.start_byte, child.end_byte - node.start_byte
        yield known(_in_double(source[at:start]))
        yield _word(child, variables, depth + 1)
        at = end
    yield known(_in_double(source[at:-1]))


def _in_double(source: bytes) -> str:
    return _IN_DOUBLE.sub(lambda match: "" if match[1] == "\n" else match[1], source.decode("utf-8", "replace"))


def _expansion(node: "Node", variables: Mapping[str, str]) -> Word:
    text = text_of(node)
    value = variables.get(text.strip("${}"))
    return unknown(text) if value is None else known(value)


def _plain(kind: str, text: str) -> str:
    if kind == "raw_string":
        return text[1:-1]
    if kind == "ansi_c_string":
        return whole_characters(_IN_ANSI.sub(_ansi, text[2:-1]))
    return _ESCAPED.sub(r"\1", text)


def _ansi(match: re.Match[str]) -> str:
    if match[1]:
        return _of_bytes(bytes.fromhex(match[1].replace("\\x", "")))
    return chr(int(match[2], 16)) if match[2] else _ANSI.get(match[3], match[3])


def _of_bytes(found: bytes) -> str:
    """What was written as bytes: UTF-8 mostly."""
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return found.decode("latin-1")
