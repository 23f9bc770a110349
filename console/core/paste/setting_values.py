"""Values of the settings of providers and grants, by their own labels: "Environment: test".

Tenant and cloud have readers of their own, which know what addresses tell.
"""

import re

from console.core.oauth.setting import Setting, SettingShape
from console.core.profile_checks.settings import every_setting
from console.core.redaction.shapes import secret_in

_LINE = re.compile(r"[\s>|*•·–#{\[\"'`-]*([^:=\t|\"'`]{1,60}?)[\"'`]?\s*(?::(?!//)|=|\t|\|)\s*(\S.*)")
_AROUND = " \t\"'`,;<>|"


def read_settings(text: str) -> dict[str, str]:
    """The first value of each setting, by its name; nothing that looks like a secret, for these values are shown."""
    plain = [one for one in every_setting() if one.shape is SettingShape.TEXT and not one.is_variant]
    by_label = {spelling.lower(): one for one in plain for spelling in (one.label, one.name)}
    found: dict[str, str] = {}
    for line in text.split("\n"):
        match = _LINE.match(line[:500])
        setting = by_label.get(match[1].strip().lower()) if match else None
        if match and setting and setting.name not in found and (value := _value(setting, match[2])):
            found[setting.name] = value
    return found


def _value(setting: Setting, text: str) -> str:
    """What is offered, by value or title; else the first word."""
    whole = text.strip(_AROUND)
    if setting.choices:
        return next((value for value, title in setting.choices if whole.lower() in (value.lower(), title.lower())), "")
    word = whole.split()[0].strip(_AROUND) if whole.split() else ""
    return word if len(word) <= setting.max_length and not secret_in(word) else ""
