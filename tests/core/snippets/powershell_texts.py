"""What PowerShell makes of a text in quotation marks (about_Quoting_Rules)."""

import re

INSIDE = re.compile(r"`(.)|\$\{env:(\w+)\}|((?:\$\(\[char\]0x[0-9A-F]+\))+)|([“”„\"]{2})", re.DOTALL)
SINGLE = "'‘’‚‛"


def text_of(written, environment):
    inside = written[1:-1]
    if written[0] == "'":
        assert written[-1] == "'" and not any(mark in inside for mark in SINGLE)
        return inside

    def meant(found):
        if found[1]:
            return found[1]
        if found[2]:
            return environment[found[2]]
        codes = [int(code, 16) for code in re.findall(r"0x([0-9A-F]+)", found[3])]
        return b"".join(code.to_bytes(2, "little") for code in codes).decode("utf-16-le", "surrogatepass")

    rest = INSIDE.sub("", inside)
    assert not any(mark in rest for mark in '`$"“”„')
    return INSIDE.sub(meant, inside)
