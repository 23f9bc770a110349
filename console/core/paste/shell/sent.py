"""What a command would send, as far as the command itself tells."""

from dataclasses import dataclass

from console.core.exchange import Request


@dataclass(frozen=True, slots=True, repr=False)
class SentCommand:
    """`has_unknown_headers`: headers come from a variable, a file or another command, so that a header which is not
    among those of the request may have been sent. `rest` is the text behind the command.
    """

    request: Request
    has_unknown_headers: bool = False
    rest: str = ""
