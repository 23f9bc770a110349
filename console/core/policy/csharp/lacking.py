"""What an expression without a value lacks, in a sentence, and what would decide it."""

from console.core.policy.csharp.gateway import PARTS

_TRACE = "A trace of the gateway for such a call tells it."
_NAMED = ("the variable ", "the header ", "all ", "Request.", "Response.", "the value is withheld")


def sentence(part: str) -> str:
    """`part` as `Unknown` has it: a part of the context that is not given, or what of C# and .NET is not settled."""
    if part in PARTS:
        return f"Not given: {part}. Describe it with the call."
    if part == "text that is no C#":
        return "It cannot be read as C#; the gateway stores no policy with an expression that does not compile."
    if part == "random":
        return "It makes a random value, another one for each call."
    if part.startswith("the named value "):
        return f"Not given: {part}. Add it to the named values."
    if part.startswith(_NAMED):
        return f"Not given: {part}. {_TRACE}"
    return f"Not told here: {part}. {_TRACE}"
