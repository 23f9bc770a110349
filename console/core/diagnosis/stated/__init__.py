"""What of a text states why the attempt failed: not what was found in order, came before, was mended or is listed.

The same words ("audience", "expired", the number of an error) stand in all of these. What says nothing of this failure
gets blanks in its place, so that every reader of the text passes it by.
"""

from console.core.diagnosis.stated.attempts import without_overcome
from console.core.diagnosis.stated.gravity import graver
from console.core.diagnosis.stated.mended import without_mended
from console.core.diagnosis.stated.verdicts import without_well

__all__ = ["graver", "stated", "without_well"]


def stated(text: str) -> str:
    """The text, as long as it was, with blanks in place of what states no failure of this attempt; never raises."""
    return without_well(without_mended(without_overcome(text)))
