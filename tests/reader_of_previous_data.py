"""Run in a process of its own on a data folder of an earlier version: what its one person sees on the pages, as JSON.

It goes through the pages alone, so that it stays the same while what is behind them changes.
"""

import html
import json
import os
import re
import sys
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.test import Client

ID = "[0-9a-f]{8}-[0-9a-f-]{27}"
BROWSER = Client(headers={"host": "localhost"})


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "console.settings"
    django.setup()
    person = get_user_model().objects.get()
    person.set_password("the first thing that a link leads to is a way to come back")
    person.save()
    BROWSER.force_login(person)
    past = linked("/calls/", "calls")
    profiles = linked("/profiles/", "profiles")
    sys.stdout.write(
        json.dumps(
            {
                "history": [shown(f"/calls/{attempt}/") for attempt in past],
                "profiles": {shown(f"/profiles/{profile}/"): tried(profile) for profile in profiles},
                "cases": [shown(f"/cases/{case}/") for case in linked("/cases/", "cases")],
                "again": sorted(looked_again(attempt) for attempt in past),
            }
        )
    )


def linked(page: str, kind: str) -> list[str]:
    return list(dict.fromkeys(re.findall(f'href="/{kind}/({ID})/"', BROWSER.get(page).content.decode())))


def heading(content: bytes) -> str:
    inside = re.search(r"<h1[^>]*>(.*?)</h1>", content.decode(), re.DOTALL)[1]
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", inside)).strip())


def shown(path: str) -> str:
    answer = BROWSER.get(path)
    return f"{answer.status_code}: {heading(answer.content)}"


def tried(profile: str) -> list[bool]:
    """Whether a fresh token comes and is judged good, and whether a call with it is answered with 200."""
    token = BROWSER.post(f"/profiles/{profile}/token/", {"fresh": "1"}, follow=True).content.decode()
    form = {"method": "GET", "path": "echo", "sends_token": "on", "sends_subscription_key": "on"}
    call = BROWSER.post(f"/profiles/{profile}/call/", form, follow=True).content.decode()
    return ["would accept this token" in token, ">200<" in call or "200 OK" in call]


def looked_again(attempt: str) -> int:
    return BROWSER.post(f"/calls/{attempt}/again/", follow=True).status_code


main()
