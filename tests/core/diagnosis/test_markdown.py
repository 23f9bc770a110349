"""Texts to hand on as Markdown: readable, and nothing of the world's becomes markup."""

import re

from console.core.diagnosis.markdown import as_markdown

TICKET = """Call: GET https://api.example/orders_all was answered 401.
Answered by: the gateway. It *said* so.

What: The token is for another API.
Suggested command, to be checked before it is run:
  kcadm.sh get clients -r shop -q clientId=`id`

To quote:
  x-request-id: 6f0c2d1e-93aa
"""


def test_names_are_bold_ids_and_commands_are_code():
    lines = as_markdown(TICKET).splitlines()
    assert lines[0] == "**Call:** GET https://api.example/orders\\_all was answered 401.  "
    assert lines[1].endswith("It \\*said\\* so.  ")
    assert "**What:** The token is for another API.  " in lines
    assert "`` kcadm.sh get clients -r shop -q clientId=`id` ``" in lines
    assert "- x\\-request\\-id: `6f0c2d1e-93aa`" in lines


def test_what_the_world_wrote_is_no_link_no_picture_and_no_html():
    shown = as_markdown("Why: [see](https://evil.example) ![x](y) <img src=x> # no title\n1. the ![pic](u) of it.\n")
    assert not re.search(r"(?<!\\)[<\[!#]", shown)


def test_a_numbered_part_keeps_its_lines_below_it():
    text = (
        "1. The decoded token.\n   Why it matters.\n   How: paste it.\n"
        "   Suggested, to be checked before it is run:\n   az ad app show --id x\n"
    )
    shown = as_markdown(text)
    assert shown.splitlines()[0].startswith("1. **The decoded token")
    assert shown.splitlines()[1].startswith("   Why it matters")
    assert shown.splitlines()[4] == "`az ad app show --id x`"
