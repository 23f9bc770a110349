"""What ends the evaluation of an expression other than by a value."""


class Thrown(Exception):
    """A C# exception; `kind` is its class name."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NotKnown(Exception):
    """The value cannot be told: `part` names what of the context is not given, or what is not understood here."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part
