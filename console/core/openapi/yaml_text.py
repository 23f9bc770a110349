"""A text of YAML (or JSON, which YAML contains) as values with the line of each, however broken the text is.

It is built from events, so that nothing nests deeper than it may, an alias costs one reference however often it is
repeated, and what stood before an error is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from console.core.json.text import shorten
from console.core.openapi.model import DocumentProblem
from console.core.openapi.problems import Pointer, Problems
from console.core.openapi.scalars import plain_value
from console.core.whole_number import whole_number

MAX_DEPTH = 100
MAX_VALUES = 1_500_000
MAX_MERGED = 200_000  # members that mappings take over from others: a short text can name a large one often
MERGE = "<<"
_OPEN = object()  # an anchor whose value is not complete yet


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is open. `key` is the name that waits for its value, None between members."""

    value: Any
    anchor: str | None
    key: str | None = None
    key_line: int = 0
    merges: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class YamlReading:
    """`value` is what was read, None for nothing. `error` is why the text was not read to its end, None when it was.

    `lines` gives the line of a member by the identity of its mapping and its name: they live as long as `value`.
    """

    value: Any = None
    error: DocumentProblem | None = None
    lines: dict[tuple[int, str], int] = field(default_factory=dict)

    def lines_of(self, wanted: list[Pointer]) -> dict[Pointer, int]:
        return {where: self._line_of(where) for where in wanted}

    def _line_of(self, where: Pointer) -> int:
        value, line = self.value, 1
        for name in where:
            if isinstance(value, dict) and name in value:
                line = self.lines.get((id(value), name), line)
                value = value[name]
            elif isinstance(value, list) and (place := whole_number(name, digits=9)) is not None and place < len(value):
                value = value[place]
            else:
                break
        return line


def read_yaml(text: str, problems: Problems) -> YamlReading:
    """Never raises; the first document of a stream counts."""
    builder = _Builder(problems)
    try:
        builder.take(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        builder.reading.error = _told(error)
        builder.close()
    return builder.reading


def _told(error: yaml.YAMLError) -> DocumentProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = " ".join(str(one) for one in (getattr(error, "context", None), getattr(error, "problem", None)) if one)
    what = f"The text cannot be read on from here: {reason or shorten(str(error), 200)}."
    return DocumentProblem(what, mark.line + 1 if mark else 1)


class _Builder:
    """Puts events together without recursion."""

    def __init__(self, problems: Problems) -> None:
        self.problems, self.reading = problems, YamlReading()
        self.stack: list[_Frame] = []
        self.anchors: dict[str, Any] = {}
        self.replaced: list[Any] = []  # kept alive, since lines are known by identity
        self.inherited: dict[str, Any] | None = None  # what stood before under the name of the mapping that begins
        self.skipped = 0  # levels below the deepest that is read
        self.values = 0
        self.merged = 0  # members taken over from other mappings

    def take(self, events: Iterable[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problems.tell("A second document begins here; only the first is read.", _line(event))
                    return
            if not self._event(event):
                return

    def close(self) -> None:
        """Ends what is open, where the text ended too early."""
        self.skipped = 0
        while self.stack:
            self._end()

    def _event(self, event: yaml.Event) -> bool:
        """Whether to go on."""
        if isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.NodeEvent) and not self.skipped:
            self._add(self._single(event), event)
        self.values += 1
        if self.values > MAX_VALUES:
            self.problems.tell(
                f"The document has more than {MAX_VALUES} values; what follows is not read.", _line(event)
            )
        return self.values <= MAX_VALUES

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if self.skipped or len(self.stack) >= MAX_DEPTH:
            if not self.skipped:
                self.problems.tell(
                    f"What begins here is nested deeper than {MAX_DEPTH} levels and left out.", _line(event)
                )
                self._add(None, event)
            self.skipped += 1
            return
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.anchor:
            self.anchors[event.anchor] = _OPEN
        self.inherited = None
        self._add(value, event)
        merges: list[Any] = [self.inherited] if isinstance(value, dict) and self.inherited is not None else []
        self.stack.append(_Frame(value, event.anchor, merges=merges))

    def _end(self) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        frame = self.stack.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = frame.value
        for merged in frame.merges:
            self._fill(frame.value, merged)

    def _fill(self, mapping: dict[str, Any], merged: dict[str, Any]) -> None:
        if self.merged > MAX_MERGED:
            return
        self.merged += len(merged)
        self.values += len(merged)
        if self.merged > MAX_MERGED:
            self.problems.tell(
                f"More than {MAX_MERGED} members are taken over with {MERGE}; further ones are left out."
            )
            return
        if self.values > MAX_VALUES:  # told with the next event
            return
        lines = self.reading.lines
        for name, value in merged.items():
            if name not in mapping:
                mapping[name] = value
                lines[(id(mapping), name)] = lines.get((id(merged), name), 0)

    def _single(self, event: yaml.NodeEvent) -> Any:
        """The value of a scalar or an alias."""
        if isinstance(event, yaml.ScalarEvent):
            value: Any = plain_value(event.value) if event.implicit[0] and event.tag is None else event.value
            if event.anchor:
                self.anchors[event.anchor] = value
            return value
        name = event.anchor or ""
        found = self.anchors.get(name, _OPEN)
        if found is _OPEN:
            self.problems.tell(f"The alias *{shorten(name, 40)} contains itself or names nothing.", _line(event))
            return None
        return found

    def _add(self, value: Any, event: yaml.Event) -> None:
        if not self.stack:
            self.reading.value = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        elif frame.key is None:
            frame.key, frame.key_line = self._key(value, event), _line(event)
        else:
            self._member(frame, value)
            frame.key = None

    def _key(self, value: Any, event: yaml.Event) -> str:
        """Names are text: the status 200 and the word null are, too."""
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(value, str):
            return value
        self.problems.tell("A name here is not text.", _line(event))
        return "?"

    def _member(self, frame: _Frame, value: Any) -> None:
        """The last of two members with one name counts; of two mappings each keeps what the other does not have."""
        key, mapping = frame.key or "", frame.value
        if key == MERGE and (merges := _mappings(value)):
            frame.merges.extend(merges)
            return
        where = (id(mapping), key)
        if key in mapping:
            line = self.reading.lines.get(where)
            self.problems.tell(
                f"‘{shorten(key, 60)}’ stands twice in the same place, first in line {line}.", frame.key_line
            )
            self.replaced.append(mapping[key])
            self.inherited = mapping[key] if isinstance(mapping[key], dict) else None
        mapping[key] = value
        self.reading.lines[where] = frame.key_line


def _mappings(value: Any) -> list[dict[str, Any]]:
    """What a merge key fills in: a mapping or a list of them; empty when it is something else."""
    found = value if isinstance(value, list) else [value]
    return found if all(isinstance(one, dict) for one in found) else []


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
