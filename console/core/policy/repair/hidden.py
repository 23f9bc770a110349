"""Named values in the words of a proposal: told by their names, since nobody knows which of them are secret."""

import re
from collections.abc import Callable

from console.core.policy.text.expressions import NAMED_VALUE
from console.core.policy.text.values import Values

_FEWEST_CHARACTERS = 3  # shorter ones are part of too many words


def named_again(source: str, values: Values) -> Callable[[str], str]:
    """Puts `{{name}}` for the value of each named value that a policy text or its fragments use."""
    used = {name for text in (source, *values.fragments.values()) for name in NAMED_VALUE.findall(text)}
    given = {value: name for name in used if len(value := values.named_values.get(name, "")) >= _FEWEST_CHARACTERS}
    if not given:
        return lambda text: text
    longest_first = sorted(given, key=len, reverse=True)
    found = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
    return lambda text: found.sub(lambda match: f"{{{{{given[match[0]]}}}}}", text)
