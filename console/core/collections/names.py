"""`{{name}}`: where a value goes, as in any saved request."""

from console.core.compose.variables import NAMED


def names_in(*texts: str) -> list[str]:
    """The names that stand in the texts, each once, in order."""
    return list(dict.fromkeys(name for text in texts for name in NAMED.findall(text)))
