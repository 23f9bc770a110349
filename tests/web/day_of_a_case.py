"""What is asked for in a case, added to it, handed on, exported and taken in again: a part of the day with canaries."""

import json
import re

from django.core.files.uploadedfile import SimpleUploadedFile


def evidence_of_a_case(day, owner, helper, paths, *, said, token):
    """`said` is a sentence with secrets in it, `token` a whole one; `owner` and `helper` are their browsers."""
    first = paths[0]
    day.visit(helper, "get", f"{first}ask/")
    day.visit(helper, "post", f"{first}ask/", {"other": said[:300]})
    request = f"GET /orders HTTP/1.1\nAuthorization: Bearer {token}\nX-Note: {said}\n\n"
    for pasted in (request, f"curl -H 'Authorization: Bearer {token}' https://api.example/ # {said}", said):
        page = day.visit(owner, "post", f"{first}evidence/", {"text": pasted}, may_show={"typed"}).content.decode()
        held = re.search(r'name="held" value="([^"]*)"', page)
        if held:
            day.visit(owner, "post", f"{first}evidence/", {"held": held[1].replace("&quot;", '"')})
    day.visit(helper, "post", first, {"fill": "1", "text": ""})
    day.visit(helper, "post", f"{first}give/", {"who": "ada@example.com", "right": "use"})
    for ending in ("ticket.txt", "ticket.md"):
        day.visit(helper, "get", f"{first}{ending}")
    files = [_exported(day, helper, paths, people) for people in ("names", "numbers")]
    whole = json.loads(files[0])
    whole["cases"][0]["note"] = said
    whole["cases"][0]["evidence"]["pasted"] = f"{said} {token}"
    for text in (*files, json.dumps(whole)):
        day.visit(helper, "post", "/cases/import/", {"file": SimpleUploadedFile("cases.json", text.encode())})
    day.visit(helper, "get", "/cases/lessons/")


def _exported(day, helper, paths, people):
    ids = [path.split("/")[2] for path in paths]
    return day.visit(helper, "post", "/cases/export/", {"cases": ids, "people": people}).content.decode()
