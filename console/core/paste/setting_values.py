"""Values of the settings of providers and grants, by their own labels: "Environment: test".

Tenant and cloud have readers of their own, which know what addresses tell.
"""

import re

from console.core.oauth.setting import Setting, SettingShape
from console.core.profile_checks.settings import every_setting
from console.core.redaction.shapes import secret_in

_SEPARATOR = re.compile(r":(?!//)|=|\t|\|")
_BEFORE, _BEHIND = " \t\r>|*•·–#{[\"'`-", " \t\"'`"  # what stands around a label: bullets, quotes, brackets
_AROUND = " \t\"'`,;<>|"


def read_settings(text: str) -> dict[str, str]:
    """The first value of each setting, by its name; nothing that looks like a secret, for these values are shown."""
    plain = [one for one in every_setting() if one.shape is SettingShape.TEXT and not one.is_variant]
    by_label = {spelling.lower(): one for one in plain for spelling in (one.label, one.name)}
    found: dict[str, str] = {}
    for line in text.split("\n"):
        label, text_behind = _parts(line[:500].lstrip(_BEFORE))
        setting = by_label.get(label.lower())
        if setting and setting.name not in found and (value := _value(setting, text_behind)):
            found[setting.name] = value
    return found


def _parts(line: str) -> tuple[str, str]:
    """The label and what stands behind it; ("", "") for a line that has none."""
    separator = _SEPARATOR.search(line)
    return (line[: separator.start()].rstrip(_BEHIND), line[separator.end() :].strip()) if separator else ("", "")


def _value(setting: Setting, text: str) -> str:
    """What is offered, by value or title; else the first word."""
    whole = text.strip(_AROUND)
    if setting.choices:
        return next((value for value, title in setting.choices if whole.lower() in (value.lower(), title.lower())), "")
    word = whole.split()[0].strip(_AROUND) if whole.split() else ""
    return word if len(word) <= setting.max_length and not secret_in(word) else ""
