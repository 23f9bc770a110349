"""The blocks of a PEM text (RFC 7468 section 2), found in one pass whatever the text."""

import re
from collections.abc import Iterator
from itertools import pairwise

_MARK = re.compile(r"-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Label and text of every block that is closed by the next mark; others are left out."""
    for opening, closing in pairwise(_MARK.finditer(text)):
        if (opening[1], closing[1]) == ("BEGIN", "END") and opening[2] == closing[2]:
            yield opening[2], text[opening.start() : closing.end()]
