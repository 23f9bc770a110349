"""What a strict reader rejects in a token or a JSON text, and in which part of a token it stands."""

from enum import StrEnum

from msgspec import Struct


class PartName(StrEnum):
    HEADER = "header"
    PAYLOAD = "payload"
    SIGNATURE = "signature"
    TOKEN = "token"


class Defect(Struct, frozen=True, gc=False):
    """Something a strict reader rejects. `code` is stable and kebab-case; `message` is one sentence for people."""

    code: str
    part: PartName
    message: str
    is_severe: bool = True
