"""What a build server prints must not be read by it as a command: a far side's words, or pasted ones, are in it.

Azure Pipelines takes `##vso[` and `##[` for one wherever they stand in a line, TeamCity `##teamcity[`; GitHub Actions
takes a line that begins with `::`. Each form of output breaks them in a way that says the same to its own readers.
"""

import re

_MARKED = re.compile(r"#(?=#\w{0,20}\[)")
_BEGUN = re.compile(r"^([ \t]*+):(?=:)", re.MULTILINE)


def in_lines(text: str) -> str:
    """For people: with a blank in between."""
    return _BEGUN.sub(r"\1: ", _MARKED.sub("# ", text)) if "##" in text or "::" in text else text


def in_json(text: str) -> str:
    """Of a whole JSON document, in which they stand within texts alone; what is read of it is the same."""
    return _MARKED.sub(r"\\u0023", text) if "##" in text else text


def in_xml(text: str) -> str:
    """Of text or an attribute of XML, escaped already; what is read of it is the same."""
    return _BEGUN.sub(r"\1&#58;", _MARKED.sub("&#35;", text)) if "##" in text or "::" in text else text
