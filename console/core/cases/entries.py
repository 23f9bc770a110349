"""What stands in the conversation of a case: what people say, and what happened in between."""

from enum import StrEnum


class TalkKind(StrEnum):
    """The value is what is stored. The text beside it is a comment's words, or what the event names."""

    COMMENT = "comment"
    TAKEN = "taken"  # text: nothing; its author took it over
    ASSIGNED = "assigned"  # text: the name of whom it was given to, "" for nobody
    WAITS = "waits"  # text: the value of the state
    SOLVED = "solved"  # text: the one sentence, "" for none
    CLOSED = "closed"  # text: why, "" for no reason given
    REOPENED = "reopened"  # text: why, "" for no reason given
    ASKED = "asked"  # text: what was asked for, one a line
    ADDED = "added"  # text: what is known since, and what the diagnosis makes of it

    @classmethod
    def read(cls, text: str) -> "TalkKind":
        """The kind of that value; a value of another version is shown as what was said."""
        return next((one for one in cls if one.value == text), cls.COMMENT)
