"""The command a text begins with, in the words that bash would hand to it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from console.core.json.halves import whole_characters
from console.core.paste.shell import syntax
from console.core.paste.shell.syntax import MAX_DEPTH, GrammarWork, Word, joined, known, text_of, unknown

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_LENGTH = 65_536  # characters of one command
MAX_LINES = 60  # of one command, where a quotation mark is open
LONG_PART = 20_000  # characters of a script above which it is read in parts, each of so many
LONGEST_PART = 150_000  # characters of one command; a body that is kept is shorter
MOST_BROKEN = 100_000  # characters of what the grammar does not take as whole, with what they cost beside
LONGEST_CLOSED = 16_384  # characters of a line whose open quotation mark is looked for
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
_NEXT_COMMAND = re.compile(  # with the loop or the condition that it stands in
    r"(?<!\bdo)(?<!\bthen)(?<![{(|&\\])\n(?=(?:[^\n]{0,200}(?:\bdo|\bthen|\{)\n)?"
    r"[ \t]{0,20}(?:\$ )?(?:curl|https?)(?:\.exe)?[ \t])"
)
_EXPANSIONS = frozenset(
    {"simple_expansion", "expansion", "command_substitution", "process_substitution", "arithmetic_expansion"}
)
_ASSIGNMENT = re.compile(r"^[ \t]*+(?:[$#>%] )?(?:export[ \t]+)?([A-Za-z_]\w{0,60}=\S.{0,8000})$", re.MULTILINE)
_NO_VARIABLES: Mapping[str, str] = {}


def first_command(
    text: str, variables: Mapping[str, str] = _NO_VARIABLES, work: GrammarWork | None = None
) -> tuple[list[Word], str]:
    """The words of the command a text begins with, and the text behind it. An open quotation mark ends with its line.

    `variables` are put in where they stand; a variable, a file or a command that nobody knows stays as it is written.
    `work` is one for several commands of a text. What there is no room for is taken apart at its blanks.
    """
    text, work = _as_bash(text), work or GrammarWork()
    command, rest = _extent(text, work)
    root = syntax.bash(command) if work.takes(command) else None
    node = _command(root) if root is not None else None
    words = [_word(child, variables) for child in node.children] if node is not None and not node.has_error else None
    if words is None:
        words = [known(word.strip("'\"")) for word in command.split()]
    return words[:MAX_WORDS], rest


def commands_in(text: str, variables: Mapping[str, str], names: Collection[str]) -> Iterator[tuple[str, list[Word]]]:
    """The name of each command in a script and the words behind it, of those that the grammar takes as whole.

    Of a long script only the parts are read that hold one of these names, in lower case.
    """
    nodes = 0
    parts = (part for part in _parts(text) if len(text) <= LONG_PART or any(one in part.lower() for one in names))
    for root in _roots(parts):
        left = [root]
        while left and nodes < MAX_NODES:
            node = left.pop()
            nodes += 1
            name = node.child_by_field_name("name") if node.type == "command" else None
            if name is not None and not node.has_error:
                behind = (child for child in node.children if child.start_byte >= name.end_byte)
                words = (_word(child, variables) for child in behind if "redirect" not in child.type)
                yield text_of(name), list(islice(words, MAX_WORDS))
            left += reversed(node.named_children)


def _roots(parts: Iterable[str]) -> "Iterator[Node]":
    """Each part as a tree, until so much was broken: there the grammar takes many times as long for each character."""
    broken = 0
    for part in parts:
        root = syntax.bash(part)
        if root is None or root.has_error:
            broken += syntax.cost_of(part)
        if root is not None:
            yield root
        if broken > MOST_BROKEN:
            return


def _parts(text: str) -> Iterator[str]:
    """A short script as a whole, of a longer one its commands, as many together as make a part."""
    if len(text) <= LONG_PART and syntax.ends_in(text) <= syntax.MOST_ENDS:
        yield text
        return
    part: list[str] = []
    size = 0
    for command in _commands(text):
        cost = syntax.cost_of(command)
        if part and size + cost > LONG_PART:
            yield "\n".join(part)
            part, size = [], 0
        part.append(command)
        size += cost
    yield "\n".join(part)


def _commands(text: str) -> Iterator[str]:
    """A script by the lines where commands begin, and by its lines where none begins for long."""
    for command in _NEXT_COMMAND.split(text):
        if len(command) <= LONGEST_PART:
            yield command
        else:
            yield from (line for line in command.split("\n") if len(line) <= LONGEST_PART)


def variables_in(text: str, work: GrammarWork | None = None) -> dict[str, str]:
    """The variables that lines of a text set to something known, as far as there is room for them."""
    work = work or GrammarWork()
    found: dict[str, str] = {}
    for line in islice(_ASSIGNMENT.finditer(text), MAX_LINES):
        root = syntax.bash(line[1]) if work.takes(line[1]) else None
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


def _extent(text: str, work: GrammarWork) -> tuple[str, str]:
    """The least number of lines that the grammar takes as whole, and the rest; one line with its quotation closed."""
    end = -1
    for _ in range(MAX_LINES):
        end = text.find("\n", end + 1)
        command = text if end < 0 else text[:end]
        if not work.takes(command):
            break
        if syntax.is_whole_bash(command):
            return command, text[len(command) + 1 :]
        if end < 0:
            break
    line = text.partition("\n")[0][:MAX_LENGTH]
    closed = (line + mark for mark in ("'", '"')) if len(line) <= LONGEST_CLOSED else ()
    best = next((one for one in closed if work.takes(one) and syntax.is_whole_bash(one)), line)
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
