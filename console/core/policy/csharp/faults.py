"""What ends the evaluation of an expression other than by a value."""


class Thrown(Exception):
    """A C# exception; `kind` is its class name, `message` what it was made with, None where that is not known."""

    def __init__(self, kind: str, message: str | None = None) -> None:
        super().__init__(kind)
        self.kind, self.message = kind, message


class NotKnown(Exception):
    """The value cannot be told: `part` names what of the context is not given, or what is not understood here."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part
